import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { loadDrivers } from '../../src/connectors/drivers.js'
import { parseManifest } from '../../src/connectors/manifest/parse-manifest.js'
import { createOutbound } from '../../src/connectors/outbound/outbound.js'
import { startEmbeddedDatabase } from '../../src/database/embedded/embedded-database.js'
import { openControlDatabase } from '../../src/database/migrate.js'
import { createHarvest } from '../../src/harvest/harvest.js'
import { readingProgramOfSources } from '../../src/harvest/reading/reading-process-start.js'
import { applyManifest } from '../../src/harvest/registration/apply-manifest.js'
import { applyRecordTypes } from '../../src/records/storage/apply-record-types.js'
import { bareCopySeconds } from './bare-copy.js'
import { serveFile, writePermits } from './permit-file.js'
import { permitFields, permitType } from './permit-type.js'

export interface HarvestFigures {
  readonly copySeconds: number
  readonly firstSeconds: number
  readonly unchangedSeconds: number
  /** Told unchanged by the source. */
  readonly conditionalSeconds: number
  readonly fewSeconds: number
  /** Rows of the record table written by the run in which 1% had changed. */
  readonly fewWritten: number
  readonly readerMegabytes: number
}

const settings = {
  shared_buffers: '1GB',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_wal_size: '4GB',
  maintenance_work_mem: '256MB',
}
const silent = (): void => undefined

/** Harvests a CSV file of so many rows from end to end, in a database of its own. */
export async function measureHarvest(folder: string, rows: number, indexed: boolean): Promise<HarvestFigures> {
  await rm(folder, { recursive: true, force: true })
  await using stack = new AsyncDisposableStack()
  stack.defer(() => rm(folder, { recursive: true, force: true }))
  const database = await startEmbeddedDatabase({
    folder,
    log: { debug: silent, info: silent, warn: silent, error: console.error },
    settings,
  })
  stack.defer(() => database[Symbol.asyncDispose]())
  const pool = new pg.Pool({ connectionString: database.url, max: 2 })
  pool.on('error', silent)
  stack.defer(() => pool.end())
  await (await openControlDatabase(database.url)).destroy()
  const types = await applyRecordTypes(pool, permitType(indexed), { origin: 'file' })

  const files = [join(folder, 'permits.csv'), join(folder, 'permits-changed.csv')] as const
  await writePermits(files[0], rows, 0, 100)
  await writePermits(files[1], rows, 1, 100)
  const server = await serveFile()
  stack.use(server)
  const outbound = createOutbound()
  stack.use(outbound)
  outbound.allow(server.url)

  const drivers = await loadDrivers()
  const source = manifest(server.url)
  const { rows: datasets } = await pool.query<{ id: number }>(
    `insert into gateway.dataset (code, title_vi, title_en, license) values ('permits', 'p', 'p', 'CC-BY-4.0') returning id`,
  )
  const registered = { manifest: parseManifest(source, drivers), source, datasetId: datasets[0]?.id ?? 0 }
  const { connectorId } = await applyManifest(pool, registered, { origin: 'file' })
  const harvest = createHarvest({
    databaseUrl: database.url,
    drivers,
    outbound,
    endpoints: { sample: () => undefined, file: () => Promise.resolve(undefined) },
    types: () => types,
    logger: { debug: silent, info: silent, warn: silent, error: console.error },
    timeZone: 'Asia/Ho_Chi_Minh',
    schedule: false,
    readingProgram: readingProgramOfSources(['--import', new URL('../typescript.mjs', import.meta.url).href]),
  })
  stack.defer(() => harvest.stop())
  await harvest.start()
  let readerMegabytes = 0
  const watch = setInterval(() => {
    for (const one of harvest.readingProcesses()) readerMegabytes = Math.max(readerMegabytes, one.residentMegabytes)
  }, 100)
  stack.defer(() => {
    clearInterval(watch)
  })

  const run = async (path: string, outcome: string, tag?: string): Promise<number> => {
    server.serve(path, tag)
    const begun = performance.now()
    const result = await harvest.run(connectorId, 'manual')
    const seconds = (performance.now() - begun) / 1000
    if (result.outcome !== outcome) throw new Error(`Expected ${outcome}: ${JSON.stringify(result)}`)
    return seconds
  }
  const copySeconds = await bareCopySeconds(pool, files[0])
  // As in a gateway that has run for a while the reading process is there: it was told that there is no file yet.
  await harvest.run(connectorId, 'manual')
  const firstSeconds = await run(files[0], 'PUBLISHED')
  await pool.query('vacuum analyze records."Permit"')
  const unchangedSeconds = await run(files[0], 'UNCHANGED')
  const before = await written(pool)
  const fewSeconds = await run(files[1], 'PUBLISHED')
  const fewWritten = (await written(pool)) - before
  await run(files[1], 'UNCHANGED', '"1"')
  const conditionalSeconds = await run(files[1], 'UNCHANGED', '"1"')
  return {
    copySeconds,
    firstSeconds,
    unchangedSeconds,
    conditionalSeconds,
    fewSeconds,
    fewWritten,
    readerMegabytes,
  }
}

/** Tuples of the record table that were inserted, updated or deleted so far. */
async function written(pool: pg.Pool): Promise<number> {
  // A session that is idle tells its counts after 10 s at the latest.
  await new Promise((resolve) => setTimeout(resolve, 11_000))
  const { rows } = await pool.query<{ count: number }>(
    `select (n_tup_ins + n_tup_upd + n_tup_del)::int as count from pg_stat_user_tables where schemaname = 'records' and relname = 'Permit'`,
  )
  return rows[0]?.count ?? 0
}

function manifest(url: string): Record<string, unknown> {
  return {
    connector: 'permits',
    dataset: 'permits',
    driver: 'csv',
    options: { url: `${url}/permits.csv` },
    resources: [
      {
        name: 'permits',
        recordType: 'Permit',
        fields: Object.fromEntries(permitFields.map((name) => [name, { column: name }])),
      },
    ],
    refresh: { mode: 'snapshot', every: 'PT24H' },
  }
}
