import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.js'
import { openControlDatabase } from './migrate.js'

let whole: TestDatabase
let broken: TestDatabase
beforeAll(async () => {
  whole = await createTestDatabase()
  broken = await createTestDatabase()
})
afterAll(async () => {
  await whole.dispose()
  await broken.dispose()
})

/** Everything that migrations make, by name. */
async function made({ pool }: TestDatabase): Promise<{ what: string; name: string }[]> {
  const { rows } = await pool.query<{ what: string; name: string }>(
    `select 'migration' as what, name from gateway.migrations
     union all select c.relkind::text, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname in ('gateway', 'records', 'staging', 'jobs')
     union all select 'function', p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'gateway'
     order by 1, 2`,
  )
  return rows
}

test('a start that is cut off within any migration is made good by the next one', async () => {
  const begun = performance.now()
  await (await openControlDatabase(whole.url)).destroy()
  const usualMs = performance.now() - begun
  const cuts = 12
  let cutOff = 0
  for (let cut = 1; cut <= cuts; cut++) {
    const start = openControlDatabase(broken.url).then(
      (source) => source.destroy(),
      () => cutOff++,
    )
    await new Promise((resolve) => setTimeout(resolve, (usualMs * cut) / cuts))
    await broken.pool.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    )
    await start
  }
  expect(cutOff).toBeGreaterThan(0)
  await (await openControlDatabase(broken.url)).destroy()
  expect(await made(broken)).toEqual(await made(whole))
})
