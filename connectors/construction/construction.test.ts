import { describe, expect, test } from '@jest/globals'
import { createConstructionAgency } from '../../examples/agencies/construction/construction-agency.js'
import { agencyUnderTest } from '../../test/support/agency-under-test.js'

describe("the construction department's prices, permits and amenities", () => {
  const agency = agencyUnderTest(createConstructionAgency, [
    ['construction-labour-rates', 494, ['price: theo thỏa thuận']],
    ['construction-machinery-rates', 1429, ['price: -2640000']],
    ['construction-material-prices', 7762, ['price: -15200', 'price: liên hệ']],
    ['construction-permits', 636, ['issuedOn: 2022-02-30', 'district: 541', 'buildingArea: -350', 'workKind: Khác']],
    ['construction-price-index', 3779, ['index: #REF!']],
    ['public-amenities', 549, ['area: 120x65', 'fee: -2000', 'kind: Nhà văn hóa', 'commune: 99999']],
  ])

  test('a price is found by its code, month and district, in dong', async () => {
    const answer = await agency.world.query(
      `{ constructionPrices(where: { code: { eq: "V01.01" }, year: { eq: 2025 }, month: { eq: 6 }, district: { code: { eq: "540" } } }) {
        nodes { kind unit price district { name } } } }`,
    )
    expect(answer).toMatchObject({
      data: { constructionPrices: { nodes: [{ kind: 'MATERIAL', unit: 'KILOGRAM', price: '1750' }] } },
    })
  })
})
