import { districts } from '../office/places.js'
import { quartersOf, type StatisticYear } from '../office/periods.js'
import { csvRows, dotted, withSlips, type Row, type Slips } from '../office/rows.js'
import { publishedCount, publishedPart } from '../office/small-counts.js'
import { seededRandom } from '../seeded-random.js'
import { countryColumns, countryOf } from './countries.js'

const reasons = [
  ['Định cư', ['US', 'AU', 'CA', 'DE', 'FR', 'GB', 'NZ', 'NL']],
  ['Lao động theo hợp đồng', ['JP', 'TW', 'KR', 'DE', 'HU', 'MY']],
  ['Du học', ['JP', 'US', 'AU', 'KR', 'DE', 'FR', 'TW', 'SG', 'CN', 'RU']],
  ['Kết hôn với người nước ngoài', ['KR', 'TW', 'US', 'CN', 'JP']],
] as const

/** In 2022 a district told how many there are of a group that is too small for it. */
const slipsOf: Readonly<Partial<Record<StatisticYear, Slips>>> = {
  2022: { 90: { 'Số người': '3', 'Trong đó nữ': '1' } },
  2023: { 60: { 'Số người': 'khoảng 200' } },
}

/** What the districts estimate once a year. */
export function compatriotLines(year: StatisticYear): string[][] {
  const rows = districts.flatMap((district, at) =>
    reasons.flatMap(([reason, codes]) =>
      codes.map((code, nth): Row => {
        const random = seededRandom(`abroad ${district.code} ${reason} ${code}`)
        const size =
          (reason === 'Định cư' ? 900 : 190) /
          (nth + 1) /
          (at === 0 ? 0.4 : ['542', '546', '551'].includes(district.code) ? 9 : 1.6)
        const people = Math.max(1, Math.round(size * (0.7 + random.next() * 0.6) * (1 + (year - 2021) * 0.06)))
        const women = Math.round(people * (reason === 'Kết hôn với người nước ngoài' ? 0.93 : 0.46))
        const told = publishedCount(people)
        const toldWomen = publishedPart(women, people)
        return {
          'Mã huyện': district.code,
          ...countryColumns(countryOf(code)),
          Diện: reason,
          'Số người': told === null ? null : dotted(told),
          'Trong đó nữ': toldWomen === null ? null : dotted(toldWomen),
        }
      }),
    ),
  )
  return csvRows(withSlips(rows, slipsOf[year] ?? {}))
}

const coast = ['540', '543', '545', '548'] as const
const waters = [
  'Ma-lai-xi-a',
  'In-đô-nê-xi-a',
  'Thái Lan',
  'Phi-líp-pin',
  'Bru-nây',
  'Các đảo quốc Thái Bình Dương',
] as const

/** Vessels seized abroad, of the coastal districts: none is a figure too. */
export function violationLines(year: StatisticYear): string[][] {
  const rows = quartersOf(year).flatMap((quarter) =>
    coast.flatMap((code) =>
      waters.map((where, nth): Row => {
        const random = seededRandom(`violations ${year} ${quarter} ${code} ${where}`)
        const isFleet = code === '543' || code === '548'
        const chance = ((isFleet ? 0.3 : 0.1) * (2026 - year)) / (nth + 2)
        const vessels = random.next() < chance ? random.between(1, isFleet && nth < 3 ? 8 : 3) : 0
        const fishers = vessels * random.between(5, 9)
        return {
          Quý: quarter,
          'Mã huyện': code,
          'Vùng biển': where,
          'Số tàu': vessels,
          'Số ngư dân': publishedCount(fishers),
          'Ngư dân đã về nước': publishedCount(year < 2024 ? fishers : Math.floor(fishers / 2)),
          // What an owner was fined is nobody's business, and of a few owners it could be told.
          'Tiền phạt': publishedCount(vessels) === null ? null : dotted(vessels * random.between(7, 10) * 100_000_000),
        }
      }),
    ),
  )
  return csvRows(withSlips(rows, year === 2021 ? { 18: { 'Số tàu': '?' } } : {}))
}
