import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { SourceNumber, type SourceValue } from '../drivers/driver.js'
import { isSourceList } from '../drivers/source-values.js'
import { createTransportAgency } from '../../examples/agencies/transport/transport-agency.js'
import { districts } from '../../examples/agencies/transport/districts.js'
import { loadDrivers, type Drivers } from '../../src/connectors/drivers.js'
import { mapResource } from '../../src/connectors/mapping/map-resource.js'
import type { MappedRow } from '../../src/connectors/mapping/mapped-row.js'
import type { ReferenceResolver } from '../../src/connectors/mapping/reference-resolver.js'
import { parseManifest } from '../../src/connectors/manifest/parse-manifest.js'
import { withEndpoints, type EndpointResolver } from '../../src/connectors/outbound/endpoint-resolver.js'
import { createOutbound } from '../../src/connectors/outbound/outbound.js'
import { createSource } from '../../src/connectors/outbound/source.js'
import { loadRecordTypes } from '../../src/records/schema/load-record-types.js'
import type { RecordTypes } from '../../src/records/schema/record-type.js'
import { collected } from '../../test/support/served-bytes.js'

const root = join(import.meta.dirname, '..', '..')
/** What the places dataset says of the districts. */
const references: ReferenceResolver = {
  resolve: ({ target, by, value, on }) => {
    const known = target === 'AdministrativeUnit' && by === 'code' && on === '2025-06-30'
    return Promise.resolve(known && districts.some((one) => one.code === value) ? `${value}~2004-01-01` : undefined)
  },
}

let drivers: Drivers = new Map()
let types: RecordTypes | undefined
let endpoints: EndpointResolver = { sample: () => undefined, file: () => Promise.resolve(undefined) }
let close = (): Promise<void> => Promise.resolve()
beforeAll(async () => {
  const sample = await createTransportAgency(() => new Date('2025-06-30T01:00:00Z')).listen(0)
  close = () => sample.close()
  endpoints = { ...endpoints, sample: (code) => (code === 'transport' ? sample.url : undefined) }
  drivers = await loadDrivers()
  types = await loadRecordTypes(join(root, 'schema'))
})
afterAll(() => close())

/** The rows of each resource of a manifest, mapped as a run does it. */
async function run(connector: string): Promise<Record<string, MappedRow[]>> {
  const file = join(root, 'connectors', 'transport', `${connector}.yaml`)
  const manifest = parseManifest(await readFile(file, 'utf8'), drivers, file)
  const driver = drivers.get(manifest.driver)
  if (driver === undefined) throw new Error(`There is no driver ${manifest.driver}.`)
  await using outbound = createOutbound()
  outbound.allow(endpoints.sample('transport') ?? '')
  await using source = createSource<unknown>({
    outbound,
    options: driver.options.parse(withEndpoints(manifest.options, endpoints)),
    resolver: endpoints,
    signal: new AbortController().signal,
  })
  const mapped: Record<string, MappedRow[]> = {}
  for (const resource of manifest.resources) {
    const recordType = types?.types.get(resource.recordType)
    if (recordType === undefined) throw new Error(`There is no record type ${resource.recordType}.`)
    const context = {
      recordType,
      dataset: manifest.dataset,
      references,
      endpoints,
      today: '2025-06-30',
      timeOffset: '+07:00',
    }
    mapped[resource.name] = await collected(mapResource(resource, manifest.options, driver, source, context))
  }
  return mapped
}

/** Numbers as their text, so that they are easily compared. */
function plain(value: SourceValue | undefined): unknown {
  if (value instanceof SourceNumber) return value.text
  return isSourceList(value) ? value.map(plain) : (value ?? null)
}
const shown = (row: MappedRow | undefined) =>
  Object.fromEntries(Object.entries(row?.values ?? {}).map(([name, value]) => [name, plain(value)]))
const all = (rows: readonly MappedRow[] | undefined, field: string) =>
  (rows ?? []).map((row) => plain(row.values[field]))
const withProblems = (rows: readonly MappedRow[] | undefined) => (rows ?? []).filter((row) => row.problems.length > 0)

test('the bus network fills routes, stops, trips and fares that refer to one another', async () => {
  const { routes, stops, trips, fares } = await run('bus-network')
  for (const rows of [routes, stops, trips, fares]) expect(withProblems(rows)).toEqual([])
  expect([routes?.length, fares?.length]).toEqual([12, 36])
  expect(shown(routes?.[0])).toMatchObject({
    code: 'T1',
    name: 'Cảng Quy Nhơn – Ga Diêu Trì',
    operator: 'Công ty CP Xe buýt Quy Nhơn',
    fare: '7000',
    districts: ['540~2004-01-01', '550~2004-01-01'],
  })
  const stopCodes = new Set(all(stops, 'code'))
  const routeCodes = new Set(all(routes, 'code'))
  expect(
    all(routes, 'stops')
      .flat()
      .every((stop) => stopCodes.has(stop)),
  ).toBe(true)
  expect([...all(trips, 'route'), ...all(fares, 'route')].every((route) => routeCodes.has(route))).toBe(true)
  expect([...all(trips, 'startStop'), ...all(trips, 'endStop')].every((stop) => stopCodes.has(stop))).toBe(true)
  expect(all(trips, 'departsAt').every((time) => /^\d\d:\d\d:\d\d$/.test(String(time)))).toBe(true)
  expect(all(trips, 'arrivesAt').some((time) => String(time) > '24:00:00')).toBe(true)
  expect(all(stops, 'name').every((name) => name === String(name).trim())).toBe(true)
  expect(new Set(all(fares, 'kind'))).toEqual(new Set(['FULL', 'HALF', 'CONCESSION']))
})

test('the positions of the buses refer to their routes, and those in the depot have none', async () => {
  const { vehicles } = await run('bus-positions')
  expect(withProblems(vehicles)).toEqual([])
  const routes = all(vehicles, 'route')
  expect(routes.filter((route) => route !== null).length).toBeGreaterThanOrEqual(15)
  expect(routes.filter((route) => route === null)).toHaveLength(4)
  expect(shown(vehicles?.at(-1))).toMatchObject({ vehicle: 'DP-04', speed: '0', reportedAt: null, occupancy: 'EMPTY' })
  expect(new Set(all(vehicles, 'vehicle')).size).toBe(vehicles?.length)
})

test('the car parks are read over all pages, those with an unknown district are pointed at', async () => {
  const rows = (await run('car-parks'))['car-parks']
  expect(new Set(all(rows, 'code')).size).toBe(180)
  expect(withProblems(rows).map((row) => [plain(row.values['code']), row.problems[0]?.field])).toEqual([
    ['BX0088', 'district'],
    ['BX0164', 'district'],
  ])
  expect(all(rows, 'capacity').filter((capacity) => Number(capacity) < 0)).toEqual(['-20', '-1'])
  expect(all(rows, 'latitude').filter((latitude) => latitude === null).length).toBeGreaterThan(0)
})

test('the cameras are read by following links, those with a wrong day or district are pointed at', async () => {
  const { cameras } = await run('traffic-cameras')
  expect(new Set(all(cameras, 'code')).size).toBe(120)
  expect(withProblems(cameras).map((row) => [plain(row.values['code']), row.problems[0]?.field])).toEqual([
    ['CAM-023', 'installedOn'],
    ['CAM-071', 'district'],
  ])
  expect(new Set(all(cameras, 'status'))).toEqual(new Set(['ACTIVE', 'MAINTENANCE']))
})
