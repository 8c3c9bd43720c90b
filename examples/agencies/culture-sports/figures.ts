import { districts } from '../office/places.js'
import { csvRows, dayBetween, dmy, withSlips, type Row } from '../office/rows.js'
import { withLastLine } from '../office/last-line.js'
import { seededRandom } from '../seeded-random.js'

export const copyrightYears = [2019, 2020, 2021, 2022, 2023, 2024] as const
export type CopyrightYear = (typeof copyrightYears)[number]

const works = [
  ['Văn học, khoa học, giáo trình', 9],
  ['Bài giảng, bài phát biểu', 2],
  ['Báo chí', 2],
  ['Âm nhạc', 6],
  ['Sân khấu', 2],
  ['Điện ảnh', 1],
  ['Mỹ thuật', 5],
  ['Mỹ thuật ứng dụng', 24],
  ['Nhiếp ảnh', 4],
  ['Kiến trúc', 3],
  ['Bản họa đồ, sơ đồ, bản đồ', 1],
  ['Văn học, nghệ thuật dân gian', 1],
  ['Chương trình máy tính, sưu tập dữ liệu', 7],
] as const

/** The year's file: a line for each district, kind of work and holder; the last line is a total. */
export function copyrightLines(year: CopyrightYear): string[][] {
  const rows = districts.flatMap((district) =>
    works.flatMap(([work, most]) =>
      (['Tổ chức', 'Cá nhân'] as const).map((holder): Row => {
        const random = seededRandom(`copyright ${year} ${district.code} ${work} ${holder}`)
        const size = district.code === '540' ? 1 : ['543', '549', '550'].includes(district.code) ? 0.3 : 0.1
        const issued = Math.round(random.next() * most * size * (1 + (year - 2019) * 0.12))
        return {
          'Mã huyện': district.code,
          'Huyện, thị xã, thành phố': district.name,
          'Loại hình': work,
          'Chủ sở hữu': holder,
          'Hồ sơ nộp': issued + (random.next() < 0.25 ? random.between(1, 3) : 0),
          'Giấy chứng nhận': issued,
        }
      }),
    ),
  )
  const total = rows.reduce((sum, row) => sum + Number(row['Giấy chứng nhận']), 0)
  const slips = year === 2022 ? { 40: { 'Giấy chứng nhận': '#REF!' } } : {}
  return withLastLine(csvRows(withSlips(rows, slips)), 'Toàn tỉnh', '', '', '', '', String(total))
}

export const sportsYears = [2019, 2020, 2021, 2022, 2023, 2024, 2025] as const
export type SportsYear = (typeof sportsYears)[number]

const sports = [
  'Võ cổ truyền',
  'Vovinam',
  'Taekwondo',
  'Karate',
  'Wushu',
  'Boxing',
  'Kickboxing',
  'Muay',
  'Pencak silat',
  'Điền kinh',
  'Bơi',
  'Bóng đá',
  'Bóng chuyền',
  'Đua thuyền',
  'Bắn súng',
  'Cờ vua',
  'Cờ tướng',
  'Cử tạ',
] as const
const levels = [
  ['Quốc gia', 'Giải vô địch quốc gia', ['Hà Nội', 'TP. Hồ Chí Minh', 'Đà Nẵng', 'Cần Thơ', 'Khánh Hòa']],
  ['Quốc gia', 'Giải các câu lạc bộ quốc gia', ['Đồng Nai', 'Bình Định', 'Huế']],
  ['Khu vực', 'Giải miền Trung – Tây Nguyên', ['Gia Lai', 'Quảng Nam', 'Bình Định']],
  ['Cấp tỉnh', 'Giải vô địch tỉnh', ['Bình Định']],
  ['Đông Nam Á', 'Giải vô địch Đông Nam Á', ['Thái Lan', 'Cam-pu-chia', 'Việt Nam']],
  ['Châu Á', 'Giải vô địch châu Á', ['Hàn Quốc', 'Kazakhstan', 'Ấn Độ']],
] as const

/** The year's file: what a team won at a competition; no athlete is named. */
export function sportsLines(year: SportsYear): string[][] {
  const random = seededRandom(`sports ${year}`)
  // Few competitions were held in the years of the epidemic; of 2025 there is half a year.
  const count = year === 2025 ? 34 : year === 2020 || year === 2021 ? 28 : 82
  const rows = Array.from({ length: count }, (_, index): Row => {
    const sport = random.pick(sports)
    const [level, title, hosts] = random.pick(random.next() < 0.12 ? levels : levels.slice(0, 4))
    const isTeamSport = sport.startsWith('Bóng')
    const isProvincial = level === 'Cấp tỉnh'
    const district = random.pick(districts)
    const most = isTeamSport ? 1 : level === 'Châu Á' ? 2 : 7
    const day = dayBetween(random, year, year)
    return {
      Mã: `TT${year}-${String(index + 1).padStart(3, '0')}`,
      Giải: `${title} môn ${sport} năm ${year}`,
      'Cấp giải': level,
      Môn: sport,
      'Nhóm tuổi': random.pick([
        'Vô địch',
        'Vô địch',
        'Trẻ',
        'Trẻ',
        'Thiếu niên',
        'Học sinh, sinh viên',
        'Trung cao tuổi',
      ]),
      Đội: isProvincial ? `Đoàn ${district.name}` : 'Đoàn Bình Định',
      'Ngày kết thúc': dmy(day),
      'Nơi tổ chức': random.pick<string>(hosts),
      HCV: random.between(0, most),
      HCB: isTeamSport ? 0 : random.between(0, most),
      HCĐ: isTeamSport ? 0 : random.between(0, most + 2),
      Hạng: random.next() < 0.35 ? null : random.between(1, 14),
      'Mã huyện': isProvincial ? district.code : null,
    }
  })
  const slips = year === 2023 ? { 17: { HCB: '3*' }, 50: { Môn: 'Kéo co' } } : {}
  return withLastLine(csvRows(withSlips(rows, slips)), '', `Tổng số giải: ${rows.length}`)
}
