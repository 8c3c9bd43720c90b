import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Pool, PoolClient } from 'pg'
import { recordTable } from '../../src/database/identifiers.js'
import { copyRows } from './copy-rows.js'
import { administrativeUnits, healthFacilities, schoolDatasets, schools, type GeneratedRow } from './generate.js'
import { peerSchema } from './peer-schema.js'

export interface LoadedResources {
  readonly places: Registered
  readonly facilities: Registered
  readonly schools: readonly Registered[]
}

interface Registered {
  readonly datasetId: number
  readonly resourceId: number
}

interface Registration {
  readonly dataset: string
  readonly recordType: string
  readonly mode: 'SNAPSHOT' | 'LOOKUP'
  readonly manifest: object
  readonly maxAgeMs: number
  readonly patienceMs: number
  readonly status: 'ACTIVE' | 'PAUSED'
}

const hour = 3_600_000

/**
 * Fills the tables of the record types as a harvest would leave them: dataset version 1 of each, fetched just now. The
 * connectors of the files are retired first, so that a gateway on this database harvests nothing while it is measured.
 */
export async function loadRecords(pool: Pool, rows: number, report: (text: string) => void): Promise<void> {
  const client = await pool.connect()
  try {
    await retireFileConnectors(client)
    const snapshot = (dataset: string, recordType: string): Registration => ({
      dataset,
      recordType,
      mode: 'SNAPSHOT',
      manifest: snapshotManifest(dataset, recordType),
      maxAgeMs: 365 * 24 * hour,
      patienceMs: 0,
      status: 'PAUSED',
    })
    const places = await register(client, snapshot('places', 'AdministrativeUnit'))
    await fill(client, places, 'AdministrativeUnit', [administrativeUnits()])
    const facilities = await register(client, snapshot('health-facilities', 'HealthFacility'))
    await fill(client, facilities, 'HealthFacility', [healthFacilities()])
    const indexes = await dropIndexes(client, 'School')
    for (const [index, dataset] of schoolDatasets.entries()) {
      const registered = await register(client, snapshot(dataset, 'School'))
      await fill(client, registered, 'School', [schools(index, rows)])
      report(`copied ${dataset}`)
    }
    await client.query("set maintenance_work_mem = '512MB'")
    for (const definition of indexes) await client.query(definition)
    report(`made ${indexes.length} indexes`)
    await client.query(peerSchema(places.datasetId, facilities.datasetId))
    await client.query('vacuum analyze')
  } finally {
    client.release(true)
  }
}

/** Registers the bed service as the gateway's lookup source: 25 keys a call. */
export async function registerBeds(pool: Pool, url: string): Promise<number> {
  const client = await pool.connect()
  try {
    const { resourceId } = await register(client, {
      dataset: 'bench-beds',
      recordType: 'BedAvailability',
      mode: 'LOOKUP',
      manifest: bedsManifest(url),
      maxAgeMs: hour,
      patienceMs: 20_000,
      status: 'ACTIVE',
    })
    return resourceId
  } finally {
    client.release()
  }
}

function snapshotManifest(dataset: string, recordType: string): object {
  return {
    connector: connectorOf(dataset),
    dataset,
    driver: 'csv',
    options: { url: 'http://127.0.0.1:9/never-read.csv' },
    resources: [{ name: connectorOf(dataset), recordType, fields: { code: { column: 'code' } } }],
    refresh: { mode: 'snapshot', every: 'P365D' },
  }
}

function bedsManifest(url: string): object {
  return {
    connector: connectorOf('bench-beds'),
    dataset: 'bench-beds',
    driver: 'rest-json',
    options: { url: `${url}/beds`, probe: '?facilities=60000' },
    resources: [
      {
        name: connectorOf('bench-beds'),
        recordType: 'BedAvailability',
        selection: {
          items: 'beds',
          lookup: { parameter: 'facilities', separator: ',', batch: 25, keyField: 'facility' },
        },
        fields: {
          facility: { column: 'facility' },
          available: { column: 'available' },
          total: { column: 'total' },
          reportedAt: { column: 'reportedAt', convert: ['dateTime'] },
        },
      },
    ],
    refresh: { mode: 'lookup', maxAge: 'PT1H', patience: 'PT20S', batch: 25 },
    history: 'none',
  }
}

function connectorOf(dataset: string): string {
  return dataset.startsWith('bench-') ? dataset : `bench-${dataset}`
}

async function register(client: PoolClient, registration: Registration): Promise<Registered> {
  const { dataset, recordType, mode, manifest, maxAgeMs, patienceMs, status } = registration
  const name = connectorOf(dataset)
  const datasetId = await idOf(
    client,
    `insert into gateway.dataset (code, title_vi, title_en, license) values ($1, $1, $1, 'CC-BY-4.0')
     on conflict (code) do update set license = excluded.license returning id`,
    [dataset],
  )
  const connectorId = await idOf(
    client,
    `insert into gateway.connector (code, dataset_id, version, manifest, digest, origin, status)
     values ($1, $2, 1, $3::text::jsonb, md5($3), 'runtime', $4)
     on conflict (code) do update set manifest = excluded.manifest, digest = excluded.digest returning id`,
    [name, datasetId, JSON.stringify(manifest), status],
  )
  const resourceId = await idOf(
    client,
    `insert into gateway.resource (dataset_id, connector_id, name, position, record_type, mode, max_age_ms, patience_ms)
     values ($1, $2, $3, 0, $4, $5, $6, $7)
     on conflict (dataset_id, name) do update set patience_ms = excluded.patience_ms returning id`,
    [datasetId, connectorId, name, recordType, mode, maxAgeMs, patienceMs],
  )
  return { datasetId, resourceId }
}

async function fill(
  client: PoolClient,
  { datasetId, resourceId }: Registered,
  recordType: string,
  parts: readonly Iterable<GeneratedRow>[],
): Promise<void> {
  const updatedAt = new Date().toISOString()
  const system = { _dataset: datasetId, _resource: resourceId, _hash: '', _version: 1, _updated_at: updatedAt }
  function* withSystem(rows: Iterable<GeneratedRow>): Generator<GeneratedRow> {
    for (const row of rows) yield { ...system, ...row }
  }
  let count = 0
  for (const part of parts) count += await copyRows(client, recordTable(recordType), withSystem(part))
  await client.query('update gateway.resource set fetched_at = now(), version = 1, record_count = $2 where id = $1', [
    resourceId,
    count,
  ])
  await client.query('update gateway.dataset set version = 1, published_at = now() where id = $1', [datasetId])
  await client.query(
    `with head as (update gateway.feed_head set position = position + 1, published_at = now() returning position)
     insert into gateway.dataset_version (dataset_id, number, position, published_at, fetched_at, record_count, added, changed, removed, set_aside)
     select $1, 1, position, now(), now(), $2, $2, 0, 0, 0 from head`,
    [datasetId, count],
  )
}

/** What is filled at once is indexed at once. Answers the statements that make the indexes again. */
async function dropIndexes(client: PoolClient, recordType: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
     from pg_index i where i.indrelid = $1::regclass and not i.indisprimary`,
    [recordTable(recordType)],
  )
  for (const { name } of rows) await client.query(`drop index ${name}`)
  return rows.map(({ definition }) => definition)
}

async function retireFileConnectors(client: PoolClient): Promise<void> {
  const folder = join(import.meta.dirname, '..', '..', 'connectors')
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.yaml'))
  for (const file of files) {
    const code = /^connector: *(\S+)/m.exec(await readFile(join(folder, file), 'utf8'))?.[1]
    if (code === undefined) continue
    await client.query(
      `insert into gateway.dataset (code, title_vi, title_en, license) values ('bench-retired', 'bench', 'bench', 'CC-BY-4.0')
       on conflict (code) do nothing`,
    )
    await client.query(
      `insert into gateway.connector (code, dataset_id, version, manifest, digest, origin, status)
       select $1, id, 1, '{}', '', 'runtime', 'RETIRED' from gateway.dataset where code = 'bench-retired'
       on conflict (code) do nothing`,
      [code],
    )
  }
}

async function idOf(client: PoolClient, statement: string, values: readonly unknown[]): Promise<number> {
  const { rows } = await client.query<{ id: number }>(statement, [...values])
  const id = rows[0]?.id
  if (id === undefined) throw new Error('The statement returned no id.')
  return id
}
