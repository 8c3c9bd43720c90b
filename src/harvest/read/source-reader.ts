import type pg from 'pg'
import type { SourceRow } from '../../../connectors/drivers/driver.js'
import type { AnyDriver, Drivers } from '../../connectors/drivers.js'
import type { ManifestResource } from '../../connectors/manifest/manifest.js'
import type { MappedRow } from '../../connectors/mapping/mapped-row.js'
import { mapResource, mapRows, type MappingContext } from '../../connectors/mapping/map-resource.js'
import type { Credentials } from '../../connectors/outbound/credentials.js'
import { withEndpoints, withUploaded, type EndpointResolver } from '../../connectors/outbound/endpoint-resolver.js'
import type { Downloads } from '../../connectors/outbound/downloads.js'
import type { Limits } from '../../connectors/outbound/limits.js'
import type { Outbound } from '../../connectors/outbound/outbound.js'
import { createSource, type RunSource } from '../../connectors/outbound/source.js'
import { SourceFault } from '../../errors/source-fault.js'
import { asWritten, worded } from '../../errors/wording.js'
import type { RecordType } from '../../records/schema/record-type.js'
import { createRowValidator, type RowValidator } from '../../records/schema/validate-row.js'
import type { CheckedRow, ReadTally, ReadTask, RecordReader, RowOutcome } from '../run/checked-row.js'
import { dayIn, offsetIn } from './province-time.js'
import { SourceColumns } from './source-columns.js'
import { StoredReferences } from './stored-references.js'

export interface SourceReaderSettings {
  readonly pool: pg.Pool
  readonly drivers: Drivers
  readonly outbound: Outbound
  readonly endpoints: EndpointResolver
  /** By code; those in which codes and names of the rows are resolved must be there. */
  readonly types: () => ReadonlyMap<string, RecordType>
  readonly timeZone: string
  /** How an agency's source lets us in; undefined: it is open. */
  readonly credentials?: (connectorId: number) => Promise<Credentials | undefined>
  /** What differs from the default limits of a request. */
  readonly limits?: Partial<Limits>
  /** Those of the run, when its resources share them. */
  readonly downloads?: Downloads
}

/** A query waits for these: one try, and the next query is the next try. */
const impatient: Partial<Limits> = { requestMs: 10_000, connectMs: 5_000, attempts: 1, bodyBytes: 8 * 1024 ** 2 }
/** What is looked up is parsed in the process that answers queries: a tenth of a second of it. */
const ofLookups: Partial<Limits> = { ...impatient, jsonValues: 100_000 }
const limitsByMode = { live: impatient, lookup: ofLookups, snapshot: {}, push: {} } satisfies Record<
  string,
  Partial<Limits>
>

const rowsOfBatch = 256

/** Reads agencies' systems by the drivers, maps their rows by the manifest and types them by the record schema. */
export class SourceReader implements RecordReader {
  readonly #settings: SourceReaderSettings

  constructor(settings: SourceReaderSettings) {
    this.#settings = settings
  }

  async *scan(
    task: ReadTask,
    tally: ReadTally,
    signal: AbortSignal,
  ): AsyncGenerator<readonly CheckedRow[], void, undefined> {
    const columns = new SourceColumns()
    const driver = counting(this.#driver(task), tally, columns)
    const source = await this.#open(task, driver, signal, { fingerprint: task.basis })
    try {
      const validate = createRowValidator(task.type, { zone: this.#settings.timeZone })
      const { options } = task.connector.manifest
      let batch: CheckedRow[] = []
      for await (const row of mapResource(resourceOf(task), options, driver, source, {
        ...this.#mapping(task),
        since: task.since,
      })) {
        batch.push({ number: row.number, part: row.part, outcome: outcomeOf(row, validate) })
        if (batch.length < rowsOfBatch) continue
        yield batch
        batch = []
      }
      if (batch.length > 0) yield batch
      tally.unmarkedEnds = source.unmarkedEnds()
      for (const [name, value] of Object.entries(source.memory())) tally.memory.set(name, value)
    } finally {
      tally.columns = columns.kinds()
      tally.bytes = source.bytes()
      await source[Symbol.asyncDispose]()
    }
  }

  async lookUp(
    task: ReadTask,
    keys: readonly string[],
    tally: ReadTally,
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, RowOutcome>> {
    const driver = this.#driver(task)
    if (driver.lookup === undefined) {
      const detail = worded(`${driver.name} cannot look up`, `${driver.name} không tra cứu theo khóa được`)
      throw new SourceFault('MAPPING', { detail })
    }
    const source = await this.#open(task, driver, signal, undefined)
    try {
      const resource = resourceOf(task)
      const found = await driver.lookup(source, this.#selection(driver, resource), keys)
      tally.read = found.size
      if (found.size === 0) return new Map()
      const validate = createRowValidator(task.type, { zone: this.#settings.timeZone })
      const asked = found.keys()
      const outcomes = new Map<string, RowOutcome>()
      // One mapped row comes for each row, in the same order.
      for await (const row of mapRows(streamOf(found.values()), resource, this.#mapping(task))) {
        const key = asked.next().value
        if (key !== undefined) outcomes.set(key, outcomeOf(row, validate))
      }
      return outcomes
    } finally {
      tally.bytes = source.bytes()
      await source[Symbol.asyncDispose]()
    }
  }

  #driver({ connector }: ReadTask): AnyDriver {
    const driver = this.#settings.drivers.get(connector.manifest.driver)
    if (driver === undefined) {
      const { driver: name } = connector.manifest
      throw new SourceFault('MAPPING', { detail: worded(`no driver ${name}`, `không có driver ${name}`) })
    }
    return driver
  }

  async #open(
    task: ReadTask,
    driver: AnyDriver,
    signal: AbortSignal,
    conditional: { fingerprint: string } | undefined,
  ): Promise<RunSource<unknown>> {
    const { outbound, credentials, limits, downloads } = this.#settings
    const endpoints = withUploaded(this.#settings.endpoints, task.uploaded)
    const { manifest, id } = task.connector
    const options = driver.options.safeParse(withEndpoints(manifest.options, endpoints))
    if (!options.success) throw new SourceFault('MAPPING', { detail: asWritten(options.error.message) }, options.error)
    return createSource({
      outbound,
      options: options.data,
      resolver: endpoints,
      signal,
      limits: { ...limitsByMode[manifest.refresh.mode], ...limits },
      credentials: await credentials?.(id),
      ca: manifest.tls?.ca,
      memory: task.memory,
      conditional,
      ...(downloads === undefined ? {} : { downloads }),
    })
  }

  #selection(driver: AnyDriver, resource: ManifestResource): unknown {
    const parsed = driver.selection.safeParse(withEndpoints(resource.selection ?? {}, this.#settings.endpoints))
    if (!parsed.success) throw new SourceFault('MAPPING', { detail: asWritten(parsed.error.message) }, parsed.error)
    return parsed.data
  }

  #mapping({ type, connector }: ReadTask): MappingContext {
    const { pool, types, endpoints, timeZone } = this.#settings
    const now = new Date()
    return {
      recordType: type,
      dataset: connector.datasetCode,
      references: new StoredReferences(pool, types()),
      endpoints,
      today: dayIn(timeZone, now),
      timeOffset: offsetIn(timeZone, now),
    }
  }
}

function resourceOf({ connector, resource }: ReadTask): ManifestResource {
  const found = connector.manifest.resources.find((one) => one.name === resource.name)
  if (found === undefined) {
    const { name } = resource
    const detail = worded(`the manifest has no resource ${name}`, `bản khai không có tài nguyên ${name}`)
    throw new SourceFault('MAPPING', { detail })
  }
  return found
}

function outcomeOf(row: MappedRow, validate: RowValidator): RowOutcome {
  if (row.problems.length > 0) {
    return {
      ok: false,
      problems: row.problems.map(({ field, value, reason }) => ({
        field,
        value,
        reasonVi: reason.vi,
        reasonEn: reason.en,
      })),
    }
  }
  const validated = validate(row.values)
  if (validated.ok) return validated
  return {
    ok: false,
    problems: validated.problems.map(({ field, value, reason }) => ({
      field,
      value,
      reasonVi: reason.vi,
      reasonEn: reason.en,
    })),
  }
}

/** The same driver, whose rows are counted and whose columns are watched. */
function counting(driver: AnyDriver, tally: ReadTally, columns: SourceColumns): AnyDriver {
  return {
    name: driver.name,
    title: driver.title,
    options: driver.options,
    selection: driver.selection,
    capabilities: driver.capabilities,
    check: (source) => driver.check(source),
    describe: (source, sampleRows) => driver.describe(source, sampleRows),
    scan: (source, selection, since) => ({
      [Symbol.asyncIterator]() {
        const rows = driver.scan(source, selection, since)[Symbol.asyncIterator]()
        return {
          async next() {
            const next = await rows.next()
            if (next.done !== true) {
              tally.read++
              columns.look(next.value)
            }
            return next
          },
          async return() {
            await rows.return?.()
            return { done: true, value: undefined }
          },
        }
      },
    }),
  }
}

/** Rows that are there already, as the stream that a mapping takes. */
async function* streamOf(rows: Iterable<SourceRow>): AsyncGenerator<SourceRow, void, undefined> {
  yield* await Promise.resolve(rows)
}
