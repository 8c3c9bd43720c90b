import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { HarvestBench, schoolsManifest, until } from '../harvest.fixture.js'
import type { Harvest } from '../harvest.js'

let bench: HarvestBench
let first: Harvest
let second: Harvest
beforeAll(async () => {
  bench = await HarvestBench.open()
  first = await bench.replica({ breakerPauseMs: 400 })
  second = await bench.replica()
})
afterAll(async () => {
  await bench.dispose()
})

const never = new AbortController().signal
let name = ''
let tests = 0
let resourceId = 0

const register = async (refresh: Record<string, unknown>) => {
  const manifest = schoolsManifest(bench.upstream, name, { refresh: { mode: 'live', ...refresh }, history: 'none' })
  await bench.register({ ...manifest, driver: 'rest-json', options: { url: `${bench.upstream.url}/${name}` } })
  await Promise.all([first.registry.reload(), second.registry.reload()])
  resourceId = first.sources.resources().find((resource) => resource.datasetCode === name)!.id
}
const requests = () => bench.upstream.requests.filter((path) => path.startsWith(`/${name}`)).length
const serve = (pupils: number, delayMs = 0) => {
  bench.upstream.on(`/${name}`, (_request, response) => {
    setTimeout(() => response.writeHead(200).end(JSON.stringify([{ code: 'a', name: 'A', pupils }])), delayMs)
  })
}
const state = async () =>
  (
    await bench.rows<{ pupils: number | null; error_code: string | null; version: number | null }>(
      `select (select pupils from records."School" where _resource = r.id) as pupils, error_code, version
       from gateway.resource r where id = $1`,
      [resourceId],
    )
  )[0]

beforeEach(() => {
  name = `live-${++tests}`
})

test('200 queries at once on two replicas cost one request', async () => {
  serve(1, 50)
  await register({ maxAge: 'PT1M', patience: 'PT10S' })
  await Promise.all(
    Array.from({ length: 200 }, (_, index) =>
      (index % 2 === 0 ? first : second).sources.bringUpToDate([resourceId], never),
    ),
  )
  expect(requests()).toBe(1)
  expect(await state()).toMatchObject({ pupils: 1, version: 1, error_code: null })
  await first.sources.bringUpToDate([resourceId], never)
  await second.sources.bringUpToDate([resourceId], never)
  expect(requests()).toBe(1)
})

test('a copy that has grown old is read again, and only the latest version is kept', async () => {
  serve(1)
  await register({ maxAge: 'PT0.2S', patience: 'PT10S' })
  await first.sources.bringUpToDate([resourceId], never)
  serve(2)
  await until(async () => {
    await first.sources.bringUpToDate([resourceId], never)
    return (await state())?.pupils === 2
  })
  const versions = await bench.rows(
    'select number from gateway.dataset_version v join gateway.dataset d on d.id = v.dataset_id where d.code = $1',
    [name],
  )
  expect(versions).toEqual([{ number: 2 }])
  const changes = await bench.rows(
    `select e.type, e.previous ->> 'pupils' as before, e.record ->> 'pupils' as after from gateway.change_event e
     join gateway.dataset d on d.id = e.dataset_id where d.code = $1 order by position, seq`,
    [name],
  )
  expect(changes).toEqual([
    { type: 'LOADED', before: null, after: null },
    { type: 'CHANGED', before: '1', after: '2' },
  ])
  expect(await bench.rows(`select 1 from records."School~history"`)).toEqual([])
})

test('a query waits no longer than its patience; the refresh goes on', async () => {
  let answer: (() => void) | undefined
  bench.upstream.on(`/${name}`, (_request, response) => {
    answer = () => response.writeHead(200).end(JSON.stringify([{ code: 'a', name: 'A', pupils: 7 }]))
  })
  await register({ maxAge: 'PT1M', patience: 'PT0.1S' })
  const begun = performance.now()
  await first.sources.bringUpToDate([resourceId], never)
  expect(performance.now() - begun).toBeLessThan(2_000)
  expect(await state()).toMatchObject({ pupils: null, version: null })
  await until(() => answer !== undefined)
  answer?.()
  await until(async () => (await state())?.pupils === 7)
  expect(requests()).toBe(1)
})

test('an aborted query stops waiting', async () => {
  bench.upstream.on(`/${name}`, () => undefined)
  await register({ maxAge: 'PT1M', patience: 'PT30S' })
  const gone = new AbortController()
  const waiting = first.sources.bringUpToDate([resourceId], gone.signal)
  await until(() => requests() === 1)
  gone.abort()
  await waiting
})

test('fails once, succeeds later: a failure is kept in the state and not shared with those who come after', async () => {
  bench.upstream.fail(`/${name}`, 503)
  await register({ maxAge: 'PT1M', patience: 'PT10S' })
  await first.sources.bringUpToDate([resourceId], never)
  expect(await state()).toMatchObject({ error_code: 'BAD_STATUS', version: null })
  serve(3)
  await first.sources.bringUpToDate([resourceId], never)
  expect(await state()).toMatchObject({ pupils: 3, error_code: null })
  expect(requests()).toBe(2)
})

test('a source that fails five times in a row is left alone for a while, then tried once', async () => {
  bench.upstream.fail(`/${name}`)
  await register({ maxAge: 'PT1M', patience: 'PT10S' })
  for (let query = 1; query <= 20; query++) await first.sources.bringUpToDate([resourceId], never)
  expect(requests()).toBe(5)
  serve(4)
  await until(async () => {
    await first.sources.bringUpToDate([resourceId], never)
    return (await state())?.pupils === 4
  })
  expect(requests()).toBe(6)
})

test('the breaker opens for the failing connector alone, is seen to, and closes by itself when the source is well', async () => {
  bench.upstream.fail(`/${name}`)
  await register({ maxAge: 'PT1M', patience: 'PT10S' })
  const failing = first.registry.resource(resourceId)!
  expect(first.breaker(failing.connectorId)).toBe('closed')
  for (let query = 1; query <= 5; query++) await first.sources.bringUpToDate([resourceId], never)
  expect(first.breaker(failing.connectorId)).toBe('open')
  name = `${name}-other`
  serve(6)
  await register({ maxAge: 'PT1M', patience: 'PT10S' })
  await first.sources.bringUpToDate([resourceId], never)
  expect(await state()).toMatchObject({ pupils: 6 })
  expect(first.breaker(first.registry.resource(resourceId)!.connectorId)).toBe('closed')

  await until(() => first.breaker(failing.connectorId) === 'halfOpen')
  // Tried once, and left alone again.
  await first.sources.bringUpToDate([failing.id], never)
  expect(first.breaker(failing.connectorId)).toBe('open')
  bench.upstream.serveJson(`/${failing.datasetCode}`, [{ code: 'a', name: 'A', pupils: 1 }])
  await until(() => first.breaker(failing.connectorId) === 'halfOpen')
  await first.sources.bringUpToDate([failing.id], never)
  expect(first.breaker(failing.connectorId)).toBe('closed')
})

test('a source that asks to be left alone is, on every replica, until its time is over or it has answered', async () => {
  bench.upstream.on(`/${name}`, (_request, response) => {
    response.writeHead(429, { 'retry-after': '7200' }).end()
  })
  await register({ maxAge: 'PT1M', patience: 'PT10S' })
  const { connectorId } = first.registry.resource(resourceId)!
  for (let query = 1; query <= 5; query++) {
    await first.sources.bringUpToDate([resourceId], never)
    await second.sources.bringUpToDate([resourceId], never)
  }
  expect(requests()).toBe(1)
  expect(await state()).toMatchObject({ error_code: 'BUSY' })
  expect([first.breaker(connectorId), second.breaker(connectorId)]).toEqual(['open', 'open'])

  serve(8)
  expect(await first.run(connectorId, 'manual')).toMatchObject({ outcome: 'PUBLISHED' })
  await until(() => first.breaker(connectorId) === 'closed' && second.breaker(connectorId) === 'closed')
})

test('one source that does not answer costs the others nothing', async () => {
  bench.upstream.on(`/${name}`, () => undefined)
  await register({ maxAge: 'PT1M', patience: 'PT30S' })
  const silent = resourceId
  name = `${name}-other`
  serve(5)
  await register({ maxAge: 'PT1M', patience: 'PT30S' })
  const gone = new AbortController()
  const waiting = first.sources.bringUpToDate([silent], gone.signal)
  await first.sources.bringUpToDate([resourceId], never)
  expect(await state()).toMatchObject({ pupils: 5 })
  gone.abort()
  await waiting
})
