import DataLoader from 'dataloader'
import type pg from 'pg'
import { SourceFault } from '../../errors/source-fault.js'
import { worded } from '../../errors/wording.js'
import type { RecordTypes } from '../../records/schema/record-type.js'
import { waitPatiently } from '../live/patience.js'
import { LeftAlone, type SourceBreakers } from '../live/source-breaker.js'
import type { Logger } from '../logger.js'
import type { Connector, ConnectorResource } from '../registration/connector.js'
import type { ResourceRegistry } from '../registration/resource-registry.js'
import { untilAborted } from '../run/abortable.js'
import type { ReadTally, ReadTask, RecordReader, RowOutcome } from '../run/checked-row.js'
import { PersonalDataScreen, personalData, type PersonalCell } from '../screen/personal-data-screen.js'
import { MergedStores } from './merged-stores.js'
import type { FoundRecord } from './store-lookup.js'

export interface LookupDependencies {
  readonly pool: pg.Pool
  readonly registry: ResourceRegistry
  readonly breakers: SourceBreakers
  readonly reader: RecordReader
  readonly types: () => RecordTypes
  readonly logger: Logger
  readonly timeZone: string
  /** Aborted when the gateway stops. */
  readonly stopping: AbortSignal
}

type KeyLoader = DataLoader<string, true>

/** Looks keys up at sources that answer only by key: what is asked in one tick, by whomever, shares requests. */
export class LookupBatches {
  readonly #dependencies: LookupDependencies
  readonly #stores: MergedStores
  readonly #loaders = new Map<ConnectorResource, KeyLoader>()
  readonly #underWay = new Set<Promise<unknown>>()

  constructor(dependencies: LookupDependencies) {
    this.#dependencies = dependencies
    this.#stores = new MergedStores(dependencies.pool)
  }

  async lookUp(resourceId: number, keys: readonly string[], signal: AbortSignal): Promise<void> {
    const { registry } = this.#dependencies
    const resource = registry.resource(resourceId)
    if (resource?.mode !== 'LOOKUP' || keys.length === 0) return
    const connector = registry.connector(resource.connectorId)
    if (connector?.status !== 'ACTIVE') return
    const loader = this.#loader(connector, resource)
    const answered = Promise.allSettled(keys.map((key) => this.#load(loader, key)))
    await waitPatiently(answered, resource.patienceMs, signal)
  }

  /** Settles when no lookup is under way; they end early once the gateway stops. */
  async drain(): Promise<void> {
    await Promise.allSettled(this.#underWay)
  }

  async #load(loader: KeyLoader, key: string): Promise<void> {
    try {
      await loader.load(key)
    } finally {
      // Shared while it is under way; the next one who asks wants to know what is true then.
      loader.clear(key)
    }
  }

  /** By the registered resource itself: a change of its connector makes a new one and so a new loader. */
  #loader(connector: Connector, resource: ConnectorResource): KeyLoader {
    const known = this.#loaders.get(resource)
    if (known !== undefined) return known
    for (const other of this.#loaders.keys()) if (other.id === resource.id) this.#loaders.delete(other)
    const { refresh } = connector.manifest
    const loader = new DataLoader<string, true>(async (keys) => await this.#batch(connector, resource, keys), {
      maxBatchSize: refresh.mode === 'lookup' ? refresh.batch : 1,
      batchScheduleFn: (dispatch) => {
        setImmediate(dispatch)
      },
    })
    this.#loaders.set(resource, loader)
    return loader
  }

  async #batch(connector: Connector, resource: ConnectorResource, keys: readonly string[]): Promise<true[]> {
    const work = this.#guarded(connector, resource, keys)
    this.#underWay.add(work)
    try {
      await work
    } finally {
      this.#underWay.delete(work)
    }
    return keys.map(() => true)
  }

  /** Rejects never because of the source: its fault is kept in the resource's state. */
  async #guarded(connector: Connector, resource: ConnectorResource, keys: readonly string[]): Promise<void> {
    const { breakers, logger } = this.#dependencies
    try {
      await breakers.execute(connector.id, () => this.#askAndStore(connector, resource, keys))
    } catch (error) {
      if (error instanceof LeftAlone) return
      const fault = error instanceof SourceFault ? error : new SourceFault('INTERNAL', {}, error)
      const level = fault.code === 'INTERNAL' ? 'error' : 'warn'
      logger[level]({ err: error, connector: connector.code, keys: keys.length }, 'A lookup failed.')
      await this.#keepFault(resource, fault)
    }
  }

  async #askAndStore(connector: Connector, resource: ConnectorResource, keys: readonly string[]): Promise<void> {
    const { reader, types, stopping, timeZone } = this.#dependencies
    const type = types().types.get(resource.recordType)
    if (type === undefined)
      throw new SourceFault('MAPPING', {
        detail: worded(
          `record type ${resource.recordType} does not exist`,
          `không có kiểu bản ghi ${resource.recordType}`,
        ),
      })
    const deadlineMs = Math.max(10_000, 2 * resource.patienceMs)
    const deadline = AbortSignal.timeout(deadlineMs)
    const signal = AbortSignal.any([stopping, deadline])
    const tally: ReadTally = { read: 0, bytes: 0, columns: {}, memory: new Map() }
    const task = { connector, resource, type, memory: {}, basis: connector.digest }
    const outcomes = await untilAborted(reader.lookUp(task, keys, tally, signal), signal).catch((error: unknown) => {
      if (!deadline.aborted || stopping.aborted) throw error
      throw new SourceFault('TIMEOUT', { seconds: Math.round(deadlineMs / 1000) }, error)
    })
    const usable = this.#usable(connector, keys, outcomes)
    const { found, refused } = screened(usable, task)
    const misses = keys.filter((key) => !outcomes.has(key))
    const keepHistory = connector.manifest.history.keep !== 'none'
    await this.#stores.store({ resource, type, found, misses, keepHistory, timeZone })
    if (refused !== undefined) throw personalData(refused)
    if (outcomes.size > 0 && found.length === 0) throw new SourceFault('NO_ROWS')
  }

  /** The rows that fit their schema and are of the key that was asked for. */
  #usable(connector: Connector, keys: readonly string[], outcomes: ReadonlyMap<string, RowOutcome>): FoundRecord[] {
    const found: FoundRecord[] = []
    for (const key of keys) {
      const outcome = outcomes.get(key)
      if (outcome?.ok === true && outcome.key === key) {
        found.push({ key, columns: outcome.columns })
      } else if (outcome !== undefined) {
        this.#dependencies.logger.warn({ connector: connector.code }, 'A looked-up row does not fit and is left out.')
      }
    }
    return found
  }

  async #keepFault(resource: ConnectorResource, fault: SourceFault): Promise<void> {
    const { pool, logger } = this.#dependencies
    try {
      await pool.query(
        `update gateway.resource set attempted_at = clock_timestamp(), error_at = clock_timestamp(),
           error_code = $2, error_vi = $3, error_en = $4 where id = $1`,
        [resource.id, fault.code, fault.messageVi, fault.messageEn],
      )
    } catch (error) {
      logger.error({ err: error, resource: resource.name }, 'The fault of a lookup could not be recorded.')
    }
  }
}

/** The records that may be stored; of the others, what is the matter with one. Of a few keys no column can be judged. */
function screened(
  records: readonly FoundRecord[],
  { connector, resource, type }: ReadTask,
): { found: FoundRecord[]; refused: PersonalCell | undefined } {
  const manifest = connector.manifest.resources.find(({ name }) => name === resource.name)
  const screen = new PersonalDataScreen(type.fields, manifest)
  let refused: PersonalCell | undefined
  const found = records.filter(({ columns }) => {
    const [cell] = screen.row(columns)
    refused ??= cell
    return cell === undefined
  })
  return { found, refused }
}
