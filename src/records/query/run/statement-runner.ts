import { createHash } from 'node:crypto'
import pg from 'pg'
import { openPool } from '../../../database/open-pool.js'
import { isDatabaseAway } from '../../../errors/as-gateway-error.js'
import { GatewayError } from '../../../errors/gateway-error.js'
import type { Statement } from '../sql/emit-statement.js'
import { RawJson } from './raw-json.js'
import { parameterText } from './rows/parameter-text.js'
import { RowSocket } from './rows/row-socket.js'
import { AnswerBudget, RowsQuery, type RowBytes } from './rows/rows-query.js'
import { SettledStatements } from './settled/settled-statements.js'

export interface StatementAnswer {
  readonly json: RawJson | null
  /** For each of the statement's scopes whether any of it was ever fetched. */
  readonly fetched: readonly boolean[]
  /** JSON of the states of the resources that were asked for, by id. */
  readonly tokens: RawJson | undefined
}

export interface RunnerOptions {
  readonly url: string
  readonly poolSize: number
  readonly statementTimeoutMs: number
  /** How long a statement waits for a free connection. */
  readonly longestWaitMs?: number
  /** Told of cancellations that did not reach Postgres, and of plans that could not be looked at. */
  readonly report?: (error: unknown) => void
}

// Named statements stay prepared in every connection: bounded, so that made-up operations cannot fill them.
const maxPrepared = 500
const usualWaitMs = 20_000

/** Runs compiled statements and gives the rows of each: read-only, in one snapshot for those of one operation, cancelled in Postgres with their request. */
export class StatementRunner {
  private readonly pool: pg.Pool
  /** Apart from the others, so that a full pool can be cancelled. */
  private readonly cancellations: pg.Pool
  private readonly seen = new Map<string, string | undefined>()
  private readonly settled: SettledStatements

  constructor(private readonly options: RunnerOptions) {
    this.pool = openPool({
      connectionString: options.url,
      stream: () => new RowSocket(),
      max: options.poolSize,
      // Waiting for a free connection counts too: many may wait, but nobody for ever.
      connectionTimeoutMillis: options.longestWaitMs ?? usualWaitMs,
      application_name: 'gateway records',
      options: [
        `statement_timeout=${options.statementTimeoutMs}`,
        'timezone=UTC',
        'search_path=public,pg_catalog',
        'default_transaction_read_only=on',
        'jit=off',
        // Many ask at once: workers of one question would take the processors of the others, and cost more in all. Pages are
        // read piece by piece, in order, too.
        'max_parallel_workers_per_gather=0',
      ]
        .map((setting) => `-c ${setting}`)
        .join(' '),
    })
    this.settled = new SettledStatements(this.pool, (error) => options.report?.(error))
    this.cancellations = openPool({ connectionString: options.url, max: 1, connectionTimeoutMillis: 5000 })
  }

  async run(
    statements: readonly Statement[],
    signal: AbortSignal,
    failed: { at: number } = { at: -1 },
  ): Promise<StatementAnswer[][]> {
    try {
      return await this.runOnce(statements, signal, failed)
    } catch (error) {
      // What has been judged already, such as a long wait for a free connection, is not waited for again.
      if (error instanceof GatewayError || !isDatabaseAway(error)) throw error
      // It was no statement that failed. A connection may have broken while it was idle, and these only read: once more.
      failed.at = -1
      if (signal.aborted) throw error
    }
    try {
      return await this.runOnce(statements, signal, failed)
    } catch (error) {
      if (!(error instanceof GatewayError) && isDatabaseAway(error)) failed.at = -1
      throw error
    }
  }

  private async runOnce(
    statements: readonly Statement[],
    signal: AbortSignal,
    failed: { at: number },
  ): Promise<StatementAnswer[][]> {
    const [first, ...others] = statements
    if (first === undefined) return []
    const client = await this.pool.connect().catch((error: unknown) => {
      throw connectionError(error)
    })
    let broken: Error | undefined
    const cancel = (): void => {
      // A cancellation that comes late must not meet the next request's statement: the connection is not used again.
      broken = new Error('The request was given up.')
      void this.cancel(client)
    }
    try {
      signal.throwIfAborted()
      signal.addEventListener('abort', cancel)
      failed.at = 0
      const budget = new AnswerBudget()
      if (others.length === 0) return [await this.answer(client, first, budget)]
      failed.at = -1
      await client.query('begin isolation level repeatable read read only')
      try {
        const answers: StatementAnswer[][] = []
        for (const [index, statement] of statements.entries()) {
          failed.at = index
          answers.push(await this.answer(client, statement, budget))
        }
        failed.at = -1
        await client.query('commit')
        return answers
      } catch (error) {
        await client.query('rollback').catch((cause: unknown) => {
          broken = new Error('The connection did not roll back.', { cause })
        })
        throw error
      }
    } catch (error) {
      const isOfTheStatement = error instanceof pg.DatabaseError || error instanceof GatewayError
      if (!isOfTheStatement) broken ??= error instanceof Error ? error : new Error('Query failed.')
      throw databaseError(error, this.options.statementTimeoutMs)
    } finally {
      signal.removeEventListener('abort', cancel)
      client.release(broken)
    }
  }

  /**
   * The rows of each statement or what it failed with, all of them in one snapshot: one that fails costs only itself, and those
   * that do not are run again without it.
   */
  async runEach(statements: readonly Statement[], signal: AbortSignal): Promise<(StatementAnswer[] | Error)[]> {
    const failures = new Map<number, Error>()
    for (;;) {
      const left = statements.map((_, index) => index).filter((index) => !failures.has(index))
      const failed = { at: -1 }
      try {
        const answers = await this.run(
          left.flatMap((index) => statements[index] ?? []),
          signal,
          failed,
        )
        return statements.map((_, index) => failures.get(index) ?? answers[left.indexOf(index)] ?? [])
      } catch (error) {
        const index = left[failed.at]
        if (index === undefined || signal.aborted || !(error instanceof Error)) throw error
        failures.set(index, error)
      }
    }
  }

  async dispose(): Promise<void> {
    await this.settled.dispose()
    await Promise.all([this.pool.end(), this.cancellations.end()])
  }

  private async answer(client: pg.PoolClient, asked: Statement, budget: AnswerBudget): Promise<StatementAnswer[]> {
    const { text, values } = asked
    const name = this.preparedName(text)
    const isSettled = this.settled.isSettled(asked) && name !== undefined
    const statement = { text, values: values.map(parameterText), name, isSettled }
    const rows = await new Promise<readonly RowBytes[]>((resolve, reject) => {
      client.query(
        new RowsQuery(statement, budget, (result) => {
          if (result instanceof Error) reject(result)
          else resolve(result)
        }),
      )
    })
    return rows.map(([json, fetched, tokens]) => ({
      json: rawJson(json) ?? null,
      fetched: flagsOf(fetched),
      tokens: rawJson(tokens),
    }))
  }

  /** A statement is prepared from its second use on. */
  private preparedName(text: string): string | undefined {
    if (this.seen.has(text)) {
      const known = this.seen.get(text)
      if (known !== undefined) return known
      const name = createHash('sha256').update(text).digest('base64url').slice(0, 32)
      this.seen.set(text, name)
      return name
    }
    if (this.seen.size < maxPrepared) this.seen.set(text, undefined)
    return undefined
  }

  private async cancel(client: pg.PoolClient): Promise<void> {
    const { processID } = client as pg.PoolClient & { processID?: number | null }
    if (typeof processID !== 'number') return
    try {
      await this.cancellations.query('select pg_cancel_backend($1)', [processID])
    } catch (error) {
      // Its own time-out ends the statement soon.
      this.options.report?.(error)
    }
  }
}

function rawJson(column: Buffer | null | undefined): RawJson | undefined {
  return column === null || column === undefined ? undefined : new RawJson(column)
}

const noFlags: readonly boolean[] = []

/** A bool[] in its text form: `{t,f}`. */
function flagsOf(column: Buffer | null | undefined): readonly boolean[] {
  if (column === null || column === undefined || column.length <= 2) return noFlags
  return column
    .toString('latin1', 1, column.length - 1)
    .split(',')
    .map((flag) => flag === 't')
}

function connectionError(error: unknown): unknown {
  const timedOut = error instanceof Error && error.message.includes('timeout exceeded when trying to connect')
  if (!timedOut) return error
  return new GatewayError('TIMEOUT', 'The gateway is too busy to answer now; try again.', { cause: error })
}

function databaseError(error: unknown, timeoutMs: number): unknown {
  if (!(error instanceof pg.DatabaseError)) return error
  if (error.code === '57014') {
    return new GatewayError(
      'TIMEOUT',
      `The query took longer than ${timeoutMs / 1000} s; ask for less or filter more.`,
      {
        cause: error,
      },
    )
  }
  // A value that Postgres cannot hold is the request's: out of range, or not of its type.
  if (error.code?.startsWith('22') === true) {
    return new GatewayError('BAD_USER_INPUT', 'A value in the query is out of the range of its type.', { cause: error })
  }
  return error
}
