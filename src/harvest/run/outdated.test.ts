import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { z } from 'zod'
import { driver as gtfsRealtime } from '../../../connectors/drivers/gtfs-realtime/driver.js'
import { message, vehicle } from '../../../connectors/drivers/gtfs-realtime/wire.fixture.js'
import type { AnyDriver } from '../../connectors/drivers.js'
import { HarvestBench } from '../harvest.fixture.js'
import type { Harvest } from '../harvest.js'

const anyDriver = z.custom<AnyDriver>((value) => typeof value === 'object' && value !== null && 'scan' in value)

let bench: HarvestBench
let harvest: Harvest
beforeAll(async () => {
  bench = await HarvestBench.open({ drivers: new Map([['gtfs-realtime', anyDriver.parse(gtfsRealtime)]]) })
  harvest = await bench.replica()
})
afterAll(async () => {
  await bench.dispose()
})

let name = ''
let tests = 0
let connectorId = 0
beforeEach(async () => {
  name = `feed-${++tests}`
  connectorId = (
    await bench.register({
      connector: name,
      dataset: name,
      driver: 'gtfs-realtime',
      options: { url: `${bench.upstream.url}/${name}` },
      resources: [
        {
          name: 'vehicles',
          recordType: 'School',
          selection: { entity: 'vehicle' },
          fields: { code: { column: 'entity_id' }, name: { column: 'entity_id' } },
        },
      ],
      refresh: { mode: 'live', maxAge: 'PT5M', patience: 'PT10S' },
    })
  ).connectorId
  await harvest.registry.reload()
})

const agoSeconds = (seconds: number) => new Date(Math.floor(Date.now() / 1000) * 1000 - seconds * 1000)
const feed = (made: Date | undefined, ...vehicles: string[]) =>
  Buffer.from(
    message(
      [1, [[1, '2.0'], ...(made === undefined ? [] : [[3, BigInt(made.getTime() / 1000)] as [number, bigint]])]],
      ...vehicles.map((id) => vehicle(id)),
    ),
  )
const serve = (body: Uint8Array, etag?: string) => {
  bench.upstream.on(`/${name}`, (request, response) => {
    if (etag !== undefined && request.headers['if-none-match'] === etag) response.writeHead(304).end()
    else response.writeHead(200, etag === undefined ? {} : { etag }).end(body)
  })
}
const state = async () =>
  (
    await bench.rows<{ error: string | null; en: string | null; fetched: boolean; rows: number }>(
      `select error_code as error, error_en as en, fetched_at is not null as fetched, record_count as rows
       from gateway.resource where connector_id = $1`,
      [connectorId],
    )
  )[0]
/** As if the source's time had been seen first so long ago. */
const seenFirst = (ago: string) =>
  bench.rows(
    `update gateway.resource set memory = jsonb_set(memory, '{asOf,since}', to_jsonb(now() - $2::interval)) where connector_id = $1`,
    [connectorId, ago],
  )
const notes = () => bench.notesOf(connectorId)
const ran = () => harvest.run(connectorId, 'live')

test('a feed that is made anew is fresh, a frozen one is not, although its rows count', async () => {
  serve(feed(agoSeconds(10), 'a'))
  expect(await ran()).toMatchObject({ outcome: 'PUBLISHED' })
  expect(await state()).toMatchObject({ error: null, fetched: true, rows: 1 })

  const frozen = agoSeconds(3600)
  serve(feed(frozen, 'a', 'b'))
  expect(await ran()).toMatchObject({ outcome: 'PUBLISHED', added: 1 })
  expect(await state()).toEqual({
    error: 'OUTDATED',
    en: `The source answers, but with data of ${frozen.toISOString()} that it has not renewed since.`,
    fetched: true,
    rows: 2,
  })
  expect(await notes()).toMatchObject([{ code: 'OUTDATED', resource: 'vehicles' }])
  serve(feed(agoSeconds(1), 'a', 'b'))
  expect(await ran()).toMatchObject({ outcome: 'UNCHANGED' })
  expect(await state()).toMatchObject({ error: null, rows: 2 })
  expect(await notes()).toEqual([])
})

test('a feed that was frozen before it was read first is published and said to be old', async () => {
  serve(feed(agoSeconds(86_400), 'a'))
  expect(await ran()).toMatchObject({ outcome: 'PUBLISHED' })
  expect(await state()).toMatchObject({ error: 'OUTDATED', fetched: true, rows: 1 })
})

test('a feed whose time does not move is old even when its clock is ahead', async () => {
  const ahead = agoSeconds(-600)
  serve(feed(ahead, 'a'))
  await ran()
  await ran()
  expect(await state()).toMatchObject({ error: null })
  await seenFirst('4 minutes')
  await ran()
  expect(await state()).toMatchObject({ error: null })
  await seenFirst('6 minutes')
  await ran()
  expect(await state()).toMatchObject({ error: 'OUTDATED' })
  serve(feed(agoSeconds(-700), 'a'))
  await ran()
  expect(await state()).toMatchObject({ error: null })
})

test('a frozen feed that is answered with "not modified" is not fresh either', async () => {
  serve(feed(agoSeconds(1), 'a'), '"1"')
  await ran()
  expect(await ran()).toMatchObject({ outcome: 'UNCHANGED' })
  expect(await state()).toMatchObject({ error: null })
  await seenFirst('6 minutes')
  expect(await ran()).toMatchObject({ outcome: 'UNCHANGED' })
  expect(await state()).toMatchObject({ error: 'OUTDATED', rows: 1 })
})

test('a feed that does not say when it was made is as fresh as its reading', async () => {
  serve(feed(agoSeconds(86_400), 'a'))
  await ran()
  serve(feed(undefined, 'a'))
  await ran()
  expect(await state()).toMatchObject({ error: null, fetched: true })
})
