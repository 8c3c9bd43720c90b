import { parseAnnouncement, runChannel } from '../harvest/run/run-announcement.js'
import type { ChannelListener } from '../harvest/notifications/channel-listener.js'
import { repeat } from '../harvest/schedule/repeat.js'
import { deliverDue, type DeliveryParts } from './deliver.js'
import { unwatchedConnectors, watchRuns } from './watch-runs.js'

export interface NoticesParts extends DeliveryParts {
  readonly listener: ChannelListener
}

/** Tells owners of connectors what there is to do for them. Each run is looked at once over all replicas. */
export interface Notices {
  start(): void
  stop(): Promise<void>
}

const deliverEveryMs = 15_000

export function createNotices(parts: NoticesParts): Notices {
  const { pool, listener, logger } = parts
  const stopping = new AbortController()
  const waiting = new Set<number>()
  let watching: Promise<void> | undefined
  let delivering: Promise<void> | undefined
  let unsubscribe: (() => void) | undefined
  let repeated: Promise<unknown> | undefined

  const watch = async (): Promise<void> => {
    for (const connectorId of waiting) {
      if (stopping.signal.aborted) return
      // Before it is looked at: a run that ends meanwhile must be looked at once more.
      waiting.delete(connectorId)
      if (await watchRuns(pool, connectorId)) deliverSoon()
    }
  }
  const watchSoon = (): void => {
    if (watching !== undefined || stopping.signal.aborted) return
    watching = watch()
      .catch((error: unknown) => {
        logger.error({ err: error }, 'Runs could not be looked at for notices; the next one is another try.')
      })
      .finally(() => {
        watching = undefined
        if (waiting.size > 0) watchSoon()
      })
  }
  const deliver = (): Promise<void> => {
    delivering ??= deliverDue(parts, stopping.signal).finally(() => {
      delivering = undefined
    })
    return delivering
  }
  const deliverSoon = (): void => {
    deliver().catch((error: unknown) => {
      logger.error({ err: error }, 'Notices could not be delivered; they are tried again.')
    })
  }
  const catchUp = (): void => {
    unwatchedConnectors(pool).then(
      (ids) => {
        for (const id of ids) waiting.add(id)
        watchSoon()
      },
      (error: unknown) => {
        logger.error({ err: error }, 'Runs could not be looked for; the next one is another try.')
      },
    )
  }

  return {
    start() {
      unsubscribe = listener.subscribe(runChannel, {
        notified(payload) {
          const announcement = parseAnnouncement(payload)
          if (announcement === undefined) return
          waiting.add(announcement.connector)
          watchSoon()
        },
        listening: catchUp,
      })
      catchUp()
      repeated = repeat('The delivery of notices', deliverEveryMs, logger, stopping.signal, deliver)
    },
    async stop() {
      unsubscribe?.()
      stopping.abort()
      await Promise.allSettled([watching, delivering, repeated])
    },
  }
}
