import type pg from 'pg'
import type { Drivers } from '../connectors/drivers.js'
import type { Credentials } from '../connectors/outbound/credentials.js'
import type { EndpointResolver } from '../connectors/outbound/endpoint-resolver.js'
import type { Limits } from '../connectors/outbound/limits.js'
import type { Outbound } from '../connectors/outbound/outbound.js'
import { openPool } from '../database/open-pool.js'
import { GatewayError } from '../errors/gateway-error.js'
import { SourceFault } from '../errors/source-fault.js'
import type { RecordTypes } from '../records/schema/record-type.js'
import type { Sources } from '../records/sources.js'
import type { BeginPublishing } from './publish/publish-run.js'
import { Freshness } from './live/freshness.js'
import { LiveRefresh } from './live/live-refresh.js'
import { RunAnnouncements } from './live/run-announcements.js'
import { SourceBreakers, type BreakerState } from './live/source-breaker.js'
import type { Logger } from './logger.js'
import { LookupBatches } from './lookup/lookup-batches.js'
import { ChannelListener } from './notifications/channel-listener.js'
import { SourceReader } from './read/source-reader.js'
import type { ReadingLimits } from './reading/bounded-process.js'
import { ChildReadings, roomOfLiveSources } from './reading/child-readings.js'
import { OwnProcessReadings } from './reading/own-process.js'
import { sweepProcessFolders } from './reading/process-folders.js'
import { compiledReadingProgram, type ReadingProgram } from './reading/reading-process-start.js'
import type { Readings } from './reading/reading.js'
import type { Connector } from './registration/connector.js'
import { ResourceRegistry } from './registration/resource-registry.js'
import {
  runConnector,
  type RunDependencies,
  type RunRequest,
  type RunResult,
  type UploadedFile,
} from './run/run-connector.js'
import type { RunReason } from './run/run-log.js'
import { sweepInterrupted } from './run/sweep-interrupted.js'
import type { Chore } from './schedule/chores.js'
import { pause, repeat } from './schedule/repeat.js'
import { Schedule } from './schedule/schedule.js'

export interface HarvestSettings {
  readonly databaseUrl: string
  readonly drivers: Drivers
  readonly outbound: Outbound
  readonly endpoints: EndpointResolver
  /** The record types in force; asked for each run. */
  readonly types: () => RecordTypes
  readonly logger: Logger
  /** IANA name of the province's time zone. */
  readonly timeZone: string
  readonly credentials?: (connectorId: number) => Promise<Credentials | undefined>
  readonly limits?: Partial<Limits>
  /** The file that was uploaded last and published, of connectors that agencies feed by uploads. */
  readonly uploadedFile?: (connectorId: number) => Promise<string | undefined>
  /** Told when a version becomes visible, so that answers of before are not used again. */
  readonly beginPublishing?: BeginPublishing
  /** What else is to be done each hour by one replica, such as pruning the change feed. */
  readonly chores?: readonly Chore[]
  /**
   * The program that parses files apart from this process. Where the sources run as they are there is none unless it is given;
   * then all is read in this process.
   */
  readonly readingProgram?: ReadingProgram
  readonly readingLimits?: Partial<ReadingLimits>
  /** Off: nothing is read on a schedule nor at the start; queries and `run` still read. */
  readonly schedule?: boolean
  /** Scheduled harvests at a time on this replica, and first ones at the start. */
  readonly concurrency?: number
  /** Longest time that a scheduled run may take. */
  readonly runDeadlineMs?: number
  /** How long a source that failed five times in a row is left alone by queries. */
  readonly breakerPauseMs?: number
  /** How often runs are looked for that nobody carries on any more. */
  readonly sweepPauseMs?: number
}

export interface Harvest {
  /** What the record plane asks for. */
  readonly sources: Sources
  readonly registry: ResourceRegistry
  /** The process's listening connection, for others that wait for notifications. */
  readonly listener: ChannelListener
  /** Settles when the harvests of resources that were never fetched have been tried; never rejects. */
  readonly firstHarvests: Promise<void>
  /** The processes that read sources now, apart from this one. */
  readingProcesses(): readonly { readonly pid: number | undefined; readonly residentMegabytes: number }[]
  /** Of this replica; undefined: no query waits for the connector's source, its schedule guards it. */
  breaker(connectorId: number): BreakerState | undefined
  start(): Promise<void>
  /** Within seconds: runs under way are broken off and recorded as interrupted. */
  stop(): Promise<void>
  /** Runs a connector now, whatever its schedule. BUSY: it is being run. Throws NOT_FOUND when there is none. */
  run(connectorId: number, reason: RunReason, signal?: AbortSignal, upload?: UploadedFile): Promise<RunResult>
}

/** Runs of connectors that were just registered; those beyond them are left to the schedule, which begins them a little later. */
const mostRegistered = 2

const defaults = { concurrency: 6, runDeadlineMs: 30 * 60_000, breakerPauseMs: 15_000, sweepPauseMs: 60_000 }

/** Everything that reads sources: on a schedule, when a query waits for it, and when it is asked to. */
export function createHarvest(settings: HarvestSettings): Harvest {
  return new RunningHarvest(settings)
}

class RunningHarvest implements Harvest {
  readonly sources: Sources
  readonly registry: ResourceRegistry
  readonly listener: ChannelListener
  readonly #settings: HarvestSettings
  readonly #pool: pg.Pool
  readonly #sessions: pg.Pool
  /** Apart, so that sources that hang elsewhere keep none from being brought up to date. */
  readonly #liveSessions: pg.Pool
  readonly #stopping = new AbortController()
  readonly #announcements: RunAnnouncements
  readonly #breakers: SourceBreakers
  readonly #live: LiveRefresh
  readonly #lookups: LookupBatches
  readonly #schedule: Schedule
  readonly #run: RunDependencies
  readonly #runs = new Set<Promise<unknown>>()
  #registered = 0
  #sweeping: Promise<void> = Promise.resolve()
  /** Where runs read, those that queries wait for in the second; empty: in this process. */
  readonly #apart: readonly ChildReadings[]
  #stopped: Promise<void> | undefined

  constructor(settings: HarvestSettings) {
    const { databaseUrl, logger, timeZone, types, drivers } = settings
    this.#settings = settings
    this.#pool = sessionsOn(databaseUrl, 'gateway harvest', 10, logger)
    this.#sessions = sessionsOn(databaseUrl, 'gateway runs', 16, logger)
    this.#liveSessions = sessionsOn(databaseUrl, 'gateway live runs', 16, logger)
    this.listener = new ChannelListener(databaseUrl, logger)
    const freshness = new Freshness()
    this.#breakers = new SourceBreakers(settings.breakerPauseMs ?? defaults.breakerPauseMs)
    const breakers = this.#breakers
    const own = { ...settings, pool: this.#pool, types: () => types().types }
    const reader = new SourceReader(own)
    const program = settings.readingProgram ?? compiledReadingProgram()
    const scheduled = program === undefined ? undefined : new ChildReadings({ ...settings, program })
    const waitedFor =
      program === undefined ? undefined : new ChildReadings({ ...settings, program, room: roomOfLiveSources })
    this.#apart = [scheduled, waitedFor].filter((one) => one !== undefined)
    const readings = readingsWhere(new OwnProcessReadings(own), scheduled, waitedFor)
    this.registry = new ResourceRegistry(this.#pool, drivers, freshness, logger)
    this.#announcements = new RunAnnouncements(freshness, (connectorId) => {
      breakers.answered(connectorId)
    })
    this.#run = {
      pool: this.#pool,
      sessions: this.#sessions,
      readings,
      types,
      logger,
      timeZone,
      uploadedFile: settings.uploadedFile,
      beginPublishing: settings.beginPublishing,
    }
    const stopping = this.#stopping.signal
    this.#live = new LiveRefresh({
      registry: this.registry,
      freshness,
      announcements: this.#announcements,
      breakers,
      run: (connector, request) => this.#runConnector(connector, request),
      logger,
      stopping,
    })
    this.#lookups = new LookupBatches({
      pool: this.#pool,
      registry: this.registry,
      breakers,
      reader,
      types,
      logger,
      timeZone,
      stopping,
    })
    this.#schedule = new Schedule({
      databaseUrl,
      pool: this.#pool,
      registry: this.registry,
      types,
      logger,
      stopping,
      concurrency: settings.concurrency ?? defaults.concurrency,
      longestRunMs: this.#deadlineMs,
      chores: settings.chores ?? [],
      run: (connector, request) => this.#runConnector(connector, request),
    })
    this.sources = {
      resources: () => this.registry.resources(),
      typesWithRetiredRows: () => this.registry.typesWithRetiredRows(),
      bringUpToDate: (resourceIds, signal) => this.#live.bringUpToDate(resourceIds, signal),
      lookUp: (resourceId, keys, signal) => this.#lookups.lookUp(resourceId, keys, signal),
    }
  }

  get firstHarvests(): Promise<void> {
    return this.#schedule.firstHarvests
  }

  readingProcesses(): readonly { readonly pid: number | undefined; readonly residentMegabytes: number }[] {
    return this.#apart.flatMap((readings) => readings.processes())
  }

  breaker(connectorId: number): BreakerState | undefined {
    const mode = this.registry.connector(connectorId)?.manifest.refresh.mode
    return mode === 'live' || mode === 'lookup' ? this.#breakers.state(connectorId) : undefined
  }

  async start(): Promise<void> {
    await this.listener.start()
    this.#announcements.start(this.listener)
    await this.registry.start(this.listener)
    await this.#sweep()
    await this.#sweepFolders()
    const { logger, sweepPauseMs = defaults.sweepPauseMs } = this.#settings
    const stopping = this.#stopping.signal
    // A replica may die while this one lives, and Postgres may end in the middle of runs.
    this.#sweeping = pause(sweepPauseMs, stopping).then(() =>
      repeat('The sweep of interrupted runs', sweepPauseMs, logger, stopping, () => this.#sweep()),
    )
    if (this.#settings.schedule !== false) await this.#schedule.start()
  }

  /** Of reading processes that were killed together with their gateway; whatever else is wrong with that folder, runs find out. */
  async #sweepFolders(): Promise<void> {
    const { logger } = this.#settings
    try {
      const folders = await sweepProcessFolders()
      if (folders > 0) logger.info({ folders }, 'Temporary folders of processes that were killed were removed.')
    } catch (error) {
      logger.warn({ err: error }, 'Temporary folders of processes that were killed could not be removed.')
    }
  }

  #sweep(): Promise<void> {
    return sweepInterrupted(this.#pool, this.#sessions, this.#settings.logger)
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#stop()
    return this.#stopped
  }

  async #stop(): Promise<void> {
    this.#stopping.abort(new SourceFault('INTERRUPTED'))
    await this.#schedule.stop()
    await this.#sweeping
    await Promise.all([this.#live.drain(), this.#lookups.drain(), Promise.allSettled(this.#runs)])
    await Promise.all(this.#apart.map((readings) => readings[Symbol.asyncDispose]()))
    this.#announcements.stop()
    await this.registry.stop()
    await this.listener.stop()
    await this.#sessions.end()
    await this.#liveSessions.end()
    await this.#pool.end()
  }

  async run(connectorId: number, reason: RunReason, signal?: AbortSignal, upload?: UploadedFile): Promise<RunResult> {
    // Registered a moment ago, perhaps on another replica.
    if (this.registry.connector(connectorId) === undefined) await this.registry.reload()
    const connector = this.registry.connector(connectorId)
    if (connector === undefined) throw new GatewayError('NOT_FOUND', 'There is no such connector.')
    const waitsForUpload = connector.manifest.refresh.mode === 'push' && upload === undefined && reason === 'registered'
    if (waitsForUpload && (await this.#settings.uploadedFile?.(connectorId)) === undefined) {
      return { outcome: 'NOT_NEEDED' }
    }
    const stopping = this.#stopping.signal
    if (reason === 'registered' && this.#registered >= mostRegistered) return { outcome: 'NOT_NEEDED' }
    return await this.#runConnector(connector, {
      reason,
      deadlineMs: this.#deadlineMs,
      signal: signal === undefined ? stopping : AbortSignal.any([stopping, signal]),
      ...(upload === undefined ? {} : { upload }),
    })
  }

  get #deadlineMs(): number {
    return this.#settings.runDeadlineMs ?? defaults.runDeadlineMs
  }

  async #runConnector(connector: Connector, request: RunRequest): Promise<RunResult> {
    this.#stopping.signal.throwIfAborted()
    const sessions = request.reason === 'live' ? this.#liveSessions : this.#sessions
    const run = runConnector({ ...this.#run, sessions }, connector, request)
    this.#runs.add(run)
    if (request.reason === 'registered') this.#registered += 1
    try {
      return await run
    } finally {
      if (request.reason === 'registered') this.#registered -= 1
      this.#runs.delete(run)
    }
  }
}

/** What queries wait for does not wait for a process that reads what is due; `here`: where there are no processes for it. */
function readingsWhere(here: Readings, scheduled: Readings | undefined, waitedFor: Readings | undefined): Readings {
  return {
    open(connector, signal) {
      const readings = connector.manifest.refresh.mode === 'live' ? waitedFor : scheduled
      return (readings ?? here).open(connector, signal)
    },
  }
}

function sessionsOn(url: string, name: string, max: number, logger: Logger): pg.Pool {
  return openPool(
    {
      connectionString: url,
      application_name: name,
      max,
      connectionTimeoutMillis: 15_000,
      idleTimeoutMillis: 30_000,
    },
    (error) => {
      logger.warn({ err: error }, 'A connection to the database was lost.')
    },
  )
}
