import type pg from 'pg'
import { lockClasses } from '../locks.js'
import { tryingAgain } from '../trying-again.js'

const heartbeatMs = 5_000
/** A holder that shows no life for so long is dead or stopped: Postgres ends its session and so frees the lock. */
const longestSilence = '30s'

/**
 * The right to run a connector, over all replicas, on a connection of its own. The run applies on this very connection, so a
 * run that has lost the lock cannot write any more.
 */
export class RunLock {
  readonly #client: pg.PoolClient
  readonly #connectorId: number
  readonly #lost = new AbortController()
  readonly #onError = (error: Error): void => {
    this.#lost.abort(error)
  }
  #heartbeat: NodeJS.Timeout | undefined
  #beat: Promise<unknown> = Promise.resolve()
  #users = 0
  #beating = false
  #ended = false

  private constructor(client: pg.PoolClient, connectorId: number) {
    this.#client = client
    this.#connectorId = connectorId
    client.on('error', this.#onError)
  }

  /** Undefined: another run holds it. */
  static async tryAcquire(sessions: pg.Pool, connectorId: number): Promise<RunLock | undefined> {
    const client = await tryingAgain(() => sessions.connect())
    const lock = new RunLock(client, connectorId)
    try {
      const { rows } = await client.query<{ held: boolean }>(
        `select pg_try_advisory_lock($1, $2) as held, set_config('idle_session_timeout', $3, false),
           set_config('idle_in_transaction_session_timeout', $3, false)`,
        [lockClasses.connectorRun, connectorId, longestSilence],
      )
      if (rows[0]?.held === true) {
        lock.#startBeating()
        return lock
      }
      await lock.#giveBack()
      return undefined
    } catch (error) {
      lock.#end(true)
      throw error
    }
  }

  /** Aborted when the connection, and with it the lock, is gone. */
  get lost(): AbortSignal {
    return this.#lost.signal
  }

  /** The lock's own connection, for one at a time; while it is used its statements are its signs of life. */
  async use<T>(work: (client: pg.ClientBase) => Promise<T>): Promise<T> {
    this.#users++
    try {
      await this.#beat
      return await work(this.#client)
    } finally {
      this.#users--
    }
  }

  async release(): Promise<void> {
    clearInterval(this.#heartbeat)
    try {
      await this.#beat
      await this.#client.query('select pg_advisory_unlock($1, $2)', [lockClasses.connectorRun, this.#connectorId])
      await this.#giveBack()
    } catch {
      // The lock ends with the connection, so it is closed instead.
      this.#end(true)
    }
  }

  /** Closes the connection whatever it is doing; the lock goes with it. */
  destroy(): void {
    this.#end(true)
  }

  async #giveBack(): Promise<void> {
    await this.#client.query(
      `select set_config('idle_session_timeout', '0', false), set_config('idle_in_transaction_session_timeout', '0', false)`,
    )
    this.#end(false)
  }

  #end(broken: boolean): void {
    if (this.#ended) return
    this.#ended = true
    clearInterval(this.#heartbeat)
    this.#client.off('error', this.#onError)
    this.#client.release(broken || this.#lost.signal.aborted)
  }

  #startBeating(): void {
    this.#heartbeat = setInterval(() => {
      if (this.#users > 0 || this.#beating) return
      this.#beating = true
      const settled = (): void => {
        this.#beating = false
      }
      // A lost connection tells it by its `error` event, not here.
      this.#beat = this.#client.query('select 1').then(settled, settled)
    }, heartbeatMs)
  }
}
