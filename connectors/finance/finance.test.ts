import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import { createFinanceAgency } from '../../examples/agencies/finance/finance-agency.js'
import { harvestAgency, type HarvestedAgency } from '../../test/support/harvested-agency.js'

let harvested: HarvestedAgency
beforeAll(async () => {
  harvested = await harvestAgency(createFinanceAgency())
}, 120_000)
afterAll(async () => {
  await harvested[Symbol.asyncDispose]()
})

const projects = z.object({
  publicInvestmentProjects: z.object({
    nodes: z.array(z.object({ districts: z.object({ nodes: z.array(z.object({ code: z.string() })) }) })),
  }),
})
const funds = z.object({ capitalMarketEntity: z.object({ funds: z.object({ totalCount: z.number() }) }) })

const expected: readonly (readonly [connector: string, records: number, setAside: readonly string[]])[] = [
  ['auction-organisation-notices', 308, ['startingPrice: theo lô', 'asset: ']],
  ['customs-agents', 45, ['enterprise: 41000x2211', 'taxCode: 41000x2211']],
  ['deposit-rates', 16198, ['rate: thỏa thuận', 'rate: 49']],
  ['local-budget-disclosure', 2305, ['publishedOn: 20/13/2021', 'amount: #VALUE!', 'place: 541']],
  ['public-asset-procurement', 538, ['estimate: 1,2 tỷ', 'awardedOn: trong quý II']],
  ['public-companies-and-funds', 70, ['charterCapital: 45 tỷ']],
  ['public-investment-projects', 857, ['code: 76-0066', 'group: D', 'decidedOn: 2021-11-31']],
  ['state-budget', 209, ['amount: chưa đối chiếu']],
]

describe("the finance department's projects, budgets, rates and notices", () => {
  test.each(expected)(
    '%s: %d records, and each slip set aside with its field and value',
    (connector, records, setAside) => {
      expect(harvested.reports.get(connector)).toEqual({ outcome: 'PUBLISHED', error: null, records, setAside })
    },
  )

  test('no connector is left out', () => {
    expect([...harvested.reports.keys()].sort()).toEqual(expected.map(([connector]) => connector).sort())
  })

  test('a project leads to all its districts, a fund manager to its funds', async () => {
    const answer = await harvested.world.query(
      `{ publicInvestmentProjects(where: { districts: { some: { code: { eq: "540" } } } }, first: 200) {
           nodes { districts { nodes { code } } } }
         capitalMarketEntity(key: "VCBF", dataset: "public-companies-and-funds") { funds { totalCount } } }`,
    )
    expect(answer.errors).toBeUndefined()
    const { nodes } = projects.parse(answer.data).publicInvestmentProjects
    expect(nodes.length).toBeGreaterThan(60)
    expect(nodes.every(({ districts }) => districts.nodes.some(({ code }) => code === '540'))).toBe(true)
    expect(nodes.some(({ districts }) => districts.nodes.length === 2)).toBe(true)
    expect(funds.parse(answer.data).capitalMarketEntity.funds.totalCount).toBe(2)
  })
})
