import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { HarvestBench, until } from '../harvest.fixture.js'
import type { Harvest } from '../harvest.js'

let bench: HarvestBench
let harvest: Harvest
afterEach(async () => {
  await bench.dispose()
})

const never = new AbortController().signal
let name = ''
let tests = 0
let resourceId = 0
/** What the source knows: free beds by stop. */
let beds = new Map<string, number>()

// A database each: a stop has one answer of free beds, so these can be in one dataset only.
beforeEach(async () => {
  bench = await HarvestBench.open()
  harvest = await bench.replica({ breakerPauseMs: 300 })
  name = `beds-${++tests}`
  beds = new Map([
    ['a', 1],
    ['b', 2],
    ['c', 3],
    ['0', 4],
  ])
  answer()
  await bench.register({
    connector: name,
    dataset: name,
    driver: 'rest-json',
    options: { url: `${bench.upstream.url}/${name}` },
    resources: [
      {
        name: 'beds',
        recordType: 'BedAvailability',
        selection: { items: 'beds', lookup: { parameter: 'stops', batch: 3, keyField: 'stop' } },
        fields: { stop: { column: 'stop' }, available: { column: 'available' } },
      },
    ],
    refresh: { mode: 'lookup', maxAge: 'PT1M', patience: 'PT5S', batch: 3 },
    history: 'none',
  })
  await harvest.registry.reload()
  resourceId = harvest.sources.resources().find((resource) => resource.datasetCode === name)!.id
})

const answer = () => {
  bench.upstream.on(`/${name}`, (_request, response, url) => {
    const asked = (url.searchParams.get('stops') ?? '').split(',')
    const found = asked.flatMap((stop) => (beds.has(stop) ? [{ stop, available: beds.get(stop) }] : []))
    // Not in the order in which they were asked for.
    response.writeHead(200).end(JSON.stringify({ beds: found.reverse() }))
  })
}
const requests = () => bench.upstream.requests.filter((path) => path.startsWith(`/${name}?`)).length
const lookUp = (...keys: string[]) => harvest.sources.lookUp(resourceId, keys, never)
const stored = () =>
  bench.rows<{ key: string; available: number }>(
    'select _key as key, available from records."BedAvailability" where _resource = $1 order by _key',
    [resourceId],
  )
const misses = async () =>
  (
    await bench.rows<{ key: string }>('select key from gateway.lookup_miss where resource_id = $1 order by key', [
      resourceId,
    ])
  ).map((row) => row.key)
const versions = () =>
  bench.rows(
    `select v.number, v.record_count, v.added, v.changed, v.removed from gateway.dataset_version v
     join gateway.dataset d on d.id = v.dataset_id where d.code = $1`,
    [name],
  )

test('equal and concurrent keys share requests, matched by key and never by position', async () => {
  await Promise.all([lookUp('a', 'b'), lookUp('b', 'a'), lookUp('0'), lookUp('a', 'b', '0')])
  expect(requests()).toBe(1)
  expect(await stored()).toEqual([
    { key: '0', available: 4 },
    { key: 'a', available: 1 },
    { key: 'b', available: 2 },
  ])
})

test('no request has more keys than the batch', async () => {
  beds = new Map(Array.from({ length: 10 }, (_, index) => [`s${index}`, index]))
  await lookUp(...beds.keys())
  expect(requests()).toBe(4)
  expect(await stored()).toHaveLength(10)
})

test('keys that the source does not know are remembered as misses, until it knows them', async () => {
  await lookUp('a', 'x', 'y')
  expect(await misses()).toEqual(['x', 'y'])
  beds.set('x', 9)
  await lookUp('x')
  expect(await misses()).toEqual(['y'])
  expect(await stored()).toContainEqual({ key: 'x', available: 9 })
})

test('a version is made only of what changed, with its events', async () => {
  await lookUp('a', 'b')
  await lookUp('a', 'b')
  expect(await versions()).toEqual([{ number: 1, record_count: 2, added: 2, changed: 0, removed: 0 }])
  beds.set('a', 8)
  beds.delete('b')
  await lookUp('a', 'b', 'c')
  expect(await versions()).toEqual([{ number: 2, record_count: 2, added: 1, changed: 1, removed: 1 }])
  expect(await stored()).toEqual([
    { key: 'a', available: 8 },
    { key: 'c', available: 3 },
  ])
  const events = await bench.rows(
    `select e.type, e.key, e.previous ->> 'available' as before, e.record ->> 'available' as after
     from gateway.change_event e join gateway.dataset d on d.id = e.dataset_id where d.code = $1 order by position, seq`,
    [name],
  )
  expect(events).toEqual([
    { type: 'LOADED', key: null, before: null, after: null },
    { type: 'CHANGED', key: 'a', before: '1', after: '8' },
    { type: 'REMOVED', key: 'b', before: '2', after: null },
    { type: 'ADDED', key: 'c', before: null, after: '3' },
  ])
})

test('an unchanged row counts as fetched anew', async () => {
  const fetched = async () =>
    (
      await bench.rows<{ at: string }>(
        'select _fetched_at::text as at from records."BedAvailability" where _resource = $1',
        [resourceId],
      )
    )[0]!.at
  await lookUp('a')
  const before = await fetched()
  await lookUp('a')
  expect((await fetched()) > before).toBe(true)
})

test('a failure keeps what is stored and is told in the state; the next lookup asks again', async () => {
  await lookUp('a')
  bench.upstream.fail(`/${name}`, 500)
  await lookUp('a', 'b')
  const error = () => bench.rows('select error_code from gateway.resource where id = $1', [resourceId])
  expect(await error()).toEqual([{ error_code: 'BAD_STATUS' }])
  expect(await stored()).toEqual([{ key: 'a', available: 1 }])
  answer()
  await lookUp('a', 'b')
  expect(await error()).toEqual([{ error_code: null }])
  expect(await stored()).toHaveLength(2)
})

test('a source that fails five times in a row is left alone for a while', async () => {
  bench.upstream.fail(`/${name}`, 500)
  for (let query = 1; query <= 10; query++) await lookUp('a')
  expect(requests()).toBe(5)
  answer()
  await until(async () => {
    await lookUp('a')
    return (await stored()).length === 1
  })
  expect(requests()).toBe(6)
})

test('concurrent batches of many callers leave every key stored and every version numbered', async () => {
  beds = new Map(Array.from({ length: 30 }, (_, index) => [`s${index}`, index]))
  await Promise.all([...beds.keys()].map((key) => harvest.sources.lookUp(resourceId, [key, 's0'], never)))
  expect(await stored()).toHaveLength(30)
  const [state] = await bench.rows<{ record_count: number; version: number }>(
    'select record_count, version from gateway.resource where id = $1',
    [resourceId],
  )
  // What arrives while another batch is being stored is stored together with the rest.
  expect(state?.record_count).toBe(30)
  expect(state?.version).toBeLessThan(10)
})

test('what seems to be personal is not stored, however few keys are asked for', async () => {
  const code = `${name}-rooms`
  bench.upstream.on(`/${code}`, (_request, response, url) => {
    const asked = (url.searchParams.get('codes') ?? '').split(',')
    const told = asked.map((one) => ({ code: one, name: one === 'b' ? 'Trực: 0912345678' : `Phòng ${one}` }))
    response.writeHead(200).end(JSON.stringify({ rooms: told }))
  })
  await bench.register({
    connector: code,
    dataset: code,
    driver: 'rest-json',
    options: { url: `${bench.upstream.url}/${code}` },
    resources: [
      {
        name: 'rooms',
        recordType: 'School',
        selection: { items: 'rooms', lookup: { parameter: 'codes', batch: 3, keyField: 'code' } },
        fields: { code: { column: 'code' }, name: { column: 'name' } },
      },
    ],
    refresh: { mode: 'lookup', maxAge: 'PT1M', patience: 'PT5S', batch: 3 },
  })
  await harvest.registry.reload()
  const rooms = harvest.sources.resources().find((resource) => resource.datasetCode === code)!.id
  const errors = async () =>
    (
      await bench.rows<{ error_code: string | null }>('select error_code from gateway.resource where id = $1', [rooms])
    ).map(({ error_code }) => error_code)
  await harvest.sources.lookUp(rooms, ['a'], never)
  expect(await errors()).toEqual([null])
  await harvest.sources.lookUp(rooms, ['b'], never)
  await harvest.sources.lookUp(rooms, ['b', 'c'], never)
  expect(await errors()).toEqual(['PERSONAL_DATA'])
  expect((await bench.schools(code)).map(({ key }) => key)).toEqual(['a', 'c'])
})

test('an answer of few characters and very many values is refused before it is parsed', async () => {
  await lookUp('a')
  bench.upstream.serve(`/${name}`, `{"beds":[${'{},'.repeat(2_500_000)}{}]}`)
  const begun = performance.now()
  await lookUp('b')
  expect(performance.now() - begun).toBeLessThan(5_000)
  expect(await bench.rows('select error_code from gateway.resource where id = $1', [resourceId])).toEqual([
    { error_code: 'TOO_LARGE' },
  ])
})
