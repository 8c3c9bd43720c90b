import { districts } from '../office/places.js'
import { monthsOf, type StatisticYear } from '../office/periods.js'
import { csvRows, dotted, withSlips, type Row } from '../office/rows.js'
import { publishedCount } from '../office/small-counts.js'
import { seededRandom } from '../seeded-random.js'

const vehicles = [
  ['Ô tô con', 38],
  ['Ô tô khách', 4],
  ['Ô tô tải', 16],
  ['Rơ moóc, sơ mi rơ moóc', 3],
  ['Xe chuyên dùng', 2],
  ['Mô tô, xe máy', 260],
  ['Mô tô, xe máy điện', 44],
] as const

/** A year's registrations by month, district and kind of vehicle, what was done across the top. No plates, no owners. */
export function registrationLines(year: StatisticYear): string[][] {
  const rows = monthsOf(year).flatMap((month) =>
    districts.flatMap((district) =>
      vehicles.map(([kind, usual]): Row => {
        const random = seededRandom(`registrations ${year} ${month} ${district.code} ${kind}`)
        const issued = Math.round(
          usual * (district.code === '540' ? 2.4 : district.communes.length / 14) * (0.7 + random.next() * 0.6),
        )
        return {
          Tháng: month,
          'Mã huyện': district.code,
          'Loại xe': kind,
          'Cấp mới': dotted(issued),
          'Cấp đổi, cấp lại': dotted(Math.round(issued * 0.18)),
          'Sang tên': dotted(Math.round(issued * 0.31)),
          'Thu hồi': dotted(Math.round(issued * 0.07)),
        }
      }),
    ),
  )
  return csvRows(withSlips(rows, year === 2024 ? { 130: { 'Cấp mới': '1O5' } } : {}))
}

/** Classes by the law of 2008. */
const formerClasses = [
  ['A1', 900],
  ['A2', 60],
  ['B1', 180],
  ['B2', 380],
  ['C', 60],
  ['D', 18],
  ['E', 12],
  ['FC', 22],
] as const
/** Classes since 1 January 2025. */
const classes = [
  ['A1', 900],
  ['A', 60],
  ['B', 420],
  ['C1', 140],
  ['C', 60],
  ['D2', 18],
  ['D', 12],
  ['CE', 22],
] as const

/** A year's new licences by month, class and sex; nobody's licence. */
export function licenceRows(year: StatisticYear): Row[] {
  const rows = monthsOf(year).flatMap((month) =>
    (year < 2025 ? formerClasses : classes).flatMap(([name, usual]) =>
      (['Nam', 'Nữ'] as const).map((sex): Row => {
        const random = seededRandom(`licences ${year} ${month} ${name} ${sex}`)
        const share = sex === 'Nam' ? 0.62 : ['C', 'D2', 'D', 'E', 'CE', 'FC'].includes(name) ? 0.01 : 0.38
        const candidates = Math.round(usual * share * (year === 2021 ? 0.6 : 1) * (0.7 + random.next() * 0.6))
        const issued = Math.round(candidates * (0.72 + random.next() * 0.2))
        return {
          Tháng: month,
          Hạng: name,
          'Giới tính': sex,
          'Dự sát hạch': publishedCount(candidates),
          'Cấp mới': publishedCount(issued),
        }
      }),
    ),
  )
  return withSlips(rows, year === 2022 ? { 50: { Hạng: 'B2+' } } : {})
}
