import { once } from 'node:events'
import { extname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { GraphQLError, print, printSchema, type GraphQLSchema } from 'graphql'
import { z } from 'zod'
import { GatewayError } from '../../../errors/gateway-error.js'
import { baseSchemaOf } from '../../graphql/base-schema.js'
import { RawJson } from '../run/raw-json.js'
import { introspectHere, type Introspect, type IntrospectionAnswer, type IntrospectionQuery } from './introspection.js'
import { asksOfNamedTypes } from './named-types.js'
import { introspectionReport, orderOf } from './introspection-order.js'

const message = z.tuple([introspectionReport])

/** How the thread's program is started. */
export interface IntrospectionProgram {
  readonly module: URL
  /** Options of Node. */
  readonly nodeOptions: readonly string[]
}

/** The program where the sources run as they are, by these options of Node. */
export function introspectionOfSources(nodeOptions: readonly string[]): IntrospectionProgram {
  return { module: pathToFileURL(join(import.meta.dirname, 'introspection-thread.ts')), nodeOptions }
}

function compiledIntrospection(): IntrospectionProgram | undefined {
  if (extname(import.meta.filename) !== '.js') return undefined
  return { module: pathToFileURL(join(import.meta.dirname, 'introspection-thread.js')), nodeOptions: [] }
}

/** Answers kept for each schema: what tools ask differs little, and an answer is large. */
const mostKept = 3
const mostWaiting = 8
const patienceMs = 30_000
const heapMegabytes = 1024

/**
 * Introspection of more than single types in a thread of its own: all of a large schema takes seconds of a processor, and what is made for it much memory.
 * One thread at a time, which ends with its answer; an answer is kept as long as its schema lives.
 */
export class ThreadIntrospection implements AsyncDisposable {
  private readonly answers = new WeakMap<GraphQLSchema, Map<string, Promise<IntrospectionAnswer>>>()
  private readonly program: IntrospectionProgram | undefined
  private last: Promise<unknown> = Promise.resolve()
  private waiting = 0
  private worker: Worker | undefined
  private base: string | undefined
  private stopped = false

  /** Without a program it answers in this thread, where the sources run as they are. */
  constructor(
    private readonly control: GraphQLSchema,
    program?: IntrospectionProgram,
  ) {
    this.program = program ?? compiledIntrospection()
  }

  /** Rejects with RATE_LIMITED when too many wait. */
  readonly introspect: Introspect = (query) => {
    const { program } = this
    if (program === undefined || asksOfNamedTypes(query.document)) return introspectHere(query)
    const kept = this.keptFor(query.schema)
    const key = JSON.stringify([print(query.document), query.variables])
    const known = kept.get(key)
    if (known !== undefined) return known
    const answer = this.inTurn(() => this.ask(query, program))
    kept.set(key, answer)
    answer.catch(() => kept.delete(key))
    for (const oldest of kept.keys()) {
      if (kept.size <= mostKept) break
      kept.delete(oldest)
    }
    return answer
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.stopped = true
    await this.worker?.terminate()
  }

  private keptFor(schema: GraphQLSchema): Map<string, Promise<IntrospectionAnswer>> {
    let kept = this.answers.get(schema)
    if (kept === undefined) {
      kept = new Map()
      this.answers.set(schema, kept)
    }
    return kept
  }

  private async inTurn<Value>(act: () => Promise<Value>): Promise<Value> {
    if (this.waiting >= mostWaiting) {
      throw new GatewayError(
        'RATE_LIMITED',
        'Too many different introspections wait for their answers; ask again later.',
      )
    }
    this.waiting += 1
    const before = this.last
    const mine = before.then(act)
    // Not the answer itself: it is large.
    this.last = mine.then(nothing, nothing)
    try {
      return await mine
    } finally {
      this.waiting -= 1
    }
  }

  private async ask(query: IntrospectionQuery, program: IntrospectionProgram): Promise<IntrospectionAnswer> {
    if (this.stopped) throw new GatewayError('TIMEOUT', 'The gateway is stopping.')
    this.base ??= printSchema(baseSchemaOf(this.control))
    const worker = new Worker(program.module, {
      workerData: orderOf(this.base, query),
      execArgv: [...program.nodeOptions],
      resourceLimits: { maxOldGenerationSizeMb: heapMegabytes },
      name: 'introspection',
    })
    this.worker = worker
    try {
      const patience = AbortSignal.timeout(patienceMs)
      // Rejects with what the thread dies of.
      const reported: unknown = await Promise.race([once(worker, 'message', { signal: patience }), ended(worker)])
      const [{ values, errors }] = message.parse(reported)
      return {
        data: Object.fromEntries(values.map(([as, bytes]) => [as, new RawJson(Buffer.from(bytes.buffer))])),
        errors: errors.map(({ message, path }) => new GraphQLError(message, path === undefined ? {} : { path })),
      }
    } catch (error) {
      if (error instanceof Error && error.name === 'AbortError') {
        throw new GatewayError('TIMEOUT', `The introspection took longer than ${patienceMs / 1000} s.`, {
          cause: error,
        })
      }
      throw error
    } finally {
      await worker.terminate()
      this.worker = undefined
    }
  }
}

function nothing(): void {
  return undefined
}

async function ended(worker: Worker): Promise<never> {
  await once(worker, 'exit')
  throw new Error('The thread of an introspection ended without an answer.')
}
