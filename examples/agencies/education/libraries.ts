import { placeIn } from '../office/places.js'
import { csvRows, dayBetween, dotted, gap, typedDay, withSlips, type Row } from '../office/rows.js'
import { officePhone } from '../office/telephones.js'
import { seededRandom } from '../seeded-random.js'
import { districts } from './districts.js'
import { schoolsInYear } from './school-rows.js'
import type { Level } from './schools.js'

const schoolLevels: readonly (readonly [level: Level, titles: number])[] = [
  ['PRIMARY', 900],
  ['LOWER_SECONDARY', 1500],
  ['UPPER_SECONDARY', 2600],
]

const publicLibraries = [
  ['TV0001', 'Thư viện tỉnh Bình Định', 'Thư viện tỉnh', '540', 92_000],
  ['TV0002', 'Thư viện Trường Đại học Quy Nhơn', 'Thư viện đại học, cao đẳng', '540', 61_000],
  ['TV0003', 'Thư viện Trường Cao đẳng Bình Định', 'Thư viện đại học, cao đẳng', '540', 14_000],
  ['TV0004', 'Không gian đọc Quy Nhơn', 'Thư viện tư nhân, cộng đồng', '540', 3200],
] as const

/** Libraries of the public, of academies and of schools; the districts' own follow the province's. */
export function libraryRows(): Row[] {
  const random = seededRandom('libraries')
  const named = publicLibraries.map(([code, name, kind, district, titles]) => ({ code, name, kind, district, titles }))
  const ofDistricts = districts.map(({ code, name }) => ({
    code: `TVH${code}`,
    name: `Thư viện ${name}`,
    kind: 'Thư viện cấp huyện',
    district: code,
    titles: 7000,
  }))
  const open = [...named, ...ofDistricts].map((library) => {
    const district = districts.find(({ code }) => code === library.district) ?? random.pick(districts)
    return { ...library, place: placeIn(district, random), standard: null }
  })
  const ofSchools = schoolLevels.flatMap(([level, titles]) =>
    schoolsInYear(level, '2024-2025').map(({ school }) => ({
      code: `TVT${school.code}`,
      name: `Thư viện ${school.name}`,
      kind: 'Thư viện trường học',
      titles,
      standard: random.pick(['Mức độ 1', 'Mức độ 1', 'Mức độ 2', 'Chưa đạt']),
      place: {
        district: school.district,
        commune: school.commune,
        address: school.address,
        latitude: school.latitude,
        longitude: school.longitude,
      },
    })),
  )
  const rows = [...open, ...ofSchools].map(({ code, name, kind, titles, standard, place }): Row => {
    const held = Math.round(titles * (0.6 + random.next() * 0.8))
    return {
      'Mã thư viện': code,
      'Tên thư viện': name,
      'Loại thư viện': kind,
      'Mức chuẩn': standard,
      'Vốn tài liệu / Số đầu': held >= 1000 ? dotted(held) : held,
      'Vốn tài liệu / Số bản': dotted(Math.round(held * (2 + random.next() * 3))),
      'Số chỗ ngồi': gap(random, 0.04, random.between(20, 120)),
      'Diện tích (m2)': random.between(48, 300),
      'Lượt bạn đọc': dotted(random.between(800, 26_000)),
      'Ngày thành lập': gap(random, 0.15, typedDay(random, dayBetween(random, 1980, 2019))),
      'Mã huyện': place.district.code,
      'Mã xã': place.commune.code,
      'Địa chỉ': place.address,
      'Điện thoại': kind === 'Thư viện trường học' ? null : officePhone(seededRandom(`telephone of ${code}`)),
      'Toạ độ / Vĩ độ': place.latitude ?? null,
      'Toạ độ / Kinh độ': place.longitude ?? null,
    }
  })
  return withSlips(rows, {
    45: { 'Diện tích (m2)': '6 x 8' },
    210: { 'Mức chuẩn': 'Mức 3' },
    333: { 'Vốn tài liệu / Số đầu': -12 },
  })
}

const subjects = [
  ['959.7', 'Lịch sử', ['Lịch sử Bình Định', 'Phong trào Tây Sơn', 'Di tích tháp Chăm', 'Danh nhân Bình Định']],
  [
    '895.922',
    'Văn học',
    ['Thơ Hàn Mặc Tử tuyển chọn', 'Truyện ngắn chọn lọc', 'Tuyển tập Xuân Diệu', 'Bài chòi Trung Bộ'],
  ],
  ['510', 'Toán học', ['Đại số tuyến tính', 'Giải tích', 'Bồi dưỡng học sinh giỏi Toán', 'Xác suất thống kê']],
  ['005', 'Tin học', ['Nhập môn lập trình', 'Cấu trúc dữ liệu và giải thuật', 'Mạng máy tính', 'Tin học văn phòng']],
  [
    '630',
    'Nông nghiệp',
    ['Kỹ thuật trồng lúa', 'Nuôi tôm nước lợ', 'Phòng trừ sâu bệnh cây trồng', 'Chăn nuôi bò thịt'],
  ],
  ['610', 'Y học', ['Sơ cấp cứu ban đầu', 'Dinh dưỡng học đường', 'Cây thuốc Việt Nam', 'Chăm sóc sức khỏe']],
  [
    '398.2',
    'Văn học dân gian',
    ['Truyện cổ tích Việt Nam', 'Ca dao miền Trung', 'Truyện cổ Ba Na', 'Tục ngữ Việt Nam'],
  ],
  ['340', 'Pháp luật', ['Luật Đất đai', 'Bộ luật Lao động', 'Hỏi đáp pháp luật', 'Luật Doanh nghiệp']],
] as const

const publishers = [
  'Giáo dục Việt Nam',
  'Kim Đồng',
  'Trẻ',
  'Văn học',
  'Khoa học và Kỹ thuật',
  'Đại học Quốc gia Hà Nội',
]
const writers = ['Nhiều tác giả', 'Ban biên soạn', 'Hội Văn học Nghệ thuật Bình Định', 'Viện Sử học', 'Bộ môn Toán']

/** Titles from the MARC records of the libraries with a catalogue. */
export function titleLines(): string[][] {
  const random = seededRandom('titles')
  const rows = Array.from({ length: 3180 }, (_, index): Row => {
    const chance = random.next()
    const kind = chance < 0.86 ? 'Sách' : chance < 0.91 ? 'Báo' : chance < 0.96 ? 'Tạp chí' : 'Tài liệu'
    const [dewey, subject, titles] = random.pick(subjects)
    const isSerial = kind === 'Báo' || kind === 'Tạp chí'
    const year = random.between(isSerial ? 1975 : 1990, 2024)
    return {
      'Số kiểm soát': `BD${String(index + 1).padStart(6, '0')}`,
      'Nhan đề': isSerial
        ? `${kind} ${subject} ${random.between(1, 60)}`
        : `${random.pick(titles)}${random.next() < 0.5 ? `. Tập ${random.between(1, 9)}` : ''}`,
      Loại: kind,
      'Trách nhiệm': gap(random, 0.1, random.pick(writers)),
      'Nhà xuất bản': gap(random, 0.05, random.pick(publishers)),
      Năm: String(year),
      ISBN: !isSerial && year > 2008 ? isbnOf(index) : null,
      ISSN: isSerial ? issnOf(index) : null,
      DDC: dewey,
      'Ngôn ngữ': random.next() < 0.93 ? 'vie' : random.pick(['eng', 'fre', 'rus']),
      'Khối lượng': isSerial ? random.pick(['Hàng tháng', 'Hàng tuần', 'Hàng ngày']) : `${random.between(48, 620)} tr.`,
      'Số bản': random.between(1, 24),
      'Mã thư viện': random.pick(['TV0001', 'TV0001', 'TV0002', 'TV0003', 'TVH543', 'TVH549']),
    }
  })
  return csvRows(
    withSlips(rows, {
      77: { ISBN: '604-1-00077' },
      901: { Năm: '20O4' },
      1500: { 'Nhan đề': null },
      2222: { 'Số kiểm soát': 'BD002222' },
    }),
  )
}

/** 13 digits with the check digit of ISO 2108. */
function isbnOf(index: number): string {
  const digits = `97860400${String(10_000 + index)
    .slice(-4)
    .padStart(4, '0')}`
  const sum = Array.from(digits).reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 1 : 3), 0)
  return `${digits}${(10 - (sum % 10)) % 10}`
}

/** Eight characters with the check character of ISO 3297. */
function issnOf(index: number): string {
  const digits = String(1_859_000 + index)
  const sum = Array.from(digits).reduce((total, digit, at) => total + Number(digit) * (8 - at), 0)
  const check = (11 - (sum % 11)) % 11
  return `${digits.slice(0, 4)}-${digits.slice(4)}${check === 10 ? 'X' : check}`
}
