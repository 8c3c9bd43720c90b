import { describe, expect, test } from '@jest/globals'
import { districts } from '../../examples/agencies/health/districts.js'
import { createHealthAgency } from '../../examples/agencies/health/health-agency.js'
import type { MappedRow } from '../../src/connectors/mapping/mapped-row.js'
import { mappedAgency } from '../../test/support/mapped-agency.js'
import { SourceNumber } from '../drivers/driver.js'

const sample = createHealthAgency(() => new Date('2025-06-30T02:00:00Z'))
const agency = mappedAgency(sample, {
  resolve: ({ value }) => Promise.resolve(districts.some(({ code }) => code === value) ? `${value}~key` : undefined),
})

/** Of the manifest's only resource; by `keys` when it is a lookup. */
async function mapped(connector: string, keys?: readonly string[]): Promise<readonly MappedRow[]> {
  const [resource] = await agency.read(connector, keys)
  return resource?.rows ?? []
}

const text = (row: MappedRow | undefined, field: string) => {
  const value = row?.values[field]
  return value instanceof SourceNumber ? value.text : typeof value === 'string' ? value : ''
}
const filled = (rows: readonly MappedRow[], field: string) =>
  rows.filter(({ values }) => values[field] !== null && values[field] !== undefined).length

describe('the health department', () => {
  test('has its facilities with beds, kind, district and coordinates', async () => {
    const rows = await mapped('health-facilities')
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
    const rows = await mapped('pharmacies')
    const problems = rows.flatMap((row) => row.problems)
    expect(rows.length).toBeGreaterThan(890)
    expect(problems.map(({ field }) => field)).toEqual(['licensedOn', 'licensedOn', 'licensedOn', 'licensedOn'])
    expect(rows[0]?.values).toMatchObject({ code: 'D52-0001', kind: 'PHARMACY', district: '540~key' })
    expect(text(rows[0], 'licenceNumber')).toMatch(/^\d+\/ĐKKDD-BĐ$/)
    expect(filled(rows, 'district')).toBe(rows.length)
    expect(new Set(rows.map(({ values }) => values['kind'])).size).toBe(4)
  })

  test('has its vaccination sites', async () => {
    const rows = await mapped('vaccination-sites')
    expect(rows).toHaveLength(180)
    expect(rows.flatMap(({ problems }) => problems)).toEqual([])
    expect(filled(rows, 'district')).toBe(180)
    expect(filled(rows, 'licenceNumber')).toBe(180)
    expect(new Set(rows.map(({ values }) => values['programme']))).toEqual(new Set(['NATIONAL', 'PAID', 'BOTH']))
  })

  test('tells the free beds of given facilities in one request, and nothing of those it does not know', async () => {
    const before = sample.requests.beds
    const rows = await mapped('bed-availability', ['52001', '52012', '52190', '52002', 'unknown'])
    expect(sample.requests.beds).toBe(before + 1)
    expect(rows.map(({ values }) => values['facility'])).toEqual(['52001', '52002'])
    expect(rows.flatMap(({ problems }) => problems)).toEqual([])
    expect(text(rows[0], 'reportedAt')).toMatch(/^2025-06-30T01:5/)
  })
})
