import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import { createIndustryTradeAgency } from '../../examples/agencies/industry-trade/industry-trade-agency.js'
import { harvestAgency, type HarvestedAgency } from '../../test/support/harvested-agency.js'

let harvested: HarvestedAgency
beforeAll(async () => {
  harvested = await harvestAgency(createIndustryTradeAgency())
})
afterAll(async () => {
  await harvested[Symbol.asyncDispose]()
})

const years = z.object({
  tradeStatistics: z.object({
    groupBy: z.array(
      z.object({
        key: z.object({ year: z.number(), preliminary: z.boolean() }),
        sum: z.object({ value: z.string() }),
      }),
    ),
  }),
})

const expected: readonly (readonly [connector: string, records: number, setAside: readonly string[]])[] = [
  ['e-commerce-platform-licences', 25, ['website: đang cập nhật']],
  ['exports-and-imports', 3279, ['value: 1,234,5', 'EXPORT~2024~1~RICE~XX']],
  ['food-businesses-industry-trade', 315, ['certifiedOn: 29/02/2023', 'kind: SX nhỏ lẻ', 'commune: 2155']],
  ['industrial-clusters', 62, ['occupancy: 104.2']],
  ['markets', 160, ['stalls: khoảng 120', 'grade: chưa xếp', 'latitude: 1377.5']],
  ['rural-industrial-products', 212, ['selectionYear: 20210', 'name: ']],
  ['supermarkets-and-malls', 34, []],
]

describe('the lists and figures of industry and trade', () => {
  test.each(expected)(
    '%s: %d records, and each slip set aside with its field and value',
    (connector, records, setAside) => {
      expect(harvested.reports.get(connector)).toEqual({ outcome: 'PUBLISHED', error: null, records, setAside })
    },
  )

  test('no connector is left out', () => {
    expect([...harvested.reports.keys()].sort()).toEqual(expected.map(([connector]) => connector).sort())
  })

  test('exports have a value for each year, those of 2025 preliminary', async () => {
    const answer = await harvested.world.query(`{
      tradeStatistics(where: { flow: { eq: EXPORT } }) {
        groupBy(by: [{ field: YEAR }, { field: PRELIMINARY }]) { key { year preliminary } sum { value } }
      }
    }`)
    expect(answer.errors).toBeUndefined()
    const { groupBy } = years.parse(answer.data).tradeStatistics
    const keys = groupBy.map(({ key }) => `${key.year} ${key.preliminary ? 'preliminary' : 'final'}`)
    expect(keys.sort()).toEqual(['2022 final', '2023 final', '2024 final', '2025 preliminary'])
    for (const { sum } of groupBy) expect(Number(sum.value)).toBeGreaterThan(500_000)
  })
})
