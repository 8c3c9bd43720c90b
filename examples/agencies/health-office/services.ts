import { districts } from '../office/places.js'
import { monthsOf, type StatisticYear } from '../office/periods.js'
import { csvRows, dotted, withSlips, type Row } from '../office/rows.js'
import { seededRandom } from '../seeded-random.js'

/** Group, services and the price of the first in a class I hospital. */
const table = `Khám bệnh|Khám nội;Khám ngoại;Khám nhi;Khám mắt;Khám tai mũi họng;Khám răng hàm mặt;Khám y học cổ truyền;Khám da liễu|42100
Ngày giường|Ngày giường hồi sức tích cực;Ngày giường nội khoa loại 1;Ngày giường nội khoa loại 2;Ngày giường ngoại khoa loại 1;Ngày giường ngoại khoa loại 2|305500
Xét nghiệm|Tổng phân tích tế bào máu;Định lượng glucose;Định lượng creatinin;Đo hoạt độ AST;Đo hoạt độ ALT;Định lượng HbA1c;Điện giải đồ;Xét nghiệm HBsAg;Tổng phân tích nước tiểu;Cấy máu;Định nhóm máu ABO|41500
Chẩn đoán hình ảnh|Siêu âm ổ bụng;Siêu âm thai;Siêu âm tim Doppler;Chụp X-quang ngực thẳng;Chụp X-quang cột sống;Chụp CLVT sọ não không thuốc cản quang;Chụp CLVT ngực có thuốc cản quang;Chụp cộng hưởng từ khớp|58600
Thăm dò chức năng|Điện tâm đồ;Điện não đồ;Đo chức năng hô hấp;Nội soi dạ dày;Nội soi đại tràng;Holter điện tâm đồ|39900
Thủ thuật|Thay băng vết thương;Khâu vết thương phần mềm;Đặt nội khí quản;Chọc hút dịch màng phổi;Thận nhân tạo;Nhổ răng vĩnh viễn;Bó bột cẳng tay;Đỡ đẻ ngôi ngược|64300
Phẫu thuật|Phẫu thuật cắt ruột thừa;Phẫu thuật lấy thai lần đầu;Phẫu thuật thay khớp háng;Phẫu thuật Phaco;Phẫu thuật thoát vị bẹn;Phẫu thuật nội soi cắt túi mật|2116000
Phục hồi chức năng|Điện châm;Xoa bóp bấm huyệt;Kéo nắn cột sống;Siêu âm điều trị;Tập vận động có trợ giúp|71400`

const schemes = [
  ['Giá BHYT thanh toán', 1],
  ['Giá không thuộc BHYT', 1],
  ['Giá theo yêu cầu', 1.9],
] as const

/** One of the two lists, the classes of hospital across the top. */
export function servicePriceRows(list: '2023' | '2025'): Row[] {
  const rows = table.split('\n').flatMap((line, groupAt) => {
    const [group = '', services = '', first = '0'] = line.split('|')
    return services.split(';').flatMap((name, nth) =>
      schemes.map(([scheme, factor]): Row => {
        const random = seededRandom(`service ${name}`)
        const base = Number(first) * (1 + nth * 0.12 + random.next() * 0.3) * factor * (list === '2025' ? 1.09 : 1)
        const price = (share: number): string => dotted(Math.round((base * share) / 100) * 100)
        return {
          'Mã dịch vụ': `${String(groupAt + 1).padStart(2, '0')}.${String(nth + 101)}`,
          'Tên dịch vụ': name,
          Nhóm: group,
          'Loại giá': scheme,
          'Hạng I': price(1),
          'Hạng II': price(0.92),
          'Hạng III': price(0.83),
          // Stations do not operate.
          'Hạng IV, trạm y tế': group === 'Phẫu thuật' ? null : price(0.74),
        }
      }),
    )
  })
  return withSlips(rows, list === '2023' ? { 33: { 'Hạng II': 'không thực hiện' } } : {})
}

const levels = [
  ['Ban đầu', 5200, 190_000],
  ['Cơ bản', 4100, 520_000],
  ['Chuyên sâu', 7800, 1_650_000],
] as const

/** A year's visits by month, district, level and kind; the specialised hospitals are in the city. */
export function visitLines(year: StatisticYear): string[][] {
  const rows = monthsOf(year).flatMap((month) =>
    districts.flatMap((district) =>
      levels.flatMap(([level, usual, cost]) => {
        if (level === 'Chuyên sâu' && district.code !== '540') return []
        return (['Ngoại trú', 'Điều trị ban ngày', 'Nội trú'] as const).map((treatment, nth): Row => {
          const random = seededRandom(`visits ${year} ${month} ${district.code} ${level} ${treatment}`)
          const share = [1, 0.03, 0.12][nth] ?? 0
          const visits = Math.round(
            usual * share * (district.communes.length / 14) * (year === 2021 ? 0.7 : 1) * (0.85 + random.next() * 0.3),
          )
          const total = visits * Math.round(cost * (treatment === 'Nội trú' ? 5.5 : 1))
          return {
            Tháng: month,
            'Mã huyện': district.code,
            'Cấp chuyên môn': level,
            'Hình thức': treatment,
            'Số lượt': dotted(visits),
            'Tổng chi phí': dotted(total),
            'Quỹ BHYT chi trả': dotted(Math.round(total * 0.86)),
          }
        })
      }),
    ),
  )
  return csvRows(withSlips(rows, year === 2023 ? { 200: { 'Số lượt': 'n/a' } } : {}))
}
