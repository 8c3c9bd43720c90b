import { coordinateColumns } from '../office/place-columns.js'
import { districts, placeInCommune } from '../office/places.js'
import { gap, withSlips, type Row } from '../office/rows.js'
import { seededRandom } from '../seeded-random.js'

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
      ...coordinateColumns(place, random, 0.08),
    }
  })
  return withSlips(rows, {
    56: { 'Diện tích (m2)': '120x65' },
    204: { 'Giá dịch vụ': -2000 },
    390: { Loại: 'Nhà văn hóa' },
    501: { 'Mã xã': '99999' },
  })
}
