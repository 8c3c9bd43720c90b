import { districts } from '../office/places.js'
import { comma, rounded, withSlips, type Row } from '../office/rows.js'
import { seededRandom } from '../seeded-random.js'

const reservoirs = [
  ['DB', 'Hồ Định Bình', 226.2, 91.9, '546'],
  ['NM', 'Hồ Núi Một', 110, 46.2, '549'],
  ['HS', 'Hồ Hội Sơn', 45.7, 68.6, '548'],
  ['TN', 'Hồ Thuận Ninh', 35.4, 68, '547'],
  ['VH', 'Hồ Vạn Hội', 14.5, 44, '544'],
  ['CH', 'Hồ Cẩn Hậu', 3.7, 152, '543'],
  ['MB', 'Hồ Mỹ Bình', 5.5, 38, '543'],
  ['DT', 'Hồ Diêm Tiêu', 6.6, 30, '545'],
  ['HT', 'Hồ Hóc Tài', 2.4, 27, '545'],
  ['SV', 'Hồ Sông Vố', 1.5, 84, '542'],
  ['LT', 'Hồ Long Mỹ', 3.6, 29.5, '540'],
  ['QH', 'Hồ Quang Hiển', 3.8, 53, '551'],
  ['DM', 'Hồ Đồng Mít', 89.8, 101.4, '542'],
] as const

/** Days of the first half of 2025, every seventh. */
const days = Array.from({ length: 26 }, (_, index) =>
  new Date(Date.UTC(2025, 0, 2 + index * 7)).toISOString().slice(0, 10),
)

export function reservoirRows(): Row[] {
  const random = seededRandom('reservoirs')
  const randomInflow = seededRandom('inflow of reservoirs')
  const rows = days.flatMap((day, week) =>
    reservoirs.map(([code, name, capacity, level, district]): Row => {
      const share = Math.max(0.12, 0.96 - week * 0.025 + random.next() * 0.05)
      return {
        Ngày: { date: day },
        'Mã hồ': code,
        'Tên hồ': name,
        'Mã huyện': district,
        'Dung tích (triệu m³) / Thiết kế': comma(capacity),
        'Dung tích (triệu m³) / Hiện tại': comma(rounded(capacity * share, 2)),
        'MNDBT (m)': comma(level),
        'Mực nước (m)': comma(rounded(level - (1 - share) * 12, 2)),
        'Tỷ lệ (%)': comma(rounded(share * 100, 1)),
        'Đến (m³/s)': comma(rounded(randomInflow.next() * capacity * 0.06, 2)),
        'Xả (m³/s)': comma(rounded(random.next() * capacity * 0.1, 2)),
      }
    }),
  )
  return withSlips(rows, { 77: { 'Mực nước (m)': 'mất số liệu' } })
}

export function shortageRows(): Row[] {
  const random = seededRandom('water shortage')
  return ['2023', '2024', '2025'].flatMap((year) =>
    ['04-15', '05-15', '06-15', ...(year === '2025' ? [] : ['07-15', '08-15'])].flatMap((day) =>
      districts.map((district): Row => {
        const isDry = random.next() < 0.6
        const hectares = isDry ? random.between(0, 420) : 0
        return {
          'Ngày báo cáo': { date: `${year}-${day}` },
          'Mã huyện': district.code,
          'Thiếu nước (ha) / Lúa': hectares,
          'Thiếu nước (ha) / Cây khác': Math.round(hectares * 0.3),
          'Mất trắng (ha)': Math.round(hectares * 0.02),
          'Nhiễm mặn (ha)': ['540', '550', '543'].includes(district.code) ? random.between(0, 60) : 0,
          'Hộ thiếu nước': isDry ? random.between(0, 900) : 0,
        }
      }),
    ),
  )
}

const points = [
  ['TL-01', 'Đập An Thuận', 'Sông Kôn', '550', 13.883, 109.18, 2012],
  ['TL-02', 'Cầu Diêu Trì', 'Sông Hà Thanh', '550', 13.806, 109.146, 2012],
  ['TL-03', 'Đập Phú Xuân', 'Sông Lại Giang', '543', 14.455, 109.05, 2015],
  ['TL-04', 'Cầu Gò Bồi', 'Sông Gò Chàm', '550', 13.92, 109.19, 2015],
  ['TL-05', 'Đập Cây Ké', 'Sông La Tinh', '545', 14.13, 109.1, 2018],
  ['TL-06', 'Đập Thạnh Hòa', 'Sông Kôn', '549', 13.9, 109.12, 2018],
] as const

export function pointRows(): Row[] {
  return points.map(([code, name, river, district, latitude, longitude, since]): Row => ({
    'Mã điểm': code,
    'Tên điểm': name,
    Sông: river,
    'Mã huyện': district,
    'Đo từ ngày': { date: `${since}-01-01` },
    'Tình trạng': 'Đang đo',
    'Vĩ độ': comma(latitude),
    'Kinh độ': comma(longitude),
  }))
}

/** Salinity, level and simple quality at the weirs. */
export function observationRows(): Row[] {
  const random = seededRandom('salinity')
  const rows = days.flatMap((day) =>
    points.map(([code]): Row => ({
      'Mã điểm': code,
      Ngày: { date: day },
      'Độ mặn (g/L)': comma(rounded(random.next() ** 3 * 8, 2)),
      'Mực nước (m)': comma(rounded(0.3 + random.next() * 3, 2)),
      pH: comma(rounded(6.5 + random.next() * 1.5, 1)),
      'DO (mg/L)': comma(rounded(4.5 + random.next() * 3, 1)),
    })),
  )
  return withSlips(rows, { 31: { 'Độ mặn (g/L)': 'ngưng đo' } })
}
