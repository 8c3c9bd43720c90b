import { describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import { createSocialInsuranceAgency } from '../../examples/agencies/social-insurance/social-insurance-agency.js'
import { agencyUnderTest } from '../../test/support/agency-under-test.js'

const figures = z.object({
  insured: z.object({ aggregate: z.object({ sum: z.object({ people: z.coerce.number() }) }) }),
  few: z.object({ totalCount: z.number() }),
})

describe('the figures of social insurance', () => {
  const agency = agencyUnderTest(createSocialInsuranceAgency, [
    ['social-insurance-beneficiaries', 3871, ['amount: -1250000']],
    ['social-insurance-contributors', 1934, ['people: #N/A', 'sex: N']],
    ['unemployment-beneficiaries', 1451, ['quarter: 5']],
  ])

  test('people in health insurance are most of the people of the province, and fewer than five are not told', async () => {
    const { insured, few } = await agency.ask(
      figures,
      `{
      insured: socialInsuranceStatistics(where: { year: { eq: 2024 }, quarter: { eq: Q4 }, measure: { eq: HEALTH_CONTRIBUTORS } }) {
        aggregate { sum { people } }
      }
      few: socialInsuranceStatistics(where: { people: { lt: 5 } }) { totalCount }
    }`,
    )
    expect(insured.aggregate.sum.people).toBeGreaterThan(1_200_000)
    expect(few.totalCount).toBe(0)
  })
})
