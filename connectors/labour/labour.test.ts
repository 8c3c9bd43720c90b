import { describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import { createLabourAgency } from '../../examples/agencies/labour/labour-agency.js'
import { agencyUnderTest } from '../../test/support/agency-under-test.js'

const rates = z.object({
  unemploymentRates: z.object({
    nodes: z.array(z.object({ year: z.number(), labourForce: z.number(), unemployed: z.number(), rate: z.number() })),
  }),
})

describe("the labour department's figures and lists", () => {
  const agency = agencyUnderTest(createLabourAgency, [
    ['employment-by-ownership', 462, []],
    ['employment-services', 36, ['licensedOn: tháng 3/2021']],
    ['merit-care-facilities', 2, []],
    ['overseas-employment-companies', 55, ['website: nhanluc34']],
    ['poor-households', 618, ['poor: rà soát lại', 'nearPoorRate: 104.5']],
    ['social-assistance-facilities', 30, ['capacity: -40']],
    ['social-assistance-recipients', 879, ['recipients: 1.2O5']],
    ['unemployment-rate', 307, ['rate: #DIV/0!']],
  ])

  test('a rate is its unemployed people by its labour force, in Windows-1258 years as in later ones', async () => {
    const {
      unemploymentRates: { nodes },
    } = await agency.ask(
      rates,
      `{ unemploymentRates(where: { year: { in: [2018, 2024] }, district: { code: { eq: "540" } } }, first: 100) { nodes { year labourForce unemployed rate } } }`,
    )
    expect(nodes).toHaveLength(8)
    for (const { labourForce, unemployed, rate } of nodes) expect(rate).toBeCloseTo((100 * unemployed) / labourForce, 1)
  })
})
