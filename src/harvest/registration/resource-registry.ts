import type pg from 'pg'
import type { Drivers } from '../../connectors/drivers.js'
import { parseManifest } from '../../connectors/manifest/parse-manifest.js'
import type { SourceMode } from '../../records/sources.js'
import type { Freshness } from '../live/freshness.js'
import type { Logger } from '../logger.js'
import type { ChannelListener } from '../notifications/channel-listener.js'
import type { Connector, ConnectorResource } from './connector.js'

/** Notified, in the registering transaction, with the id of the connector that was registered, changed or retired. */
export const resourceChannel = 'gateway_resources'

interface ConnectorRow {
  readonly id: number
  readonly code: string
  readonly version: number
  readonly digest: string
  readonly dataset_id: number
  readonly dataset_code: string
  readonly duplicate_codes: readonly string[]
  readonly agency_id: number | null
  readonly status: 'ACTIVE' | 'PAUSED'
  readonly manifest: unknown
  readonly resources: readonly ResourceRow[]
}

interface ResourceRow {
  readonly id: number
  readonly name: string
  readonly position: number
  readonly record_type: string
  readonly mode: SourceMode
  readonly max_age_ms: number
  readonly patience_ms: number
  readonly age_ms: number | null
}

/** The active connectors and resources in memory, renewed when one is registered, changed or retired on any replica. */
export class ResourceRegistry {
  readonly #pool: pg.Pool
  readonly #drivers: Drivers
  readonly #freshness: Freshness
  readonly #logger: Logger
  #resources: readonly ConnectorResource[] = []
  #typesWithRetiredRows: ReadonlySet<string> = new Set()
  #byId = new Map<number, ConnectorResource>()
  #connectors = new Map<number, Connector>()
  #reading: Promise<void> | undefined
  #again: Promise<void> | undefined
  #unsubscribe: (() => void) | undefined

  constructor(pool: pg.Pool, drivers: Drivers, freshness: Freshness, logger: Logger) {
    this.#pool = pool
    this.#drivers = drivers
    this.#freshness = freshness
    this.#logger = logger
  }

  async start(listener: ChannelListener): Promise<void> {
    const renew = (): void => {
      this.reload().catch((error: unknown) => {
        this.#logger.error({ err: error }, 'The registered resources could not be read; the ones known so far stay.')
      })
    }
    this.#unsubscribe = listener.subscribe(resourceChannel, { notified: renew, listening: renew })
    await this.reload()
  }

  async stop(): Promise<void> {
    this.#unsubscribe?.()
    await Promise.allSettled([this.#reading, this.#again])
  }

  resources(): readonly ConnectorResource[] {
    return this.#resources
  }

  typesWithRetiredRows(): ReadonlySet<string> {
    return this.#typesWithRetiredRows
  }

  resource(id: number): ConnectorResource | undefined {
    return this.#byId.get(id)
  }

  connector(id: number): Connector | undefined {
    return this.#connectors.get(id)
  }

  connectors(): readonly Connector[] {
    return [...this.#connectors.values()]
  }

  /** Settles when all that was committed before the call is known here. */
  async reload(): Promise<void> {
    if (this.#reading === undefined) {
      this.#reading = this.#read().finally(() => {
        this.#reading = undefined
      })
      await this.#reading
      return
    }
    // The read under way may have begun before the change: one more follows it, for all who ask meanwhile.
    this.#again ??= this.#reading
      .catch(() => undefined)
      .then(async () => {
        this.#again = undefined
        await this.reload()
      })
    await this.#again
  }

  async #read(): Promise<void> {
    const [{ rows }, { rows: retired }] = await Promise.all([
      this.#pool.query<ConnectorRow>(readConnectors),
      this.#pool.query<{ record_type: string }>(
        'select distinct record_type from gateway.resource where not active and record_count > 0',
      ),
    ])
    const connectors = new Map<number, Connector>()
    const resources: ConnectorResource[] = []
    for (const row of rows) {
      const own = row.resources.map((resource) => toResource(row, resource))
      resources.push(...own)
      for (const resource of row.resources) this.#freshness.stored(resource.id, resource.age_ms ?? undefined)
      const connector = this.#toConnector(row, own)
      if (connector !== undefined) connectors.set(connector.id, connector)
    }
    this.#resources = resources
    this.#typesWithRetiredRows = new Set(retired.map((row) => row.record_type))
    this.#byId = new Map(resources.map((resource) => [resource.id, resource]))
    this.#connectors = connectors
  }

  #toConnector(row: ConnectorRow, resources: readonly ConnectorResource[]): Connector | undefined {
    const known = this.#connectors.get(row.id)
    try {
      const manifest =
        known?.digest === row.digest ? known.manifest : parseManifest(row.manifest, this.#drivers, row.code)
      const isLive = manifest.refresh.mode === 'live'
      const { setAside, drop, growth } = manifest.guards
      return {
        id: row.id,
        code: row.code,
        version: row.version,
        digest: row.digest,
        datasetId: row.dataset_id,
        datasetCode: row.dataset_code,
        agencyId: row.agency_id ?? undefined,
        status: row.status,
        manifest,
        // What moves (vehicles, free places) may halve in a minute, and be ten times as much in the morning; a file that halves is half a file.
        guards: {
          setAside,
          drop: isLive && !states(row.manifest, 'drop') ? 1 : drop,
          growth: isLive && !states(row.manifest, 'growth') ? Infinity : growth,
        },
        resources,
      }
    } catch (error) {
      // Its records stay readable; only its source is not read, and the other connectors go on.
      this.#logger.error({ err: error, connector: row.code }, 'A stored manifest cannot be used by this version.')
      return undefined
    }
  }
}

/** Twice this, for a live source and then a lookup, is less than an operation may take: what other sources know is answered in any case. */
const longestPatienceMs = 12_000

function toResource(connector: ConnectorRow, row: ResourceRow): ConnectorResource {
  return {
    id: row.id,
    name: row.name,
    position: row.position,
    connectorId: connector.id,
    datasetId: connector.dataset_id,
    datasetCode: connector.dataset_code,
    duplicateCodes: connector.duplicate_codes,
    recordType: row.record_type,
    mode: row.mode,
    maxAgeMs: row.max_age_ms,
    patienceMs: Math.min(row.patience_ms, longestPatienceMs),
  }
}

function states(manifest: unknown, guard: 'drop' | 'growth'): boolean {
  if (typeof manifest !== 'object' || manifest === null || !('guards' in manifest)) return false
  const { guards } = manifest
  return typeof guards === 'object' && guards !== null && guard in guards
}

const readConnectors = `
  select c.id, c.code, c.version, c.digest, c.dataset_id, d.code as dataset_code,
    array(select code from gateway.dataset twin where twin.duplicate_of_id = d.id) as duplicate_codes, c.agency_id, c.status, c.manifest,
    json_agg(json_build_object('id', r.id, 'name', r.name, 'position', r.position, 'record_type', r.record_type,
      'mode', r.mode, 'max_age_ms', r.max_age_ms, 'patience_ms', r.patience_ms,
      'age_ms', extract(epoch from clock_timestamp() - r.fetched_at) * 1000) order by r.position, r.id) as resources
  from gateway.connector c
  join gateway.dataset d on d.id = c.dataset_id
  join gateway.resource r on r.connector_id = c.id and r.active
  where c.status <> 'RETIRED'
  group by c.id, d.id
  order by c.id`
