import type pg from 'pg'
import { SourceFault } from '../../errors/source-fault.js'
import type { Logger } from '../logger.js'
import type { Connector, ConnectorResource } from '../registration/connector.js'
import type { ResourceRegistry } from '../registration/resource-registry.js'
import { untilAborted } from '../run/abortable.js'
import { askedToWaitMs } from '../run/asked-to-wait.js'
import { readAges } from '../run/run-announcement.js'
import type { RunRequest, RunResult } from '../run/run-connector.js'
import type { Freshness } from './freshness.js'
import { waitPatiently } from './patience.js'
import type { RunAnnouncements } from './run-announcements.js'
import { LeftAlone, type SourceBreakers } from './source-breaker.js'

export interface LiveDependencies {
  readonly registry: ResourceRegistry
  readonly freshness: Freshness
  readonly announcements: RunAnnouncements
  readonly breakers: SourceBreakers
  readonly run: (connector: Connector, request: RunRequest) => Promise<RunResult>
  readonly logger: Logger
  /** Aborted when the gateway stops. */
  readonly stopping: AbortSignal
}

/** How often a lock that another replica holds is tried again, in case its notification was lost. */
const tryAgainMs = 500

/** Brings live resources up to date where a query waits for it: one run for all who wait, over all replicas. */
export class LiveRefresh {
  readonly #dependencies: LiveDependencies
  readonly #underWay = new Map<number, Promise<void>>()

  constructor(dependencies: LiveDependencies) {
    this.#dependencies = dependencies
  }

  async bringUpToDate(resourceIds: readonly number[], signal: AbortSignal): Promise<void> {
    const due = new Map<Connector, number>()
    for (const id of resourceIds) {
      const resource = this.#dependencies.registry.resource(id)
      if (resource?.mode !== 'LIVE' || !this.#isDue(resource)) continue
      const connector = this.#dependencies.registry.connector(resource.connectorId)
      if (connector?.status === 'ACTIVE') due.set(connector, resource.patienceMs)
    }
    if (due.size === 0) return
    await Promise.all(
      [...due].map(([connector, patienceMs]) => waitPatiently(this.#refresh(connector), patienceMs, signal)),
    )
  }

  /** Settles when no refresh is under way; they end early once the gateway stops. */
  async drain(): Promise<void> {
    await Promise.allSettled(this.#underWay.values())
  }

  #isDue(resource: ConnectorResource): boolean {
    return isOld(this.#dependencies.freshness.ageMs(resource.id), resource.maxAgeMs)
  }

  #refresh(connector: Connector): Promise<void> {
    const underWay = this.#underWay.get(connector.id)
    if (underWay !== undefined) return underWay
    const refresh = this.#guarded(connector).finally(() => {
      this.#underWay.delete(connector.id)
    })
    this.#underWay.set(connector.id, refresh)
    return refresh
  }

  async #guarded(connector: Connector): Promise<void> {
    const { breakers, logger } = this.#dependencies
    try {
      await breakers.execute(connector.id, () => this.#runOrFollow(connector))
    } catch (error) {
      if (error instanceof LeftAlone) return
      // A fault is kept in the resource's state, which is where an answer tells of it.
      const level = error instanceof SourceFault ? 'warn' : 'error'
      logger[level]({ err: error, connector: connector.code }, 'A live source could not be brought up to date.')
    }
  }

  /** Runs the connector, or waits for the run of another replica. Throws when the run failed, whoever did it. */
  async #runOrFollow(connector: Connector): Promise<void> {
    const { announcements, run, stopping, freshness } = this.#dependencies
    const deadlineMs = liveDeadlineMs(connector)
    const giveUp = AbortSignal.any([stopping, AbortSignal.timeout(deadlineMs)])
    for (;;) {
      // Before the lock is tried: a run that ends between the two must be heard.
      const next = announcements.next(connector.id)
      try {
        const stillNeeded = (client: pg.ClientBase): Promise<boolean> => this.#stillDue(client, connector)
        const result = await run(connector, { reason: 'live', deadlineMs, signal: stopping, stillNeeded })
        if (result.outcome === 'NOT_NEEDED') return
        if (result.outcome === 'FAILED') throw result.fault
        if (result.outcome !== 'BUSY') {
          for (const { resource, age } of result.ages) freshness.stored(resource, age ?? undefined)
          return
        }
        const heard = await untilAborted(Promise.race([next.heard, afterMs(tryAgainMs)]), giveUp)
        if (heard === undefined) continue
        if (!heard.ok) throw new SourceFault('UNREACHABLE')
        return
      } finally {
        next.end()
      }
    }
  }

  async #stillDue(client: pg.ClientBase, connector: Connector): Promise<boolean> {
    const askedMs = await askedToWaitMs(client, connector.id)
    if (askedMs > 0) {
      this.#dependencies.breakers.leaveAlone(connector.id, askedMs)
      return false
    }
    const ages = await readAges(client, connector.id)
    for (const { resource, age } of ages) this.#dependencies.freshness.stored(resource, age ?? undefined)
    return connector.resources.some((resource) => {
      const age = ages.find((one) => one.resource === resource.id)?.age
      return isOld(age ?? undefined, resource.maxAgeMs)
    })
  }
}

/** A little before its time: the statement that reads the copy is a moment later, and must still find it fresh. */
function isOld(ageMs: number | undefined, maxAgeMs: number): boolean {
  return ageMs === undefined || ageMs >= maxAgeMs - Math.min(100, maxAgeMs / 20)
}

function liveDeadlineMs(connector: Connector): number {
  const patienceMs = connector.manifest.refresh.mode === 'live' ? connector.manifest.refresh.patienceMs : 0
  return Math.max(10_000, 2 * patienceMs)
}

function afterMs(ms: number): Promise<undefined> {
  const { promise, resolve } = Promise.withResolvers<undefined>()
  setTimeout(() => {
    resolve(undefined)
  }, ms).unref()
  return promise
}
