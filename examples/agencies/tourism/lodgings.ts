import { districtOf } from '../office/districts-by-code.js'
import { coordinateColumns } from '../office/place-columns.js'
import { placeIn, placeSomewhere } from '../office/places.js'
import { dayBetween, dotted, gap, typedDay, withSlips, yearsAfter, type Row } from '../office/rows.js'
import { officePhone } from '../office/telephones.js'
import { operatingEnterprises } from '../planning-investment/enterprises.js'
import { seededRandom, type SeededRandom } from '../seeded-random.js'

interface Shape {
  readonly kind: string
  readonly word: string
  readonly count: number
  readonly rooms: readonly [least: number, most: number]
  /** VND a night. */
  readonly price: readonly [least: number, most: number]
}

const shapes: readonly Shape[] = [
  { kind: 'Khách sạn', word: 'Khách sạn', count: 172, rooms: [18, 240], price: [250_000, 1_400_000] },
  { kind: 'Biệt thự du lịch', word: 'Biệt thự', count: 14, rooms: [4, 40], price: [1_200_000, 4_500_000] },
  { kind: 'Căn hộ du lịch', word: 'Căn hộ', count: 26, rooms: [6, 120], price: [500_000, 1_300_000] },
  { kind: 'Nhà nghỉ du lịch', word: 'Nhà nghỉ', count: 148, rooms: [5, 22], price: [150_000, 350_000] },
  {
    kind: 'Nhà ở có phòng cho khách du lịch thuê',
    word: 'Homestay',
    count: 92,
    rooms: [2, 9],
    price: [180_000, 500_000],
  },
  { kind: 'Bãi cắm trại du lịch', word: 'Camping', count: 9, rooms: [6, 30], price: [120_000, 400_000] },
]
const names = [
  'Hải Âu',
  'Sao Biển',
  'Hoàng Yến',
  'Thanh Bình',
  'Kim Cúc',
  'Biển Xanh',
  'Ánh Dương',
  'Mường Hoa',
  'Hương Biển',
]
const seconds = ['', ' 2', ' Luxury', ' Quy Nhơn', ' Bay', ' View', ' Garden']
const amenities = ['Wifi', 'Bãi đỗ xe', 'Nhà hàng', 'Hồ bơi', 'Phòng họp', 'Thang máy', 'Xe điện đưa đón']

function starsOf(kind: string, rooms: number, random: SeededRandom): number | null {
  if (kind !== 'Khách sạn' || random.next() < 0.25) return null
  if (rooms > 200) return 5
  if (rooms > 150) return 4
  if (rooms > 80) return 3
  return rooms > 40 ? 2 : 1
}

/** The lodgings of the province, with the enterprise behind those that are one. */
export function lodgingRows(): Row[] {
  const random = seededRandom('lodgings')
  const hotels = operatingEnterprises(['5510'], 100)
  const list = shapes.flatMap((shape) => Array.from({ length: shape.count }, (_, nth) => ({ shape, nth })))
  const rows = list.map(({ shape, nth }, index): Row => {
    const owner = shape.kind === 'Khách sạn' ? hotels[nth] : undefined
    const place =
      owner?.place ?? (random.next() < 0.12 ? placeIn(districtOf('543'), random) : placeSomewhere(random, 0.68))
    const rooms = random.between(...shape.rooms)
    const stars = starsOf(shape.kind, rooms, random)
    const rated = dayBetween(random, 2020, 2025)
    const lowest = Math.round(random.between(...shape.price) / 10_000) * 10_000
    return {
      Mã: `LT${String(index + 1).padStart(4, '0')}`,
      'Tên cơ sở': `${shape.word} ${random.pick(names)}${random.pick(seconds)}`,
      Loại: shape.kind,
      'Hạng sao': stars,
      'Xếp hạng / Số quyết định':
        stars === null ? null : `${random.between(10, 320)}/QĐ-${stars > 3 ? 'CDLQG' : 'SDL'}`,
      'Xếp hạng / Ngày': stars === null ? null : typedDay(random, rated),
      'Xếp hạng / Hết hạn': stars === null ? null : typedDay(random, yearsAfter(rated, 5)),
      'Quy mô / Số buồng': rooms,
      'Quy mô / Số giường': gap(random, 0.04, Math.round(rooms * 1.6)),
      'Quy mô / Lao động': gap(random, 0.08, Math.max(1, Math.round(rooms * 0.45))),
      'Giá buồng / Thấp nhất': dotted(lowest),
      'Giá buồng / Cao nhất': dotted(lowest * random.between(1, 4)),
      'Tiện nghi': amenities.filter(() => random.next() < 0.45).join('; ') || 'Wifi',
      'Ngày hoạt động': typedDay(random, dayBetween(random, 1996, 2025)),
      'Tình trạng': random.pick([...Array<string>(12).fill('Đang hoạt động'), 'Tạm ngừng', 'Đã đóng cửa']),
      'Mã số thuế': owner?.taxCode ?? null,
      'Điện thoại': officePhone(random),
      Website: gap(random, 0.7, `https://luutru${index + 1}.example.vn`),
      'Địa chỉ': place.address,
      'Mã huyện': place.district.code,
      'Mã xã': place.commune.code,
      ...coordinateColumns(place, random, 0.07),
    }
  })
  return withSlips(rows, {
    23: { 'Hạng sao': 6 },
    140: { 'Quy mô / Số buồng': 'khoảng 30' },
    233: { Website: 'www.nhanghi.vn' },
    310: { 'Mã xã': '2155' },
    402: { Loại: 'Nhà trọ' },
  })
}
