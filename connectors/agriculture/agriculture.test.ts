import { describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import { createAgricultureAgency } from '../../examples/agencies/agriculture/agriculture-agency.js'
import { agencyUnderTest } from '../../test/support/agency-under-test.js'

const crops = z.object({
  cropStatistics: z.object({
    nodes: z.array(
      z.object({ harvestedArea: z.string(), yield: z.string(), output: z.string(), preliminary: z.boolean() }),
    ),
  }),
})
const certificates = z.object({
  agriculturalCertificates: z.object({ nodes: z.array(z.object({ farm: z.object({ code: z.string() }).nullable() })) }),
})

describe("the agriculture department's lists and figures", () => {
  const agency = agencyUnderTest(createAgricultureAgency, [
    ['agricultural-output', 1285, ['result: đang tổng hợp', 'district: 541']],
    ['animal-feed-producers', 23, ['issuedOn: 29/02/2023']],
    ['animal-feed-products', 378, ['crudeProtein: ≥ 18', 'species: Heo']],
    ['aquaculture-farms', 288, ['waterArea: 2ha', 'species: Tôm thẻ']],
    ['crop-production', 1538, ['yield: 62.5 tạ', 'crop: Lúa nước']],
    ['fertiliser-businesses', 279, ['issuedOn: 29/02/2023']],
    ['fishery-resources', 162, []],
    ['fishing-quotas', 280, []],
    ['food-businesses-agriculture', 518, ['certifiedOn: 31/04/2024', 'district: 541']],
    ['forest-inventory', 2034, ['area: #N/A']],
    ['large-livestock-farms', 45, ['issuedOn: 29/02/2023']],
    ['livestock-breeds-and-feed', 30, []],
    ['livestock-demand', 792, []],
    ['livestock-farms-and-market', 368, ['heads: hơn 2.000', 'longitude: 13.99']],
    ['livestock-prices', 629, ['price: 58.000 - 60.000']],
    ['livestock-production', 1186, ['herd: -', 'liveWeight: #REF!']],
    ['marine-protected-areas', 6, []],
    ['pesticide-businesses', 319, ['issuedOn: 29/02/2023']],
    ['plant-variety-protection', 83, ['appliedOn: năm 2016']],
    ['production-forests', 175, ['volume: chưa đo']],
    ['protection-forests', 120, ['volume: chưa đo']],
    ['recommended-crop-inputs', 159, ['preHarvestInterval: 7-10']],
    ['soil-nutrients', 638, ['ph: 45', 'cationExchange: < LOD']],
    ['special-use-forests', 20, []],
    ['water-shortage-and-salinity', 1109, ['value: ngưng đo', 'waterLevel: mất số liệu']],
  ])

  test('an output is its area by its yield, in Windows-1258 years as in later ones', async () => {
    const {
      cropStatistics: { nodes },
    } = await agency.ask(
      crops,
      `{ cropStatistics(where: { year: { in: [2020, 2024] }, district: { code: { eq: "549" } } }, first: 100) {
           nodes { harvestedArea yield output preliminary } } }`,
    )
    expect(nodes).toHaveLength(2 * 28)
    expect(nodes.filter(({ preliminary }) => preliminary)).toHaveLength(28)
    for (const row of nodes)
      expect(Number(row.output)).toBeCloseTo((Number(row.harvestedArea) * Number(row.yield)) / 10, 0)
  })

  test('a certificate for a large farm leads to the farm', async () => {
    const {
      agriculturalCertificates: { nodes },
    } = await agency.ask(
      certificates,
      '{ agriculturalCertificates(dataset: "large-livestock-farms", first: 100) { nodes { farm { code } } } }',
    )
    expect(nodes.filter(({ farm }) => farm !== null).length).toBeGreaterThan(40)
  })
})
