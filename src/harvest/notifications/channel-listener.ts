import pg from 'pg'
import { quote } from '../../database/identifiers.js'
import type { Logger } from '../logger.js'

/** `listening` is called after each (re)connect: notifications sent meanwhile are lost, so the subscriber reads anew. */
export interface ChannelSubscriber {
  notified(payload: string): void
  listening(): void
}

const probeEveryMs = 10_000
const longestPauseMs = 5_000

/** The process's one connection that hears NOTIFY, on all its channels; it reconnects by itself until it is stopped. */
export class ChannelListener {
  readonly #subscribers = new Map<string, Set<ChannelSubscriber>>()
  readonly #url: string
  readonly #logger: Logger
  #client: pg.Client | undefined
  #probe: NodeJS.Timeout | undefined
  #retry: NodeJS.Timeout | undefined
  #failures = 0
  #statements: Promise<unknown> = Promise.resolve()
  #stopped = false

  constructor(url: string, logger: Logger) {
    this.#url = url
    this.#logger = logger
  }

  /** Settles when listening; rejects when the database cannot be reached at the start. */
  async start(): Promise<void> {
    await this.#connect()
  }

  /** Returns the function that ends the subscription. */
  subscribe(channel: string, subscriber: ChannelSubscriber): () => void {
    const known = this.#subscribers.get(channel)
    const subscribers = known ?? new Set<ChannelSubscriber>()
    subscribers.add(subscriber)
    if (known === undefined) {
      this.#subscribers.set(channel, subscribers)
      const client = this.#client
      if (client !== undefined) {
        this.#send(client, `listen ${quote(channel)}`).then(
          () => {
            subscriber.listening()
          },
          (error: unknown) => {
            if (this.#client === client) this.#lost(error)
          },
        )
      }
    }
    return () => {
      subscribers.delete(subscriber)
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true
    clearTimeout(this.#retry)
    const client = this.#client
    this.#drop()
    await client?.end()
  }

  async #connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.#url,
      keepAlive: true,
      connectionTimeoutMillis: 10_000,
      application_name: 'gateway listener',
    })
    // Before anything else: a client without an error listener ends the process.
    client.on('error', (error) => {
      if (this.#client === client) this.#lost(error)
    })
    client.on('end', () => {
      if (this.#client === client) this.#lost(new Error('The connection was closed.'))
    })
    client.on('notification', ({ channel, payload }) => {
      for (const subscriber of this.#subscribers.get(channel) ?? []) subscriber.notified(payload ?? '')
    })
    try {
      await client.connect()
      for (const channel of this.#subscribers.keys()) await client.query(`listen ${quote(channel)}`)
    } catch (error) {
      await client.end()
      throw error
    }
    if (this.#stopped) {
      await client.end()
      return
    }
    this.#client = client
    this.#statements = Promise.resolve()
    this.#failures = 0
    this.#watch(client)
    for (const subscribers of this.#subscribers.values()) {
      for (const subscriber of subscribers) subscriber.listening()
    }
  }

  /** A connection that a firewall forgot gives no error: only a question without an answer shows it. */
  #watch(client: pg.Client): void {
    let answered = true
    this.#probe = setInterval(() => {
      if (!answered) {
        this.#lost(new Error('The listening connection does not answer.'))
        return
      }
      answered = false
      this.#send(client, 'select 1').then(
        () => {
          answered = true
        },
        (error: unknown) => {
          if (this.#client === client) this.#lost(error)
        },
      )
    }, probeEveryMs)
    this.#probe.unref()
  }

  /** One after the other: the connection does not queue. */
  #send(client: pg.Client, statement: string): Promise<unknown> {
    const sent = this.#statements.then(() => client.query(statement))
    this.#statements = sent.catch(() => undefined)
    return sent
  }

  #drop(): void {
    clearInterval(this.#probe)
    this.#client = undefined
  }

  #lost(error: unknown): void {
    if (this.#stopped) return
    const client = this.#client
    this.#drop()
    this.#logger.warn({ err: error }, 'The connection that hears notifications was lost; reconnecting.')
    client?.end().catch((ending: unknown) => {
      this.#logger.debug({ err: ending }, 'The lost connection could not be closed.')
    })
    this.#retryLater()
  }

  #retryLater(): void {
    clearTimeout(this.#retry)
    const pause = Math.min(longestPauseMs, 100 * 2 ** this.#failures++)
    this.#retry = setTimeout(() => {
      this.#connect().catch((error: unknown) => {
        this.#logger.warn({ err: error }, 'The database cannot be reached to hear notifications.')
        if (!this.#stopped) this.#retryLater()
      })
    }, pause)
  }
}
