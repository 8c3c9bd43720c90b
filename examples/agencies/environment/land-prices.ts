import { districts } from '../office/places.js'
import { comma, dotted, withSlips, type Row } from '../office/rows.js'
import { seededRandom } from '../seeded-random.js'

export const tableYears = ['2020', '2025'] as const
export type TableYear = (typeof tableYears)[number]

const farmland = [
  ['Đất trồng lúa nước (LUC)', 62_000],
  ['Đất trồng cây hằng năm khác (HNK)', 58_000],
  ['Đất trồng cây lâu năm (CLN)', 48_000],
  ['Đất rừng sản xuất (RSX)', 9_000],
  ['Đất rừng phòng hộ (RPH)', 6_500],
  ['Đất rừng đặc dụng (RDD)', 6_500],
  ['Đất nuôi trồng thủy sản (NTS)', 56_000],
] as const
const mountain = ['542', '546', '551']
const midland = ['544', '547']

/** Agricultural land: a line for each commune and type of land, four positions across. */
export function farmlandPriceRows(year: TableYear): Row[] {
  const rows = districts.flatMap((district) =>
    district.communes.flatMap((commune, nth) => {
      const region = mountain.includes(district.code)
        ? 'Miền núi'
        : midland.includes(district.code)
          ? 'Trung du'
          : 'Đồng bằng'
      const factor = (region === 'Miền núi' ? 0.45 : region === 'Trung du' ? 0.7 : 1) * (year === '2020' ? 0.8 : 1)
      return farmland.map(([type, base], line): Row => {
        const best = base * factor * (1 - (nth % 5) * 0.03)
        const prices = [1, 0.85, 0.72, 0.6].map((share) => Math.round((best * share) / 500) * 500)
        return {
          'Mã dòng': `NN-${commune.code}-${line + 1}`,
          'Mã huyện': district.code,
          'Mã xã': commune.code,
          'Khu vực': region,
          'Loại đất': type,
          ...Object.fromEntries(prices.map((price, index) => [`Giá (đồng/m²) / VT${index + 1}`, dotted(price)])),
        }
      })
    }),
  )
  return year === '2025' ? withSlips(rows, { 300: { 'Giá (đồng/m²) / VT2': 'như VT1' } }) : rows
}

const streets = [
  'Nguyễn Huệ',
  'Trần Hưng Đạo',
  'Lê Hồng Phong',
  'Quang Trung',
  'Nguyễn Thái Học',
  'Tây Sơn',
  'Hùng Vương',
  'Lý Thường Kiệt',
  'Trường Chinh',
  'Đống Đa',
  'Nguyễn Tất Thành',
  'Hoàng Văn Thụ',
  'An Dương Vương',
  'Phan Bội Châu',
  'Ngô Mây',
  'Lê Lợi',
  'Bạch Đằng',
  'Xuân Diệu',
  'Võ Nguyên Giáp',
  'Hoàng Quốc Việt',
]
const ends = [
  'Giáp quốc lộ 1',
  'Ngã ba chợ',
  'Cầu bê tông',
  'Trường tiểu học',
  'Trụ sở UBND',
  'Ngã tư bưu điện',
  'Hết khu dân cư',
  'Giáp đường sắt',
  'Nhà văn hóa',
]
const positions = { 1: 1, 2: 0.6, 3: 0.4, 4: 0.3 } as const

/** Land that is not agricultural: a line for each stretch of street and type of land, as text of a CSV file. */
export function streetPriceRows(year: TableYear): Row[] {
  const random = seededRandom('street prices')
  const rows = districts.flatMap((district) =>
    district.communes.flatMap((commune) => {
      const isTown = commune.designation !== 'Xã'
      const level = district.code === '540' ? 14_000_000 : isTown ? 4_200_000 : 900_000
      return Array.from({ length: isTown ? 9 : 3 }, (_, line) => {
        const price = level * (0.35 + random.next() ** 2 * 2.4) * (year === '2020' ? 0.72 : 1)
        const stretch = {
          'Mã huyện': district.code,
          'Mã xã': commune.code,
          'Tên đường': random.pick(streets),
          Từ: random.pick(ends),
          Đến: random.pick(ends),
        }
        const kinds = [
          [isTown ? 'ODT' : 'ONT', 1],
          ['TMD', 0.8],
          ['SKC', 0.6],
        ] as const
        return kinds.map(([kind, share]): Row => ({
          'Mã dòng': `PNN-${commune.code}-${String(line + 1).padStart(2, '0')}`,
          ...stretch,
          'Loại đất': kind,
          ...Object.fromEntries(
            Object.entries(positions).map(([position, part]) => [
              `Vị trí ${position}`,
              dotted(Math.round((price * share * part) / 10_000) * 10_000),
            ]),
          ),
        }))
      }).flat()
    }),
  )
  return year === '2025' ? withSlips(rows, { 77: { 'Vị trí 1': comma(12.5) }, 410: { 'Mã xã': '2155O' } }) : rows
}
