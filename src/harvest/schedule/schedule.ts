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
/** How often a connector that another replica is running is looked at again. */
const tryAgainMs = 250

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
      const lastRuns = await neverFetched(pool)
      const connectors = registry.connectors().filter((one) => lastRuns.has(one.id) && one.status === 'ACTIVE')
      for (const wave of firstHarvestWaves(connectors, types())) {
        const waiting = [...wave]
        await Promise.all(Array.from({ length: concurrency }, () => this.#harvestFrom(waiting, lastRuns)))
      }
    } catch (error) {
      logger.error({ err: error }, 'The first harvests could not be begun.')
    }
  }

  async #harvestFrom(waiting: Connector[], lastRuns: ReadonlyMap<number, string>): Promise<void> {
    const { stopping, logger } = this.#settings
    for (let connector = waiting.shift(); connector !== undefined; connector = waiting.shift()) {
      try {
        stopping.throwIfAborted()
        await this.#harvestOnce(connector, lastRuns.get(connector.id) ?? '0')
      } catch (error) {
        if (stopping.aborted) return
        logger.error({ err: error, connector: connector.code }, 'A first harvest could not be run.')
      }
    }
  }

  /** Or waits for the replica that is at it: what comes after may need its rows. */
  async #harvestOnce(connector: Connector, lastRun: string): Promise<void> {
    const { run, stopping, longestRunMs } = this.#settings
    const stillNeeded = async (client: pg.ClientBase): Promise<boolean> =>
      !(await hasRunSince(client, connector, lastRun))
    for (;;) {
      const result = await run(connector, { reason: 'first', deadlineMs: longestRunMs, signal: stopping, stillNeeded })
      if (result.outcome !== 'BUSY') {
        if (result.outcome !== 'NOT_NEEDED') this.#report(connector, result)
        return
      }
      await pause(tryAgainMs, stopping)
      stopping.throwIfAborted()
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

/** The connectors with a resource that was never fetched, each with the id of its last run that has ended. */
async function neverFetched(pool: pg.Pool): Promise<Map<number, string>> {
  const { rows } = await pool.query<{ id: number; last_run: string }>(
    `select connector_id as id, coalesce((select max(u.id) from gateway.run u where u.connector_id = r.connector_id and u.finished_at is not null), 0) as last_run
     from gateway.resource r where active and fetched_at is null and mode in ('SNAPSHOT', 'LIVE')
       and (select w.retry_at > clock_timestamp() from gateway.run w where w.connector_id = r.connector_id order by w.id desc limit 1) is not true
     group by connector_id`,
  )
  return new Map(rows.map((row) => [row.id, row.last_run]))
}

async function hasRunSince(client: pg.ClientBase, connector: Connector, lastRun: string): Promise<boolean> {
  const { rowCount } = await client.query(
    'select 1 from gateway.run where connector_id = $1 and id > $2 and finished_at is not null limit 1',
    [connector.id, lastRun],
  )
  return rowCount === 1
}
