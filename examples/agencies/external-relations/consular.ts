import { monthsOf, quartersOf, statisticYears, type StatisticYear } from '../office/periods.js'
import { withSlips, type Row } from '../office/rows.js'
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
          'Cấp mới': random.between(0, Math.ceil(held * 0.12)),
          'Gia hạn': random.between(0, Math.ceil(held * 0.05)),
          'Đang quản lý': held - inUse + random.between(0, 6),
          'Đang sử dụng': inUse,
          'Báo mất': random.next() < 0.05 ? 1 : 0,
          'Hủy giá trị': random.between(0, 3),
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
      return {
        Quý: quarter,
        'Đối tượng': holder,
        'Hồ sơ tiếp nhận': applications,
        'Được cho phép': applications - refused,
        'Không được cho phép': refused,
        'Số doanh nghiệp': holder === 'Cán bộ, công chức' ? null : Math.ceil(applications * 0.6),
        'Thẻ đang sử dụng': usual * 9 + (year - 2021) * usual + random.between(0, usual),
        'Thẻ bị thu hồi': random.between(0, Math.ceil(usual / 10)),
      }
    }),
  )
  return withSlips(rows, year === 2024 ? { 5: { 'Đối tượng': 'Hộ kinh doanh' } } : {})
}

const documents = [
  ['Văn bằng, chứng chỉ', 26],
  ['Hộ tịch', 18],
  ['Lý lịch tư pháp', 14],
  ['Giấy tờ thương mại', 9],
  ['Giấy tờ y tế', 6],
  ['Giấy tờ khác', 4],
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
            return {
              Năm: year,
              Tháng: month,
              'Thủ tục': procedure,
              'Đối tượng': applicant,
              'Loại giấy tờ': kind,
              'Hồ sơ tiếp nhận': received,
              'Đã trả kết quả': completed,
              'Đúng hạn': completed - (random.next() < 0.08 ? Math.min(completed, 1) : 0),
              'Trả lại': returned,
              'Số giấy tờ': Math.round(received * (1.2 + random.next())),
              'Sơ bộ': year === 2025 ? 'có' : 'không',
            }
          }),
        ),
      ),
    ),
  )
  return rows
}
