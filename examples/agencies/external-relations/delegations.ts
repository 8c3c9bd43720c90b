import { quartersOf, type StatisticYear } from '../office/periods.js'
import { csvRows, withSlips, type Row, type Slips } from '../office/rows.js'
import { publishedCount } from '../office/small-counts.js'
import { seededRandom, type SeededRandom } from '../seeded-random.js'
import { countries, countryColumns } from './countries.js'

/** Hardly anybody travelled in 2021. */
function travelOf(year: StatisticYear): number {
  return { 2021: 0.08, 2022: 0.55, 2023: 0.9, 2024: 1, 2025: 1.05 }[year]
}

const outboundPurposes = [
  ['Công tác, làm việc', 'Ngân sách nhà nước', 0.5],
  ['Học tập, khảo sát', 'Ngân sách nhà nước', 0.35],
  ['Hội nghị, hội thảo', 'Phía mời đài thọ', 0.4],
  ['Xúc tiến đầu tư, thương mại', 'Ngân sách nhà nước', 0.3],
  ['Đào tạo, bồi dưỡng', 'Phía mời đài thọ', 0.25],
  ['Việc riêng', 'Tự túc', 0.85],
] as const

export function outboundLines(year: StatisticYear): string[][] {
  return csvRows(
    withSlips(
      quartersOf(year).flatMap((quarter) =>
        countries.slice(0, 16).flatMap((country, nth) =>
          outboundPurposes.flatMap(([purpose, funding, share]): Row[] => {
            const random = seededRandom(`outbound ${year} ${quarter} ${country.code} ${purpose}`)
            const delegations = countOf(random, share, nth, travelOf(year))
            if (delegations === 0) return []
            const isPrivate = purpose === 'Việc riêng'
            const people = publishedCount(delegations * (isPrivate ? random.between(1, 3) : random.between(2, 9)))
            return [
              {
                Quý: quarter,
                ...countryColumns(country),
                'Mục đích': purpose,
                'Kinh phí': funding,
                // Who travels on private business is counted like a delegation of one.
                'Số đoàn': isPrivate && people === null ? null : delegations,
                'Số lượt người': people,
              },
            ]
          }),
        ),
      ),
      year === 2023 ? { 12: { 'Số lượt người': 'chưa tổng hợp' } } : noSlips,
    ),
  )
}

const inboundPurposes = [
  ['Thăm, chào xã giao', 0.3],
  ['Làm việc, hợp tác', 0.7],
  ['Tìm hiểu đầu tư', 0.4],
  ['Hội nghị, hội thảo', 0.45],
  ['Lễ hội, sự kiện đối ngoại', 0.2],
  ['Hoạt động phi chính phủ', 0.35],
  ['Chuyên gia, tình nguyện viên', 0.3],
] as const

export function inboundLines(year: StatisticYear): string[][] {
  return csvRows(
    withSlips(
      quartersOf(year).flatMap((quarter) =>
        countries.slice(0, 22).flatMap((country, nth) =>
          inboundPurposes.flatMap(([purpose, share]): Row[] => {
            const random = seededRandom(`inbound ${year} ${quarter} ${country.code} ${purpose}`)
            const delegations = countOf(random, share, nth, travelOf(year))
            if (delegations === 0) return []
            return [
              {
                Quý: quarter,
                ...countryColumns(country),
                'Mục đích': purpose,
                'Số đoàn': delegations,
                'Số lượt người': publishedCount(
                  delegations * random.between(1, purpose === 'Hội nghị, hội thảo' ? 24 : 8),
                ),
              },
            ]
          }),
        ),
      ),
      year === 2024 ? { 40: { 'Mã nước': 'Hàn' } } : noSlips,
    ),
  )
}

const media = ['Truyền hình', 'Báo in', 'Hãng thông tấn', 'Báo điện tử', 'Đoàn làm phim', 'Phát thanh'] as const
/** The most that a delegation has. */
const crews = {
  'Truyền hình': 9,
  'Báo in': 5,
  'Hãng thông tấn': 6,
  'Báo điện tử': 6,
  'Đoàn làm phim': 14,
  'Phát thanh': 4,
} as const
const topics = ['Du lịch, văn hóa', 'Kinh tế, đầu tư', 'Khoa học, giáo dục', 'Thể thao', 'Xã hội, môi trường'] as const

export function pressLines(year: StatisticYear): string[][] {
  return csvRows(
    withSlips(
      quartersOf(year).flatMap((quarter) =>
        countries.slice(0, 18).flatMap((country) =>
          media.flatMap((medium): Row[] => {
            const random = seededRandom(`press ${year} ${quarter} ${country.code} ${medium}`)
            if (random.next() > 0.16 * travelOf(year)) return []
            const delegations = random.between(1, 2)
            return [
              {
                Quý: quarter,
                ...countryColumns(country),
                'Loại hình': medium,
                'Nội dung': random.pick(topics),
                'Số đoàn': delegations,
                'Số phóng viên': publishedCount(delegations * random.between(1, crews[medium])),
              },
            ]
          }),
        ),
      ),
      year === 2022 ? { 3: { 'Loại hình': 'Mạng xã hội' } } : noSlips,
    ),
  )
}

const noSlips: Slips = {}

/** Fewer for countries further down the list; often none. */
function countOf(random: SeededRandom, share: number, nth: number, travel: number): number {
  const expected = share * travel * (6 / (nth + 3))
  return random.next() < expected ? random.between(1, 1 + Math.ceil(expected * 3)) : 0
}
