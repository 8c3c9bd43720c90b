import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { strFromU8, unzipSync } from 'fflate'
import { createTransportAgency } from './transport-agency.js'
import { Fleet, type Bus } from './buses.js'
import { metresBetween } from './geometry.js'
import { createNetwork } from './network.js'
import { timetableOf } from './timetable.js'

let now = new Date('2025-06-30T01:00:00Z')
let url = ''
let close = (): Promise<void> => Promise.resolve()
beforeAll(async () => {
  const running = await createTransportAgency(() => now).listen(0)
  url = running.url
  close = () => running.close()
})
afterAll(() => close())

const get = (path: string, headers: Record<string, string> = {}) => fetch(`${url}${path}`, { headers })

describe('the bus network', () => {
  const network = createNetwork()

  test('has twelve routes of 10 to 25 stops in all eleven districts', () => {
    expect(network.routes.map((route) => route.id)).toEqual(Array.from({ length: 12 }, (_, at) => `T${at + 1}`))
    for (const route of network.routes) {
      expect(route.stops.length).toBeGreaterThanOrEqual(10)
      expect(route.stops.length).toBeLessThanOrEqual(25)
      expect(new Set(route.stops).size).toBe(route.stops.length)
    }
    expect(new Set(network.stops.map((stop) => stop.district)).size).toBe(11)
    expect(new Set(network.stops.map((stop) => stop.name)).size).toBe(network.stops.length)
  })

  test('is the same at every start', () => {
    expect(createNetwork()).toEqual(network)
  })

  test('has trips that only go forward in time, some until after midnight', () => {
    const trips = timetableOf(network.routes)
    for (const { calls } of trips) {
      expect(calls.every((call, at) => at === 0 || call.time > (calls[at - 1]?.time ?? 0))).toBe(true)
    }
    expect(trips.some(({ calls }) => (calls.at(-1)?.time ?? 0) > 86_400)).toBe(true)
  })
})

describe('the feed', () => {
  test('is a GTFS archive that a client need not read again', async () => {
    const answer = await get('/gtfs/feed.zip')
    const feed = unzipSync(new Uint8Array(await answer.arrayBuffer()))
    expect(Object.keys(feed)).toEqual(
      expect.arrayContaining(['agency.txt', 'stops.txt', 'routes.txt', 'trips.txt', 'stop_times.txt', 'calendar.txt']),
    )
    expect(strFromU8(feed['calendar.txt']!)).toContain('DAILY,1,1,1,1,1,1,1,20250101,20271231')
    const etag = answer.headers.get('etag') ?? ''
    expect((await get('/gtfs/feed.zip', { 'if-none-match': `W/${etag}` })).status).toBe(304)
    expect((await get('/gtfs/feed.zip', { 'if-none-match': '"other"' })).status).toBe(200)
    const since = answer.headers.get('last-modified') ?? ''
    expect((await get('/gtfs/feed.zip', { 'if-modified-since': since })).status).toBe(304)
  })
})

describe('the buses', () => {
  const fleet = new Fleet(timetableOf(createNetwork().routes))
  const onTheRoad = (at: Date): Bus[] => fleet.at(at).filter((bus) => bus.trip !== undefined)

  test('are on the road at any hour, each once', () => {
    for (let minute = 0; minute < 24 * 60; minute += 13) {
      const at = new Date(Date.UTC(2025, 5, 30, 0, minute))
      const buses = fleet.at(at)
      expect(onTheRoad(at).length).toBeGreaterThanOrEqual(15)
      expect(new Set(buses.map((bus) => bus.vehicle)).size).toBe(buses.length)
    }
  })

  test('go on in half a minute about as far as their speed says', () => {
    const later = new Map(onTheRoad(new Date('2025-06-30T03:00:30Z')).map((bus) => [bus.vehicle, bus]))
    const same = onTheRoad(new Date('2025-06-30T03:00:00Z')).flatMap((bus) => {
      const after = later.get(bus.vehicle)
      const moved = after?.nextStop?.id === bus.nextStop?.id && after?.trip?.id === bus.trip?.id
      return after !== undefined && moved ? [{ bus, after }] : []
    })
    expect(same.length).toBeGreaterThan(15)
    for (const { bus, after } of same) {
      expect(metresBetween(bus.place, after.place) / 30).toBeCloseTo(bus.speed, 1)
    }
  })

  test('have a speed of zero in the depot, and one does not say when it reported', () => {
    const parked = fleet.at(now).filter((bus) => bus.trip === undefined)
    expect(parked.map((bus) => bus.speed)).toEqual([0, 0, 0, 0])
    expect(parked.filter((bus) => bus.reportedAt === undefined)).toHaveLength(1)
  })

  test('are served as of the time of the clock', async () => {
    const read = async () => Buffer.from(await (await get('/gtfs-rt/vehicle-positions.pb')).arrayBuffer())
    const before = await read()
    expect((await read()).equals(before)).toBe(true)
    now = new Date(now.getTime() + 20_000)
    expect((await read()).equals(before)).toBe(false)
  })
})

describe('the lists', () => {
  test('of car parks come in pages with a total', async () => {
    const page = async (number: number) => (await get(`/api/parking-lots?page=${number}&pageSize=50`)).json()
    expect(await page(1)).toMatchObject({ page: 1, pageSize: 50, total: 180 })
    expect(await page(4)).toHaveProperty('data.length', 30)
    expect(await page(5)).toHaveProperty('data.length', 0)
  })

  test('of cameras come in parts with a link to the next', async () => {
    const sizes: unknown[] = []
    let next: unknown = '/api/cameras?offset=0&limit=50'
    while (typeof next === 'string') {
      const part: unknown = await (await get(next)).json()
      expect(part).toMatchObject({ total: 120 })
      if (typeof part !== 'object' || part === null || !('items' in part) || !('next' in part))
        throw new Error('No part.')
      sizes.push(Array.isArray(part.items) ? part.items.length : undefined)
      next = part.next
    }
    expect(sizes).toEqual([50, 50, 20])
  })

  test('refuse a page that is none', async () => {
    expect((await get('/api/parking-lots?page=0')).status).toBe(400)
    expect((await get('/api/cameras?offset=-1')).status).toBe(400)
    expect((await get('/api/cameras?limit=1e3')).status).toBe(400)
  })
})

test('the index lists what is served, and all of it is there', async () => {
  const index = await (await get('/')).text()
  const paths = [...index.matchAll(/href="([^"]+)"/g)].map((match) => (match[1] ?? '').replaceAll('&amp;', '&'))
  expect(paths).toHaveLength(4)
  for (const path of paths) expect((await get(path)).status).toBe(200)
  expect((await get('/nothing')).status).toBe(404)
  expect((await fetch(`${url}/`, { method: 'POST' })).status).toBe(405)
})
