import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createHealthOffice } from '../../examples/agencies/health-office/health-office.js'
import { harvestAgency, type HarvestedAgency } from '../../test/support/harvested-agency.js'

let harvested: HarvestedAgency
beforeAll(async () => {
  harvested = await harvestAgency(createHealthOffice(), 'health')
})
afterAll(async () => {
  await harvested[Symbol.asyncDispose]()
})

const expected: readonly (readonly [connector: string, records: number, setAside: readonly string[]])[] = [
  ['food-businesses-health', 1238, ['kind: Căng tin', 'commune: 2155']],
  ['food-laboratories', 32, ['tests: nhiều']],
  ['food-safety-certificates', 428, ['certifiedOn: 31/06/2024', 'kind: Sản xuất nhỏ']],
  ['health-insurance-visits', 3725, ['visits: n/a']],
  ['medical-service-prices', 1331, ['price: không thực hiện']],
  ['medicine-prices', 1217, ['price: -350', 'unit: Vỉ', 'VD-17778-21~DECLARED~2022-10-27']],
  ['medicines', 416, ['form: Viên sủi', 'registeredOn: 2023-02-29', 'VD-17778-21', 'shelfLife: -36']],
]

describe("the health department's lists and figures", () => {
  test.each(expected)(
    '%s: %d records, and each slip set aside with its field and value',
    (connector, records, setAside) => {
      expect(harvested.reports.get(connector)).toEqual({ outcome: 'PUBLISHED', error: null, records, setAside })
    },
  )

  test('no connector is left out', () => {
    expect([...harvested.reports.keys()].sort()).toEqual(expected.map(([connector]) => connector).sort())
  })
})
