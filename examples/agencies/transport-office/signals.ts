import { mappedColumns } from '../office/place-columns.js'
import { districtOf } from '../office/districts-by-code.js'
import { placeIn } from '../office/places.js'
import { dayBetween, gap, rounded, withSlips, type Row } from '../office/rows.js'
import { seededRandom } from '../seeded-random.js'

const signs = [
  ['Đèn tín hiệu', 'ĐTH', 'Đèn điều khiển giao thông'],
  ['Biển báo cấm', 'P.102', 'Cấm đi ngược chiều'],
  ['Biển báo cấm', 'P.106a', 'Cấm xe ô tô tải'],
  ['Biển báo cấm', 'P.127', 'Tốc độ tối đa cho phép'],
  ['Biển báo cấm', 'P.130', 'Cấm dừng xe và đỗ xe'],
  ['Biển báo cấm', 'P.131a', 'Cấm đỗ xe'],
  ['Biển báo nguy hiểm và cảnh báo', 'W.201a', 'Chỗ ngoặt nguy hiểm'],
  ['Biển báo nguy hiểm và cảnh báo', 'W.207a', 'Giao nhau với đường không ưu tiên'],
  ['Biển báo nguy hiểm và cảnh báo', 'W.224', 'Đường người đi bộ cắt ngang'],
  ['Biển báo nguy hiểm và cảnh báo', 'W.225', 'Trẻ em'],
  ['Biển hiệu lệnh', 'R.303', 'Nơi giao nhau chạy theo vòng xuyến'],
  ['Biển hiệu lệnh', 'R.420', 'Bắt đầu khu đông dân cư'],
  ['Biển chỉ dẫn', 'I.401', 'Bắt đầu đường ưu tiên'],
  ['Biển chỉ dẫn', 'I.408', 'Nơi đỗ xe'],
  ['Biển chỉ dẫn', 'I.423a', 'Vị trí người đi bộ sang ngang'],
  ['Biển phụ', 'S.501', 'Phạm vi tác dụng của biển'],
] as const
/** Roads with the kilometres at which they enter and leave the province, and the districts on their way. */
const roads = [
  ['Quốc lộ', 'QL1', 1125, 1243, ['543', '545', '548', '549', '550', '540']],
  ['Quốc lộ', 'QL19', 0, 67, ['540', '550', '549', '547']],
  ['Quốc lộ', 'QL19C', 0, 39, ['550', '551']],
  ['Quốc lộ', 'QL1D', 0, 20, ['540']],
  ['Đường tỉnh', 'ĐT629', 0, 31, ['543', '544', '542']],
  ['Đường tỉnh', 'ĐT636', 0, 22, ['549', '547']],
  ['Đường tỉnh', 'ĐT637', 0, 70, ['547', '546']],
  ['Đường tỉnh', 'ĐT639', 0, 108, ['540', '548', '545', '543']],
  ['Đường đô thị', 'Đường Nguyễn Tất Thành', null, null, ['540']],
  ['Đường đô thị', 'Đường An Dương Vương', null, null, ['540']],
  ['Đường huyện', 'ĐH42', 0, 8, ['550']],
] as const

export function signalRows(): Row[] {
  const random = seededRandom('road signals')
  const rows = Array.from({ length: 2400 }, (_, index): Row => {
    const [kind, number, meaning] = random.pick(signs)
    const [system, road, from, to, passed] = random.pick(roads)
    const share = random.next()
    const district = districtOf(passed[Math.floor(share * passed.length)] ?? passed[0])
    return {
      Mã: `BH${String(index + 1).padStart(5, '0')}`,
      Loại: kind,
      'Số hiệu': number,
      'Nội dung': meaning,
      'Hệ thống đường': system,
      'Tuyến đường': road,
      'Lý trình (km)': from === null ? null : rounded(from + (to - from) * share, 3),
      'Hướng tuyến': random.pick(['Chiều tăng lý trình', 'Chiều giảm lý trình', 'Hai chiều']),
      'Tình trạng': random.pick(['Tốt', 'Tốt', 'Tốt', 'Tốt', 'Mờ, xuống cấp', 'Hư hỏng', 'Đang thay thế']),
      'Ngày lắp đặt': gap(random, 0.1, dayBetween(random, 2010, 2025)),
      ...degrees(mappedColumns(placeIn(district, random), random, 0.03)),
    }
  })
  return withSlips(rows, { 300: { 'Vĩ độ': 0 }, 990: { 'Ngày lắp đặt': '2019-13-01' }, 1700: { 'Mã huyện': '999' } })
}

/** A service answers numbers, no decimal commas. */
function degrees(row: Row): Row {
  const numbers = ['Vĩ độ', 'Kinh độ'].map((name): [string, number | null] => {
    const cell = row[name]
    return [name, typeof cell === 'string' ? Number(cell.replace(',', '.')) : null]
  })
  return { ...row, ...Object.fromEntries(numbers) }
}
