import type pg from 'pg'
import { NotModified } from '../../../connectors/drivers/driver.js'
import { withoutStates } from '../../connectors/outbound/source-states.js'
import { SourceFault } from '../../errors/source-fault.js'
import { worded } from '../../errors/wording.js'
import type { RecordType, RecordTypes } from '../../records/schema/record-type.js'
import type { Logger } from '../logger.js'
import type { Publication, ResourceState } from '../publish/publication.js'
import { publishRun, type BeginPublishing, type Published } from '../publish/publish-run.js'
import type { Comparison } from '../publish/changes-of-run.js'
import type { Reading, Readings } from '../reading/reading.js'
import type { Connector, ConnectorResource } from '../registration/connector.js'
import { untilAborted } from './abortable.js'
import { failRun } from './fail-run.js'
import { guardResource } from './guards.js'
import { columnsSeenBefore, memoryBasis, recalled, type StoredMemory } from './memory.js'
import { outdated, seenAsOf } from './outdated.js'
import { guardPart, markToStartFrom, mayBeOfThePart } from './partial-reading.js'
import type { ReadTask } from './checked-row.js'
import type { Staged } from './stage-resource.js'
import { RunLock } from './run-lock.js'
import { endInterruptedRuns, noCounts, startRun, type RunCounts, type RunReason } from './run-log.js'
import { outdatedNote, schemaDrift, type RunNote } from './run-notes.js'
import { keptSetAsideRows, type SetAsideRow } from './set-aside.js'
import { setDuplicatesAside, type StagedTable } from './set-duplicates-aside.js'
import { dropStagingTable, stagingTable } from './staging-table.js'
import { storageFault } from './storage-fault.js'
import { endIsDoubtful, readAgain } from './unmarked-end.js'

export interface RunDependencies {
  /** For staging and everything short. */
  readonly pool: pg.Pool
  /** For the connections that hold locks; apart from `pool`, so that neither waits for the other. */
  readonly sessions: pg.Pool
  readonly readings: Readings
  readonly types: () => RecordTypes
  readonly logger: Logger
  readonly timeZone: string
  /** The file that an agency uploaded last and that was published, for connectors that are fed by uploads. */
  readonly uploadedFile?: ((connectorId: number) => Promise<string | undefined>) | undefined
  readonly beginPublishing?: BeginPublishing | undefined
}

export interface RunRequest {
  readonly reason: RunReason
  readonly deadlineMs: number
  /** Aborted when the gateway stops. */
  readonly signal: AbortSignal
  /** Asked when the lock is held: false leaves the run out, since another one has just done its work. */
  readonly stillNeeded?: (client: pg.ClientBase) => Promise<boolean>
  /** The upload that this run is to publish, instead of the last one that was. */
  readonly upload?: UploadedFile
}

export interface UploadedFile {
  /** A decimal; the run is recorded with it. */
  readonly id: string
  readonly path: string
}

export type RunResult =
  | ({ readonly runId: string } & Published)
  | { readonly outcome: 'FAILED'; readonly runId: string; readonly fault: SourceFault }
  /** Another run of the connector is under way, here or on another replica. */
  | { readonly outcome: 'BUSY' }
  | { readonly outcome: 'NOT_NEEDED' }

/**
 * One run: reads all resources of the connector and publishes them together as the dataset's next version, or leaves the last
 * good one and says why. Rejects only when the database fails.
 */
export async function runConnector(
  dependencies: RunDependencies,
  connector: Connector,
  request: RunRequest,
): Promise<RunResult> {
  const lock = await RunLock.tryAcquire(dependencies.sessions, connector.id)
  if (lock === undefined) return { outcome: 'BUSY' }
  const deadline = AbortSignal.timeout(request.deadlineMs)
  const signal = AbortSignal.any([request.signal, deadline, lock.lost])
  try {
    const { stillNeeded } = request
    if (stillNeeded !== undefined && !(await lock.use(stillNeeded))) return { outcome: 'NOT_NEEDED' }
    const interrupted = await lock.use((client) => endInterruptedRuns(client, connector.id))
    if (interrupted > 0)
      dependencies.logger.warn({ connector: connector.code, interrupted }, 'Earlier runs were interrupted.')
    const runId = await lock.use((client) => startRun(client, connector, request))
    const run = new Run(dependencies, connector, runId, signal, request)
    try {
      const published = await run.execute(lock)
      return { runId, ...published }
    } catch (error) {
      const fault = faultOf(error, { request, deadline, lock: lock.lost })
      if (fault.code === 'INTERNAL' || fault.code === 'STORAGE_FULL')
        dependencies.logger.error({ err: error, connector: connector.code, runId }, 'A run failed.')
      // What its agency is not told: a name inside and one that is not there look the same to it.
      else if (fault.code === 'UNREACHABLE')
        dependencies.logger.info({ err: fault.cause, connector: connector.code, runId }, 'A source was not reached.')
      // Broken off: whatever its connection is doing must not be committed any more.
      if (signal.aborted) lock.destroy()
      await run.fail(fault)
      return { outcome: 'FAILED', runId, fault }
    } finally {
      await run.dropStaging()
    }
  } finally {
    await lock.release()
  }
}

function faultOf(
  error: unknown,
  signals: { request: RunRequest; deadline: AbortSignal; lock: AbortSignal },
): SourceFault {
  if (signals.request.signal.aborted || signals.lock.aborted) return new SourceFault('INTERRUPTED', {}, error)
  if (signals.deadline.aborted) {
    return new SourceFault('TIMEOUT', { seconds: Math.round(signals.request.deadlineMs / 1000) }, error)
  }
  if (error instanceof SourceFault) return error
  return storageFault(error) ?? new SourceFault('INTERNAL', {}, error)
}

interface StagedResource extends StagedTable {
  readonly type: RecordType
  readonly state: ResourceState
  readonly first: boolean
}

interface StoredState {
  readonly id: number
  readonly record_type: string
  readonly active: boolean
  readonly published: boolean
  readonly record_count: number
  readonly memory: unknown
}

class Run {
  readonly #dependencies: RunDependencies
  readonly #connector: Connector
  readonly #runId: string
  readonly #signal: AbortSignal
  readonly #request: RunRequest
  readonly #tables: string[] = []
  #counts: RunCounts = noCounts
  #setAsideRows: SetAsideRow[] = []
  readonly #notes: RunNote[] = []

  constructor(
    dependencies: RunDependencies,
    connector: Connector,
    runId: string,
    signal: AbortSignal,
    request: RunRequest,
  ) {
    this.#request = request
    this.#dependencies = dependencies
    this.#connector = connector
    this.#runId = runId
    this.#signal = signal
  }

  async execute(lock: RunLock): Promise<Published> {
    const stored = await lock.use((client) => this.#storedStates(client))
    const { staged, unchanged } = await this.#read(lock, stored)
    const withdrawn = [...stored.values()].filter((state) => !state.active && state.record_count > 0)
    const publishedIds = [...staged.map(({ resource }) => resource.id), ...withdrawn.map((state) => state.id)]
    for (const [index, one] of staged.entries()) {
      staged[index] = await this.#check(one, staged.slice(0, index), publishedIds, stored.get(one.resource.id))
    }
    this.#signal.throwIfAborted()
    const publication: Publication = {
      runId: this.#runId,
      connector: this.#connector,
      comparisons: [...staged.map((one) => this.#comparison(one)), ...this.#withdrawals(withdrawn)],
      states: [...staged.map((one) => one.state), ...unchanged, ...withdrawn.map(emptied)],
      counts: this.#counts,
      setAsideRows: this.#setAsideRows,
      notes: this.#notes,
      incremental: staged.some((one) => one.state.partial),
      timeZone: this.#dependencies.timeZone,
    }
    return await untilAborted(
      lock.use((client) => publishRun(client, publication, this.#dependencies.beginPublishing)),
      this.#signal,
    )
  }

  async #read(
    lock: RunLock,
    stored: ReadonlyMap<number, StoredState>,
  ): Promise<{ staged: StagedResource[]; unchanged: ResourceState[] }> {
    const staged: StagedResource[] = []
    const unchanged: ResourceState[] = []
    await using reading = await this.#dependencies.readings.open(this.#connector, this.#signal)
    for (const resource of this.#connector.resources) {
      const state = stored.get(resource.id)
      if (state === undefined) throw new Error(`Resource ${resource.id} does not exist.`)
      const read = await this.#stage(lock, reading, resource, state)
      if ('table' in read) staged.push(read)
      else unchanged.push(read)
    }
    return { staged, unchanged }
  }

  async fail(fault: SourceFault): Promise<void> {
    await failRun(this.#dependencies.pool, {
      runId: this.#runId,
      connector: this.#connector,
      fault,
      counts: this.#counts,
      notes: this.#notes,
      setAsideRows: fault.code === 'PERSONAL_DATA' ? [] : this.#setAsideRows,
    })
  }

  async dropStaging(): Promise<void> {
    for (const table of this.#tables) {
      try {
        await dropStagingTable(this.#dependencies.pool, table)
      } catch (error) {
        this.#dependencies.logger.warn(
          { err: error, table },
          'A staging table was not dropped; the next sweep does it.',
        )
      }
    }
  }

  async #storedStates(client: pg.ClientBase): Promise<Map<number, StoredState>> {
    const { rows } = await client.query<StoredState>(
      `select id, record_type, active, version is not null as published, record_count, memory from gateway.resource
       where connector_id = $1`,
      [this.#connector.id],
    )
    return new Map(rows.map((row) => [row.id, row]))
  }

  async #stage(
    lock: RunLock,
    reading: Reading,
    resource: ConnectorResource,
    stored: StoredState,
  ): Promise<StagedResource | ResourceState> {
    const type = this.#type(resource.recordType)
    const basis = await lock.use((client) => memoryBasis(client, this.#connector, type))
    const before = stored.published ? recalled(stored.memory, basis) : undefined
    const table = stagingTable(this.#runId, resource.id)
    this.#tables.push(table)
    const uploaded = await this.#uploaded()
    const remembered = before?.values ?? {}
    // Whoever runs it by hand may do so because the source says that nothing has changed although something has.
    const memory = this.#asksForAll() ? withoutStates(remembered) : remembered
    const task: ReadTask = { connector: this.#connector, resource, type, memory, basis, uploaded }
    const since = this.#asksForAll() ? undefined : markToStartFrom(this.#connector, before, new Date())
    const part = since === undefined ? undefined : await this.#stagePart(reading, { ...task, since }, table)
    const staged = part ?? (await reading.stage(task, table, this.#signal))
    const now = new Date()
    if (!staged.modified) {
      // A driver that says so although nothing was ever published would leave the resource empty for ever.
      if (!stored.published) throw new SourceFault('NO_ROWS', {}, new NotModified())
      // To say that nothing has changed, some sources need more than the head of an answer.
      this.#count({ ...noCounts, bytes: staged.bytes }, [])
      const fault = this.#noteOutdated(resource, outdated(before?.asOf, resource.maxAgeMs, now))
      return { ...unread, resourceId: resource.id, fetchedAt: staged.fetchedAt, fault }
    }
    if (endIsDoubtful(this.#connector, staged, stored.published ? stored.record_count : undefined)) {
      await readAgain(reading, { task, staged, pool: this.#dependencies.pool, table, signal: this.#signal })
    }
    this.#count(staged, staged.setAsideRows)
    const partial = part !== undefined
    const columnsBefore = columnsSeenBefore(stored.memory)
    if (stored.published) {
      const drift = schemaDrift(resource.name, columnsBefore, staged.columns)
      // A few rows say nothing of the columns and kinds that the others have.
      this.#notes.push(...drift.filter(({ code }) => !partial || code === 'NEW_COLUMNS'))
    }
    const asOf = seenAsOf(staged.memory, before, now)
    const kept: StoredMemory = {
      basis,
      values: staged.memory,
      columns: partial ? { ...staged.columns, ...columnsBefore } : { ...staged.columns },
      fullAt: partial ? before?.fullAt : now.toISOString(),
      asOf,
    }
    return {
      resource,
      table,
      type,
      first: !stored.published,
      state: {
        resourceId: resource.id,
        fetchedAt: staged.fetchedAt,
        read: { recordCount: staged.mapped - staged.setAside, mapped: staged.mapped },
        partial,
        memory: kept,
        fault: this.#noteOutdated(resource, outdated(asOf, resource.maxAgeMs, now)),
      },
    }
  }

  #noteOutdated(resource: ConnectorResource, fault: SourceFault | undefined): SourceFault | undefined {
    if (fault !== undefined) this.#notes.push(outdatedNote(resource.name, fault))
    return fault
  }

  /** What a person asks for is everything. */
  #asksForAll(): boolean {
    return this.#request.reason === 'manual' || this.#request.reason === 'registered'
  }

  /** Only the rows that have changed; undefined when these cannot be had, so that all are to be read. */
  async #stagePart(reading: Reading, task: ReadTask, table: string): Promise<Staged | undefined> {
    try {
      const staged = await reading.stage(task, table, this.#signal)
      guardPart(this.#connector, staged)
      return staged
    } catch (error) {
      if (!mayBeOfThePart(error)) throw error
      const { code, message } = error
      this.#dependencies.logger.info(
        { connector: this.#connector.code, resource: task.resource.name, code },
        `What has changed cannot be read by itself, so everything is: ${message}`,
      )
      await dropStagingTable(this.#dependencies.pool, table)
      return undefined
    }
  }

  async #uploaded(): Promise<string | undefined> {
    if (this.#connector.manifest.refresh.mode !== 'push') return undefined
    return this.#request.upload?.path ?? (await this.#dependencies.uploadedFile?.(this.#connector.id))
  }

  async #check(
    staged: StagedResource,
    earlier: readonly StagedResource[],
    published: readonly number[],
    stored: StoredState | undefined,
  ): Promise<StagedResource> {
    const { read } = staged.state
    if (read === undefined) return staged
    const duplicates = await setDuplicatesAside(this.#dependencies.pool, staged, earlier, published)
    this.#count({ ...noCounts, setAside: duplicates.count }, duplicates.rows)
    const recordCount = read.recordCount - duplicates.count
    const before = stored?.published === true ? stored.record_count : undefined
    if (staged.state.partial) {
      // The part by itself was judged before; its repeated keys count against all the rows that there are.
      const mapped = Math.max(read.mapped, before ?? 0)
      guardResource(this.#connector, { mapped, setAside: read.mapped - recordCount, before: undefined })
    } else guardResource(this.#connector, { mapped: read.mapped, setAside: read.mapped - recordCount, before })
    return { ...staged, state: { ...staged.state, read: { ...read, recordCount } } }
  }

  #comparison({ resource, type, table, first, state }: StagedResource): Comparison {
    return { datasetId: resource.datasetId, resourceId: resource.id, type, table, first, partial: state.partial }
  }

  #withdrawals(states: readonly StoredState[]): Comparison[] {
    return states.map((state) => ({
      datasetId: this.#connector.datasetId,
      resourceId: state.id,
      type: this.#type(state.record_type),
      table: undefined,
      first: false,
      partial: false,
    }))
  }

  #type(code: string): RecordType {
    const type = this.#dependencies.types().types.get(code)
    if (type === undefined)
      throw new SourceFault('MAPPING', {
        detail: worded(`record type ${code} does not exist`, `không có kiểu bản ghi ${code}`),
      })
    return type
  }

  #count(counts: RunCounts, rows: readonly SetAsideRow[]): void {
    this.#counts = {
      read: this.#counts.read + counts.read,
      mapped: this.#counts.mapped + counts.mapped,
      setAside: this.#counts.setAside + counts.setAside,
      bytes: this.#counts.bytes + counts.bytes,
    }
    this.#setAsideRows.push(...rows.slice(0, keptSetAsideRows - this.#setAsideRows.length))
  }
}

/** A source that had not changed. */
const unread = { read: undefined, partial: false, memory: undefined, fault: undefined }

function emptied(state: StoredState): ResourceState {
  const fetchedAt = new Date().toISOString()
  return { ...unread, resourceId: state.id, fetchedAt, read: { recordCount: 0, mapped: 0 }, memory: {} }
}
