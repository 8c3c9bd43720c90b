import { districts } from '../office/places.js'
import { csvRows, dayBetween, dmy, dotted, withSlips, yearsAfter, type Row, type Slips } from '../office/rows.js'
import { seededRandom, type SeededRandom } from '../seeded-random.js'

export type Period = '2015-2020' | '2021-2025'

const topics = [
  [
    'Nông nghiệp',
    'Nghiên cứu xây dựng mô hình trồng thâm canh cây',
    ['bưởi da xanh', 'dừa xiêm', 'mai vàng', 'đậu phụng', 'hành tím'],
    'Quy trình kỹ thuật và mô hình trình diễn',
  ],
  [
    'Nông nghiệp',
    'Ứng dụng công nghệ nuôi thương phẩm',
    ['tôm thẻ chân trắng', 'cá chình', 'cua xanh', 'hàu Thái Bình Dương'],
    'Mô hình nuôi và tài liệu tập huấn',
  ],
  [
    'Kỹ thuật và công nghệ',
    'Nghiên cứu thiết kế, chế tạo hệ thống',
    ['sấy gỗ năng lượng mặt trời', 'giám sát hồ chứa', 'tưới tiết kiệm nước', 'phân loại dăm gỗ'],
    'Hệ thống thiết bị và phần mềm',
  ],
  [
    'Y, dược',
    'Đánh giá thực trạng và giải pháp can thiệp',
    ['tăng huyết áp ở người cao tuổi', 'sốt xuất huyết', 'dinh dưỡng học đường', 'đái tháo đường'],
    'Báo cáo và bộ giải pháp can thiệp',
  ],
  [
    'Xã hội',
    'Nghiên cứu giải pháp phát triển',
    ['du lịch cộng đồng', 'kinh tế biển', 'nguồn nhân lực chất lượng cao', 'chuyển đổi số cấp xã'],
    'Báo cáo khoa học và kiến nghị chính sách',
  ],
  [
    'Nhân văn',
    'Sưu tầm, bảo tồn và phát huy giá trị',
    ['võ cổ truyền', 'hát bội', 'bài chòi', 'di tích tháp Chăm'],
    'Bộ tư liệu số và sách chuyên khảo',
  ],
  [
    'Tự nhiên',
    'Điều tra, đánh giá đa dạng sinh học',
    ['đầm Thị Nại', 'rừng An Toàn', 'san hô Nhơn Hải', 'đầm Trà Ổ'],
    'Bản đồ và cơ sở dữ liệu',
  ],
] as const

const leaders = [
  'Trường Đại học Quy Nhơn',
  'Trung tâm Khuyến nông Bình Định',
  'Viện KHKT Nông nghiệp Duyên hải Nam Trung Bộ',
  'Bệnh viện Đa khoa tỉnh Bình Định',
  'Trung tâm Ứng dụng tiến bộ KH&CN Bình Định',
  'Bảo tàng Quang Trung',
  'Sở Du lịch Bình Định',
  'Viện Nghiên cứu phát triển kinh tế - xã hội Bình Định',
  'Trung tâm ICISE',
]

const slips: Readonly<Record<Period, Slips>> = {
  '2015-2020': { 19: { 'Kinh phí ngân sách': 'chờ quyết toán' }, 77: { 'Xếp loại': 'Khá tốt' } },
  '2021-2025': { 31: { 'Ngày bắt đầu': '32/01/2022' } },
}

/** The province's science tasks that began in a period, as lines of a CSV file. */
export function projectLines(period: Period): string[][] {
  const [first = 0, last = 0] = period.split('-').map(Number)
  const rows = Array.from({ length: (last - first + 1) * 22 }, (_, index) => {
    const random = seededRandom(`science ${period} ${index}`)
    return projectRow(first + Math.floor(index / 22), (index % 22) + 1, random)
  })
  return csvRows(withSlips(rows, slips[period]))
}

function projectRow(year: number, number: number, random: SeededRandom): Row {
  const [field, start, objects, results] = random.pick(topics)
  const begins = dayBetween(random, year, year)
  const ends = yearsAfter(begins, random.between(1, 3))
  const state =
    ends < '2025-01-01'
      ? random.next() < 0.95
        ? 'Đã nghiệm thu'
        : 'Dừng thực hiện'
      : random.next() < 0.9
        ? 'Đang thực hiện'
        : 'Gia hạn'
  const total = random.between(300, 4200) * 1_000_000
  const isDone = state === 'Đã nghiệm thu'
  const acceptedYear = Math.min(2025, Number(ends.slice(0, 4)))
  const places = districts.filter(() => random.next() < 0.15).map(({ code }) => code)
  return {
    'Mã số': `${String(number).padStart(2, '0')}-${random.pick(['01', '02', '03'])}-${year}`,
    'Tên nhiệm vụ': `${start} ${random.pick(objects)} trên địa bàn tỉnh Bình Định`,
    Loại: random.pick(['Đề tài', 'Đề tài', 'Đề tài', 'Dự án SXTN', 'Dự án KH&CN', 'Đề án']),
    'Lĩnh vực': field,
    'Tổ chức chủ trì': random.pick(leaders),
    'Ngày bắt đầu': dmy(begins),
    'Ngày kết thúc': dmy(ends),
    'Tổng kinh phí': dotted(total),
    'Kinh phí ngân sách': dotted(Math.round((total * random.between(50, 100)) / 100)),
    'Tình trạng': state,
    'Ngày nghiệm thu': isDone
      ? dmy(`${acceptedYear}-${ends.slice(5, 7) > '06' && acceptedYear === 2025 ? '03' : ends.slice(5, 7)}-15`)
      : '',
    'Xếp loại': isDone ? random.pick(['Xuất sắc', 'Đạt', 'Đạt', 'Đạt', 'Không đạt']) : '',
    'Số GCN kết quả': isDone ? `${random.between(1, 40)}/KQNC-SKHCN-${acceptedYear}` : '',
    'Kết quả': isDone ? results : '',
    'Mã huyện thực hiện': places.join(', '),
  }
}
