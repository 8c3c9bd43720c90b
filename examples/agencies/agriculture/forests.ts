import { mappedColumns } from '../office/place-columns.js'
import { districts, placeIn } from '../office/places.js'
import { comma, dotted, rounded, withSlips, type Row } from '../office/rows.js'
import { seededRandom } from '../seeded-random.js'

export type Purpose = 'phong-ho' | 'dac-dung' | 'san-xuat'
const purposes = {
  'phong-ho': {
    sign: 'PH',
    count: 11,
    kinds: ['Phòng hộ đầu nguồn', 'Phòng hộ đầu nguồn', 'Phòng hộ chắn gió, chắn cát bay'],
    owners: ['Ban quản lý rừng phòng hộ', 'UBND cấp xã'],
  },
  'dac-dung': {
    sign: 'DD',
    count: 5,
    kinds: ['Khu dự trữ thiên nhiên', 'Khu bảo vệ cảnh quan'],
    owners: ['Ban quản lý rừng đặc dụng'],
  },
  'san-xuat': {
    sign: 'SX',
    count: 16,
    kinds: ['Rừng sản xuất là rừng tự nhiên', 'Rừng sản xuất là rừng trồng', 'Rừng sản xuất là rừng trồng'],
    owners: ['Công ty lâm nghiệp Nhà nước', 'Hộ gia đình, cá nhân', 'Doanh nghiệp khác', 'Cộng đồng dân cư'],
  },
} as const
const reserves = ['542', '540', '547', '548']

/** The parts of compartments with one purpose. */
export function compartmentRows(purpose: Purpose): Row[] {
  const { sign, count, kinds, owners } = purposes[purpose]
  const random = seededRandom(`forest ${purpose}`)
  const inside = purpose === 'dac-dung' ? districts.filter(({ code }) => reserves.includes(code)) : districts
  const rows = inside.flatMap((district, nth) =>
    Array.from({ length: count }, (_, index): Row => {
      const place = placeIn(district, random)
      const area = rounded(180 + random.next() * 900, 2)
      const natural = rounded(area * random.next() * (purpose === 'san-xuat' ? 0.4 : 0.85), 2)
      const planted = rounded((area - natural) * random.next(), 2)
      const young = rounded((area - natural - planted) * random.next() * 0.5, 2)
      const kind = random.pick<string>(kinds)
      const owner = random.pick<string>(owners)
      const compartment = String(100 + nth * 24 + index)
      return {
        Mã: `${sign}-${district.code}-${compartment}`,
        'Tiểu khu': compartment,
        'Loại rừng': kind,
        'Loại chủ rừng': owner,
        'Đơn vị quản lý': owner.startsWith('Hộ') || owner.startsWith('Cộng') ? null : `${owner} ${district.name}`,
        'Diện tích (ha) / Tổng': comma(area),
        'Diện tích (ha) / Rừng tự nhiên': comma(natural),
        'Diện tích (ha) / Rừng trồng': comma(planted),
        'Diện tích (ha) / Chưa thành rừng': comma(young),
        'Diện tích (ha) / Chưa có rừng': comma(rounded(area - natural - planted - young, 2)),
        'Trữ lượng (m³)': dotted(Math.round(natural * 110 + planted * 65)),
        'Loài cây': random.pick(['Keo lai', 'Bạch đàn', 'Dầu rái, chò', 'Phi lao']),
        'Số liệu đến': { date: '2024-12-31' },
        ...mappedColumns(place, random),
      }
    }),
  )
  // One slip in the short list of special-use forests would be a twentieth of it.
  return rows.length < 40 ? rows : withSlips(rows, { 9: { 'Trữ lượng (m³)': 'chưa đo' } })
}

const purposeNames = ['Rừng phòng hộ', 'Rừng đặc dụng', 'Rừng sản xuất', 'Ngoài quy hoạch lâm nghiệp']
const types = [
  ['Rừng tự nhiên thứ sinh', 5200, 105],
  ['Rừng trồng mới trên đất chưa có rừng', 1400, 60],
  ['Rừng trồng lại sau khai thác', 2600, 70],
  ['Đã trồng chưa thành rừng', 700, 0],
] as const
const causes = [
  ['Trồng rừng', 160],
  ['Rừng trồng đủ tiêu chí thành rừng', 130],
  ['Khai thác', -190],
  ['Cháy rừng', -6],
  ['Phá rừng, lấn chiếm', -3],
  ['Chuyển mục đích sử dụng', -14],
  ['Sâu bệnh, thiên tai', -8],
] as const
const years = [2020, 2021, 2022, 2023, 2024]

/** Forests change little from year to year: by a hundredth at most about where they stand. */
function areaIn(year: number, cell: string, hectares: number): number {
  const usual = seededRandom(`forest ${cell}`).next()
  const change = seededRandom(`forest ${cell} ${year}`).next() * 0.02 - 0.01
  return rounded(hectares * usual * (1 + change), 2)
}

export function forestRows(): Row[] {
  const rows = years.flatMap((year) =>
    districts.flatMap((district) =>
      purposeNames.flatMap((purpose) =>
        types.map(([type, hectares, volume]): Row => {
          const usual = hectares * (purpose.startsWith('Ngoài') ? 0.1 : 1)
          const area = areaIn(year, `${district.code} ${purpose} ${type}`, usual)
          return {
            Năm: year,
            'Mã huyện': district.code,
            'Mục đích sử dụng': purpose,
            'Loại rừng': type,
            'Diện tích (ha)': comma(area),
            'Trữ lượng (m³)': dotted(Math.round(area * volume)),
          }
        }),
      ),
    ),
  )
  return withSlips(rows, { 100: { 'Diện tích (ha)': '#N/A' } })
}

export function forestChangeRows(): Row[] {
  const random = seededRandom('forest changes')
  return years.flatMap((year) =>
    districts.flatMap((district) =>
      purposeNames.slice(0, 3).flatMap((purpose) =>
        causes.map(([cause, hectares]): Row => ({
          Năm: year,
          'Mã huyện': district.code,
          'Mục đích sử dụng': purpose,
          'Nguyên nhân': cause,
          'Thay đổi (ha)': comma(rounded(hectares * random.next() * 1.6, 2)),
        })),
      ),
    ),
  )
}
