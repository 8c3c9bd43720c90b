import { describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import { createEnvironmentAgency } from '../../examples/agencies/environment/environment-agency.js'
import { agencyUnderTest } from '../../test/support/agency-under-test.js'

const placed = z.object({
  mineralAreas: z.object({ nodes: z.array(z.object({ latitude: z.number(), longitude: z.number() })) }),
})
const linked = z.object({
  environmentalPermits: z.object({
    nodes: z.array(z.object({ impactDecision: z.object({ project: z.string() }).nullable(), facility: z.string() })),
  }),
})
const measured = z.object({
  monitoringStations: z.object({ nodes: z.array(z.object({ measurements: z.object({ totalCount: z.number() }) })) }),
})

describe("the environment department's monitoring, licences and land prices", () => {
  const agency = agencyUnderTest(createEnvironmentAgency, [
    ['agricultural-land-prices', 8679, ['price: như VT1']],
    ['air-quality', 2197, ['value: máy hỏng']],
    ['environment-reports', 63, ['pages: khoảng 80']],
    ['environmental-impact-decisions', 233, ['decidedOn: 30/02/2018', 'project: ', 'group: IV']],
    ['environmental-permits', 135, ['wastewaterFlow: theo hợp đồng', 'commune: 21999']],
    ['mineral-licences', 173, ['issuedOn: 31/09/2019', 'district: 541', 'reserves: 1.2 triệu']],
    ['mineral-planning-areas', 211, ['latitude: 595.120,50', 'longitude: 1.545.880,10', 'area: 12,5 + 3,1', 'ĐXD-001']],
    [
      'non-agricultural-land-prices',
      16915,
      ['price: 12.5', 'commune: 2155O', 'commune: 2155O', 'commune: 2155O', 'commune: 2155O'],
    ],
    ['soil-pollution-sites', 36, []],
    ['soil-quality', 1220, ['value: xem phụ lục']],
    ['water-capacity-and-discharges', 158, ['currentLoad: #REF!', 'designFlow: ~500', 'latitude: 138.2']],
    ['water-quality', 6184, ['value: -90', 'value: 1,2,5']],
    ['water-resource-licences', 265, ['flow: không xác định', 'validUntil: gia hạn', 'uses: tưới; cây cảnh']],
  ])

  test('metres of the plan become degrees inside the province', async () => {
    const { nodes } = (await agency.ask(placed, '{ mineralAreas(first: 300) { nodes { latitude longitude } } }'))
      .mineralAreas
    expect(nodes).toHaveLength(211)
    for (const { latitude, longitude } of nodes) {
      expect(Math.abs(latitude - 14.1)).toBeLessThan(0.7)
      expect(Math.abs(longitude - 109.05)).toBeLessThan(0.4)
    }
  })

  test('a permit leads to the decision on its project, a station to its measurements', async () => {
    const answer = await agency.world.query(
      `{ environmentalPermits(first: 200) { nodes { facility impactDecision { project } } }
         monitoringStations(dataset: "soil-quality", first: 50) { nodes { measurements { totalCount } } } }`,
    )
    expect(answer.errors).toBeUndefined()
    const permits = linked
      .parse(answer.data)
      .environmentalPermits.nodes.filter((permit) => permit.impactDecision !== null)
    expect(permits.length).toBeGreaterThan(90)
    expect(permits.every(({ facility, impactDecision }) => impactDecision?.project === facility)).toBe(true)
    const counts = measured
      .parse(answer.data)
      .monitoringStations.nodes.map(({ measurements }) => measurements.totalCount)
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(33 * 4 * 9 - 1)
  })
})
