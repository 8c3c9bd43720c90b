import { monthsOf, quartersOf, statisticYears, type StatisticYear } from '../office/periods.js'
import { withSlips, type Row } from '../office/rows.js'
import { publishedCount, publishedPart } from '../office/small-counts.js'
import { seededRandom } from '../seeded-random.js'

const groups = [
  'Khối Đảng, đoàn thể',
  'Hội đồng nhân dân, Ủy ban nhân dân',
  'Các sở, ban, ngành',
  'Các huyện, thị xã, thành phố',
  'Đơn vị sự nghiệp công lập',
] as const

/** A year's diplomatic and official passports by group of agencies; nobody's passport. */
export function passportRows(year: StatisticYear): Row[] {
  const rows = quartersOf(year).flatMap((quarter) =>
    (['Hộ chiếu ngoại giao', 'Hộ chiếu công vụ'] as const).flatMap((kind) =>
      groups.map((group, nth): Row => {
        const random = seededRandom(`passports ${year} ${quarter} ${kind} ${group}`)
        const held = kind === 'Hộ chiếu ngoại giao' ? Math.max(2, 14 - nth * 3) : 40 + nth * 45
        const inUse = random.between(0, Math.ceil(held * 0.2))
        return {
          Quý: quarter,
          'Loại hộ chiếu': kind,
          'Khối cơ quan': group,
          'Cấp mới': publishedCount(random.between(0, Math.ceil(held * 0.12))),
          'Gia hạn': publishedCount(random.between(0, Math.ceil(held * 0.05))),
          'Đang quản lý': publishedCount(held - inUse + random.between(0, 6)),
          'Đang sử dụng': publishedCount(inUse),
          'Báo mất': publishedCount(random.next() < 0.05 ? 1 : 0),
          'Hủy giá trị': publishedCount(random.between(0, 3)),
        }
      }),
    ),
  )
  return withSlips(rows, year === 2022 ? { 7: { 'Cấp mới': -2 } } : {})
}

const holders = [
  ['Cán bộ, công chức', 3],
  ['Doanh nghiệp nhà nước', 6],
  ['Doanh nghiệp ngoài nhà nước', 34],
  ['Doanh nghiệp có vốn đầu tư nước ngoài', 15],
] as const

export function abtcRows(year: StatisticYear): Row[] {
  const rows = quartersOf(year).flatMap((quarter) =>
    holders.map(([holder, usual]): Row => {
      const random = seededRandom(`abtc ${year} ${quarter} ${holder}`)
      const applications = Math.round(usual * (year === 2021 ? 0.4 : 1) * (0.6 + random.next() * 0.8))
      const refused = random.next() < 0.3 ? Math.min(applications, random.between(0, 2)) : 0
      const isCompany = holder !== 'Cán bộ, công chức' && publishedCount(applications) !== null
      return {
        Quý: quarter,
        'Đối tượng': holder,
        'Hồ sơ tiếp nhận': publishedCount(applications),
        'Được cho phép': publishedPart(applications - refused, applications),
        'Không được cho phép': publishedPart(refused, applications),
        'Số doanh nghiệp': isCompany ? Math.ceil(applications * 0.6) : null,
        'Thẻ đang sử dụng': usual * 9 + (year - 2021) * usual + random.between(0, usual),
        'Thẻ bị thu hồi': publishedCount(random.between(0, Math.ceil(usual / 10))),
      }
    }),
  )
  return withSlips(rows, year === 2024 ? { 5: { 'Đối tượng': 'Hộ kinh doanh' } } : {})
}

const documents = [
  ['Văn bằng, chứng chỉ', 52],
  ['Hộ tịch', 36],
  ['Lý lịch tư pháp', 28],
  ['Giấy tờ thương mại', 18],
  ['Giấy tờ y tế', 12],
  ['Giấy tờ khác', 9],
] as const

/** All months of the consular counter; applications, not who applied. */
export function consularRows(): Row[] {
  const rows = statisticYears.flatMap((year) =>
    monthsOf(year).flatMap((month) =>
      (['Chứng nhận lãnh sự', 'Hợp pháp hóa lãnh sự'] as const).flatMap((procedure) =>
        (['Công dân', 'Tổ chức'] as const).flatMap((applicant) =>
          documents.map(([kind, usual]): Row => {
            const random = seededRandom(`consular ${year} ${month} ${procedure} ${applicant} ${kind}`)
            const scale = (applicant === 'Công dân' ? 1 : 0.25) * (procedure === 'Chứng nhận lãnh sự' ? 1 : 0.35)
            const received = Math.round(usual * scale * (0.6 + random.next() * 0.8) * (year === 2021 ? 0.5 : 1))
            const returned = random.next() < 0.2 ? Math.min(received, 1) : 0
            const completed = received - returned
            const onTime = completed - (random.next() < 0.08 ? Math.min(completed, 1) : 0)
            const documentCount = Math.round(received * (1.2 + random.next()))
            // What a few citizens had certified, and what became of it, would tell of them; of organisations it may be known.
            const isCitizen = applicant === 'Công dân'
            const isTold = !isCitizen || publishedCount(received) !== null
            const told = (count: number): number | null => (isTold ? (isCitizen ? publishedCount(count) : count) : null)
            return {
              Năm: year,
              Tháng: month,
              'Thủ tục': procedure,
              'Đối tượng': applicant,
              'Loại giấy tờ': kind,
              'Hồ sơ tiếp nhận': told(received),
              'Đã trả kết quả': told(completed),
              'Đúng hạn': told(onTime),
              'Trả lại': told(returned),
              'Số giấy tờ': told(documentCount),
              'Sơ bộ': year === 2025 ? 'có' : 'không',
            }
          }),
        ),
      ),
    ),
  )
  return rows
}
