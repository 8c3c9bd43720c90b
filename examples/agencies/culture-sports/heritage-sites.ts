import { districtOf } from '../office/districts-by-code.js'
import { coordinateColumns } from '../office/place-columns.js'
import { districts, placeIn, placeInCommune, type Place } from '../office/places.js'
import { comma, dayBetween, gap, typedDay, withSlips, type Row } from '../office/rows.js'
import { seededRandom, type SeededRandom } from '../seeded-random.js'

interface Site {
  readonly code: string
  readonly name: string
  readonly otherName: string | null
  readonly kind: string
  readonly rank: string
  readonly decision: string | null
  readonly rankedOn: string | null
  readonly period: string
  readonly receivesVisitors: boolean
  /** VND, 0 is free. */
  readonly fee: number
  readonly manager: string
  readonly place: Place
}

/** `name | other name | kind | rank | district | period` of the known ones. */
const known = `
  Tháp Dương Long | Tháp Ngà | Di tích kiến trúc nghệ thuật | Quốc gia đặc biệt | 547 | Cuối thế kỷ XII
  Đền thờ Tây Sơn Tam Kiệt | Điện Tây Sơn | Di tích lịch sử | Quốc gia đặc biệt | 547 | Thế kỷ XVIII
  Tháp Bánh Ít | Tháp Bạc | Di tích kiến trúc nghệ thuật | Quốc gia | 550 | Thế kỷ XI – XII
  Tháp Đôi | Tháp Hưng Thạnh | Di tích kiến trúc nghệ thuật | Quốc gia | 540 | Cuối thế kỷ XII
  Tháp Cánh Tiên | Tháp Con Gái | Di tích kiến trúc nghệ thuật | Quốc gia | 549 | Thế kỷ XII
  Tháp Phú Lốc | Tháp Vàng | Di tích kiến trúc nghệ thuật | Quốc gia | 549 | Thế kỷ XII
  Tháp Thủ Thiện | | Di tích kiến trúc nghệ thuật | Quốc gia | 547 | Thế kỷ XII
  Tháp Bình Lâm | | Di tích kiến trúc nghệ thuật | Quốc gia | 550 | Thế kỷ X – XI
  Thành Hoàng Đế | Thành Đồ Bàn | Di tích khảo cổ | Quốc gia | 549 | Thế kỷ X – XVIII
  Lò gốm Gò Sành | | Di tích khảo cổ | Quốc gia | 549 | Thế kỷ XIII – XV
  Từ đường Bùi Thị Xuân | | Di tích lịch sử | Quốc gia | 547 | Thế kỷ XVIII
  Chùa Thập Tháp | Thập Tháp Di Đà | Di tích lịch sử | Quốc gia | 549 | Thế kỷ XVII
  Chùa Linh Phong | Chùa Ông Núi | Di tích lịch sử | Cấp tỉnh | 548 | Thế kỷ XVIII
  Chiến thắng Đồi 10 | | Di tích lịch sử | Quốc gia | 543 | 1965
  Vụ thảm sát Bình An | Gò Dài | Di tích lịch sử | Quốc gia | 547 | 1966
  Chiến thắng An Lão | | Di tích lịch sử | Quốc gia | 542 | 1964
  Bến tàu không số Lộ Diêu | | Di tích lịch sử | Quốc gia | 543 | 1964
  Lăng Mai Xuân Thưởng | | Di tích lịch sử | Quốc gia | 547 | Thế kỷ XIX
  Nhà tù Phú Tài | | Di tích lịch sử | Quốc gia | 540 | 1967 – 1972
  Hang Yàng Dơk | | Di tích lịch sử | Cấp tỉnh | 546 | Thế kỷ XX
`
const localNames = [
  'Đình',
  'Chùa',
  'Miếu',
  'Căn cứ cách mạng',
  'Nơi thành lập chi bộ',
  'Phế tích tháp',
  'Nhà thờ họ',
] as const
const managers = ['Ban Quản lý di tích tỉnh', 'UBND xã, phường', 'Bảo tàng tỉnh'] as const

function site(
  facts: Pick<Site, 'name' | 'otherName' | 'kind' | 'rank' | 'period' | 'place'>,
  index: number,
  random: SeededRandom,
): Site {
  const isRanked = facts.rank !== 'Kiểm kê'
  const receivesVisitors = facts.rank.startsWith('Quốc gia') || random.next() < 0.2
  return {
    ...facts,
    code: `DTLS${String(index + 1).padStart(3, '0')}`,
    decision: isRanked ? `${random.between(50, 4200)}/QĐ-${facts.rank === 'Cấp tỉnh' ? 'UBND' : 'BVHTTDL'}` : null,
    rankedOn: isRanked ? dayBetween(random, 1988, 2024) : null,
    receivesVisitors,
    fee: receivesVisitors && random.next() < 0.4 ? random.between(2, 6) * 5000 : 0,
    manager: random.pick(managers),
  }
}

function sites(): Site[] {
  const random = seededRandom('heritage sites')
  const ofName = known
    .trim()
    .split('\n')
    .map((line) => {
      const [name = '', other = '', kind = '', rank = '', code = '', period = ''] = line
        .split('|')
        .map((part) => part.trim())
      return {
        name,
        otherName: other === '' ? null : other,
        kind,
        rank,
        period,
        place: placeIn(districtOf(code), random),
      }
    })
  const local = districts.flatMap((district) =>
    district.communes.flatMap((commune) =>
      Array.from({ length: random.between(1, 2) }, () => {
        const word = random.pick(localNames)
        return {
          name: `${word} ${commune.name}`,
          otherName: null,
          kind:
            word === 'Phế tích tháp'
              ? 'Di tích khảo cổ'
              : random.pick(['Di tích lịch sử', 'Di tích kiến trúc nghệ thuật']),
          rank: random.pick(['Cấp tỉnh', 'Cấp tỉnh', 'Kiểm kê']),
          period: random.pick(['Thế kỷ XIX', 'Thế kỷ XVIII', 'Thế kỷ XX', '1945 – 1954', '1965 – 1975', 'Chưa rõ']),
          place: placeInCommune(district, commune, random),
        }
      }),
    ),
  )
  const order = districts.map(({ code }) => code)
  return [...ofName, ...local]
    .map((facts, index) => site(facts, index, random))
    .sort((one, other) => order.indexOf(one.place.district.code) - order.indexOf(other.place.district.code))
}

/** The register, district by district. */
export function heritageSiteRows(): Row[] {
  const random = seededRandom('heritage site register')
  const rows = sites().map((one): Row => ({
    'Mã huyện': one.place.district.code,
    Mã: one.code,
    'Tên di tích': one.name,
    'Tên gọi khác': one.otherName,
    'Loại di tích': one.kind,
    'Xếp hạng': one.rank,
    'Quyết định / Số': one.decision,
    'Quyết định / Ngày': one.rankedOn === null ? null : typedDay(random, one.rankedOn),
    'Niên đại': one.period,
    'Diện tích bảo vệ (m2) / Khu vực I': gap(random, 0.15, random.between(200, 24_000)),
    'Diện tích bảo vệ (m2) / Khu vực II': gap(random, 0.3, random.between(500, 90_000)),
    'Hiện trạng': gap(random, 0.1, random.pick(['Tốt', 'Tốt', 'Xuống cấp', 'Xuống cấp nghiêm trọng', 'Phế tích'])),
    'Năm tu bổ gần nhất': gap(random, 0.5, random.between(1998, 2024)),
    'Đơn vị quản lý': one.manager,
    'Địa chỉ': one.place.address,
    'Mã xã': one.place.commune.code,
    ...coordinateColumns(one.place, random, 0.12),
  }))
  return withSlips(rows, {
    14: { 'Quyết định / Ngày': 'năm 1994' },
    77: { 'Xếp hạng': 'Đang lập hồ sơ' },
    130: { 'Diện tích bảo vệ (m2) / Khu vực I': '1.250 + 300' },
  })
}

/** Those that receive visitors, as the tourism department lists them under the register's codes. */
export function visitedSiteRows(): Row[] {
  const random = seededRandom('visited heritage sites')
  const rows = sites()
    .filter(({ receivesVisitors }) => receivesVisitors)
    .map((one): Row => {
      const measured = random.next() > 0.05
      return {
        Mã: one.code,
        'Tên di tích': one.name,
        'Tên gọi khác': one.otherName,
        'Loại di tích': one.kind,
        'Xếp hạng': one.rank,
        'Số quyết định': one.decision,
        'Ngày quyết định': one.rankedOn === null ? null : { date: one.rankedOn },
        'Niên đại': one.period,
        'Đón khách': 'có',
        'Giá vé': one.fee,
        'Đơn vị quản lý': one.manager,
        'Địa chỉ': one.place.address,
        'Mã huyện': one.place.district.code,
        'Mã xã': one.place.commune.code,
        'Vĩ độ': measured ? comma(one.place.latitude) : null,
        'Kinh độ': measured ? comma(one.place.longitude) : null,
      }
    })
  return withSlips(rows, { 11: { 'Giá vé': 'miễn phí' } })
}
