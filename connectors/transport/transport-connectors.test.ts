import { expect, test } from '@jest/globals'
import { createTransportAgency } from '../../examples/agencies/transport/transport-agency.js'
import { districts } from '../../examples/agencies/transport/districts.js'
import type { MappedRow } from '../../src/connectors/mapping/mapped-row.js'
import type { ReferenceResolver } from '../../src/connectors/mapping/reference-resolver.js'
import { mappedAgency } from '../../test/support/mapped-agency.js'
import { SourceNumber, type SourceValue } from '../drivers/driver.js'
import { isSourceList } from '../drivers/source-values.js'

/** What the places dataset says of the districts. */
const references: ReferenceResolver = {
  resolve: ({ target, by, value, on }) => {
    const known = target === 'AdministrativeUnit' && by === 'code' && on === '2025-06-30'
    return Promise.resolve(known && districts.some((one) => one.code === value) ? `${value}~2004-01-01` : undefined)
  },
}
const agency = mappedAgency(
  createTransportAgency(() => new Date('2025-06-30T01:00:00Z')),
  references,
)

/** The rows of each resource of a manifest. */
async function mapped(connector: string): Promise<Readonly<Record<string, readonly MappedRow[]>>> {
  const resources = await agency.read(connector)
  return Object.fromEntries(resources.map(({ name, rows }) => [name, rows]))
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
  const { routes, stops, trips, fares } = await mapped('bus-network')
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
  const { vehicles } = await mapped('bus-positions')
  expect(withProblems(vehicles)).toEqual([])
  const routes = all(vehicles, 'route')
  expect(routes.filter((route) => route !== null).length).toBeGreaterThanOrEqual(15)
  expect(routes.filter((route) => route === null)).toHaveLength(4)
  expect(shown(vehicles?.at(-1))).toMatchObject({ vehicle: 'DP-04', speed: '0', reportedAt: null, occupancy: 'EMPTY' })
  expect(new Set(all(vehicles, 'vehicle')).size).toBe(vehicles?.length)
})

test('the car parks are read over all pages, those with an unknown district are pointed at', async () => {
  const rows = (await mapped('car-parks'))['car-parks']
  expect(new Set(all(rows, 'code')).size).toBe(180)
  expect(withProblems(rows).map((row) => [plain(row.values['code']), row.problems[0]?.field])).toEqual([
    ['BX0088', 'district'],
    ['BX0164', 'district'],
  ])
  expect(all(rows, 'capacity').filter((capacity) => Number(capacity) < 0)).toEqual(['-20', '-1'])
  expect(all(rows, 'latitude').filter((latitude) => latitude === null).length).toBeGreaterThan(0)
})

test('the cameras are read by following links, those with a wrong day or district are pointed at', async () => {
  const { cameras } = await mapped('traffic-cameras')
  expect(new Set(all(cameras, 'code')).size).toBe(120)
  expect(withProblems(cameras).map((row) => [plain(row.values['code']), row.problems[0]?.field])).toEqual([
    ['CAM-023', 'installedOn'],
    ['CAM-071', 'district'],
  ])
  expect(new Set(all(cameras, 'status'))).toEqual(new Set(['ACTIVE', 'MAINTENANCE']))
})
