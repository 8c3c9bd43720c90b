import { apiPlace } from '../office/api-place.js'
import { districtOf } from '../office/districts-by-code.js'
import { districts, placeIn, type District } from '../office/places.js'
import { dayBetween } from '../office/rows.js'
import { seededRandom, type SeededRandom } from '../seeded-random.js'

/** `name | English name | kind | district`, and for scenic sites their rank. */
const natural = `
  Bãi biển Quy Nhơn | Quy Nhon Beach | Bãi biển | 540
  Kỳ Co | Ky Co Beach | Bãi biển | 540
  Eo Gió | Eo Gio | Ghềnh đá, hang động | 540
  Hòn Khô | Hon Kho Island | Đảo, bán đảo | 540
  Cù Lao Xanh | Cu Lao Xanh Island | Đảo, bán đảo | 540
  Bãi Xép | Bai Xep Beach | Bãi biển | 540
  Bãi Dại | Bai Dai Beach | Bãi biển | 540
  Nhơn Hải | Nhon Hai Beach | Bãi biển | 540
  Hải Giang | Hai Giang Beach | Bãi biển | 540
  Đầm Thị Nại | Thi Nai Lagoon | Đầm, vịnh | 540
  Hồ Phú Hòa | Phu Hoa Lake | Thác, hồ, suối | 540
  Cồn Chim | Con Chim Mangrove | Đầm, vịnh | 550
  Bãi Trung Lương | Trung Luong Beach | Bãi biển | 548
  Bãi Vĩnh Hội | Vinh Hoi Beach | Bãi biển | 548
  Đầm Đề Gi | De Gi Lagoon | Đầm, vịnh | 548
  Suối khoáng Hội Vân | Hoi Van Hot Spring | Suối khoáng nóng | 548
  Hồ Hội Sơn | Hoi Son Lake | Thác, hồ, suối | 548
  Mũi Vi Rồng | Vi Rong Cape | Ghềnh đá, hang động | 545
  Bãi Tân Phụng | Tan Phung Beach | Bãi biển | 545
  Đầm Trà Ổ | Tra O Lagoon | Đầm, vịnh | 545
  Bãi Lộ Diêu | Lo Dieu Beach | Bãi biển | 543
  Bãi Tam Quan | Tam Quan Beach | Bãi biển | 543
  Hồ Cây Khế | Cay Khe Lake | Thác, hồ, suối | 543
  Thác Đá Mài | Da Mai Waterfall | Thác, hồ, suối | 542
  Khu bảo tồn An Toàn | An Toan Nature Reserve | Núi, rừng | 542
  Hồ Vạn Hội | Van Hoi Lake | Thác, hồ, suối | 544
  Hồ Định Bình | Dinh Binh Lake | Thác, hồ, suối | 546
  Suối nước nóng Vĩnh Thịnh | Vinh Thinh Hot Spring | Suối khoáng nóng | 546
  Hồ Thuận Ninh | Thuan Ninh Lake | Thác, hồ, suối | 547
  Hồ Núi Một | Nui Mot Lake | Thác, hồ, suối | 549
  Suối Cà Te | Ca Te Stream | Thác, hồ, suối | 551
  Hồ Quang Hiển | Quang Hien Lake | Thác, hồ, suối | 551
`
const scenic = `
  Ghềnh Ráng | Ghenh Rang | Ghềnh đá, hang động | 540 | Quốc gia
  Hầm Hô | Ham Ho | Thác, hồ, suối | 547 | Quốc gia
  Núi Bà | Nui Ba Mountain | Núi, rừng | 548 | Cấp tỉnh
  Eo Gió | Eo Gio | Ghềnh đá, hang động | 540 | Cấp tỉnh
  Hòn Khô | Hon Kho | Đảo, bán đảo | 540 | Cấp tỉnh
  Hải đăng Cù Lao Xanh | Cu Lao Xanh Lighthouse | Đảo, bán đảo | 540 | Cấp tỉnh
  Mũi Vi Rồng | Vi Rong Cape | Ghềnh đá, hang động | 545 | Cấp tỉnh
  Suối Hội Vân | Hoi Van Stream | Suối khoáng nóng | 548 | Cấp tỉnh
  Hòn Vọng Phu | Vong Phu Rock | Núi, rừng | 548 | Cấp tỉnh
  Đầm Trà Ổ | Tra O Lagoon | Đầm, vịnh | 545 | Kiểm kê
  Thác Đá Mài | Da Mai Waterfall | Thác, hồ, suối | 542 | Kiểm kê
  Gộp nước ngọt Hoài Hải | Hoai Hai Rocks | Ghềnh đá, hang động | 543 | Kiểm kê
  Cồn Chim – Thị Nại | Con Chim – Thi Nai | Đầm, vịnh | 550 | Kiểm kê
`
const shopping = `
  Chợ đêm Quy Nhơn | Quy Nhon Night Market | Chợ đêm, phố đi bộ | 540
  Phố đi bộ Nguyễn Tất Thành | Nguyen Tat Thanh Walking Street | Chợ đêm, phố đi bộ | 540
  Phố ẩm thực Ngô Văn Sở | Ngo Van So Food Street | Phố ẩm thực | 540
  Phố hải sản Xuân Diệu | Xuan Dieu Seafood Street | Phố ẩm thực | 540
  Trung tâm Khám phá khoa học | Science Discovery Centre | Khu khám phá khoa học | 540
  Khu vui chơi biển Quy Nhơn | Quy Nhon Beach Amusement | Khu vui chơi giải trí | 540
  Công viên giải trí Nhơn Lý | Nhon Ly Amusement Park | Khu vui chơi giải trí | 540
  Khu mua sắm đặc sản Bình Định | Binh Dinh Specialities | Khu mua sắm | 540
  Làng nghề rượu Bàu Đá | Bau Da Spirits Village | Khu mua sắm | 549
  Làng nón ngựa Phú Gia | Phu Gia Horse Hat Village | Khu mua sắm | 548
  Chợ nón Gò Găng | Go Gang Hat Market | Khu mua sắm | 549
  Khu dừa Tam Quan | Tam Quan Coconut Area | Khu mua sắm | 543
`
/** Least and most tenths of a hectare of what is smaller than a beach or a lake, and whether people pay to come in. */
const sites: Readonly<Record<string, readonly [least: number, most: number, isPaid: boolean]>> = {
  'Chợ đêm, phố đi bộ': [5, 40, false],
  'Phố ẩm thực': [5, 25, false],
  'Khu mua sắm': [3, 40, false],
  'Khu khám phá khoa học': [80, 250, true],
  'Khu vui chơi giải trí': [10, 300, true],
}

const managers = ['Ban Quản lý điểm du lịch', 'Công ty Cổ phần Du lịch', 'Hợp tác xã Du lịch cộng đồng'] as const

interface Line {
  readonly name: string
  readonly nameEn: string
  readonly kind: string
  readonly district: District
  readonly rank: string | null
}

function linesOf(table: string): Line[] {
  return table
    .trim()
    .split('\n')
    .map((line) => {
      const [name = '', nameEn = '', kind = '', code = '', rank = null] = line.split('|').map((part) => part.trim())
      return { name, nameEn, kind, district: districtOf(code), rank }
    })
}

/** Smaller places that only have a local name, so many in a district. */
function localLines(kinds: readonly (readonly [word: string, kind: string])[], most: number): Line[] {
  return districts.flatMap((district) => {
    const random = seededRandom(`local attractions ${district.code} ${most}`)
    return district.communes.slice(0, random.between(1, most)).map((commune): Line => {
      const [word, kind] = random.pick(kinds)
      return { name: `${word} ${commune.name}`, nameEn: '', kind, district, rank: null }
    })
  })
}

function attraction({ name, nameEn, kind, district, rank }: Line, code: string, random: SeededRandom): object {
  const recognition =
    nameEn === '' ? 'Chưa công nhận' : random.pick(['Điểm du lịch', 'Điểm du lịch', 'Khu du lịch cấp tỉnh'])
  const recognised = recognition !== 'Chưa công nhận'
  const [least, most, isPaid] = sites[kind] ?? [5, 1800, true]
  const price = random.next() < 0.6 ? 0 : random.between(2, 20) * 5000
  const fee = isPaid ? price : 0
  return {
    code,
    name,
    nameEn: nameEn === '' ? null : nameEn,
    kind,
    recognition,
    recognitionDecision: recognised ? `${random.between(100, 4600)}/QĐ-UBND` : null,
    recognisedOn: recognised ? dayBetween(random, 2018, 2025) : null,
    ...(rank === null ? {} : { heritageRank: rank }),
    area: random.next() < 0.2 ? null : random.between(least, most) / 10,
    openingHours: random.pick(['24/7', 'Mo-Su 06:00-18:00', 'Mo-Su 07:00-17:30', 'Mo-Su 16:00-23:00']),
    admissionFee: fee,
    visitors: random.next() < 0.1 ? null : random.between(2, nameEn === '' ? 30 : 420) * 1000 + random.between(0, 999),
    manager: `${random.pick(managers)} ${district.name.replace(/^(?:Thành phố|Thị xã|Huyện) /u, '')}`,
    summary: `${kind} tại ${district.name}, ${fee === 0 ? 'vào cửa tự do' : 'có bán vé'}.`,
    website: random.next() < 0.25 ? `https://diemden.example.vn/${code.toLowerCase()}` : null,
    ...apiPlace(placeIn(district, random), random),
  }
}

function listOf(prefix: string, lines: readonly Line[], slips: Readonly<Record<number, object>>): object[] {
  const random = seededRandom(`attractions ${prefix}`)
  return lines.map((line, index) => ({
    ...attraction(line, `${prefix}${String(index + 1).padStart(3, '0')}`, random),
    ...slips[index],
  }))
}

export function naturalAttractions(): object[] {
  const local = localLines(
    [
      ['Suối', 'Thác, hồ, suối'],
      ['Hồ', 'Thác, hồ, suối'],
      ['Núi', 'Núi, rừng'],
    ],
    6,
  )
  return listOf('TN', [...linesOf(natural), ...local], {
    7: { lat: 109.25, lng: 13.76 },
    40: { kind: 'Ruộng bậc thang' },
  })
}

export function scenicSites(): object[] {
  return listOf('DT', linesOf(scenic), {})
}

export function shoppingAndEntertainment(): object[] {
  const local = localLines(
    [
      ['Khu vui chơi thiếu nhi', 'Khu vui chơi giải trí'],
      ['Điểm bán đặc sản', 'Khu mua sắm'],
      ['Chợ đêm', 'Chợ đêm, phố đi bộ'],
    ],
    5,
  )
  return listOf('MS', [...linesOf(shopping), ...local], { 21: { admissionFee: -20_000 } })
}
