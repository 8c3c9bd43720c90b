import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { codes, HarvestBench, schoolsCsv, schoolsManifest } from '../../src/harvest/harvest.fixture.js'
import { startOwnPostgres, type OwnPostgres } from './own-postgres.js'

let postgres: OwnPostgres
let bench: HarvestBench
beforeAll(async () => {
  postgres = await startOwnPostgres()
  bench = await HarvestBench.open({ database: postgres })
})
afterAll(async () => {
  await bench.dispose()
})

interface Space {
  giveBack(): Promise<void>
}

/** Tables lie on a disk of 4 MB from now on; where none can be mounted, a write beyond 1,000 rows fails as if it were full. */
async function shrink(): Promise<Space> {
  const disk = postgres.mountDisk(4)
  if (disk !== undefined) {
    await bench.rows(`create tablespace small location '${disk}'`)
    await bench.rows('alter table records."School" set tablespace small')
    await bench.rows('alter database postgres set default_tablespace = small')
    return {
      async giveBack() {
        await bench.rows('alter database postgres reset default_tablespace')
        await bench.rows('alter table records."School" set tablespace pg_default')
      },
    }
  }
  await bench.rows(`create function refuse() returns trigger language plpgsql as $$ begin
    if (select count(*) from written) > 1000 then raise exception 'no space left' using errcode = 'disk_full'; end if;
    return null; end $$`)
  await bench.rows(`create trigger full_disk after insert on records."School" referencing new table as written
    for each statement execute function refuse()`)
  return {
    async giveBack() {
      await bench.rows('drop trigger full_disk on records."School"')
    },
  }
}

test('a full disk fails the run with its reason; what is there stays readable, and with room it goes on', async () => {
  const space = await shrink()
  const harvest = await bench.replica()
  const { connectorId } = await bench.register(schoolsManifest(bench.upstream, 'full', { guards: { growth: 1000 } }))
  const published = async () =>
    (await bench.rows<{ count: number }>('select count(*)::int as count from records."School"'))[0]!.count
  const serve = (rows: number) => {
    bench.upstream.serve('/full.csv', schoolsCsv(codes('f', rows)))
  }
  serve(100)
  expect(await harvest.run(connectorId, 'manual')).toMatchObject({ outcome: 'PUBLISHED' })

  serve(40_000)
  expect(await harvest.run(connectorId, 'manual')).toMatchObject({
    outcome: 'FAILED',
    fault: { code: 'STORAGE_FULL' },
  })
  expect(await published()).toBe(100)
  expect(await bench.rows('select error_code as code, record_count as count from gateway.resource')).toEqual([
    { code: 'STORAGE_FULL', count: 100 },
  ])
  expect(await bench.rows(`select 1 from pg_tables where schemaname = 'staging'`)).toEqual([])

  // What still fits is published.
  serve(101)
  expect(await harvest.run(connectorId, 'manual')).toMatchObject({ outcome: 'PUBLISHED', added: 1 })
  await space.giveBack()
  await harvest.stop()
  const later = await bench.replica()
  serve(40_000)
  expect(await later.run(connectorId, 'manual')).toMatchObject({ outcome: 'PUBLISHED', added: 39_899 })
  expect(await published()).toBe(40_000)
}, 120_000)
