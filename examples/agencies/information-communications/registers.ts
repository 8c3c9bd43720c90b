import { placeSomewhere } from '../office/places.js'
import { dayBetween, gap, typedDay, withSlips, yearsAfter, type Row } from '../office/rows.js'
import { operatingEnterprises, withoutMarks } from '../planning-investment/enterprises.js'
import { seededRandom } from '../seeded-random.js'

/** Decisions about postal licences; a licence may have several. */
export function postalLicences(): Row[] {
  const random = seededRandom('postal licences')
  const holders = operatingEnterprises(['53'], 34)
  const rows = holders.flatMap((holder, index) => {
    const issued = dayBetween(random, 2015, 2022)
    const licence = `${index + 1}/GP-STTTT`
    const scope = random.pick(['Nội tỉnh', 'Liên tỉnh', 'Liên tỉnh', 'Quốc tế'])
    const decision = (action: string, day: string, nth: number): Row => ({
      'Số quyết định': `${100 + index * 4 + nth}/QĐ-STTTT-${day.slice(0, 4)}`,
      'Số giấy phép': licence,
      'Hình thức': action,
      'Phạm vi': scope,
      'Ngày quyết định': typedDay(random, day),
      'Ngày hết hạn': action === 'Thu hồi' ? null : typedDay(random, yearsAfter(day, 10)),
      'Tên doanh nghiệp': holder.name,
      'Mã số thuế': holder.taxCode,
      'Dịch vụ': 'Dịch vụ thư có khối lượng đơn chiếc đến 2 kg; dịch vụ gói, kiện',
      'Mã huyện': holder.place.district.code,
      'Địa chỉ': holder.place.address,
    })
    const chance = random.next()
    const later = chance < 0.35 ? 'Sửa đổi, bổ sung' : chance < 0.5 ? 'Cấp lại' : chance < 0.62 ? 'Thu hồi' : undefined
    const first = decision('Cấp mới', issued, 0)
    return later === undefined ? [first] : [first, decision(later, dayBetween(random, 2023, 2025), 1)]
  })
  return withSlips(rows, { 12: { 'Hình thức': 'Cấp thêm' } })
}

const bodies = [
  ['Báo Bình Định', 'PRINT', 'Địa phương', 'Tỉnh ủy Bình Định', 'https://baobinhdinh.vn'],
  ['Đài Phát thanh và Truyền hình Bình Định', 'TV', 'Địa phương', 'UBND tỉnh Bình Định', 'https://binhdinhtv.vn'],
  ['Tạp chí Văn nghệ Bình Định', 'MAGAZINE', 'Địa phương', 'Hội Văn học Nghệ thuật tỉnh', null],
  ['Thông tấn xã Việt Nam', 'AGENCY', 'Trung ương', 'Chính phủ', 'https://vnanet.vn'],
  ['Báo Nhân Dân', 'PRINT', 'Trung ương', 'Ban Chấp hành Trung ương Đảng', 'https://nhandan.vn'],
  ['Đài Tiếng nói Việt Nam', 'TV', 'Trung ương', 'Chính phủ', 'https://vov.vn'],
  ['Đài Truyền hình Việt Nam', 'TV', 'Trung ương', 'Chính phủ', 'https://vtv.vn'],
  ['Báo Lao Động', 'PRINT', 'Trung ương', 'Tổng Liên đoàn Lao động Việt Nam', 'https://laodong.vn'],
  ['Báo Tiền Phong', 'PRINT', 'Trung ương', 'Trung ương Đoàn TNCS Hồ Chí Minh', 'https://tienphong.vn'],
  ['Báo Thanh Niên', 'PRINT', 'Trung ương', 'Trung ương Hội LHTN Việt Nam', 'https://thanhnien.vn'],
  ['Báo Tuổi Trẻ', 'PRINT', 'Địa phương', 'Thành đoàn TP. Hồ Chí Minh', 'https://tuoitre.vn'],
  ['Báo Người Lao Động', 'PRINT', 'Địa phương', 'Thành ủy TP. Hồ Chí Minh', 'https://nld.com.vn'],
  ['Báo Sài Gòn Giải Phóng', 'PRINT', 'Địa phương', 'Thành ủy TP. Hồ Chí Minh', 'https://sggp.org.vn'],
  ['Báo Công Thương', 'ONLINE', 'Trung ương', 'Bộ Công Thương', 'https://congthuong.vn'],
  ['Báo Xây dựng', 'ONLINE', 'Trung ương', 'Bộ Xây dựng', 'https://baoxaydung.vn'],
  ['Báo Quân đội nhân dân', 'PRINT', 'Trung ương', 'Quân ủy Trung ương', 'https://qdnd.vn'],
  ['Báo Công an nhân dân', 'PRINT', 'Trung ương', 'Bộ Công an', 'https://cand.com.vn'],
  ['Báo Nông nghiệp và Môi trường', 'ONLINE', 'Trung ương', 'Bộ Nông nghiệp và Môi trường', null],
  ['Báo Giao thông', 'ONLINE', 'Trung ương', 'Bộ Giao thông vận tải', 'https://baogiaothong.vn'],
  ['Báo Pháp luật Việt Nam', 'PRINT', 'Trung ương', 'Bộ Tư pháp', 'https://baophapluat.vn'],
  ['Báo Đại Đoàn Kết', 'PRINT', 'Trung ương', 'Ủy ban Trung ương MTTQ Việt Nam', 'https://daidoanket.vn'],
  ['Báo Phụ nữ Việt Nam', 'PRINT', 'Trung ương', 'Hội Liên hiệp Phụ nữ Việt Nam', 'https://phunuvietnam.vn'],
  ['Tạp chí Kinh tế Việt Nam', 'MAGAZINE', 'Trung ương', 'Hội Khoa học Kinh tế Việt Nam', null],
  ['Báo Tài nguyên và Môi trường', 'ONLINE', 'Trung ương', 'Bộ Tài nguyên và Môi trường', null],
] as const
const pressKinds = {
  PRINT: 'Báo in',
  MAGAZINE: 'Tạp chí',
  ONLINE: 'Báo điện tử',
  TV: 'Phát thanh, truyền hình',
  AGENCY: 'Thông tấn',
} as const

export function pressAgencies(): Row[] {
  const random = seededRandom('press')
  return bodies.map(([name, kind, level, governing, website], index): Row => {
    const place = placeSomewhere(random, 1)
    const presence = index < 3 ? 'Trụ sở chính' : random.pick(['Văn phòng đại diện', 'Phóng viên thường trú'])
    const licensed = dayBetween(random, 2016, 2023)
    return {
      Mã: `BC${String(index + 1).padStart(2, '0')}`,
      'Tên cơ quan báo chí': name,
      Cấp: level,
      'Loại hình': pressKinds[kind],
      'Hình thức': presence,
      'Cơ quan chủ quản': governing,
      'Số giấy phép': `${random.between(10, 600)}/GP-BTTTT`,
      'Ngày cấp': typedDay(random, licensed),
      'Mã huyện': place.district.code,
      'Địa chỉ': place.address,
      'Điện thoại': gap(random, 0.2, `0256 3${random.between(500_000, 999_999)}`),
      Website: website,
    }
  })
}

const houses = `
  Chính trị quốc gia Sự thật|Ban Chấp hành Trung ương Đảng|Hà Nội|Lý luận chính trị, pháp luật|57
  Giáo dục Việt Nam|Bộ Giáo dục và Đào tạo|Hà Nội|Sách giáo khoa, sách tham khảo|0
  Kim Đồng|Trung ương Đoàn TNCS Hồ Chí Minh|Hà Nội|Sách thiếu nhi|2
  Văn học|Bộ Văn hóa, Thể thao và Du lịch|Hà Nội|Văn học trong nước và dịch|325
  Hội Nhà văn|Hội Nhà văn Việt Nam|Hà Nội|Văn học|384
  Khoa học xã hội|Viện Hàn lâm Khoa học xã hội Việt Nam|Hà Nội|Khoa học xã hội|308
  Khoa học và Kỹ thuật|Bộ Khoa học và Công nghệ|Hà Nội|Khoa học, kỹ thuật|67
  Khoa học tự nhiên và Công nghệ|Viện Hàn lâm Khoa học và Công nghệ Việt Nam|Hà Nội|Khoa học tự nhiên|357
  Thế giới|Bộ Thông tin và Truyền thông|Hà Nội|Sách ngoại văn|77
  Thông tin và Truyền thông|Bộ Thông tin và Truyền thông|Hà Nội|Thông tin, truyền thông|80
  Lao động|Tổng Liên đoàn Lao động Việt Nam|Hà Nội|Lao động, công đoàn|343
  Phụ nữ Việt Nam|Hội Liên hiệp Phụ nữ Việt Nam|Hà Nội|Gia đình, bình đẳng giới|56
  Thanh niên|Trung ương Hội LHTN Việt Nam|Hà Nội|Thanh niên|334
  Quân đội nhân dân|Bộ Quốc phòng|Hà Nội|Quân sự|51
  Công an nhân dân|Bộ Công an|Hà Nội|An ninh, pháp luật|72
  Tư pháp|Bộ Tư pháp|Hà Nội|Pháp luật|81
  Tài chính|Bộ Tài chính|Hà Nội|Tài chính, kế toán|79
  Thống kê|Bộ Kế hoạch và Đầu tư|Hà Nội|Niên giám, thống kê|75
  Công Thương|Bộ Công Thương|Hà Nội|Công nghiệp, thương mại|931
  Xây dựng|Bộ Xây dựng|Hà Nội|Kiến trúc, xây dựng|82
  Giao thông vận tải|Bộ Giao thông vận tải|Hà Nội|Giao thông|76
  Nông nghiệp|Bộ Nông nghiệp và Phát triển nông thôn|Hà Nội|Nông nghiệp|60
  Y học|Bộ Y tế|Hà Nội|Y, dược học|66
  Mỹ thuật|Bộ Văn hóa, Thể thao và Du lịch|Hà Nội|Mỹ thuật|78
  Sân khấu|Hội Nghệ sĩ Sân khấu Việt Nam|Hà Nội|Sân khấu|907
  Âm nhạc|Bộ Văn hóa, Thể thao và Du lịch|Hà Nội|Âm nhạc|908
  Tôn giáo|Ban Tôn giáo Chính phủ|Hà Nội|Tôn giáo|61
  Hồng Đức|Hội Luật gia Việt Nam|Hà Nội|Pháp luật, văn hóa|318
  Tri thức|Liên hiệp các Hội KH&KT Việt Nam|Hà Nội|Khoa học, văn hóa|340
  Đại học Quốc gia Hà Nội|Đại học Quốc gia Hà Nội|Hà Nội|Giáo trình|62
  Đại học Quốc gia TP. Hồ Chí Minh|Đại học Quốc gia TP. Hồ Chí Minh|TP. Hồ Chí Minh|Giáo trình|73
  Đại học Sư phạm|Trường Đại học Sư phạm Hà Nội|Hà Nội|Giáo trình, sách tham khảo|54
  Bách khoa Hà Nội|Đại học Bách khoa Hà Nội|Hà Nội|Giáo trình kỹ thuật|316
  Đại học Huế|Đại học Huế|Thừa Thiên Huế|Giáo trình|337
  Đại học Cần Thơ|Trường Đại học Cần Thơ|Cần Thơ|Giáo trình|919
  Đại học Thái Nguyên|Đại học Thái Nguyên|Thái Nguyên|Giáo trình|350
  Trẻ|Thành đoàn TP. Hồ Chí Minh|TP. Hồ Chí Minh|Văn học, thiếu nhi, kỹ năng|1
  Tổng hợp TP. Hồ Chí Minh|UBND TP. Hồ Chí Minh|TP. Hồ Chí Minh|Tổng hợp|58
  Văn hóa - Văn nghệ|Sở Văn hóa và Thể thao TP. Hồ Chí Minh|TP. Hồ Chí Minh|Văn hóa, văn nghệ|68
  Hà Nội|UBND thành phố Hà Nội|Hà Nội|Tổng hợp|55
  Đà Nẵng|UBND thành phố Đà Nẵng|Đà Nẵng|Tổng hợp|84
  Hải Phòng|UBND thành phố Hải Phòng|Hải Phòng|Tổng hợp|83
  Thuận Hóa|UBND tỉnh Thừa Thiên Huế|Thừa Thiên Huế|Tổng hợp|336
  Nghệ An|UBND tỉnh Nghệ An|Nghệ An|Tổng hợp|915
  Thanh Hóa|UBND tỉnh Thanh Hóa|Thanh Hóa|Tổng hợp|74
  Đồng Nai|UBND tỉnh Đồng Nai|Đồng Nai|Tổng hợp|926
  Phương Đông|UBND tỉnh Cà Mau|Cà Mau|Tổng hợp|70
`

/** What the telephone numbers of a city's offices begin with; three digits follow. */
const phonesOf: Readonly<Record<string, string>> = {
  'Hà Nội': '024 3000 0',
  'TP. Hồ Chí Minh': '028 3000 0',
  'Thừa Thiên Huế': '0234 300 0',
  'Cần Thơ': '0292 300 0',
  'Thái Nguyên': '0208 300 0',
  'Đà Nẵng': '0236 300 0',
  'Hải Phòng': '0225 300 0',
  'Nghệ An': '0238 300 0',
  'Thanh Hóa': '0237 300 0',
  'Đồng Nai': '0251 300 0',
  'Cà Mau': '0290 300 0',
}

function slugOf(name: string): string {
  return withoutMarks(name)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
}

/** The publishing houses of the whole country; the details beside their names are made up. */
export function publishingHouses(): Row[] {
  const random = seededRandom('publishers')
  const rows = houses
    .trim()
    .split('\n')
    .map((line, index): Row => {
      const [name = '', governing = '', city = '', subjects = '', prefix = ''] = line.trim().split('|')
      return {
        Mã: `NXB${String(index + 1).padStart(2, '0')}`,
        'Tên nhà xuất bản': `Nhà xuất bản ${name}`,
        Cấp:
          governing.startsWith('UBND') || governing.startsWith('Sở') || governing.startsWith('Thành đoàn')
            ? 'Địa phương'
            : 'Trung ương',
        'Cơ quan chủ quản': governing,
        'Tỉnh, thành phố': city,
        'Lĩnh vực': subjects,
        'Giấy phép / Số': `${random.between(20, 990)}/GP-BTTTT`,
        'Giấy phép / Ngày cấp': typedDay(random, dayBetween(random, 2013, 2022)),
        'Mã ISBN': gap(random, 0.08, prefix),
        'Địa chỉ': `${random.between(2, 260)} ${random.pick(['Trần Hưng Đạo', 'Lý Thường Kiệt', 'Nguyễn Du'])}, ${city}`,
        'Điện thoại': gap(random, 0.1, `${phonesOf[city] ?? ''}${random.between(100, 999)}`),
        Website: gap(random, 0.2, `https://${slugOf(name)}.example.vn`),
      }
    })
  return withSlips(rows, { 30: { 'Mã ISBN': '978-604-73' } })
}
