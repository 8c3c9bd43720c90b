import { peopleOf } from '../office/district-people.js'
import { districts } from '../office/places.js'
import { comma, rounded, withSlips, type Row } from '../office/rows.js'
import { seededRandom } from '../seeded-random.js'

const goods = [
  ['Thịt lợn', 31],
  ['Thịt bò', 7],
  ['Thịt gà', 16],
  ['Thịt vịt', 4],
  ['Trứng gà', 9],
  ['Sữa tươi nguyên liệu', 24],
] as const
const segments = [
  ['Hộ gia đình', 0.72],
  ['Nhà hàng, khách sạn, bếp ăn tập thể', 0.2],
  ['Chế biến', 0.08],
] as const

export function demandRows(): Row[] {
  const random = seededRandom('livestock demand')
  return [2022, 2023, 2024, 2025].flatMap((year) =>
    districts.flatMap((district) =>
      goods.flatMap(([product, kilograms]) =>
        segments.map(([segment, share]): Row => {
          const people = peopleOf(district.code)
          const demand = rounded((people * kilograms * share * (0.9 + random.next() * 0.2)) / 1000, 1)
          return {
            Năm: year,
            'Mã huyện': district.code,
            'Sản phẩm': product,
            'Nhóm tiêu dùng': segment,
            'Nhu cầu (tấn)': comma(demand),
            'Bình quân (kg/người)': comma(rounded(kilograms * share, 1)),
            'Cung tại chỗ (tấn)': comma(rounded(demand * (0.5 + random.next() * 0.7), 1)),
            'Dự báo': year === 2025 ? 'x' : 'Không',
          }
        }),
      ),
    ),
  )
}

const prices = [
  ['Lợn hơi', 'Trong tỉnh', 58_000, 'VND', 'Kg'],
  ['Lợn hơi', 'Miền Bắc', 61_000, 'VND', 'Kg'],
  ['Lợn hơi', 'Miền Nam', 60_000, 'VND', 'Kg'],
  ['Lợn hơi', 'Trung Quốc', 2_300, 'USD', 'Tấn'],
  ['Lợn hơi', 'Hoa Kỳ (CME)', 1_900, 'USD', 'Tấn'],
  ['Bò hơi', 'Trong tỉnh', 80_000, 'VND', 'Kg'],
  ['Bò hơi', 'Hoa Kỳ (CME)', 4_100, 'USD', 'Tấn'],
  ['Thịt lợn', 'Trong tỉnh', 115_000, 'VND', 'Kg'],
  ['Thịt bò', 'Trong tỉnh', 235_000, 'VND', 'Kg'],
  ['Gà lông màu hơi', 'Trong tỉnh', 52_000, 'VND', 'Kg'],
  ['Gà công nghiệp hơi', 'Miền Nam', 31_000, 'VND', 'Kg'],
  ['Vịt hơi', 'Trong tỉnh', 45_000, 'VND', 'Kg'],
  ['Trứng gà', 'Trong tỉnh', 26_000, 'VND', '10 quả'],
  ['Trứng vịt', 'Trong tỉnh', 31_000, 'VND', '10 quả'],
  ['Sữa tươi nguyên liệu', 'Trong tỉnh', 14_500, 'VND', 'Lít'],
] as const

export const priceYears = ['2022', '2023', '2024', '2025'] as const
export type PriceYear = (typeof priceYears)[number]

/** Prices rise and fall over the months, and a little from month to month besides. Month 0 is December of the year before. */
function meanPrice(product: string, market: string, usual: number, year: number, month: number): number {
  const nth = year * 12 + month
  const phase = seededRandom(`phase of ${product} ${market}`).next() * 24
  const swing = 1 + 0.08 * Math.sin(((nth + phase) / 24) * 2 * Math.PI)
  const noise = 0.99 + seededRandom(`price of ${product} ${market} ${nth}`).next() * 0.02
  return Math.round((usual * swing * noise) / 10) * 10
}

/** Mean prices of each month of a year. */
export function priceRows(year: PriceYear): Row[] {
  const months = Array.from({ length: year === '2025' ? 6 : 12 }, (_, index) => index + 1)
  const rows = months.flatMap((month) =>
    prices.map(([product, market, usual, currency, unit]): Row => {
      const price = meanPrice(product, market, usual, Number(year), month)
      const before = meanPrice(product, market, usual, Number(year), month - 1)
      return {
        Năm: year,
        Tháng: month,
        'Sản phẩm': product,
        'Thị trường': market,
        'Giá bình quân': comma(price),
        'Thấp nhất': comma(Math.round(price * 0.96)),
        'Cao nhất': comma(Math.round(price * 1.04)),
        'Loại tiền': currency,
        'Đơn vị': unit,
        'So tháng trước (%)': comma(rounded((price / before - 1) * 100, 1)),
      }
    }),
  )
  return year === '2024' ? withSlips(rows, { 33: { 'Giá bình quân': '58.000 - 60.000' } }) : rows
}
