import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import { createLabourAgency } from '../../examples/agencies/labour/labour-agency.js'
import { harvestAgency, type HarvestedAgency } from '../../test/support/harvested-agency.js'

let harvested: HarvestedAgency
beforeAll(async () => {
  harvested = await harvestAgency(createLabourAgency())
})
afterAll(async () => {
  await harvested[Symbol.asyncDispose]()
})

const rates = z.object({
  unemploymentRates: z.object({
    nodes: z.array(z.object({ year: z.number(), labourForce: z.number(), unemployed: z.number(), rate: z.number() })),
  }),
})

const expected: readonly (readonly [connector: string, records: number, setAside: readonly string[]])[] = [
  ['employment-by-ownership', 462, []],
  ['employment-services', 36, ['licensedOn: tháng 3/2021']],
  ['merit-care-facilities', 2, []],
  ['overseas-employment-companies', 55, ['website: nhanluc34']],
  ['poor-households', 618, ['poor: rà soát lại', 'nearPoorRate: 104.5']],
  ['social-assistance-facilities', 30, ['capacity: -40']],
  ['social-assistance-recipients', 879, ['recipients: 1.2O5']],
  ['unemployment-rate', 307, ['rate: #DIV/0!']],
]

describe("the labour department's figures and lists", () => {
  test.each(expected)(
    '%s: %d records, and each slip set aside with its field and value',
    (connector, records, setAside) => {
      expect(harvested.reports.get(connector)).toEqual({ outcome: 'PUBLISHED', error: null, records, setAside })
    },
  )

  test('no connector is left out', () => {
    expect([...harvested.reports.keys()].sort()).toEqual(expected.map(([connector]) => connector).sort())
  })

  test('a rate is its unemployed people by its labour force, in Windows-1258 years as in later ones', async () => {
    const answer = await harvested.world.query(
      `{ unemploymentRates(where: { year: { in: [2018, 2024] }, district: { code: { eq: "540" } } }, first: 100) { nodes { year labourForce unemployed rate } } }`,
    )
    expect(answer.errors).toBeUndefined()
    const { nodes } = rates.parse(answer.data).unemploymentRates
    expect(nodes).toHaveLength(8)
    for (const { labourForce, unemployed, rate } of nodes) expect(rate).toBeCloseTo((100 * unemployed) / labourForce, 1)
  })
})
