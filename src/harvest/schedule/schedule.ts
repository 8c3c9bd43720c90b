import type pg from 'pg'
import type { RecordTypes } from '../../records/schema/record-type.js'
import type { Logger } from '../logger.js'
import type { Connector } from '../registration/connector.js'
import type { ResourceRegistry } from '../registration/resource-registry.js'
import type { RunRequest, RunResult } from '../run/run-connector.js'
import { doChores, type Chore } from './chores.js'
import { dueConnectors } from './due-connectors.js'
import { firstHarvestWaves } from './first-harvests.js'
import { HarvestQueue } from './harvest-queue.js'
import { pruneHistory, pruneLookupMisses, pruneRuns } from './prune.js'
import { pause, repeat } from './repeat.js'

export interface ScheduleSettings {
  readonly databaseUrl: string
  readonly pool: pg.Pool
  readonly registry: ResourceRegistry
  readonly types: () => RecordTypes
  readonly logger: Logger
  readonly stopping: AbortSignal
  readonly concurrency: number
  readonly longestRunMs: number
  readonly chores: readonly Chore[]
  readonly run: (connector: Connector, request: RunRequest) => Promise<RunResult>
}

const dueCheckMs = 5_000
const choresMs = 3_600_000
const longestHeadStartMs = 60_000

/** Reads sources without being asked: those that were never read at the start, then each when it is due. */
export class Schedule {
  readonly #settings: ScheduleSettings
  readonly #queue: HarvestQueue
  #firstHarvests: Promise<void> = Promise.resolve()
  #work: Promise<unknown> = Promise.resolve()

  constructor(settings: ScheduleSettings) {
    this.#settings = settings
    this.#queue = new HarvestQueue({
      url: settings.databaseUrl,
      schema: 'jobs',
      concurrency: settings.concurrency,
      longestRunMs: settings.longestRunMs,
      run: (connectorId) => this.#runDue(connectorId),
      logger: settings.logger,
    })
  }

  get firstHarvests(): Promise<void> {
    return this.#firstHarvests
  }

  async start(): Promise<void> {
    const { pool, registry, logger, stopping, chores } = this.#settings
    this.#firstHarvests = this.#harvestFirst()
    await this.#queue.start()
    // What is due at once is what the first harvests are reading; but one slow source must not hold back all the others.
    const begun = Promise.race([this.#firstHarvests, pause(longestHeadStartMs, stopping)])
    const dueChecks = begun.then(() =>
      repeat('The look for due harvests', dueCheckMs, logger, stopping, () => this.#enqueueDue()),
    )
    const own = [pruneRuns, pruneLookupMisses, pruneHistory(registry)]
    const choring = repeat('Pruning', choresMs, logger, stopping, () => doChores(pool, [...own, ...chores], logger))
    this.#work = Promise.allSettled([dueChecks, choring])
  }

  /** Call it once `stopping` is aborted. */
  async stop(): Promise<void> {
    await this.#firstHarvests
    await this.#work
    await this.#queue.stop()
  }

  async #enqueueDue(): Promise<void> {
    const { pool, registry, stopping } = this.#settings
    for (const connector of await dueConnectors(pool, registry.connectors())) {
      if (stopping.aborted) return
      await this.#queue.enqueue(connector)
    }
  }

  async #runDue(connectorId: number): Promise<void> {
    const { registry, run, stopping, longestRunMs } = this.#settings
    const connector = registry.connector(connectorId)
    if (connector?.status !== 'ACTIVE' || stopping.aborted) return
    const result = await run(connector, { reason: 'schedule', deadlineMs: longestRunMs, signal: stopping })
    this.#report(connector, result)
  }

  /** Never rejects: a source that cannot be read must not stop the start, nor the reading of others. */
  async #harvestFirst(): Promise<void> {
    const { pool, registry, types, logger, concurrency } = this.#settings
    try {
      const { rows } = await pool.query<{ connector_id: number }>(
        `select distinct connector_id from gateway.resource where active and fetched_at is null and mode in ('SNAPSHOT', 'LIVE')`,
      )
      const never = new Set(rows.map((row) => row.connector_id))
      const connectors = registry.connectors().filter((one) => never.has(one.id) && one.status === 'ACTIVE')
      for (const wave of firstHarvestWaves(connectors, types())) {
        const waiting = [...wave]
        await Promise.all(Array.from({ length: concurrency }, () => this.#harvestFrom(waiting)))
      }
    } catch (error) {
      logger.error({ error }, 'The first harvests could not be begun.')
    }
  }

  async #harvestFrom(waiting: Connector[]): Promise<void> {
    const { run, stopping, longestRunMs, logger } = this.#settings
    for (let connector = waiting.shift(); connector !== undefined && !stopping.aborted; connector = waiting.shift()) {
      const { id } = connector
      const stillNeeded = async (client: pg.ClientBase): Promise<boolean> => await neverFetched(client, id)
      try {
        const result = await run(connector, {
          reason: 'first',
          deadlineMs: longestRunMs,
          signal: stopping,
          stillNeeded,
        })
        this.#report(connector, result)
      } catch (error) {
        logger.error({ error, connector: connector.code }, 'A first harvest could not be run.')
      }
    }
  }

  #report(connector: Connector, result: RunResult): void {
    const { logger } = this.#settings
    if (result.outcome === 'FAILED') {
      const { code, message } = result.fault
      logger.warn({ connector: connector.code, code }, `A harvest failed: ${message}`)
    } else {
      logger.info({ connector: connector.code, ...result }, 'A harvest ended.')
    }
  }
}

async function neverFetched(client: pg.ClientBase, connectorId: number): Promise<boolean> {
  const { rowCount } = await client.query(
    'select 1 from gateway.resource where connector_id = $1 and active and fetched_at is null limit 1',
    [connectorId],
  )
  return rowCount === 1
}
