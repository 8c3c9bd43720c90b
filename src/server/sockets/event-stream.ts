import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ExecutionResult, GraphQLError } from 'graphql'
import { createHandler, type Response } from 'graphql-sse'
import { z } from 'zod'
import type { Authenticate } from '../../access/authenticate.js'
import { GatewayError, type ErrorCode } from '../../errors/gateway-error.js'
import { toGraphQLError } from '../graphql/client-errors.js'
import type { Operations } from '../graphql/operations.js'
import type { Metrics } from '../metrics.js'
import { ConnectionCaps } from './connection-caps.js'
import { ReservedStreams } from './reserved-streams.js'
import { StreamFlow } from './stream-flow.js'
import { watchKey } from './watch-key.js'

export const streamLimits = {
  perAddress: 200,
  total: 5_000,
  /** Live operations of one stream. */
  operations: 10,
  /** Events that wait for a slow reader; then its sources are read no further. */
  queue: 100,
  reserved: { perAddress: 20, total: 1_000, openWithinMs: 30_000 },
} as const

const tokenHeader = 'x-graphql-event-stream-token'

export interface EventStreamOptions {
  readonly operations: Operations
  readonly authenticate: Authenticate
  readonly metrics: Metrics
}

interface StreamContext {
  readonly token: string
  readonly flow: StreamFlow
  readonly address: string
  readonly authorization: string | undefined
}

/** GraphQL over server-sent events at `/graphql/stream`, in both modes of the protocol (graphql-sse). */
export function serveEventStreams(app: FastifyInstance, options: EventStreamOptions): void {
  const { metrics } = options
  const caps = new ConnectionCaps(streamLimits)
  const handler = protocolHandler(options)
  const reserved = new ReservedStreams({
    ...streamLimits.reserved,
    queue: streamLimits.queue,
    discard: async (token) => {
      const [body] = await handler(openRequest(token))
      if (typeof body === 'object' && body !== null) await body.return(undefined)
    },
    onError: (error) => {
      app.log.error({ err: error }, 'A reserved stream could not be ended')
    },
  })
  const open = new Set<FastifyReply>()
  // A stream has no end of its own, so the server would wait for it in vain.
  app.addHook('preClose', (done) => {
    reserved.endAll()
    for (const reply of open) reply.raw.end()
    done()
  })
  app.route({
    method: ['GET', 'POST', 'PUT', 'DELETE'],
    url: '/graphql/stream',
    handler: async (request, reply) => {
      const leave = caps.enter(request.ip)
      if (leave === undefined) throw new GatewayError('RATE_LIMITED', 'Too many streams are open: close one.')
      metrics.streams.inc({ transport: 'event-stream' })
      const token = tokenOf(request) ?? randomUUID()
      if (request.method === 'PUT') reserved.reserve(token, request.ip)
      const flow = reserved.flow(token) ?? new StreamFlow(streamLimits.queue)
      const isStream = request.headers.accept === 'text/event-stream'
      open.add(reply)
      const unwatch = watchKey({
        authenticate: options.authenticate,
        key: () => request.headers.authorization,
        // Who connects again with it is told why.
        revoked: () => reply.raw.destroy(),
        log: request.log,
      })
      reply.raw.once('close', () => {
        unwatch()
        open.delete(reply)
        metrics.streams.dec({ transport: 'event-stream' })
        leave()
        if (!isStream) return
        flow.end()
        reserved.end(token)
      })
      const answer = await handler({
        method: request.method,
        url: request.url,
        headers: { get: (name) => headerOf(request, name) },
        body: () => jsonBody(request),
        raw: undefined,
        context: { token, flow, address: request.ip, authorization: request.headers.authorization },
      })
      if (isStream) reserved.opened(token)
      await write(answer, flow, reply)
      return reply
    },
  })
}

function protocolHandler({ operations, authenticate }: EventStreamOptions) {
  return createHandler<undefined, StreamContext, Record<PropertyKey, unknown>>({
    authenticate: ({ context }) => context.token,
    onSubscribe: async ({ context: { flow, address, authorization } }, { query, operationName, variables }) => {
      if (flow.operations >= streamLimits.operations) {
        const message = `A stream may have ${streamLimits.operations} live operations: end one, or open another stream.`
        return refused([toGraphQLError(new GatewayError('RATE_LIMITED', message))])
      }
      flow.operations += 1
      const text = { query, operationName, variables }
      const started = await operations.begin(
        { transport: 'event-stream', address },
        text,
        () => authenticate(authorization),
        new AbortController(),
      )
      return 'document' in started ? { ...started, contextValue: { ...started.contextValue } } : refused(started)
    },
    // Already done, and only once for a document.
    validate: () => [],
    execute: (args) => operations.execute(args),
    subscribe: (args) => operations.subscribe(args, 'as-result'),
    onNext: async (_operation, { context: { flow } }, result) => {
      await flow.room()
      return operations.forEventStream(result)
    },
    onComplete: (_operation, { context: { flow } }) => {
      flow.operations -= 1
    },
  })
}

/** The library takes only what has data for a result; `forEventStream` leaves it out again. */
function refused(errors: readonly GraphQLError[]): ExecutionResult {
  return { data: null, errors }
}

function openRequest(token: string): Parameters<ReturnType<typeof protocolHandler>>[0] {
  return {
    method: 'GET',
    url: '/graphql/stream',
    headers: { get: (name) => (name === 'accept' ? 'text/event-stream' : undefined) },
    body: null,
    raw: undefined,
    context: { token, flow: new StreamFlow(streamLimits.queue), address: '', authorization: undefined },
  }
}

function tokenOf(request: FastifyRequest): string | undefined {
  const header = headerOf(request, tokenHeader)
  const query = URL.parse(request.url, 'http://gateway')?.searchParams.get('token')
  const token = header ?? query ?? undefined
  return token === '' ? undefined : token?.slice(0, 100)
}

function headerOf(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name]
  return Array.isArray(value) ? value.join('\n') : value
}

function jsonBody({ body }: FastifyRequest): Record<PropertyKey, unknown> | null {
  return isObject(body) ? body : null
}

function isObject(value: unknown): value is Record<PropertyKey, unknown> {
  return typeof value === 'object' && value !== null
}

const refusalShape = z.object({ errors: z.array(z.object({ message: z.string() })).min(1) })

/** The library's refusals of what is no request of its protocol have a message at most. */
function coded(body: string | null, status: number): string {
  const refusal = refusalShape.safeParse(JSON.parse(body ?? '{}'))
  const message = refusal.data?.errors[0]?.message ?? 'This is no request of GraphQL over server-sent events.'
  const code: ErrorCode = status === 404 ? 'NOT_FOUND' : status === 409 ? 'CONFLICT' : 'BAD_USER_INPUT'
  return JSON.stringify({ errors: [{ message, extensions: { code } }] })
}

async function write([body, init]: Response, flow: StreamFlow, reply: FastifyReply): Promise<void> {
  const { raw } = reply
  for (const [name, value] of Object.entries(init.headers ?? {})) void reply.header(name, value)
  if (init.status >= 400) void reply.header('content-type', 'application/json; charset=utf-8')
  reply.hijack()
  const headers = Object.entries(reply.getHeaders()).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : String(value)]],
  )
  raw.writeHead(init.status, init.statusText, Object.fromEntries(headers))
  if (body === null || typeof body === 'string') {
    raw.end(init.status < 400 ? (body ?? '') : coded(body, init.status))
    return
  }
  raw.once('close', () => void body.return(undefined))
  for await (const event of body) {
    const written = await new Promise<boolean>((resolve) => {
      raw.write(event, (error) => {
        resolve(error === undefined || error === null)
      })
    })
    if (!written) break
    if (event.startsWith('event: next')) flow.sent()
  }
  raw.end()
}
