import { parseAnnouncement, runChannel, type RunAnnouncement } from '../run/run-announcement.js'
import type { ChannelListener } from '../notifications/channel-listener.js'
import type { Freshness } from './freshness.js'

/** Hears the ends of runs on all replicas: renews what is known of ages, and wakes those who wait for a connector's run. */
export class RunAnnouncements {
  readonly #freshness: Freshness
  readonly #waiting = new Map<number, Set<(announcement: RunAnnouncement) => void>>()
  readonly #answered: (connectorId: number) => void
  #unsubscribe: (() => void) | undefined

  /** `answered`: told of each run that did not fail. */
  constructor(freshness: Freshness, answered: (connectorId: number) => void) {
    this.#freshness = freshness
    this.#answered = answered
  }

  start(listener: ChannelListener): void {
    this.#unsubscribe = listener.subscribe(runChannel, {
      notified: (payload) => {
        const announcement = parseAnnouncement(payload)
        if (announcement !== undefined) this.#heard(announcement)
      },
      // What was missed while the connection was down is found by whoever waits: it tries the lock again after a while.
      listening: () => undefined,
    })
  }

  stop(): void {
    this.#unsubscribe?.()
  }

  /** Begins to listen now; `end` it when no longer waiting. */
  next(connectorId: number): { readonly heard: Promise<RunAnnouncement>; end(): void } {
    const waiting = this.#waiting.get(connectorId) ?? new Set<(announcement: RunAnnouncement) => void>()
    this.#waiting.set(connectorId, waiting)
    const { promise, resolve } = Promise.withResolvers<RunAnnouncement>()
    waiting.add(resolve)
    return {
      heard: promise,
      end: () => {
        waiting.delete(resolve)
        if (waiting.size === 0) this.#waiting.delete(connectorId)
      },
    }
  }

  #heard(announcement: RunAnnouncement): void {
    for (const { resource, age } of announcement.ages) this.#freshness.stored(resource, age ?? undefined)
    if (announcement.ok) this.#answered(announcement.connector)
    for (const resolve of this.#waiting.get(announcement.connector) ?? []) resolve(announcement)
  }
}
