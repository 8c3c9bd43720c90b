import { monthsOf, type StatisticYear } from '../office/periods.js'
import { comma, rounded } from '../office/rows.js'
import { seededRandom } from '../seeded-random.js'

const workKinds = [
  'Công trình nhà ở',
  'Công trình giáo dục',
  'Công trình y tế',
  'Công trình văn hóa',
  'Trụ sở làm việc, văn phòng',
  'Công trình thương mại, khách sạn',
  'Công trình nhà xưởng, kho',
  'Công trình năng lượng',
  'Công trình đường bộ',
  'Công trình cầu',
  'Công trình thủy lợi, đê điều',
  'Công trình cấp nước',
  'Công trình thoát nước',
  'Công trình viễn thông',
] as const

const components = [
  ['Chỉ số giá xây dựng công trình', 0.021],
  ['Chỉ số giá phần xây dựng', 0.027],
  ['Chỉ số giá vật liệu', 0.031],
  ['Chỉ số giá nhân công', 0.024],
  ['Chỉ số giá máy thi công', 0.018],
] as const

/** A year's indices, a line for each month and kind of works, the components across the top; 2020 = 100. */
export function costIndexLines(year: StatisticYear): string[][] {
  const lines = monthsOf(year).flatMap((month) =>
    workKinds.map((kind) => [
      String(month),
      kind,
      ...components.map(([name, growth]) => {
        const random = seededRandom(`index ${year} ${month} ${kind} ${name}`)
        // Steel and fuel were dear in 2022.
        const peak = year === 2022 ? 4.5 * Math.sin((Math.PI * month) / 12) : 0
        return comma(rounded(100 * (1 + growth * (year - 2020 + month / 12)) + peak + random.next() * 1.2, 2))
      }),
    ]),
  )
  const slip = lines[31]
  if (year === 2023 && slip !== undefined) slip[4] = '#REF!'
  return [['Tháng', 'Loại công trình', ...components.map(([name]) => name)], ...lines]
}
