import { buildSchema, execute, GraphQLError, subscribe, type ExecutionResult } from 'graphql'
import pino from 'pino'
import { anonymous, type Viewer } from '../access/viewer.js'
import { GatewayError } from '../errors/gateway-error.js'
import { startGatewayServer, type GatewayServer } from './gateway-server.js'
import type { GraphQLService, OperationRequest } from './graphql-service.js'
import type { TrustedProxies } from './http/trusted-proxies.js'
import { createMetrics } from './metrics.js'
import { GatewayReadiness } from './readiness.js'

const schema = buildSchema(/* GraphQL */ `
  type Query {
    hello(name: String): String
    number(value: Int!): Int
    self: Query
    secret: String
    broken: String
    role: String
  }
  type Mutation {
    write: Boolean
  }
  type Subscription {
    count(to: Int!): Int
    silent: Int
    expired: Int
  }
`)

/** A server over a small schema of its own, on a free port, with everything that it logged and was asked. */
export class ServerBench {
  readonly logged: string[] = []
  writes = 0
  /** Streams that are not ended, and how far the last one has counted. */
  readonly streams = { open: 0, sent: 0 }
  /** Keys that are valid now. */
  readonly keys = new Map<string, Viewer>()
  ready: () => Promise<unknown> = () => Promise.resolve()
  private server: GatewayServer | undefined

  static async open(
    options: { readonly drainMs?: number; readonly proxies?: TrustedProxies } = {},
  ): Promise<ServerBench> {
    const bench = new ServerBench()
    const readiness = new GatewayReadiness(() => bench.ready())
    readiness.set(undefined)
    bench.server = await startGatewayServer(
      {
        service: bench.service(),
        authenticate: (header) => bench.authenticate(header),
        readiness,
        metrics: createMetrics({ process: false }),
        ...options,
        log: pino({ level: 'debug' }, { write: (line) => bench.logged.push(line) }),
      },
      { host: '127.0.0.1', port: 0 },
    )
    return bench
  }

  get url(): string {
    return this.server?.url ?? ''
  }

  async close(): Promise<void> {
    await this.server?.close()
  }

  async post(
    body: unknown,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; body: unknown; headers: Headers }> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
    return { status: response.status, body: await response.json(), headers: response.headers }
  }

  private authenticate(header: string | undefined): Promise<Viewer> {
    const viewer = header === undefined ? anonymous : this.keys.get(header)
    if (viewer === undefined) return Promise.reject(new GatewayError('UNAUTHENTICATED', 'The key is not valid.'))
    return Promise.resolve(viewer)
  }

  private service(): GraphQLService {
    const run = (request: OperationRequest) => ({
      schema: request.schema,
      document: request.document,
      operationName: request.operationName ?? null,
      variableValues: request.variables,
      rootValue: this.root(request),
    })
    return {
      schema: () => schema,
      onSchemaChange: () => () => undefined,
      execute: async (request) => coded(await execute(run(request))),
      subscribe: (request) => subscribe(run(request)),
      stringify: (result) => JSON.stringify(result),
      encode: (result: object) => Buffer.from(JSON.stringify(result)),
    }
  }

  private root({ viewer, signal }: OperationRequest): object {
    const root: object = {
      hello: ({ name }: { name?: string }) => `Hello ${name ?? 'you'}`,
      number: ({ value }: { value: number }) => value,
      self: () => root,
      secret: () => {
        throw new GatewayError('FORBIDDEN', 'This is not for you.')
      },
      broken: () => {
        throw new Error('password=hunter2 at /srv/gateway.ts')
      },
      role: viewer.role,
      write: () => {
        this.writes += 1
        return true
      },
      count: ({ to }: { to: number }) => this.count(to),
      silent: () => this.silent(signal),
      expired: () => ({
        [Symbol.asyncIterator]: () => ({
          next: () => Promise.reject(new GatewayError('CURSOR_EXPIRED', 'The cursor is too old: read the dataset.')),
        }),
      }),
    }
    return root
  }

  private async *count(to: number): AsyncGenerator<{ count: number }> {
    this.streams.open += 1
    try {
      for (let count = 1; count <= to; count += 1) {
        this.streams.sent = count
        yield await Promise.resolve({ count })
      }
    } finally {
      this.streams.open -= 1
    }
  }

  private async *silent(signal: AbortSignal): AsyncGenerator<never> {
    this.streams.open += 1
    try {
      await new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => {
          resolve()
        })
      })
    } finally {
      this.streams.open -= 1
    }
  }
}

/** As the executor does: what is refused before it runs and failures of fields have a code. */
function coded(result: ExecutionResult): ExecutionResult {
  if (result.errors === undefined) return result
  if (result.data === undefined) {
    const extensions = { code: 'BAD_USER_INPUT' }
    return { errors: result.errors.map(({ message }) => new GraphQLError(message, { extensions })) }
  }
  const errors = result.errors.map((error) => {
    const cause = error.originalError
    const code = cause instanceof GatewayError ? cause.code : 'INTERNAL'
    const message = cause instanceof GatewayError ? cause.message : 'The gateway could not answer this field.'
    return new GraphQLError(message, { path: error.path ?? null, originalError: cause ?? null, extensions: { code } })
  })
  return { ...result, errors }
}

/** Settles when the condition holds; fails after five seconds. */
export async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 5_000
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('It did not happen within 5 s.')
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
