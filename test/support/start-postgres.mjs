// One real Postgres for the whole run, started as the gateway starts its own; each test file makes its own database.
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hooks } from './typescript.mjs'

export default async function startPostgres() {
  const { startEmbeddedDatabase } = await import('../../src/database/embedded/embedded-database.ts')
  hooks.deregister()
  const folder = await mkdtemp(join(tmpdir(), 'gateway-test-'))
  const silent = () => undefined
  const database = await startEmbeddedDatabase({
    folder,
    log: { debug: silent, info: silent, warn: silent, error: console.error },
    // Nothing of it need survive a crash of the machine.
    settings: {
      fsync: 'off',
      synchronous_commit: 'off',
      full_page_writes: 'off',
      max_connections: '200',
      // Tests count statements.
      shared_preload_libraries: 'pg_stat_statements',
      'pg_stat_statements.track_utility': 'off',
    },
  })
  globalThis.testPostgres = { database, folder }
  process.env.TEST_DATABASE_URL = database.url
}
