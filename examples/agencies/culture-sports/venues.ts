import { coordinateColumns } from '../office/place-columns.js'
import { districts, placeIn } from '../office/places.js'
import { districtOf } from '../office/districts-by-code.js'
import { gap, withSlips, type Row } from '../office/rows.js'
import { operatingEnterprises } from '../planning-investment/enterprises.js'
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
  // Cinemas are run by companies that own the buildings.
  const companies = operatingEnterprises(['68'], 5)
  const rows = [...lines, ...local].map(
    ([name = '', kind = '', ownership = '', code = '', operator = '', seats = ''], index): Row => {
      const place = placeIn(districtOf(code), random)
      const company = kind === 'Rạp chiếu phim' ? companies[index % companies.length] : undefined
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
        'Đơn vị vận hành': company?.name ?? operator,
        'Mã số thuế': company?.taxCode ?? null,
        'Điện thoại': gap(random, 0.2, officePhone(random)),
        'Địa chỉ': place.address,
        'Mã huyện': place.district.code,
        'Mã xã': place.commune.code,
        ...coordinateColumns(place, random, 0.1),
      }
    },
  )
  return withSlips(rows, { 18: { 'Năm đưa vào sử dụng': 'trước 1990' } })
}
