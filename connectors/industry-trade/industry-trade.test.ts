import { describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import { createIndustryTradeAgency } from '../../examples/agencies/industry-trade/industry-trade-agency.js'
import { agencyUnderTest } from '../../test/support/agency-under-test.js'

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

describe('the lists and figures of industry and trade', () => {
  const agency = agencyUnderTest(createIndustryTradeAgency, [
    ['e-commerce-platform-licences', 25, ['website: đang cập nhật']],
    ['exports-and-imports', 3279, ['value: 1,234,5', 'EXPORT~2024~1~RICE~XX']],
    ['food-businesses-industry-trade', 315, ['certifiedOn: 29/02/2023', 'kind: SX nhỏ lẻ', 'commune: 2155']],
    ['industrial-clusters', 62, ['occupancy: 104.2']],
    ['markets', 160, ['stalls: khoảng 120', 'grade: chưa xếp', 'latitude: 1377.5']],
    ['rural-industrial-products', 212, ['selectionYear: 20210', 'name: ']],
    ['supermarkets-and-malls', 34, []],
  ])

  test('exports have a value for each year, those of 2025 preliminary', async () => {
    const {
      tradeStatistics: { groupBy },
    } = await agency.ask(
      years,
      `{
      tradeStatistics(where: { flow: { eq: EXPORT } }) {
        groupBy(by: [{ field: YEAR }, { field: PRELIMINARY }]) { key { year preliminary } sum { value } }
      }
    }`,
    )
    const keys = groupBy.map(({ key }) => `${key.year} ${key.preliminary ? 'preliminary' : 'final'}`)
    expect(keys.sort()).toEqual(['2022 final', '2023 final', '2024 final', '2025 preliminary'])
    for (const { sum } of groupBy) expect(Number(sum.value)).toBeGreaterThan(500_000)
  })
})
