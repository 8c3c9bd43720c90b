import { districts, placeIn, placeInCommune } from '../office/places.js'
import { districtOf } from '../office/districts-by-code.js'
import { gap, withSlips, type Row } from '../office/rows.js'
import { officePhone } from '../office/telephones.js'
import { seededRandom } from '../seeded-random.js'

/** `name | kind | ownership | district | operator | seats` */
const known = `
  Nhà hát Nghệ thuật truyền thống tỉnh | Nhà hát | Công lập | 540 | Nhà hát Nghệ thuật truyền thống | 600
  Nhà hát tuồng Đào Tấn | Nhà hát | Công lập | 540 | Nhà hát Nghệ thuật truyền thống | 450
  Rạp Trung Tâm Quy Nhơn | Rạp chiếu phim | Ngoài công lập | 540 | Công ty chiếu phim | 780
  Cụm rạp Kim Cúc | Rạp chiếu phim | Ngoài công lập | 540 | Công ty chiếu phim | 920
  Cụm rạp Hưng Thạnh | Rạp chiếu phim | Ngoài công lập | 540 | Công ty chiếu phim | 640
  Rạp An Nhơn | Rạp chiếu phim | Ngoài công lập | 549 | Công ty chiếu phim | 320
  Rạp Bồng Sơn | Rạp chiếu phim | Ngoài công lập | 543 | Công ty chiếu phim | 280
  Trung tâm Văn hóa tỉnh | Trung tâm văn hóa | Công lập | 540 | Sở Văn hóa và Thể thao | 500
  Nhà triển lãm văn học nghệ thuật | Nhà triển lãm | Công lập | 540 | Hội Văn học Nghệ thuật | 120
  Phòng tranh Quy Nhơn | Nhà triển lãm | Ngoài công lập | 540 | Hội Mỹ thuật | 60
  Sân khấu Quảng trường Nguyễn Tất Thành | Sân khấu ngoài trời | Công lập | 540 | UBND thành phố | 8000
`

export function culturalVenueRows(): Row[] {
  const random = seededRandom('cultural venues')
  const lines = known
    .trim()
    .split('\n')
    .map((line) => line.split('|').map((part) => part.trim()))
  const local = districts.flatMap(({ code, name }) => [
    [`Trung tâm Văn hóa – Thông tin – Thể thao ${name}`, 'Trung tâm văn hóa', 'Công lập', code, `UBND ${name}`, '400'],
    [`Sân khấu ngoài trời ${name}`, 'Sân khấu ngoài trời', 'Công lập', code, `UBND ${name}`, '1500'],
  ])
  const rows = [...lines, ...local].map(
    ([name = '', kind = '', ownership = '', code = '', operator = '', seats = ''], index): Row => {
      const place = placeIn(districtOf(code), random)
      return {
        Mã: `CTVH${String(index + 1).padStart(3, '0')}`,
        'Tên công trình': name,
        Loại: kind,
        'Loại hình': ownership,
        'Số chỗ ngồi': Number(seats),
        'Số phòng': kind === 'Rạp chiếu phim' ? random.between(2, 7) : random.between(1, 3),
        'Diện tích sàn (m2)': gap(random, 0.15, random.between(300, 7200)),
        'Năm đưa vào sử dụng': random.between(1984, 2023),
        'Buổi hoạt động năm trước': kind === 'Rạp chiếu phim' ? random.between(2200, 9800) : random.between(8, 160),
        'Đơn vị vận hành': operator,
        'Mã số thuế': null,
        'Điện thoại': gap(random, 0.2, officePhone(random)),
        'Địa chỉ': place.address,
        'Mã huyện': place.district.code,
        'Mã xã': place.commune.code,
        'Toạ độ / Vĩ độ': gap(random, 0.1, place.latitude),
        'Toạ độ / Kinh độ': place.longitude,
      }
    },
  )
  return withSlips(rows, { 18: { 'Năm đưa vào sử dụng': 'trước 1990' } })
}

const amenities = [
  { kind: 'Công viên, vườn hoa', word: 'Công viên', area: [1500, 60_000], share: 0.5, most: 1 },
  { kind: 'Nhà vệ sinh công cộng', word: 'Nhà vệ sinh công cộng', area: [18, 90], share: 0.35, most: 2 },
  { kind: 'Sân vận động', word: 'Sân vận động', area: [6000, 22_000], share: 0.3, most: 1 },
  { kind: 'Nhà thi đấu', word: 'Nhà tập luyện và thi đấu', area: [500, 4200], share: 0.12, most: 1 },
  { kind: 'Bể bơi', word: 'Bể bơi', area: [200, 1400], share: 0.2, most: 1 },
  { kind: 'Sân thể thao', word: 'Sân thể thao', area: [300, 7800], share: 0.95, most: 2 },
  { kind: 'Điểm tập thể dục ngoài trời', word: 'Điểm tập thể dục', area: [60, 900], share: 0.4, most: 2 },
] as const

/** Of every commune; the district is one merged cell beside all of them. */
export function publicAmenityRows(): Row[] {
  const random = seededRandom('public amenities')
  const list = districts.flatMap((district) =>
    district.communes.flatMap((commune) =>
      amenities.flatMap((amenity) =>
        random.next() < amenity.share
          ? Array.from({ length: random.between(1, amenity.most) }, (_, nth) => ({ district, commune, amenity, nth }))
          : [],
      ),
    ),
  )
  const rows = list.map(({ district, commune, amenity: { kind, word, area }, nth }, index): Row => {
    const place = placeInCommune(district, commune, random)
    const isPaid = kind === 'Bể bơi' || (kind === 'Nhà vệ sinh công cộng' && random.next() < 0.4)
    return {
      'Mã huyện': district.code,
      Mã: `CTCC${String(index + 1).padStart(4, '0')}`,
      'Tên công trình': `${word} ${commune.name}${nth === 0 ? '' : ` ${nth + 1}`}`,
      Loại: kind,
      'Diện tích (m2)': gap(random, 0.06, random.between(area[0], area[1])),
      'Số chỗ ngồi': kind === 'Sân vận động' || kind === 'Nhà thi đấu' ? random.between(2, 120) * 50 : null,
      'Số buồng vệ sinh': kind === 'Nhà vệ sinh công cộng' ? random.between(2, 12) : null,
      'Giờ mở cửa': kind === 'Công viên, vườn hoa' ? '24/7' : 'Mo-Su 05:00-21:00',
      'Giá dịch vụ': isPaid ? random.between(2, 25) * 1000 : 0,
      'Tiếp cận xe lăn': random.pick(['có', 'không', 'không']),
      'Tình trạng': random.pick(['Tốt', 'Tốt', 'Tốt', 'Cần sửa chữa', 'Tạm đóng']),
      'Năm xây dựng': gap(random, 0.2, random.between(1988, 2024)),
      'Đơn vị quản lý': random.pick([
        'UBND xã, phường',
        'Công ty Công viên cây xanh và Chiếu sáng',
        'Trung tâm Văn hóa – Thể thao',
      ]),
      'Địa chỉ': place.address,
      'Mã xã': commune.code,
      'Toạ độ / Vĩ độ': gap(random, 0.08, place.latitude),
      'Toạ độ / Kinh độ': place.longitude,
    }
  })
  return withSlips(rows, {
    56: { 'Diện tích (m2)': '120x65' },
    204: { 'Giá dịch vụ': -2000 },
    390: { Loại: 'Nhà văn hóa' },
    501: { 'Mã xã': '99999' },
  })
}
