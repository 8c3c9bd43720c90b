import { readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import pg from 'pg'
import { startEmbeddedDatabase } from '../../src/database/embedded/embedded-database.js'
import { openControlDatabase } from '../../src/database/migrate.js'
import { loadRecordTypes } from '../../src/records/schema/load-record-types.js'
import { applyRecordTypes } from '../../src/records/storage/apply-record-types.js'
import { loadRecords } from './load.js'

export interface BenchDatabase extends AsyncDisposable {
  readonly url: string
  readonly pool: pg.Pool
  /** The postmaster's process. */
  readonly pid: number
}

const root = join(import.meta.dirname, '..', '..')

// Room for all that the peers open; enough shared memory that the table's hot part fits; nothing of it need survive.
const settings = {
  shared_buffers: '1GB',
  max_connections: '300',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_wal_size: '4GB',
  autovacuum: 'off',
}

/** The database with the rows in it, kept in the folder between runs until what it was made from changes. */
export async function openBenchDatabase(
  folder: string,
  rows: number,
  report: (text: string) => void,
): Promise<BenchDatabase> {
  const digest = await digestOfSources(rows)
  const mark = join(folder, 'loaded')
  const loaded = (await readFile(mark, 'utf8').catch(() => '')) === digest
  if (!loaded) await rm(folder, { recursive: true, force: true })
  const silent = () => undefined
  // It warns of every connection that a stop ends.
  const log = { debug: silent, info: silent, warn: silent, error: console.error }
  const embedded = await startEmbeddedDatabase({ folder, log, settings })
  const pool = new pg.Pool({ connectionString: embedded.url, max: 4 })
  pool.on('error', (error) => {
    report(`a connection ended: ${error.message}`)
  })
  const dispose = async (): Promise<void> => {
    await pool.end()
    await embedded[Symbol.asyncDispose]()
  }
  try {
    if (!loaded) {
      report(`loading ${rows} rows`)
      await (await openControlDatabase(embedded.url)).destroy()
      await applyRecordTypes(pool, await loadRecordTypes(join(root, 'schema')), { origin: 'file' })
      await loadRecords(pool, rows, report)
      await writeFile(mark, digest)
    }
    const [line] = (await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')
    return { url: embedded.url, pool, pid: Number(line), [Symbol.asyncDispose]: dispose }
  } catch (error) {
    await dispose()
    throw error
  }
}

async function digestOfSources(rows: number): Promise<string> {
  const hash = createHash('sha256').update(String(rows))
  for (const folder of ['schema', 'bench/dataset', 'src/database/migrations', 'src/records/storage']) {
    const files = await readdir(join(root, folder), { recursive: true, withFileTypes: true })
    const names = files.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name))
    for (const name of names.sort()) hash.update(await readFile(name))
  }
  return hash.digest('hex')
}
