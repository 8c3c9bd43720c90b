import { readFile, rm, writeFile } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import pg from 'pg'
import { quote, recordTable } from '../../src/database/identifiers.js'
import { startEmbeddedDatabase } from '../../src/database/embedded/embedded-database.js'
import { openControlDatabase } from '../../src/database/migrate.js'
import { loadRecordTypes } from '../../src/records/schema/load-record-types.js'
import { applyRecordTypes } from '../../src/records/storage/apply-record-types.js'

export interface DownloadDatabase extends AsyncDisposable {
  readonly url: string
  /** The postmaster's process. */
  readonly pid: number
}

const root = join(import.meta.dirname, '..', '..')
const settings = {
  shared_buffers: '1GB',
  fsync: 'off',
  synchronous_commit: 'off',
  max_wal_size: '4GB',
  autovacuum: 'off',
}

/** A database with one resource of that many schools in eleven districts, kept between runs. */
export async function openDownloadDatabase(rows: number, report: (text: string) => void): Promise<DownloadDatabase> {
  const folder = join(root, 'data', `bench-downloads-${rows}`)
  const mark = join(folder, 'loaded')
  const digest = createHash('sha256')
    .update(await readFile(import.meta.filename))
    .digest('hex')
  const loaded = (await readFile(mark, 'utf8').catch(() => '')) === digest
  if (!loaded) await rm(folder, { recursive: true, force: true })
  const silent = () => undefined
  const log = { debug: silent, info: silent, warn: silent, error: console.error }
  const embedded = await startEmbeddedDatabase({ folder, log, settings })
  try {
    if (!loaded) {
      report(`loading ${rows} rows`)
      await load(embedded.url, rows)
      await writeFile(mark, digest)
    }
  } catch (error) {
    await embedded[Symbol.asyncDispose]()
    throw error
  }
  const [line] = (await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')
  return {
    url: embedded.url,
    pid: Number(line),
    [Symbol.asyncDispose]: () => embedded[Symbol.asyncDispose](),
  }
}

async function load(url: string, rows: number): Promise<void> {
  await (await openControlDatabase(url)).destroy()
  const pool = new pg.Pool({ connectionString: url, max: 2 })
  try {
    await applyRecordTypes(pool, await loadRecordTypes(join(root, 'schema')), { origin: 'file' })
    for (const dataset of ['places', 'primary-schools']) {
      await pool.query(
        `insert into gateway.dataset (code, title_vi, title_en, license) values ($1, $1, $1, 'CC-BY-4.0') on conflict (code) do nothing`,
        [dataset],
      )
      await pool.query(
        `insert into gateway.connector (code, dataset_id, version, manifest, digest, origin)
         select 'bench-' || code, id, 1, '{}', '', 'file' from gateway.dataset where code = $1`,
        [dataset],
      )
      await pool.query(
        `insert into gateway.dataset_version select id, 1, id, now(), now(), null, 1, 1, 0, 0, 0 from gateway.dataset where code = $1`,
        [dataset],
      )
      await pool.query(
        `insert into gateway.resource (dataset_id, connector_id, name, position, record_type, mode, max_age_ms, patience_ms, fetched_at, version, record_count)
         select d.id, c.id, case d.code when 'places' then 'places' else 'schools' end, 0,
                case d.code when 'places' then 'AdministrativeUnit' else 'School' end, 'SNAPSHOT', 31536000000, 0, now(), 1, 1
         from gateway.dataset d join gateway.connector c on c.dataset_id = d.id where d.code = $1`,
        [dataset],
      )
    }
    // The indexes of filters and orders play no part in a download; building them would take minutes.
    const { rows: indexes } = await pool.query<{ name: string }>(
      `select indexname as name from pg_indexes where schemaname = 'records' and tablename = 'School' and indexname not in ('School~resource') and indexname not like '%pkey'`,
    )
    for (const { name } of indexes) await pool.query(`drop index records.${quote(name)}`)
    await pool.query(
      `insert into ${recordTable('AdministrativeUnit')} (_dataset, _resource, _key, _hash, _version, _updated_at, code, name, kind, "validFrom")
       select d.id, r.id, c || '~2020-01-01', '', 1, now(), c, 'Huyện số ' || c, 'DISTRICT', '2020-01-01'
       from unnest(array['540','542','543','544','545','546','547','548','549','550','551']) c,
            gateway.dataset d join gateway.resource r on r.dataset_id = d.id where d.code = 'places'`,
    )
    await pool.query(
      `insert into ${recordTable('School')} (_dataset, _resource, _key, _hash, _version, _updated_at, code, name, level, district, address, pupils, teachers, classes, "openedOn", latitude, longitude)
       select d.id, r.id, k, '', 1, now(), k, 'Trường Tiểu học số ' || i || ' "Lê Lợi"',
              (array['NURSERY','KINDERGARTEN','PRIMARY','LOWER_SECONDARY','UPPER_SECONDARY'])[1 + i % 5],
              (array['540','542','543','544','545','546','547','548','549','550','551'])[1 + i % 11] || '~2020-01-01',
              'Số ' || i % 900 || ', đường Trần Hưng Đạo, phường Lê Lợi', i % 1500, i % 90, i % 40,
              date '1960-01-01' + i % 20000, 13.5 + (i % 1000) / 1000.0, 108.7 + (i % 700) / 1000.0
       from (select i, lpad(i::text, 8, '0') as k from generate_series(1, $1::int) i) n,
            gateway.dataset d join gateway.resource r on r.dataset_id = d.id where d.code = 'primary-schools'`,
      [rows],
    )
    await pool.query('vacuum analyze')
    await pool.query('checkpoint')
  } finally {
    await pool.end()
  }
}
