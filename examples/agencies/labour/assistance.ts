import { peopleOf } from '../office/district-people.js'
import { districts } from '../office/places.js'
import { comma, dotted, rounded, withSlips, type Row } from '../office/rows.js'
import { publishedCount } from '../office/small-counts.js'
import { seededRandom } from '../seeded-random.js'

export const povertyYears = [2021, 2022, 2023, 2024] as const
export type PovertyYear = (typeof povertyYears)[number]

/** Percent of households in 2021, by district code; it falls by a sixth each year. */
const povertyIn2021: Readonly<Record<string, number>> = { '542': 41, '546': 38, '551': 36, '544': 8.5, '547': 5.5 }
const mountains = ['542', '546', '551']

/** The yearly review: a row for each commune, the district as one merged cell. */
export function poorHouseholdRows(year: PovertyYear): Row[] {
  const rows = districts.flatMap((district) =>
    district.communes.map((commune): Row => {
      const random = seededRandom(`poor households ${year} ${commune.code}`)
      const households = Math.round(
        (peopleOf(district.code) / district.communes.length / 3.4) * (0.7 + random.next() * 0.6),
      )
      const base = povertyIn2021[district.code] ?? (district.code === '540' ? 0.8 : 3.2)
      const share = (base * (5 / 6) ** (year - 2021) * (0.7 + random.next() * 0.6)) / 100
      const poor = Math.round(households * share)
      const nearPoor = Math.round(households * share * (mountains.includes(district.code) ? 0.5 : 1.4))
      const minority = mountains.includes(district.code) ? Math.round(poor * 0.8) : Math.round(poor * 0.02)
      return {
        'Mã huyện': district.code,
        'Mã xã': commune.code,
        'Xã, phường, thị trấn': `${commune.designation} ${commune.name}`,
        'Tổng số hộ': dotted(households),
        'Hộ nghèo / Số hộ': poor,
        'Hộ nghèo / Tỷ lệ (%)': comma(rounded((100 * poor) / households, 2)),
        'Hộ cận nghèo / Số hộ': nearPoor,
        'Hộ cận nghèo / Tỷ lệ (%)': comma(rounded((100 * nearPoor) / households, 2)),
        // Fewer than five households could be known by name.
        'Hộ nghèo dân tộc thiểu số': minority < 5 ? null : minority,
        'Hộ thoát nghèo': publishedCount(Math.round(poor * 0.26)),
        'Hộ nghèo phát sinh': publishedCount(Math.round(poor * 0.09)),
      }
    }),
  )
  const slips =
    year === 2023 ? { 33: { 'Hộ nghèo / Số hộ': 'rà soát lại' }, 101: { 'Hộ cận nghèo / Tỷ lệ (%)': '104,5' } } : {}
  return withSlips(rows, slips)
}

export const assistanceYears = [2020, 2021, 2022, 2023, 2024] as const
export type AssistanceYear = (typeof assistanceYears)[number]

/** Group, its share of the people, and of those the women. */
const groups = [
  ['Trẻ em không có nguồn nuôi dưỡng', 0.0006, 0.49],
  ['Người 16–22 tuổi đang học, không có nguồn nuôi dưỡng', 0.00015, 0.5],
  ['Người đơn thân nghèo nuôi con', 0.0012, 0.91],
  ['Người cao tuổi', 0.031, 0.63],
  ['Người khuyết tật nặng', 0.0155, 0.48],
  ['Người khuyết tật đặc biệt nặng', 0.0052, 0.5],
  ['Trẻ em dưới 3 tuổi hộ nghèo vùng khó khăn', 0.0007, 0.48],
  ['Hộ, cá nhân nhận chăm sóc', 0.0049, 0.74],
] as const

/** Recipients at the end of the year, groups across the top. */
export function assistanceRows(year: AssistanceYear): Row[] {
  const rows = districts.flatMap((district) =>
    (['Nam', 'Nữ'] as const).map((sex): Row => {
      const random = seededRandom(`assistance ${year} ${district.code} ${sex}`)
      const figures = groups.map(([group, share, women]) => {
        const ofSex = sex === 'Nữ' ? women : 1 - women
        const expected = peopleOf(district.code) * share * ofSex * (1 + (year - 2020) * 0.03)
        const people = Math.round(expected * (0.9 + random.next() * 0.2))
        return [`Số người hưởng / ${group}`, people < 5 ? null : people] as const
      })
      return {
        'Mã huyện': district.code,
        'Huyện, thị xã, thành phố': district.name,
        'Giới tính': sex,
        ...Object.fromEntries(figures),
      }
    }),
  )
  return withSlips(rows, year === 2022 ? { 8: { 'Số người hưởng / Người cao tuổi': '1.2O5' } } : {})
}
