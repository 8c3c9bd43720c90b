import { createHash } from 'node:crypto'
import type pg from 'pg'
import { parse } from 'yaml'
import type { Manifest } from '../../connectors/manifest/manifest.js'
import { changeControlPlane } from '../../database/control-revision.js'
import { GatewayError } from '../../errors/gateway-error.js'
import { refuseSecondDatasetOf } from '../../records/storage/one-dataset.js'
import { inTransaction } from '../transaction.js'
import { resourceChannel } from './resource-registry.js'
import { resourceMode } from './resource-mode.js'

export interface Registration {
  readonly manifest: Manifest
  /** What `manifest` was parsed from: YAML text or the JSON value that was sent. It is what gets stored. */
  readonly source: unknown
  readonly datasetId: number
  readonly agencyId?: number | undefined
}

/** What a registration is about, found or made in its own transaction. */
export interface RegistrationPlace {
  readonly datasetId: number
  readonly agencyId?: number | undefined
  /** The dataset's entry was made or changed. */
  readonly changed?: boolean
}

export interface PlacedRegistration extends Pick<Registration, 'manifest' | 'source'> {
  readonly place: (client: pg.PoolClient) => Promise<RegistrationPlace>
}

export interface RegistrationRules {
  readonly origin: 'file' | 'runtime'
  /** A file replaces what was changed at run time since. */
  readonly filesWin?: boolean
  /** Who registers, as the version's history shows it. */
  readonly by?: string
  /** What else belongs to a registration that changes something, in its transaction. */
  readonly alongside?: (client: pg.PoolClient, registered: Registered) => Promise<void>
}

/** KEPT: the file differs, but what was changed at run time since wins. */
export type RegistrationOutcome = 'CREATED' | 'CHANGED' | 'UNCHANGED' | 'KEPT'

export interface Registered {
  readonly connectorId: number
  readonly version: number
  readonly outcome: RegistrationOutcome
}

interface Stored {
  readonly id: number
  readonly version: number
  readonly digest: string
  readonly origin: 'file' | 'runtime'
  readonly dataset_id: number
  readonly status: 'ACTIVE' | 'PAUSED' | 'RETIRED'
}

/**
 * Stores a manifest as a connector with its resources; the same manifest again changes nothing. Resources that are gone
 * from it become inactive. Throws a GatewayError CONFLICT when it would move data that is already stored, or when a record type
 * was retired meanwhile; whatever it throws, nothing is left behind.
 */
export async function applyManifest(
  pool: pg.Pool,
  registration: Registration | PlacedRegistration,
  rules: RegistrationRules,
): Promise<Registered> {
  const source: unknown = typeof registration.source === 'string' ? parse(registration.source) : registration.source
  const digest = digestOf(source)
  return await inTransaction(pool, async (client) => {
    const { manifest } = registration
    // Two registrations of one connector at once, on whichever replicas, come one after the other.
    await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`connector ${manifest.connector}`])
    const definitions = await holdRecordTypes(client, manifest)
    const stored = await readStored(client, manifest.connector)
    const same = stored?.digest === digest && stored.status !== 'RETIRED'
    const kept = !same && rules.origin === 'file' && stored?.origin === 'runtime' && rules.filesWin !== true
    if (stored !== undefined && kept) return { connectorId: stored.id, version: stored.version, outcome: 'KEPT' }
    const place: RegistrationPlace = 'place' in registration ? await registration.place(client) : registration
    const { datasetId } = place
    if (stored !== undefined) {
      if (same) {
        if (place.changed === true) await changeControlPlane(client)
        return { connectorId: stored.id, version: stored.version, outcome: 'UNCHANGED' }
      }
      if (stored.dataset_id !== datasetId) {
        throw new GatewayError(
          'CONFLICT',
          `Connector "${manifest.connector}" already feeds another dataset; give this one another code.`,
        )
      }
    }
    const registered = await storeConnector(client, { manifest, ...place }, rules, source, digest)
    await storeResources(client, registered.connectorId, manifest, datasetId)
    await refuseSecondDatasetOf(client, definitions)
    await changeControlPlane(client)
    await client.query('select pg_notify($1, $2)', [resourceChannel, String(registered.connectorId)])
    const result = { ...registered, outcome: stored === undefined ? 'CREATED' : 'CHANGED' } as const
    await rules.alongside?.(client, result)
    return result
  })
}

/**
 * Retires a connector: its resources become inactive and nothing reads its source any more; its records stay. It counts
 * as changed at run time, so that its file does not bring it back at the next start. `alongside` is done in its transaction.
 */
export async function retireConnector(
  pool: pg.Pool,
  connectorId: number,
  alongside?: (client: pg.PoolClient) => Promise<void>,
): Promise<void> {
  await inTransaction(pool, async (client) => {
    await client.query(
      `update gateway.connector set status = 'RETIRED', origin = 'runtime', changed_at = now() where id = $1`,
      [connectorId],
    )
    await client.query('update gateway.resource set active = false where connector_id = $1', [connectorId])
    await changeControlPlane(client)
    await client.query('select pg_notify($1, $2)', [resourceChannel, String(connectorId)])
    await alongside?.(client)
  })
}

/**
 * The definitions of the manifest's record types. Until the transaction ends none of them is changed or retired, and no other
 * registration begins to use them; one that is gone already is refused.
 */
async function holdRecordTypes(client: pg.PoolClient, { resources }: Manifest): Promise<unknown[]> {
  const wanted = [...new Set(resources.map(({ recordType }) => recordType))]
  const { rows } = await client.query<{ code: string; definition: unknown }>(
    `select code, definition from gateway.record_type where code = any ($1) and definition <> 'null'
     order by code for no key update`,
    [wanted],
  )
  const gone = wanted.filter((code) => !rows.some((row) => row.code === code))
  if (gone.length > 0) {
    throw new GatewayError('CONFLICT', `The record type ${gone.join(', ')} does not exist any more.`)
  }
  return rows.map(({ definition }) => definition)
}

async function readStored(client: pg.PoolClient, code: string): Promise<Stored | undefined> {
  const { rows } = await client.query<Stored>(
    'select id, version, digest, origin, dataset_id, status from gateway.connector where code = $1',
    [code],
  )
  return rows[0]
}

async function storeConnector(
  client: pg.PoolClient,
  { manifest, datasetId, agencyId }: RegistrationPlace & Pick<Registration, 'manifest'>,
  { origin, by }: RegistrationRules,
  source: unknown,
  digest: string,
): Promise<{ connectorId: number; version: number }> {
  const { rows } = await client.query<{ connector_id: number; version: number }>(
    `with stored as (
       insert into gateway.connector (code, dataset_id, agency_id, version, manifest, digest, origin)
       values ($1, $2, $3, 1, $4, $5, $6)
       on conflict (code) do update set version = connector.version + 1, agency_id = excluded.agency_id,
         manifest = excluded.manifest, digest = excluded.digest, origin = excluded.origin, changed_at = now(),
         status = case connector.status when 'RETIRED' then 'ACTIVE' else connector.status end
       returning id, version, manifest
     )
     insert into gateway.connector_version (connector_id, version, manifest, created_by)
     select id, version, manifest, $7 from stored returning connector_id, version`,
    [manifest.connector, datasetId, agencyId ?? null, JSON.stringify(source), digest, origin, by ?? null],
  )
  const row = rows[0]
  if (row === undefined) throw new Error('The connector was not stored.')
  return { connectorId: row.connector_id, version: row.version }
}

async function storeResources(
  client: pg.PoolClient,
  connectorId: number,
  manifest: Manifest,
  datasetId: number,
): Promise<void> {
  const { mode, maxAgeMs, patienceMs } = resourceMode(manifest.refresh)
  const names = manifest.resources.map((resource) => resource.name)
  const types = manifest.resources.map((resource) => resource.recordType)
  const { rows } = await client.query<{ name: string; connector: string; type: string }>(
    `select r.name, c.code as connector, r.record_type as type
     from gateway.resource r join gateway.connector c on c.id = r.connector_id
     join unnest($2::text[], $3::text[]) as given (name, type) using (name)
     where r.dataset_id = $1 and (r.connector_id <> $4 or r.record_type <> given.type)`,
    [datasetId, names, types, connectorId],
  )
  if (rows[0] !== undefined) {
    throw new GatewayError(
      'CONFLICT',
      `Resource "${rows[0].name}" of this dataset is of connector ${rows[0].connector} and record type ${rows[0].type}, and stays so; give this one another name (resources[].name).`,
    )
  }
  await client.query(
    `insert into gateway.resource (dataset_id, connector_id, name, position, record_type, mode, max_age_ms, patience_ms)
     select $1, $2, name, position, type, $5, $6, $7
     from unnest($3::text[], $4::text[]) with ordinality as given (name, type, position)
     on conflict (dataset_id, name) do update set position = excluded.position, mode = excluded.mode,
       max_age_ms = excluded.max_age_ms, patience_ms = excluded.patience_ms, active = true`,
    [datasetId, connectorId, names, types, mode, maxAgeMs, patienceMs],
  )
  await client.query('update gateway.resource set active = false where connector_id = $1 and name <> all ($2)', [
    connectorId,
    names,
  ])
}

/** Of the manifest's content, whatever the order in which its objects were written. */
function digestOf(source: unknown): string {
  const text = JSON.stringify(source, (_name, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )
  return createHash('sha256').update(text).digest('hex')
}
