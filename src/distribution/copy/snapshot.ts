import pg from 'pg'
import { openPool } from '../../database/open-pool.js'
import { GatewayError } from '../../errors/gateway-error.js'
import type { Reader } from '../describe/dataset-facts.js'
import { applySettings, type CopyStatement } from './copy-statement.js'
import { CopyOut, type RowEncoder } from './copy-out.js'

export interface SnapshotPoolOptions {
  readonly url: string
  /** How many snapshots may be open at a time. */
  readonly size: number
  /** The longest that one statement, so one download, may take. */
  readonly statementTimeoutMs: number
}

/** Connections for downloads only, so that many of them never take those of queries. */
export class SnapshotPool {
  private readonly pool: pg.Pool

  constructor(options: SnapshotPoolOptions) {
    this.pool = openPool({
      connectionString: options.url,
      // One more, to cancel what the others run.
      max: options.size + 1,
      connectionTimeoutMillis: 5000,
      application_name: 'gateway downloads',
      options: [
        `statement_timeout=${options.statementTimeoutMs}`,
        'timezone=UTC',
        'datestyle=ISO',
        'search_path=public,pg_catalog',
        'default_transaction_read_only=on',
        'jit=off',
        // Rows come in the order of an index and from one process: the first at once, without a copy of all of them on disk,
        // and the processors stay free for queries. Where no index has the order they are sorted all the same.
        'enable_sort=off',
        'max_parallel_workers_per_gather=0',
        'idle_in_transaction_session_timeout=60s',
      ]
        .map((setting) => `-c ${setting}`)
        .join(' '),
    })
  }

  /** Opens a read-only transaction that sees one state of the database throughout. Close it. */
  async open(): Promise<Snapshot> {
    const client = await this.pool.connect()
    const snapshot = new Snapshot(client, (processId) => this.cancel(processId))
    try {
      await snapshot.begin()
      return snapshot
    } catch (error) {
      await snapshot.close()
      throw error
    }
  }

  async dispose(): Promise<void> {
    await this.pool.end()
  }

  private async cancel(processId: number): Promise<void> {
    await this.pool.query('select pg_cancel_backend($1)', [processId])
  }
}

/** One state of the database, for the facts and the rows of one download. */
export class Snapshot implements Reader {
  private processId = 0
  private copying: CopyOut | undefined
  private broken: Error | undefined
  private closed: Promise<void> | undefined
  private readonly onError = (error: Error): void => {
    this.broken ??= error
  }

  constructor(
    private readonly client: pg.PoolClient,
    private readonly cancel: (processId: number) => Promise<void>,
  ) {
    // A connection that is cut while it is in use says so twice: to its query and here, where nobody listening ends the process.
    client.on('error', this.onError)
  }

  async begin(): Promise<void> {
    await this.client.query('begin isolation level repeatable read read only')
    const { rows } = await this.client.query<{ id: number }>('select pg_backend_pid() as id')
    this.processId = rows[0]?.id ?? 0
  }

  async rows(text: string, values: readonly unknown[]): Promise<readonly unknown[]> {
    const { rows } = await this.client.query<Record<string, unknown>>(text, [...values])
    return rows
  }

  /** The rows of the statement as bytes. Only one copy at a time. */
  async copy(statement: CopyStatement, encoder: RowEncoder): Promise<CopyOut> {
    const { settings } = statement
    await this.client.query(applySettings, [settings.map((each) => each.name), settings.map((each) => each.text)])
    this.copying = this.client.query(new CopyOut(statement.text, encoder))
    return this.copying
  }

  /** Gives the connection back; a copy that still runs is cancelled in Postgres and its connection closed. */
  close(reason?: Error): Promise<void> {
    this.closed ??= this.end(reason)
    return this.closed
  }

  private async end(reason: Error | undefined): Promise<void> {
    const { copying } = this
    if (copying !== undefined && !copying.whole) {
      copying.destroy(reason)
      this.broken ??= new Error('The copy was not read to its end.')
      await this.cancel(this.processId).catch((error: unknown) => {
        this.broken = new Error('A copy could not be cancelled.', { cause: error })
      })
    } else {
      await this.client.query('rollback').catch((cause: unknown) => {
        this.broken ??= new Error('The connection did not end its transaction.', { cause })
      })
    }
    this.client.off('error', this.onError)
    // Released with an error, the connection is not used again; what it says while it ends concerns nobody.
    if (this.broken !== undefined) this.client.on('error', () => undefined)
    this.client.release(this.broken)
  }
}

/** What a failure of a copy is to the client. */
export function copyFailure(error: unknown): unknown {
  if (!(error instanceof pg.DatabaseError)) return error
  if (error.code === '57014') {
    return new GatewayError('TIMEOUT', 'The file took too long to make; ask for less with where or fields.', {
      cause: error,
    })
  }
  // A value that Postgres cannot hold is the request's: out of range, or not of its type.
  if (error.code?.startsWith('22') === true) {
    return new GatewayError('BAD_USER_INPUT', 'A value in the query is out of the range of its type.', { cause: error })
  }
  return error
}
