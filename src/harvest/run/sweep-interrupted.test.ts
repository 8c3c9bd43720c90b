import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { HarvestBench, schoolsManifest, until } from '../harvest.fixture.js'

let bench: HarvestBench
beforeAll(async () => {
  bench = await HarvestBench.open()
})
afterAll(async () => {
  await bench.dispose()
})

test('a run of a replica that died is ended by another one that lives, with what it had staged', async () => {
  await bench.replica({ sweepPauseMs: 20 })
  const { connectorId } = await bench.register(schoolsManifest(bench.upstream, 'left'))
  const [run] = await bench.rows<{ id: string }>(
    `insert into gateway.run (connector_id, connector_version, reason, deadline_at)
     values ($1, 1, 'schedule', now() + interval '1 hour') returning id`,
    [connectorId],
  )
  await bench.rows(`create table staging.run_${run?.id}_1 (_key text)`)
  await until(async () => {
    const staged = await bench.rows(`select 1 from pg_tables where schemaname = 'staging'`)
    return staged.length === 0
  })
  expect(await bench.rows('select outcome, error_code, finished_at is null as open from gateway.run')).toEqual([
    { outcome: 'FAILED', error_code: 'INTERRUPTED', open: false },
  ])
})
