import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import { createSocialInsuranceAgency } from '../../examples/agencies/social-insurance/social-insurance-agency.js'
import { harvestAgency, type HarvestedAgency } from '../../test/support/harvested-agency.js'

let harvested: HarvestedAgency
beforeAll(async () => {
  harvested = await harvestAgency(createSocialInsuranceAgency())
})
afterAll(async () => {
  await harvested[Symbol.asyncDispose]()
})

const figures = z.object({
  insured: z.object({ aggregate: z.object({ sum: z.object({ people: z.coerce.number() }) }) }),
  few: z.object({ totalCount: z.number() }),
})

const expected: readonly (readonly [connector: string, records: number, setAside: readonly string[]])[] = [
  ['social-insurance-beneficiaries', 3871, ['amount: -1250000']],
  ['social-insurance-contributors', 1934, ['people: #N/A', 'sex: N']],
  ['unemployment-beneficiaries', 1451, ['quarter: 5']],
]

describe('the figures of social insurance', () => {
  test.each(expected)(
    '%s: %d records, and each slip set aside with its field and value',
    (connector, records, setAside) => {
      expect(harvested.reports.get(connector)).toEqual({ outcome: 'PUBLISHED', error: null, records, setAside })
    },
  )

  test('no connector is left out', () => {
    expect([...harvested.reports.keys()].sort()).toEqual(expected.map(([connector]) => connector).sort())
  })

  test('people in health insurance are most of the people of the province, and fewer than five are not told', async () => {
    const answer = await harvested.world.query(`{
      insured: socialInsuranceStatistics(where: { year: { eq: 2024 }, quarter: { eq: 4 }, measure: { eq: HEALTH_CONTRIBUTORS } }) {
        aggregate { sum { people } }
      }
      few: socialInsuranceStatistics(where: { people: { lt: 5 } }) { totalCount }
    }`)
    expect(answer.errors).toBeUndefined()
    const { insured, few } = figures.parse(answer.data)
    expect(insured.aggregate.sum.people).toBeGreaterThan(1_200_000)
    expect(few.totalCount).toBe(0)
  })
})
