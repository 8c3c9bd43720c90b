import { mappedColumns } from '../office/place-columns.js'
import { placeIn, districts } from '../office/places.js'
import { comma, dayBetween, dotted, gap, typedDay, withSlips, type Row } from '../office/rows.js'
import { seededRandom } from '../seeded-random.js'

const themes = [
  'môi trường đô thị',
  'môi trường làng nghề',
  'môi trường biển và ven bờ',
  'chất thải rắn sinh hoạt',
  'môi trường lưu vực sông Kôn – Hà Thanh',
  'đa dạng sinh học',
]

/** Reports on the state of the environment since 2010. */
export function reportRows(): Row[] {
  const random = seededRandom('environment reports')
  const years = Array.from({ length: 15 }, (_, index) => 2010 + index)
  const yearly = years.map((year) =>
    report(
      `BC-${year}`,
      `Báo cáo công tác bảo vệ môi trường năm ${year}`,
      'Công tác bảo vệ môi trường hằng năm',
      year,
      year,
    ),
  )
  const fiveYearly = [2010, 2015, 2020].map((year) =>
    report(
      `HT-${year}`,
      `Báo cáo hiện trạng môi trường tỉnh Bình Định giai đoạn ${year - 4}–${year}`,
      'Hiện trạng môi trường 5 năm',
      year - 4,
      year,
    ),
  )
  const thematic = themes.map((theme, index) =>
    report(
      `CD-${2013 + index * 2}`,
      `Báo cáo chuyên đề ${theme}`,
      'Chuyên đề về môi trường',
      2013 + index * 2,
      2013 + index * 2,
    ),
  )
  const monitoring = years
    .slice(5)
    .flatMap((year) =>
      [1, 2, 3, 4].map((quarter) =>
        report(
          `QT-${year}-${quarter}`,
          `Kết quả quan trắc môi trường quý ${quarter} năm ${year}`,
          'Kết quả quan trắc',
          year,
          year,
        ),
      ),
    )
  return withSlips([...yearly, ...fiveYearly, ...thematic, ...monitoring], { 41: { 'Số trang': 'khoảng 80' } })

  function report(number: string, title: string, kind: string, from: number, to: number): Row {
    const media = ['Không khí xung quanh', 'Nước mặt lục địa', 'Nước dưới đất', 'Đất', 'Nước biển ven bờ']
    return {
      'Số hiệu': number,
      'Tên báo cáo': title,
      Loại: kind,
      'Kỳ báo cáo / Từ năm': from,
      'Kỳ báo cáo / Đến năm': to,
      'Thành phần môi trường': media.slice(0, kind === 'Chuyên đề về môi trường' ? 2 : 5).join('; '),
      'Cơ quan công bố':
        kind === 'Kết quả quan trắc' ? 'Trung tâm Quan trắc Tài nguyên và Môi trường' : 'Sở Tài nguyên và Môi trường',
      'Ngày công bố': gap(
        random,
        0.1,
        typedDay(random, dayBetween(random, Math.min(to + 1, 2025), Math.min(to + 1, 2025))),
      ),
      'Số trang': random.between(24, 260),
      'Địa chỉ': gap(random, 0.3, `https://stnmt.binhdinh.example/bao-cao/${number.toLowerCase()}.pdf`),
    }
  }
}

const causes = [
  { cause: 'Kho hóa chất bảo vệ thực vật tồn lưu', name: 'Kho thuốc cũ', pollutants: 'Tổng DDT; Lindan', area: 900 },
  { cause: 'Bãi chôn lấp chất thải', name: 'Bãi rác', pollutants: 'Chì (Pb); Cadimi (Cd)', area: 12_000 },
  {
    cause: 'Sản xuất công nghiệp, làng nghề',
    name: 'Khu vực làng nghề',
    pollutants: 'Đồng (Cu); Kẽm (Zn)',
    area: 6_000,
  },
  { cause: 'Khai thác khoáng sản', name: 'Khu vực mỏ cũ', pollutants: 'Asen (As)', area: 40_000 },
] as const

/** Known areas of soil pollution. */
export function pollutedSiteRows(): Row[] {
  const random = seededRandom('polluted sites')
  const rows = districts.flatMap((district) =>
    causes.flatMap(({ cause, name, pollutants, area }): Row[] => {
      if (random.next() < 0.25) return []
      const place = placeIn(district, random)
      return [
        {
          'Khu vực': `${name} ${place.commune.designation.toLowerCase()} ${place.commune.name}`,
          'Nguyên nhân': cause,
          'Chất ô nhiễm': pollutants,
          'Mức độ': random.pick(['Ô nhiễm', 'Ô nhiễm', 'Ô nhiễm nghiêm trọng']),
          'Tình trạng': random.pick([
            'Đã điều tra, đánh giá',
            'Đã có phương án xử lý',
            'Đang xử lý, cải tạo',
            'Đã xử lý, đang theo dõi',
          ]),
          'Diện tích (m²)': gap(random, 0.08, dotted(Math.round(area * (0.3 + random.next())))),
          'Ngày điều tra': typedDay(random, dayBetween(random, 2015, 2024)),
          ...mappedColumns(place, random),
        },
      ]
    }),
  )
  const airport = districts.find(({ code }) => code === '548')
  if (airport === undefined) throw new Error('There is no district 548.')
  const dioxin: Row = {
    'Khu vực': 'Sân bay Phù Cát (khu chứa, nạp chất độc cũ)',
    'Nguyên nhân': 'Chất độc hóa học do chiến tranh',
    'Chất ô nhiễm': 'Dioxin/furan (TEQ)',
    'Mức độ': 'Ô nhiễm đặc biệt nghiêm trọng',
    'Tình trạng': 'Đã xử lý, đang theo dõi',
    'Diện tích (m²)': '7.500',
    'Ngày điều tra': { date: '2012-08-18' },
    'Mã huyện': '548',
    'Mã xã': null,
    'Vĩ độ': comma(airport.latitude),
    'Kinh độ': comma(airport.longitude),
  }
  return [dioxin, ...rows].map((row, index) => ({ 'Mã khu vực': `ON-${String(index + 1).padStart(2, '0')}`, ...row }))
}
