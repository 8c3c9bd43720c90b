import { peopleOf } from '../office/district-people.js'
import { withLastLine } from '../office/last-line.js'
import { districts } from '../office/places.js'
import { csvRows, dotted, withSlips, type Row } from '../office/rows.js'
import { seededRandom } from '../seeded-random.js'

export const insuranceYears = [2020, 2021, 2022, 2023, 2024, 2025] as const
export type InsuranceYear = (typeof insuranceYears)[number]

interface Measure {
  readonly name: string
  /** Share of the district's people. */
  readonly share: number
  /** Of those, women. */
  readonly women: number
  /** VND for a person in a quarter. */
  readonly amount: number
  /** Growth in a year. */
  readonly growth: number
}

const contributors: readonly Measure[] = [
  { name: 'BHXH bắt buộc', share: 0.078, women: 0.52, amount: 4_600_000, growth: 0.035 },
  { name: 'BHXH tự nguyện', share: 0.011, women: 0.64, amount: 640_000, growth: 0.12 },
  { name: 'BHYT', share: 0.91, women: 0.51, amount: 330_000, growth: 0.012 },
  { name: 'BHTN', share: 0.069, women: 0.53, amount: 360_000, growth: 0.035 },
]
const beneficiaries: readonly Measure[] = [
  { name: 'Hưu trí', share: 0.019, women: 0.55, amount: 16_200_000, growth: 0.02 },
  { name: 'Mất sức lao động', share: 0.0009, women: 0.45, amount: 7_800_000, growth: -0.05 },
  { name: 'TNLĐ-BNN', share: 0.0006, women: 0.25, amount: 3_300_000, growth: 0.02 },
  { name: 'Tuất hằng tháng', share: 0.0019, women: 0.71, amount: 3_600_000, growth: 0.01 },
  { name: 'BHXH một lần', share: 0.0021, women: 0.58, amount: 38_000_000, growth: 0.05 },
  { name: 'Ốm đau', share: 0.007, women: 0.66, amount: 1_100_000, growth: 0.04 },
  { name: 'Thai sản', share: 0.0023, women: 0.86, amount: 24_000_000, growth: 0.01 },
  { name: 'Dưỡng sức', share: 0.0007, women: 0.8, amount: 1_900_000, growth: 0.01 },
]
const unemployment: readonly Measure[] = [
  { name: 'Trợ cấp thất nghiệp', share: 0.0024, women: 0.57, amount: 10_400_000, growth: 0.04 },
  { name: 'Hỗ trợ học nghề', share: 0.00007, women: 0.5, amount: 4_100_000, growth: 0.02 },
  { name: 'Tư vấn việc làm', share: 0.0036, women: 0.56, amount: 0, growth: 0.05 },
]

/** Town people are insured more often than people of the country and the mountains. */
function coverage(districtCode: string, measure: Measure): number {
  if (measure.share > 0.5) return 1
  if (districtCode === '540') return 1.9
  return ['542', '546', '551'].includes(districtCode) ? 0.6 : 0.8
}

function rowsOf(year: InsuranceYear, measures: readonly Measure[]): Row[] {
  // Of the reference year two quarters are over.
  const quarters = year === 2025 ? [1, 2] : [1, 2, 3, 4]
  return quarters.flatMap((quarter) =>
    districts.flatMap((district) =>
      measures.flatMap((measure) =>
        (['Nam', 'Nữ'] as const).map((sex): Row => {
          const random = seededRandom(`insurance ${year} ${quarter} ${district.code} ${measure.name} ${sex}`)
          const ofSex = sex === 'Nữ' ? measure.women : 1 - measure.women
          const grown = (1 + measure.growth) ** (year - 2020)
          const expected = peopleOf(district.code) * measure.share * ofSex * coverage(district.code, measure) * grown
          const people = Math.round(expected * (0.97 + random.next() * 0.06))
          // Fewer than five people could be known by name, so the office gives no number.
          const isTooFew = people < 5
          return {
            Quý: quarter,
            'Mã huyện': district.code,
            'Huyện, thị xã, thành phố': district.name,
            'Chỉ tiêu': measure.name,
            'Giới tính': sex,
            'Số người': isTooFew ? null : dotted(people),
            'Số tiền (đồng)':
              isTooFew || measure.amount === 0 ? null : dotted(Math.round((people * measure.amount) / 1000) * 1000),
          }
        }),
      ),
    ),
  )
}

export function contributorRows(year: InsuranceYear): Row[] {
  const slips = year === 2023 ? { 45: { 'Số người': '#N/A' }, 120: { 'Giới tính': 'N' } } : {}
  return withSlips(rowsOf(year, contributors), slips)
}

export function beneficiaryLines(year: InsuranceYear): string[][] {
  const slips = year === 2022 ? { 300: { 'Số tiền (đồng)': '-1.250.000' } } : {}
  return withLastLine(csvRows(withSlips(rowsOf(year, beneficiaries), slips)), '', 'Toàn tỉnh')
}

export function unemploymentRows(year: InsuranceYear): Row[] {
  const slips = year === 2021 ? { 60: { Quý: 5 } } : {}
  return withSlips(rowsOf(year, unemployment), slips)
}
