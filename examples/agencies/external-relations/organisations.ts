import { districts } from '../office/places.js'
import { dayBetween, dotted, gap, referenceDay, typedDay, withSlips, yearsAfter, type Row } from '../office/rows.js'
import { seededRandom, type SeededRandom } from '../seeded-random.js'
import { countryColumns, countryOf } from './countries.js'

const subjects = [
  'Bridge',
  'Hope',
  'Sunrise',
  'Horizon',
  'River',
  'Lotus',
  'Harbour',
  'Seed',
  'Lantern',
  'Open Hands',
  'Blue Sea',
  'New Path',
]
const shapes = ['Foundation', 'International', 'Network', 'Association'] as const
const homes = ['US', 'JP', 'KR', 'DE', 'NL', 'AU', 'FR', 'GB', 'BE', 'CH', 'NZ', 'IT'] as const
const sectors = [
  'Giáo dục, đào tạo',
  'Y tế',
  'An sinh xã hội',
  'Nông nghiệp, nông thôn',
  'Môi trường, biến đổi khí hậu',
  'Phòng chống thiên tai, cứu trợ',
  'Khắc phục hậu quả bom mìn',
  'Khoa học',
] as const

interface Organisation {
  readonly code: string
  readonly name: string
  readonly home: string
}

/** Invented organisations: the real ones must not be read into made-up figures. */
function organisations(): Organisation[] {
  return Array.from({ length: 46 }, (_, index) => ({
    code: `PCPNN${String(index + 1).padStart(3, '0')}`,
    name: `${subjects[index % subjects.length] ?? ''} ${shapes[Math.floor(index / subjects.length)] ?? shapes[0]} (Sample)`,
    home: homes[(index * 5) % homes.length] ?? 'US',
  }))
}

function someOf<Item>(random: SeededRandom, items: readonly Item[], share: number): Item[] {
  const chosen = items.filter(() => random.next() < share)
  return chosen.length === 0 ? [random.pick(items)] : chosen
}

export function organisationRows(): Row[] {
  const random = seededRandom('foreign organisations')
  const rows = organisations().map(({ code, name, home }, index): Row => {
    const issued = dayBetween(random, 2018, 2025)
    const registration = random.pick([
      'Giấy đăng ký hoạt động',
      'Giấy đăng ký hoạt động',
      'Giấy đăng ký hoạt động',
      // There are no new ones since 1 November 2022, when Decree 58/2022 came into force.
      issued < '2022-11-01' ? 'Giấy đăng ký lập văn phòng dự án' : 'Giấy đăng ký hoạt động',
      'Giấy đăng ký lập văn phòng đại diện',
    ])
    const until = yearsAfter(issued, registration === 'Giấy đăng ký lập văn phòng đại diện' ? 5 : 3)
    const country = countryOf(home)
    return {
      Mã: code,
      'Tên tổ chức': name,
      'Tên tiếng Việt': gap(random, 0.2, `Tổ chức ${name.replace(' (Sample)', '')} (${country.name})`),
      ...countryColumns(country),
      'Hình thức đăng ký': registration,
      'Số đăng ký': `${random.between(10, 420)}/CNV-HĐ`,
      'Ngày cấp': typedDay(random, issued),
      'Hết hạn': typedDay(random, until),
      'Hiệu lực': until < referenceDay ? 'Hết hiệu lực' : 'Còn hiệu lực',
      'Lĩnh vực hoạt động': someOf(random, sectors, 0.25).join('; '),
      'Địa bàn hoạt động': someOf(random, districts, 0.35)
        .map((district) => district.code)
        .join('; '),
      Website: gap(random, 0.3, `https://ngo${index + 1}.example.org`),
    }
  })
  return withSlips(rows, { 22: { 'Mã nước': 'Đức' }, 31: { 'Ngày cấp': '30/02/2021' } })
}

const works: Readonly<Record<(typeof sectors)[number], readonly string[]>> = {
  'Giáo dục, đào tạo': ['Xây phòng học', 'Học bổng cho học sinh nghèo', 'Thư viện thân thiện'],
  'Y tế': ['Khám mắt học đường', 'Trang thiết bị trạm y tế', 'Phẫu thuật tim cho trẻ em'],
  'An sinh xã hội': ['Hỗ trợ trẻ khuyết tật', 'Nhà ở cho hộ nghèo', 'Hỗ trợ người cao tuổi'],
  'Nông nghiệp, nông thôn': ['Sinh kế chăn nuôi bò', 'Trồng rừng FSC hộ gia đình', 'Nước sạch nông thôn'],
  'Môi trường, biến đổi khí hậu': ['Giảm rác thải nhựa đại dương', 'Bảo tồn rạn san hô', 'Phục hồi rừng ngập mặn'],
  'Phòng chống thiên tai, cứu trợ': ['Cứu trợ bão lũ', 'Nhà tránh lũ cộng đồng'],
  'Khắc phục hậu quả bom mìn': ['Rà phá bom mìn', 'Giáo dục nguy cơ bom mìn'],
  'Khoa học': ['Trường hè vật lý', 'Hỗ trợ gặp gỡ khoa học'],
}
const recipients = [
  'Sở Y tế',
  'Sở Giáo dục và Đào tạo',
  'Hội Chữ thập đỏ tỉnh',
  'Hội Liên hiệp Phụ nữ tỉnh',
  'Liên hiệp các Hội KHKT tỉnh',
]

export function aidRows(): Row[] {
  const random = seededRandom('foreign aid')
  const all = organisations()
  const rows = Array.from({ length: 188 }, (_, index): Row => {
    const donor = random.next() < 0.85 ? random.pick(all) : undefined
    const sector = random.pick(sectors)
    const starts = dayBetween(random, 2020, 2025)
    const ends = yearsAfter(starts, random.pick([1, 1, 2, 3]))
    const committed = random.pick([5_000, 12_000, 25_000, 40_000, 80_000, 150_000, 420_000]) + random.between(0, 999)
    const isOver = ends < referenceDay
    const chosen = someOf(random, districts, 0.14)
    return {
      'Mã khoản viện trợ': `VT${starts.slice(0, 4)}-${String(index + 1).padStart(3, '0')}`,
      'Tên khoản viện trợ': `${random.pick(works[sector])} tại ${chosen[0]?.name ?? ''}`,
      'Hình thức': sector.startsWith('Phòng chống')
        ? 'Viện trợ khẩn cấp'
        : random.pick(['Dự án', 'Dự án', 'Phi dự án', 'Chương trình']),
      'Lĩnh vực': sector,
      'Nhà tài trợ': donor?.name ?? `Nhóm thiện nguyện ${random.pick(subjects)} (Sample)`,
      'Mã tổ chức': donor?.code ?? null,
      'Đơn vị tiếp nhận': random.pick([...recipients, `UBND ${chosen[0]?.name ?? ''}`]),
      'Quyết định phê duyệt': `${random.between(100, 4200)}/QĐ-UBND`,
      'Ngày phê duyệt': typedDay(random, starts),
      'Bắt đầu': typedDay(random, starts),
      'Kết thúc': typedDay(random, ends),
      'Tình trạng': isOver
        ? 'Đã kết thúc'
        : random.pick(['Đang thực hiện', 'Đang thực hiện', 'Đang thực hiện', 'Đã phê duyệt', 'Dừng thực hiện']),
      'Giá trị cam kết': dotted(committed),
      'Giá trị giải ngân': dotted(Math.round(committed * (isOver ? 0.9 + random.next() * 0.1 : random.next() * 0.7))),
      'Vốn đối ứng': gap(random, 0.5, dotted(random.between(1, 40) * 25_000_000)),
      'Địa bàn thực hiện': chosen.map((district) => district.code).join('; '),
    }
  })
  return withSlips(rows, {
    35: { 'Giá trị cam kết': '25.000 EUR' },
    90: { 'Tình trạng': 'Chờ' },
    143: { 'Địa bàn thực hiện': '540; 555' },
  })
}
