import { describe, expect, test } from '@jest/globals'
import {
  enterpriseAt,
  enterpriseCount,
  numbersChangedFrom,
} from '../../examples/agencies/planning-investment/enterprises.js'
import { createPlanningInvestmentAgency } from '../../examples/agencies/planning-investment/planning-investment-agency.js'
import { agencyUnderTest } from '../../test/support/agency-under-test.js'

describe("the planning department's registers", () => {
  const agency = agencyUnderTest(createPlanningInvestmentAgency, [
    ['cooperative-unions-and-credit-funds', 32, ['charterCapital: -3000000000']],
    ['cooperatives', 320, ['members: chưa báo cáo', 'registeredOn: 31/09/2016', 'registrationNumber: ']],
    [
      'enterprises',
      6235,
      ['taxCode: 41-00', 'charterCapital: -500000000', 'registeredOn: 2016-02-30', 'district: 541', 'industry: G46'],
    ],
    ['population', 994, ['population: 8.12x', 'unit: 99999']],
  ])

  test('an enterprise of the register is found by its tax code, with its place, capital and industry', async () => {
    const first = enterpriseAt(0)
    const answer = await agency.world.query(
      `query($code: String!) {
        enterprises(where: { taxCode: { eq: $code } }) { nodes { name charterCapital industry district { code } } }
      }`,
      { code: first.taxCode },
    )
    expect(answer).toMatchObject({
      data: {
        enterprises: {
          nodes: [
            {
              name: first.name,
              charterCapital: String(first.charterCapital),
              industry: first.industry.code,
              district: { code: first.place.district.code },
            },
          ],
        },
      },
    })
  })

  test('of the register of enterprises only what changed is read again', async () => {
    const { gateway, database } = agency.world
    const { rows } = await database.pool.query<{ id: number }>(
      `select id from gateway.connector where code = 'enterprises'`,
    )
    const [connector] = rows
    const lately = numbersChangedFrom('2025-06-29').length
    expect(lately).toBeGreaterThan(0)
    expect(lately).toBeLessThan(enterpriseCount / 20)
    expect(await gateway.harvest.run(connector?.id ?? 0, 'schedule')).toMatchObject({ outcome: 'UNCHANGED' })
    const runs = await database.pool.query(
      'select read, incremental from gateway.run where connector_id = $1 order by id',
      [connector?.id],
    )
    expect(runs.rows).toEqual([
      { read: enterpriseCount, incremental: false },
      { read: lately, incremental: true },
    ])
  })

  test('every tax code of the sample has its check digit', () => {
    const weights = [31, 29, 23, 19, 17, 13, 7, 5, 3]
    const codes = Array.from({ length: enterpriseCount }, (_, index) => enterpriseAt(index).taxCode)
    expect(new Set(codes).size).toBe(enterpriseCount)
    for (const code of codes) {
      const sum = weights.reduce((total, weight, at) => total + weight * Number(code.charAt(at)), 0)
      expect(Number(code.charAt(9))).toBe(10 - (sum % 11))
    }
  })
})
