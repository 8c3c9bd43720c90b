import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { codes, HarvestBench, schoolsCsv, schoolsManifest } from '../harvest.fixture.js'

let bench: HarvestBench
beforeAll(async () => {
  bench = await HarvestBench.open()
})
afterAll(async () => {
  await bench.dispose()
})

/** What a killed process leaves: all its connections end at once, whatever they were doing. */
const kill = () =>
  bench.rows(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and application_name in ('gateway runs', 'gateway harvest')`,
  )

test('a run that is cut off at any moment publishes all or nothing, and the next one succeeds by itself', async () => {
  const harvest = await bench.replica()
  const { connectorId } = await bench.register(schoolsManifest(bench.upstream, 'killed'))
  await harvest.registry.reload()
  const keys = codes('k', 2_000)
  const serve = (pupils: number) => {
    bench.upstream.serve(
      '/killed.csv',
      schoolsCsv(keys, () => String(pupils)),
    )
  }
  const published = async () =>
    (
      await bench.rows<{ fewest: number; most: number; count: number; version: number; told: number; events: number }>(
        `select min(pupils) as fewest, max(pupils) as most, count(*)::int as count, max(r._version) as version,
           max(d.version) as told, (select count(*)::int from gateway.change_event where dataset_id = max(d.id) and type = 'CHANGED') as events
         from records."School" r join gateway.dataset d on d.id = r._dataset`,
      )
    )[0]!
  serve(0)
  const begun = performance.now()
  expect(await harvest.run(connectorId, 'manual')).toMatchObject({ outcome: 'PUBLISHED' })
  const usualMs = performance.now() - begun

  const kills = 25
  for (let round = 1; round <= kills; round++) {
    serve(round)
    const before = await published()
    const run = harvest.run(connectorId, 'manual').catch((error: unknown) => error)
    await new Promise((resolve) => setTimeout(resolve, (usualMs * round) / kills))
    await kill()
    await run
    const after = await published()
    expect(after).toMatchObject({ count: 2_000, fewest: after.most, version: after.told })
    expect([before.most, round]).toContain(after.most)
    expect(after.told - before.told).toBe(after.most === before.most ? 0 : 1)
    expect(after.events - before.events).toBe(after.most === before.most ? 0 : 2_000)
  }
  serve(kills + 1)
  expect(await harvest.run(connectorId, 'manual')).toMatchObject({ outcome: 'PUBLISHED', changed: 2_000 })
  const versions = await bench.rows<{ number: number }>('select number from gateway.dataset_version order by number')
  expect(versions.map(({ number }) => number)).toEqual(versions.map((_, index) => index + 1))
  expect(await bench.rows('select 1 from gateway.run where finished_at is null')).toEqual([])
  await bench.replica()
  expect(await bench.rows(`select 1 from pg_tables where schemaname = 'staging'`)).toEqual([])
})
