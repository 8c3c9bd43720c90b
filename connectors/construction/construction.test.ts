import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createConstructionAgency } from '../../examples/agencies/construction/construction-agency.js'
import { harvestAgency, type HarvestedAgency } from '../../test/support/harvested-agency.js'

let harvested: HarvestedAgency
beforeAll(async () => {
  harvested = await harvestAgency(createConstructionAgency())
})
afterAll(async () => {
  await harvested[Symbol.asyncDispose]()
})

const expected: readonly (readonly [connector: string, records: number, setAside: readonly string[]])[] = [
  ['construction-labour-rates', 494, ['price: theo thỏa thuận']],
  ['construction-machinery-rates', 1429, ['price: -2640000']],
  ['construction-material-prices', 7762, ['price: -15200', 'price: liên hệ']],
  ['construction-permits', 636, ['issuedOn: 2022-02-30', 'district: 541', 'buildingArea: -350', 'workKind: Khác']],
  ['construction-price-index', 3779, ['index: #REF!']],
]

describe("the construction department's prices and permits", () => {
  test.each(expected)(
    '%s: %d records, and each slip set aside with its field and value',
    (connector, records, setAside) => {
      expect(harvested.reports.get(connector)).toEqual({ outcome: 'PUBLISHED', error: null, records, setAside })
    },
  )

  test('no connector is left out', () => {
    expect([...harvested.reports.keys()].sort()).toEqual(expected.map(([connector]) => connector).sort())
  })

  test('a price is found by its code, month and district, in dong', async () => {
    const answer = await harvested.world.query(
      `{ constructionPrices(where: { code: { eq: "V01.01" }, year: { eq: 2025 }, month: { eq: 6 }, district: { code: { eq: "540" } } }) {
        nodes { kind unit price district { name } } } }`,
    )
    expect(answer).toMatchObject({
      data: { constructionPrices: { nodes: [{ kind: 'MATERIAL', unit: 'KILOGRAM', price: '1750' }] } },
    })
  })
})
