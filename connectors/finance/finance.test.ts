import { describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import { createFinanceAgency } from '../../examples/agencies/finance/finance-agency.js'
import { agencyUnderTest } from '../../test/support/agency-under-test.js'

const projects = z.object({
  publicInvestmentProjects: z.object({
    nodes: z.array(z.object({ districts: z.object({ nodes: z.array(z.object({ code: z.string() })) }) })),
  }),
  capitalMarketEntity: z.object({ funds: z.object({ totalCount: z.number() }) }),
})

describe("the finance department's projects, budgets, rates and notices", () => {
  const agency = agencyUnderTest(createFinanceAgency, [
    ['auction-organisation-notices', 308, ['startingPrice: theo lô', 'asset: ']],
    ['customs-agents', 45, ['enterprise: 41000x2211', 'taxCode: 41000x2211']],
    ['deposit-rates', 16198, ['rate: thỏa thuận', 'rate: 49']],
    ['local-budget-disclosure', 2361, ['publishedOn: 20/13/2021', 'amount: #VALUE!', 'place: 541']],
    ['public-asset-procurement', 538, ['estimate: 1,2 tỷ', 'awardedOn: trong quý II']],
    ['public-companies-and-funds', 70, ['charterCapital: 45 tỷ']],
    ['public-investment-projects', 857, ['code: 76-0066', 'group: D', 'decidedOn: 2021-11-31']],
    ['state-budget', 229, ['amount: chưa đối chiếu']],
  ])

  test('a budget is disclosed when its period is over, and nothing is yet to come', async () => {
    const { early, late } = await agency.ask(
      z.object({ early: z.object({ totalCount: z.number() }), late: z.object({ totalCount: z.number() }) }),
      `{ early: budgetDisclosures(where: { fiscalYear: { eq: 2024 }, stage: { eq: EXECUTION }, publishedOn: { lt: "2024-04-01" } }) { totalCount }
         late: budgetDisclosures(where: { publishedOn: { gt: "2025-06-30" } }) { totalCount } }`,
    )
    expect([early.totalCount, late.totalCount]).toEqual([0, 0])
  })

  test('a project leads to all its districts, a fund manager to its funds', async () => {
    const {
      publicInvestmentProjects: { nodes },
      capitalMarketEntity,
    } = await agency.ask(
      projects,
      `{ publicInvestmentProjects(where: { districts: { some: { code: { eq: "540" } } } }, first: 200) {
           nodes { districts { nodes { code } } } }
         capitalMarketEntity(key: "VCBF", dataset: "public-companies-and-funds") { funds { totalCount } } }`,
    )
    expect(nodes.length).toBeGreaterThan(60)
    expect(nodes.every(({ districts }) => districts.nodes.some(({ code }) => code === '540'))).toBe(true)
    expect(nodes.some(({ districts }) => districts.nodes.length === 2)).toBe(true)
    expect(capitalMarketEntity.funds.totalCount).toBe(2)
  })
})
