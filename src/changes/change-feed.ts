import type pg from 'pg'
import { isDatabaseAway } from '../errors/as-gateway-error.js'
import { changesAtOnce } from '../records/query/change-source.js'
import type { Logger } from '../harvest/logger.js'
import { changesChannel } from '../harvest/publish/publish-version.js'
import type { ChannelListener } from '../harvest/notifications/channel-listener.js'
import { encodeCursor, type ChangeCursor } from './change-cursor.js'
import { feedPosition, readChanges, type ChangeEvent, type ChangeFilter, type ChangePage } from './read-changes.js'

export interface ChangeFeedSettings {
  readonly pool: pg.Pool
  readonly listener: ChannelListener
  readonly logger: Logger
  /** How often the feed is looked at although nobody notified: a notification may be lost. */
  readonly pollMs?: number
  /** Most events that a subscriber holds in memory. */
  readonly pageSize?: number
}

export interface ChangeSubscription extends ChangeFilter {
  /** Undefined: what is published from now on. */
  readonly after?: ChangeCursor | undefined
  readonly signal?: AbortSignal | undefined
}

/**
 * The events of the feed as they are published. Each subscriber pulls: it reads the next page only when it has delivered the
 * last one, so a slow one costs no memory. Notifications only wake them.
 */
export class ChangeFeed {
  readonly #settings: ChangeFeedSettings
  readonly #sleeping = new Set<() => void>()
  readonly #reads = new Map<string, Promise<ChangePage>>()
  readonly #stopping = new AbortController()
  #unsubscribe: (() => void) | undefined
  #poll: NodeJS.Timeout | undefined
  #wakes = 0

  constructor(settings: ChangeFeedSettings) {
    this.#settings = settings
  }

  start(): void {
    const wake = (): void => {
      this.#wake()
    }
    this.#unsubscribe = this.#settings.listener.subscribe(changesChannel, { notified: wake, listening: wake })
    this.#poll = setInterval(wake, this.#settings.pollMs ?? 5_000)
    this.#poll.unref()
  }

  /** Ends all subscriptions. */
  stop(): void {
    this.#stopping.abort()
    this.#unsubscribe?.()
    clearInterval(this.#poll)
    this.#wake()
  }

  /** How many wait for events now. */
  get waiting(): number {
    return this.#sleeping.size
  }

  /**
   * Pages of events after the cursor, never empty, until the consumer returns or the signal is aborted. Settles when the start
   * is fixed: what is published after that is delivered. Throws CURSOR_EXPIRED or CURSOR_INVALID, here or between pages.
   */
  async subscribe(subscription: ChangeSubscription): Promise<AsyncIterableIterator<readonly ChangeEvent[], void>> {
    const after = subscription.after ?? (await feedPosition(this.#settings.pool))
    const first = await this.#read(after, subscription)
    const end = new AbortController()
    const given = subscription.signal === undefined ? [] : [subscription.signal]
    const pages = this.#pages(first, subscription, AbortSignal.any([this.#stopping.signal, end.signal, ...given]))
    const iterator: AsyncIterableIterator<readonly ChangeEvent[], void> = {
      next: () => pages.next(),
      // A generator that waits for the next event would not return before there is one.
      return: () => {
        end.abort()
        return pages.return()
      },
      [Symbol.asyncIterator]: () => iterator,
    }
    return iterator
  }

  async *#pages(
    first: ChangePage,
    subscription: ChangeSubscription,
    ended: AbortSignal,
  ): AsyncGenerator<readonly ChangeEvent[], void, undefined> {
    let page = first
    while (!ended.aborted) {
      if (page.events.length > 0) yield page.events
      if (isOver(ended)) return
      const wakes = this.#wakes
      page = await this.#readOn(page, subscription, ended)
      // Woken while it was reading: that may have been about what it did not see yet.
      while (page.events.length === 0 && wakes === this.#wakes && !isOver(ended)) await this.#sleep(ended)
    }
  }

  /** A database that is away is waited for: when it is back the subscriber goes on after what it has, as if nothing had been. */
  async #readOn(page: ChangePage, subscription: ChangeSubscription, ended: AbortSignal): Promise<ChangePage> {
    try {
      return await this.#read(page.cursor, subscription)
    } catch (error) {
      if (!isDatabaseAway(error)) throw error
      // Woken once notifications are heard again, and by the poll.
      await this.#sleep(ended)
      return { ...page, events: [] }
    }
  }

  /** Subscribers that are woken together and want the same share one statement. */
  #read(after: ChangeCursor, { datasets, recordTypes }: ChangeFilter): Promise<ChangePage> {
    const key = `${this.#wakes} ${encodeCursor(after)} ${JSON.stringify([datasets, recordTypes])}`
    const known = this.#reads.get(key)
    if (known !== undefined) return known
    const limit = this.#settings.pageSize ?? changesAtOnce
    const read = readChanges(this.#settings.pool, { after, datasets, recordTypes, limit }).finally(() => {
      this.#reads.delete(key)
    })
    this.#reads.set(key, read)
    return read
  }

  #wake(): void {
    this.#wakes++
    const sleeping = [...this.#sleeping]
    this.#sleeping.clear()
    for (const wakeUp of sleeping) wakeUp()
  }

  #sleep(ended: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<undefined>()
    const wakeUp = (): void => {
      ended.removeEventListener('abort', wakeUp)
      this.#sleeping.delete(wakeUp)
      resolve(undefined)
    }
    this.#sleeping.add(wakeUp)
    ended.addEventListener('abort', wakeUp, { once: true })
    return promise
  }
}

/** A call, since the compiler takes what `aborted` was a moment ago for what it is. */
function isOver(signal: AbortSignal): boolean {
  return signal.aborted
}
