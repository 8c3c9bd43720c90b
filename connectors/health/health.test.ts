import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { districts } from '../../examples/agencies/health/districts.js'
import { createHealthAgency } from '../../examples/agencies/health/health-agency.js'
import { collected } from '../../test/support/source-server.js'
import { loadDrivers, type Drivers } from '../../src/connectors/drivers.js'
import { parseManifest } from '../../src/connectors/manifest/parse-manifest.js'
import type { MappedRow } from '../../src/connectors/mapping/mapped-row.js'
import { mapResource, mapRows, type MappingContext } from '../../src/connectors/mapping/map-resource.js'
import { withEndpoints } from '../../src/connectors/outbound/endpoint-resolver.js'
import { createOutbound } from '../../src/connectors/outbound/outbound.js'
import { createSource } from '../../src/connectors/outbound/source.js'
import { loadRecordTypes } from '../../src/records/schema/load-record-types.js'
import type { RecordTypes } from '../../src/records/schema/record-type.js'
import { SourceNumber, type SourceRow } from '../drivers/driver.js'

const root = join(import.meta.dirname, '..', '..')
const agency = createHealthAgency(() => new Date('2025-06-30T02:00:00Z'))
const outbound = createOutbound()
let running: Awaited<ReturnType<typeof agency.listen>>
let drivers: Drivers
let types: RecordTypes

beforeAll(async () => {
  running = await agency.listen(0)
  outbound.allow(running.url)
  drivers = await loadDrivers()
  types = await loadRecordTypes(join(root, 'schema'))
})
afterAll(async () => {
  await outbound[Symbol.asyncDispose]()
  await running.close()
})

/** The manifest's only resource, read from the sample agency and mapped; by `keys` when it is a lookup. */
async function harvest(connector: string, keys?: readonly string[]): Promise<MappedRow[]> {
  const file = join(import.meta.dirname, `${connector}.yaml`)
  const manifest = parseManifest(await readFile(file, 'utf8'), drivers, file)
  const driver = drivers.get(manifest.driver)
  const [resource] = manifest.resources
  const recordType = types.types.get(resource?.recordType ?? '')
  if (driver === undefined || resource === undefined || recordType === undefined)
    throw new Error(`${file} is incomplete`)
  const endpoints: MappingContext['endpoints'] = { sample: () => running.url, file: () => Promise.resolve(undefined) }
  const context: MappingContext = {
    recordType,
    dataset: manifest.dataset,
    endpoints,
    references: {
      resolve: ({ value }) =>
        Promise.resolve(districts.some(({ code }) => code === value) ? `${value}~key` : undefined),
    },
    today: '2025-07-01',
    timeOffset: '+07:00',
  }
  await using source = createSource<unknown>({
    outbound,
    options: driver.options.parse(withEndpoints(manifest.options, endpoints)),
    resolver: endpoints,
    signal: new AbortController().signal,
  })
  await driver.check(source)
  if (keys === undefined) return await collected(mapResource(resource, manifest.options, driver, source, context))
  const found = await driver.lookup?.(source, driver.selection.parse(resource.selection), keys)
  return await collected(mapRows(streamed([...(found?.values() ?? [])]), resource, context))
}

async function* streamed(rows: readonly SourceRow[]): AsyncGenerator<SourceRow> {
  await Promise.resolve()
  yield* rows
}

const text = (row: MappedRow | undefined, field: string) => {
  const value = row?.values[field]
  return value instanceof SourceNumber ? value.text : typeof value === 'string' ? value : ''
}
const filled = (rows: readonly MappedRow[], field: string) =>
  rows.filter(({ values }) => values[field] !== null && values[field] !== undefined).length

describe('the health department', () => {
  test('has its facilities with beds, kind, district and coordinates', async () => {
    const rows = await harvest('health-facilities')
    expect(rows).toHaveLength(189)
    expect(rows.flatMap(({ problems }) => problems)).toEqual([])
    expect(rows[0]?.values).toMatchObject({
      code: '52001',
      name: 'Bệnh viện Đa khoa tỉnh Bình Định',
      kind: 'HOSPITAL',
      ownership: 'PUBLIC',
      district: '540~key',
      phone: '0256 3684 012',
    })
    expect(text(rows[0], 'beds')).toBe('1200')
    expect(filled(rows, 'district')).toBe(189)
    expect(filled(rows, 'beds')).toBe(30)
    expect(filled(rows, 'latitude')).toBe(179)
    expect(filled(rows, 'longitude')).toBe(179)
    // The names that were typed on another system come out composed like the others.
    expect(rows.every((row) => text(row, 'name') === text(row, 'name').normalize('NFC'))).toBe(true)
    expect(new Set(rows.map(({ values }) => values['kind']))).toEqual(
      new Set(['HOSPITAL', 'SPECIALISED_HOSPITAL', 'HEALTH_CENTRE', 'POLYCLINIC', 'COMMUNE_HEALTH_STATION']),
    )
  })

  test('has its pharmacies; a licence without a day is a problem of its row only', async () => {
    const rows = await harvest('pharmacies')
    const problems = rows.flatMap((row) => row.problems)
    expect(rows.length).toBeGreaterThan(890)
    expect(problems.map(({ field }) => field)).toEqual(['licensedOn', 'licensedOn', 'licensedOn', 'licensedOn'])
    expect(rows[0]?.values).toMatchObject({ code: 'D52-0001', kind: 'PHARMACY', district: '540~key' })
    expect(text(rows[0], 'licenceNumber')).toMatch(/^\d+\/ĐKKDD-BĐ$/)
    expect(filled(rows, 'district')).toBe(rows.length)
    expect(new Set(rows.map(({ values }) => values['kind'])).size).toBe(4)
  })

  test('has its vaccination sites', async () => {
    const rows = await harvest('vaccination-sites')
    expect(rows).toHaveLength(180)
    expect(rows.flatMap(({ problems }) => problems)).toEqual([])
    expect(filled(rows, 'district')).toBe(180)
    expect(filled(rows, 'licenceNumber')).toBe(180)
    expect(new Set(rows.map(({ values }) => values['programme']))).toEqual(new Set(['NATIONAL', 'PAID', 'BOTH']))
  })

  test('tells the free beds of given facilities in one request, and nothing of those it does not know', async () => {
    const before = agency.requests.beds + 1 // the check's
    const rows = await harvest('bed-availability', ['52001', '52012', '52190', '52002', 'unknown'])
    expect(agency.requests.beds).toBe(before + 1)
    expect(rows.map(({ values }) => values['facility'])).toEqual(['52001', '52002'])
    expect(rows.flatMap(({ problems }) => problems)).toEqual([])
    expect(text(rows[0], 'reportedAt')).toMatch(/^2025-06-30T01:5/)
  })
})
