import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { HarvestBench, schoolsManifest, until } from '../harvest.fixture.js'
import { retireConnector } from './apply-manifest.js'

let bench: HarvestBench
beforeAll(async () => {
  bench = await HarvestBench.open()
})
afterAll(async () => {
  await bench.dispose()
})

let name = ''
let tests = 0
beforeEach(() => {
  name = `registered-${++tests}`
})

const manifest = (rest: Record<string, unknown> = {}) => schoolsManifest(bench.upstream, name, rest)
const daily = { refresh: { mode: 'snapshot', every: 'PT24H' } }
const hourly = { refresh: { mode: 'snapshot', every: 'PT1H' } }
const resources = () =>
  bench.rows(
    `select r.name, r.mode, r.max_age_ms::int as max_age, r.active from gateway.resource r
     join gateway.connector c on c.id = r.connector_id where c.code = $1 order by r.position`,
    [name],
  )

test('the same manifest again changes nothing, in whatever order its parts are written', async () => {
  const first = await bench.register(manifest())
  expect(first).toMatchObject({ version: 1, outcome: 'CREATED' })
  const { connector, dataset, ...rest } = manifest()
  expect(await bench.register({ ...rest, dataset, connector })).toEqual({ ...first, outcome: 'UNCHANGED' })
  expect(await resources()).toEqual([{ name: 'schools', mode: 'SNAPSHOT', max_age: 172_800_000, active: true }])
})

test('a changed manifest is a new version; a resource that is gone becomes inactive and may come back', async () => {
  await bench.register(manifest())
  const renamed = manifest({ ...hourly, resources: [{ ...manifest().resources[0], name: 'renamed' }] })
  expect(await bench.register(renamed)).toMatchObject({ version: 2, outcome: 'CHANGED' })
  expect(await resources()).toEqual([
    { name: 'schools', mode: 'SNAPSHOT', max_age: 172_800_000, active: false },
    { name: 'renamed', mode: 'SNAPSHOT', max_age: 7_200_000, active: true },
  ])
  expect(await bench.register(manifest())).toMatchObject({ version: 3, outcome: 'CHANGED' })
  expect(await resources()).toMatchObject([
    { name: 'schools', active: true },
    { name: 'renamed', active: false },
  ])
  const versions = await bench.rows(
    'select v.version from gateway.connector_version v join gateway.connector c on c.id = v.connector_id where c.code = $1 order by 1',
    [name],
  )
  expect(versions).toEqual([{ version: 1 }, { version: 2 }, { version: 3 }])
})

test('what was changed at run time wins over files, until files are said to win', async () => {
  await bench.register(manifest(daily))
  await bench.register(manifest(hourly), { origin: 'runtime', by: 'An' })
  expect(await bench.register(manifest(daily))).toMatchObject({ version: 2, outcome: 'KEPT' })
  expect(await resources()).toMatchObject([{ max_age: 7_200_000 }])
  expect(await bench.register(manifest(daily), { origin: 'file', filesWin: true })).toMatchObject({
    version: 3,
    outcome: 'CHANGED',
  })
  expect(await bench.register(manifest(hourly))).toMatchObject({ version: 4, outcome: 'CHANGED' })
})

test('a retired connector is not brought back by its file, but by a registration', async () => {
  const { connectorId } = await bench.register(manifest())
  await retireConnector(bench.database.pool, connectorId)
  expect(await resources()).toMatchObject([{ active: false }])
  expect(await bench.register(manifest())).toMatchObject({ outcome: 'KEPT' })
  expect(await bench.register(manifest(), { origin: 'runtime' })).toMatchObject({ outcome: 'CHANGED' })
  expect(await resources()).toMatchObject([{ active: true }])
})

test('a connector does not move to another dataset, nor a resource to another record type or connector', async () => {
  await bench.register(manifest())
  const conflict = expect.objectContaining({ code: 'CONFLICT' })
  await expect(bench.register(manifest({ dataset: 'elsewhere' }))).rejects.toEqual(conflict)
  const stops = { name: 'schools', recordType: 'BusStop', fields: { code: { column: 'code' } } }
  await expect(bench.register(manifest({ resources: [stops] }))).rejects.toEqual(conflict)
  await expect(bench.register({ ...manifest(), connector: `${name}-other` })).rejects.toEqual(conflict)
})

test('every replica knows soon after what was registered, also after its connection was lost', async () => {
  const replicas = [await bench.replica(), await bench.replica()]
  const known = () => replicas.every(({ sources }) => sources.resources().some((one) => one.datasetCode === name))
  expect(known()).toBe(false)
  await bench.register(manifest())
  await until(known)
  name = `${name}-later`
  await bench.rows(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'gateway listener' and datname = current_database()`,
  )
  await bench.register(manifest())
  await until(known)
})
