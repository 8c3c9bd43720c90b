import { mappedColumns } from '../office/place-columns.js'
import { districts, placeSomewhere } from '../office/places.js'
import { comma, dayBetween, dotted, gap, rounded, typedDay, withSlips, type Row } from '../office/rows.js'
import { seededRandom } from '../seeded-random.js'

const annual = [
  ['Lúa', 4200, 62],
  ['Ngô', 620, 60],
  ['Sắn (mì)', 900, 260],
  ['Lạc (đậu phộng)', 780, 36],
  ['Rau các loại', 850, 175],
  ['Đậu các loại', 120, 18],
  ['Ớt', 140, 150],
  ['Vừng (mè)', 150, 7],
] as const
const perennial = [
  ['Dừa', 850, 110],
  ['Điều', 480, 8],
  ['Xoài', 90, 80],
  ['Bưởi', 60, 95],
] as const
const seasons = [
  ['Vụ Đông Xuân', 1],
  ['Vụ Hè Thu', 0.85],
  ['Vụ Mùa (Thu Đông)', 0.2],
] as const

export const cropYears = ['2020', '2021', '2022', '2023', '2024'] as const
export type CropYear = (typeof cropYears)[number]

/** Area, yield and output of a year, a line for each district, season and crop. */
export function cropRows(year: CropYear): Row[] {
  const random = seededRandom(`crops ${year}`)
  const rows = districts.flatMap((district, nth) => {
    const size = 0.3 + ((nth * 7) % 11) / 8
    const lines = [
      ...seasons.flatMap(([season, share]) =>
        annual.map(([crop, area, crops]) => [season, crop, area * share, crops] as const),
      ),
      ...perennial.map(([crop, area, crops]) => ['Cả năm (cây lâu năm)', crop, area, crops] as const),
    ]
    return lines.map(([season, crop, area, crops]): Row => {
      const sown = rounded(area * size * (0.9 + random.next() * 0.2), 1)
      const harvested = rounded(sown * (0.93 + random.next() * 0.07), 1)
      const quintals = rounded(crops * (0.85 + random.next() * 0.3), 1)
      return {
        'Mã huyện': district.code,
        Huyện: district.name,
        Vụ: season,
        'Cây trồng': crop,
        'Diện tích gieo trồng (ha)': comma(sown),
        'Diện tích thu hoạch (ha)': comma(harvested),
        'Năng suất (tạ/ha)': comma(quintals),
        'Sản lượng (tấn)': comma(rounded((harvested * quintals) / 10, 1)),
        'Ghi chú': year === '2024' ? 'sơ bộ' : '',
      }
    })
  })
  return year === '2023'
    ? withSlips(rows, { 17: { 'Năng suất (tạ/ha)': '62.5 tạ' }, 200: { 'Cây trồng': 'Lúa nước' } })
    : rows
}

const varieties = [
  ['Lúa', 'Oryza sativa L.', 'ORYZA_SAT', 'ANS'],
  ['Ngô', 'Zea mays L.', 'ZEAAA_MAY', 'BĐ'],
  ['Lạc', 'Arachis hypogaea L.', 'ARACH_HYP', 'LDH'],
  ['Sắn', 'Manihot esculenta Crantz', 'MANIH_ESC', 'SM'],
  ['Đậu xanh', 'Vigna radiata (L.) R. Wilczek', 'VIGNA_RAD', 'ĐX.BĐ'],
] as const

export function varietyRows(): Row[] {
  const random = seededRandom('plant varieties')
  const rows = Array.from({ length: 84 }, (_, index): Row => {
    const [species, latin, upov, sign] = random.pick(varieties)
    const applied = dayBetween(random, 2006, 2024)
    const granted = applied < '2023-01-01'
    const grantedOn = `${Number(applied.slice(0, 4)) + 2}${applied.slice(4)}`
    return {
      'Số đơn': `${applied.slice(0, 4)}-${String(index + 14).padStart(4, '0')}`,
      'Số bằng': granted ? `${index + 101}.VN.${grantedOn.slice(0, 4)}` : null,
      'Tên giống': `${sign}${index + 1}`,
      Loài: species,
      'Tên khoa học': latin,
      'Mã UPOV': upov,
      'Chủ đơn': random.pick([
        'Viện KHKT Nông nghiệp Duyên hải Nam Trung Bộ',
        'Công ty CP Giống cây trồng Trung ương',
        'Công ty CP Tập đoàn ThaiBinh Seed',
      ]),
      'Ngày nộp đơn': typedDay(random, applied),
      'Ngày cấp bằng': granted ? typedDay(random, grantedOn) : null,
      'Hết hạn': granted ? { date: `${Number(grantedOn.slice(0, 4)) + 20}${grantedOn.slice(4)}` } : null,
      'Tình trạng': granted ? 'Đã cấp bằng, còn hiệu lực' : 'Đang khảo nghiệm kỹ thuật (DUS)',
    }
  })
  return withSlips(rows, { 30: { 'Ngày nộp đơn': 'năm 2016' } })
}

const soils = ['Đất cát', 'Đất phù sa', 'Đất mặn', 'Đất xám', 'Đất xám', 'Đất đỏ', 'Đất glây']
const uses = ['Chuyên lúa (2 vụ trở lên)', 'Lúa 1 vụ', 'Lúa – màu', 'Cây hằng năm khác', 'Cây lâu năm']

export function soilRows(): Row[] {
  const random = seededRandom('soil nutrients')
  const rows = Array.from({ length: 420 }, (_, index): Row => {
    const value = (most: number, decimals: number): string =>
      comma(rounded(most * (0.15 + random.next() * 0.85), decimals))
    return {
      'Mã mẫu': `DD-${String(index + 1).padStart(4, '0')}`,
      'Ngày lấy mẫu': typedDay(random, dayBetween(random, 2022, 2024)),
      'Nhóm đất': random.pick(soils),
      'Loại hình sử dụng': random.pick(uses),
      'pH(KCl)': comma(rounded(4 + random.next() * 2.6, 1)),
      'Tổng số (%) / OM': value(3.2, 2),
      'Tổng số (%) / N': value(0.2, 3),
      'Tổng số (%) / P2O5': value(0.14, 3),
      'Tổng số (%) / K2O': value(1.4, 2),
      'Dễ tiêu (mg/100g) / P2O5': gap(random, 0.03, value(18, 1)),
      'Dễ tiêu (mg/100g) / K2O': value(16, 1),
      'CEC (cmol/kg)': value(14, 1),
      ...mappedColumns(placeSomewhere(random, 0.05), random),
    }
  })
  return withSlips(rows, { 70: { 'pH(KCl)': '45' }, 211: { 'CEC (cmol/kg)': '< LOD' } })
}

export function croplandRows(): Row[] {
  const random = seededRandom('cropland')
  return ['2021', '2022', '2023', '2024'].flatMap((year) =>
    districts.flatMap((district) =>
      uses.map((use): Row => ({
        Năm: Number(year),
        'Mã huyện': district.code,
        'Loại hình sử dụng': use,
        'Diện tích (ha)': dotted(random.between(150, 6400)),
        'Chuyển mục đích (ha)': gap(random, 0.2, comma(rounded(random.next() * 14, 1))),
      })),
    ),
  )
}

const indicators = [
  ['Sản lượng lương thực có hạt', 'Tấn', 62_000],
  ['Diện tích gieo trồng lúa', 'Ha', 8_600],
  ['Sản lượng lúa', 'Tấn', 58_000],
  ['Sản lượng lạc', 'Tấn', 3_400],
  ['Sản lượng sắn', 'Tấn', 24_000],
  ['Đàn lợn', 'Con', 62_000],
  ['Đàn bò', 'Con', 27_000],
  ['Đàn gia cầm', 'Nghìn con', 820],
  ['Sản lượng thịt hơi xuất chuồng', 'Tấn', 17_000],
  ['Diện tích rừng trồng mới tập trung', 'Ha', 800],
  ['Sản lượng gỗ khai thác', 'm³', 120_000],
  ['Sản lượng khai thác thủy sản', 'Tấn', 25_000],
  ['Sản lượng nuôi trồng thủy sản', 'Tấn', 1_200],
] as const

export function planRows(): Row[] {
  const random = seededRandom('production plan')
  const rows = [2021, 2022, 2023, 2024, 2025].flatMap((year) =>
    (year === 2025 ? ['6 tháng'] : ['6 tháng', 'Cả năm']).flatMap((period) =>
      districts.flatMap((district) =>
        indicators.map(([indicator, unit, usual]): Row => {
          const plan = Math.round(usual * (0.3 + random.next() * 1.5))
          const result = Math.round(
            plan * (period === 'Cả năm' ? 0.94 + random.next() * 0.12 : 0.4 + random.next() * 0.2),
          )
          return {
            Năm: year,
            Kỳ: period,
            'Mã huyện': district.code,
            'Chỉ tiêu': indicator,
            'Đơn vị': unit,
            'Kế hoạch năm': dotted(plan),
            'Thực hiện': dotted(result),
            'Cùng kỳ': dotted(Math.round(result * (0.9 + random.next() * 0.16))),
            'So kế hoạch (%)': comma(rounded((100 * result) / plan, 1)),
          }
        }),
      ),
    ),
  )
  return withSlips(rows, { 90: { 'Thực hiện': 'đang tổng hợp' }, 640: { 'Mã huyện': '541' } })
}

const inputs = [
  ['Phân bón hữu cơ', 'Hữu cơ 20%; N 2%', null, 'Lúa; Rau các loại', null, 0],
  ['Phân bón sinh học, vi sinh', 'Trichoderma 1×10⁸ CFU/g', null, 'Rau các loại; Lạc (đậu phộng)', null, 0],
  ['Thuốc BVTV sinh học', 'Abamectin 1,8%', 'Loại 4', 'Lúa; Rau các loại', 'Sâu cuốn lá', 7],
  [
    'Thuốc BVTV sinh học',
    'Bacillus thuringiensis 16.000 IU/mg',
    'Không phân loại (ít nguy hiểm)',
    'Rau các loại',
    'Sâu tơ',
    3,
  ],
  ['Thuốc trừ bệnh', 'Validamycin 5%', 'Loại 5', 'Lúa', 'Khô vằn', 7],
  ['Thuốc trừ sâu', 'Emamectin benzoate 5%', 'Loại 4', 'Ngô; Ớt', 'Sâu keo mùa thu', 10],
] as const

export function cropInputRows(): Row[] {
  const random = seededRandom('crop inputs')
  const rows = Array.from({ length: 160 }, (_, index): Row => {
    const [kind, composition, toxicity, crops, targets, days] = random.pick(inputs)
    return {
      'Số đăng ký': `${String(index + 310)}/CNĐKT-BVTV`,
      'Tên thương phẩm': `${random.pick(['Bio', 'Agri', 'Nông Xanh', 'Delta', 'An Nông'])} ${random.between(10, 99)}${random.pick(['WP', 'EC', 'SL', 'WG'])}`,
      Loại: kind,
      'Thành phần': composition,
      'Nhóm độc': toxicity,
      'Cây trồng': crops,
      'Đối tượng': targets,
      'Liều lượng': `${random.between(2, 20)} kg/sào`,
      'Cách ly (ngày)': targets === null ? null : days,
      'Đơn vị đăng ký': random.pick([
        'Công ty CP Bảo vệ thực vật An Giang',
        'Công ty CP Nông dược HAI',
        'Công ty TNHH Phân bón Sông Kôn',
      ]),
      'Ngày khuyến cáo': typedDay(random, dayBetween(random, 2023, 2025)),
    }
  })
  return withSlips(rows, { 25: { 'Cách ly (ngày)': '7-10' } })
}
