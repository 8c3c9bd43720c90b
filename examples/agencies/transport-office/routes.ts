import { dayBetween, dotted, typedDay, withSlips, type Row } from '../office/rows.js'
import { operatingEnterprises } from '../planning-investment/enterprises.js'
import { seededRandom } from '../seeded-random.js'

const terminals = [
  ['Bến xe Quy Nhơn', '540', '11'],
  ['Bến xe Bồng Sơn', '543', '12'],
  ['Bến xe An Nhơn', '549', '13'],
  ['Bến xe Phù Mỹ', '545', '14'],
  ['Bến xe Phú Phong', '547', '15'],
] as const
const ends = [
  ['TP. Hồ Chí Minh', 'Bến xe Miền Đông mới', '50', 650, 'QL1'],
  ['TP. Hồ Chí Minh', 'Bến xe An Sương', '50', 665, 'QL1'],
  ['Đà Nẵng', 'Bến xe Trung tâm Đà Nẵng', '43', 305, 'QL1'],
  ['Gia Lai', 'Bến xe Đức Long', '81', 165, 'QL19'],
  ['Đắk Lắk', 'Bến xe phía Bắc Buôn Ma Thuột', '47', 330, 'QL19 – QL14'],
  ['Kon Tum', 'Bến xe Kon Tum', '82', 215, 'QL19 – QL14'],
  ['Phú Yên', 'Bến xe Tuy Hòa', '78', 110, 'QL1D – QL1'],
  ['Khánh Hòa', 'Bến xe phía Bắc Nha Trang', '79', 235, 'QL1D – QL1'],
  ['Quảng Ngãi', 'Bến xe Quảng Ngãi', '76', 175, 'QL1'],
  ['Lâm Đồng', 'Bến xe Đà Lạt', '49', 370, 'QL1 – QL27C'],
  ['Thừa Thiên Huế', 'Bến xe phía Nam Huế', '75', 410, 'QL1'],
  ['Hà Nội', 'Bến xe Nước Ngầm', '29', 1065, 'QL1'],
  ['Bình Dương', 'Bến xe Bình Dương', '61', 660, 'QL1 – QL13'],
  ['Đồng Nai', 'Bến xe Biên Hòa', '60', 630, 'QL1'],
  ['Bình Định', 'Bến xe An Lão', '77', 115, 'QL1 – ĐT629'],
  ['Bình Định', 'Bến xe Vĩnh Thạnh', '77', 85, 'QL19 – ĐT637'],
] as const

function routes(): { code: string; length: number; row: Row }[] {
  return terminals.flatMap(([terminal, district, number], at) =>
    ends.map(([province, end, plate, kilometres, way], nth) => {
      const random = seededRandom(`coach route ${number} ${nth}`)
      const code = `77${plate}.${number}${String(nth + 11)}.A`
      const length = kilometres + at * 12
      const trips = random.pick([30, 60, 90, 120, 240, 480])
      const status = random.pick([
        'Đang khai thác',
        'Đang khai thác',
        'Đang khai thác',
        'Quy hoạch, chưa khai thác',
        'Ngừng khai thác',
      ])
      const row: Row = {
        'Mã số tuyến': code,
        'Loại tuyến': province === 'Bình Định' ? 'Nội tỉnh' : 'Liên tỉnh',
        'Bến đi': terminal,
        'Bến đến': end,
        'Tỉnh đến': province,
        'Hành trình': `${terminal} – ${way} – ${end} và ngược lại`,
        'Cự ly': length,
        'Lưu lượng (chuyến/tháng)': trips,
        'Đang khai thác (chuyến/tháng)': status === 'Đang khai thác' ? Math.round(trips * random.next()) : 0,
        'Tình trạng': status,
        'Mã huyện': district,
      }
      return { code, length, row }
    }),
  )
}

export function routeRows(): Row[] {
  return withSlips(
    routes().map(({ row }) => row),
    { 17: { 'Cự ly': '677 km' }, 52: { 'Mã huyện': '500' } },
  )
}

export function fareRows(): Row[] {
  const random = seededRandom('coach fares')
  const operators = operatingEnterprises(['4931'], 30)
  const rows = routes().flatMap(({ code, length }) =>
    (['Ghế ngồi', 'Giường nằm', 'Giường phòng, limousine'] as const).flatMap((kind, nth): Row[] => {
      if (random.next() < 0.3) return []
      const operator = random.pick(operators)
      const day = dayBetween(random, 2023, 2025)
      const fare = Math.round((length * (650 + nth * 280 + random.between(0, 120))) / 10_000) * 10_000 + 20_000
      return [
        {
          'Mã số tuyến': code,
          'Đơn vị vận tải': operator.name,
          'Mã số thuế': operator.taxCode,
          'Loại xe': kind,
          'Số chỗ': [29, 40, 22][nth] ?? null,
          'Giá vé': dotted(fare),
          'Phụ thu lễ, Tết': random.pick([20, 40, 60]),
          'Ngày kê khai': typedDay(random, day),
          'Áp dụng từ': typedDay(random, day),
        },
      ]
    }),
  )
  return withSlips(
    rows.map((row, index) => ({ 'Số kê khai': `KKG-${String(index + 1).padStart(4, '0')}`, ...row })),
    { 25: { 'Giá vé': 'thỏa thuận' }, 80: { 'Loại xe': 'Xe bus' } },
  )
}
