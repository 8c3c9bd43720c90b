import { GraphQLError, type ExecutionArgs, type ExecutionResult, type FormattedExecutionResult } from 'graphql'
import type { FastifyBaseLogger } from 'fastify'
import { z } from 'zod'
import type { Viewer } from '../../access/viewer.js'
import { GatewayError } from '../../errors/gateway-error.js'
import type { GraphQLService, OperationRequest } from '../graphql-service.js'
import type { Metrics } from '../metrics.js'
import { addressGroup } from '../address-group.js'
import { cancellable } from './cancellable.js'
import { clientError, codeOf, toGraphQLError } from './client-errors.js'
import type { CompileTurns } from './compile-turns.js'
import { OperationTurn, type HeavyTurns } from './heavy-turns.js'
import type { KnownDocuments } from './known-documents.js'
import { logOurFaults } from './our-faults.js'
import { OperationReader, type OperationText } from './read-operation.js'

export type Transport = 'websocket' | 'event-stream' | 'page'

interface OperationContext {
  readonly viewer: Viewer
  readonly abort: AbortController
  readonly from: Origin
}

/** Where an operation comes from. */
export interface Origin {
  readonly transport: Transport
  /** Undefined: from the gateway itself. */
  readonly address: string | undefined
}

export type StartedOperation = ExecutionArgs & { contextValue: OperationContext }

interface AnyResult {
  readonly data?: unknown
  readonly errors?: readonly GraphQLError[] | undefined
  readonly extensions?: Record<string, unknown> | undefined
}

export interface OperationsOptions {
  readonly service: GraphQLService
  readonly metrics: Metrics
  readonly log: FastifyBaseLogger
  readonly known: KnownDocuments
  readonly turns: HeavyTurns
  readonly compiling: CompileTurns
}

const resultSchema = z.looseObject({ data: z.record(z.string(), z.unknown()).nullish() })

/** Operations that come without Apollo (over WebSocket, as an event stream, from our own page), under the same limits. */
export class Operations {
  private readonly reader: OperationReader

  private readonly service: GraphQLService
  private readonly metrics: Metrics
  private readonly log: FastifyBaseLogger
  private readonly turns: HeavyTurns
  private readonly compiling: CompileTurns

  constructor({ service, metrics, log, known, turns, compiling }: OperationsOptions) {
    this.service = service
    this.metrics = metrics
    this.log = log
    this.turns = turns
    this.compiling = compiling
    this.reader = new OperationReader(known)
  }

  /** Checks an operation; the answer is what to execute, or what is wrong. `abort` ends it. */
  async begin(
    from: Origin,
    text: OperationText,
    authenticate: () => Promise<Viewer>,
    abort: AbortController,
  ): Promise<StartedOperation | readonly GraphQLError[]> {
    let started: StartedOperation | readonly GraphQLError[]
    try {
      const viewer = await authenticate()
      if (from.address !== undefined && !this.reader.isSmall(this.service.schema(), text)) {
        await this.compiling.enter(addressGroup(from.address), abort.signal)
      }
      const read = this.reader.read(this.service.schema(), text)
      started = 'document' in read ? asArguments(read, { viewer, abort, from }) : read
    } catch (error) {
      started = [toGraphQLError(error)]
      logOurFaults(started, this.log)
    }
    const code = 'document' in started ? 'OK' : started[0] === undefined ? 'INTERNAL' : codeOf(started[0])
    this.metrics.operations.inc({ transport: from.transport, code })
    return started
  }

  async execute(args: ExecutionArgs): Promise<ExecutionResult> {
    const request = asRequest(args)
    const { abort, from } = contextOf(args)
    const timer = setTimeout(() => {
      abort.abort(new GatewayError('TIMEOUT', 'The operation took longer than 30 s.'))
    }, 30_000)
    const turn =
      from.address === undefined ? undefined : new OperationTurn(this.turns, addressGroup(from.address), abort.signal)
    try {
      return await this.service.execute({ ...request, admit: turn && ((cost) => turn.admit(cost)) })
    } finally {
      clearTimeout(timer)
      const leave = turn?.read()
      // Over WebSocket it is aborted when its answer was taken.
      if (from.transport === 'websocket' && !abort.signal.aborted) {
        if (leave !== undefined) abort.signal.addEventListener('abort', leave, { once: true })
      } else {
        leave?.()
      }
    }
  }

  /** `failures: 'as-result'`: an event stream has no other way to say why it ends. */
  async subscribe(
    args: ExecutionArgs,
    failures: 'thrown' | 'as-result' = 'thrown',
  ): Promise<AsyncGenerator<ExecutionResult> | ExecutionResult> {
    const { abort } = contextOf(args)
    const result = await this.service.subscribe(asRequest(args))
    if (!(Symbol.asyncIterator in result)) return result
    return cancellable(result, {
      cancel: () => {
        abort.abort()
      },
      asLast: failures === 'thrown' ? undefined : (error): ExecutionResult => ({ errors: [toGraphQLError(error)] }),
    })
  }

  /** A result as plain JSON values, its errors as clients see them. */
  forClient(result: AnyResult): FormattedExecutionResult {
    const { errors, ...rest } = result
    logOurFaults(errors ?? [], this.log)
    const plain = resultSchema.parse(JSON.parse(this.service.stringify(rest)))
    return {
      ...(errors === undefined || errors.length === 0
        ? {}
        : { errors: errors.map((error) => this.errorForClient(error)) }),
      ...(plain.data === undefined ? {} : { data: plain.data }),
      ...(result.extensions === undefined ? {} : { extensions: result.extensions }),
    }
  }

  /** The same for the library of event streams. What was refused before it ran has no data, not even null. */
  forEventStream(result: AnyResult): ExecutionResult {
    const { errors = [], data, ...rest } = this.forClient(result)
    const refused = data === null && errors.every(({ path }) => path === undefined)
    return {
      ...rest,
      ...(data === undefined || refused ? {} : { data }),
      ...(errors.length === 0 ? {} : { errors: errors.map((error) => new GraphQLError(error.message, error)) }),
    }
  }

  /** Errors that ended an operation. */
  errorsForClient(errors: readonly GraphQLError[]): ReturnType<typeof clientError>[] {
    logOurFaults(errors, this.log)
    return errors.map((error) => this.errorForClient(error))
  }

  private errorForClient(error: GraphQLError): ReturnType<typeof clientError> {
    const own = error.originalError instanceof GatewayError && error.extensions['code'] === undefined
    return clientError((own ? toGraphQLError(error.originalError) : error).toJSON())
  }
}

function asArguments(
  read: Pick<OperationRequest, 'schema' | 'document' | 'operationName' | 'variables'>,
  contextValue: OperationContext,
): StartedOperation {
  return {
    schema: read.schema,
    document: read.document,
    operationName: read.operationName ?? null,
    variableValues: read.variables,
    contextValue,
  }
}

function asRequest(args: ExecutionArgs): OperationRequest {
  const { viewer, abort } = contextOf(args)
  return {
    schema: args.schema,
    document: args.document,
    operationName: args.operationName ?? undefined,
    variables: args.variableValues ?? {},
    viewer,
    signal: abort.signal,
  }
}

function contextOf(args: ExecutionArgs): OperationContext {
  if (isContext(args.contextValue)) return args.contextValue
  throw new Error('The operation was not begun by Operations.')
}

function isContext(value: unknown): value is OperationContext {
  return typeof value === 'object' && value !== null && 'viewer' in value && 'abort' in value
}
