import { districts, placeIn, placeInCommune } from '../office/places.js'
import { dayBetween, dotted, gap, typedDay, withSlips, type Row, type Slips } from '../office/rows.js'
import { seededRandom, type SeededRandom } from '../seeded-random.js'

const fields = [
  {
    name: 'Nông nghiệp',
    trade: 'Nông nghiệp',
    activities: 'Dịch vụ thủy lợi; làm đất; cung ứng giống, phân bón',
    most: 0.74,
  },
  { name: 'Thương mại – dịch vụ', trade: 'Dịch vụ Thương mại', activities: 'Thu mua và tiêu thụ nông sản', most: 0.84 },
  {
    name: 'Công nghiệp – xây dựng',
    trade: 'Tiểu thủ công nghiệp',
    activities: 'Sản xuất hàng mây tre; đóng tàu',
    most: 0.92,
  },
  { name: 'Giao thông vận tải', trade: 'Vận tải', activities: 'Vận tải hành khách và hàng hóa', most: 0.97 },
  { name: 'Vệ sinh môi trường', trade: 'Môi trường', activities: 'Thu gom rác thải; cấp nước sạch', most: 1 },
] as const

const statuses = ['Đang hoạt động', 'Đang hoạt động', 'Đang hoạt động', 'Đang hoạt động', 'Đang hoạt động'] as const

const slips: Slips = {
  17: { 'Số thành viên': 'chưa báo cáo' },
  88: { 'Ngày đăng ký': '31/09/2016' },
  141: { 'Mã số': '' },
}

/** The cooperatives of every district, the district as one merged cell. */
export function cooperativeRows(): Row[] {
  const rows = districts.flatMap((district) => {
    const random = seededRandom(`cooperatives ${district.code}`)
    return district.communes.flatMap((commune) =>
      Array.from({ length: random.between(1, 3) }, (_, nth): Row => {
        const field = fieldOf(random)
        const place = placeIn(district, random)
        const registeredOn = dayBetween(random, 1998, 2025)
        const status = statusOf(random, registeredOn)
        const members = random.between(7, field.name === 'Nông nghiệp' ? 1900 : 60)
        return {
          'Mã huyện': district.code,
          'Mã số': `41${commune.code}${nth + 1}`,
          'Tên hợp tác xã': `Hợp tác xã ${field.trade} ${commune.name}${nth === 0 ? '' : ` ${nth + 1}`}`,
          'Lĩnh vực': field.name,
          'Quy mô': sizeOf(members),
          'Tình trạng': status,
          'Ngày thay đổi': changedOn(status, registeredOn),
          'Ngày đăng ký': typedDay(random, registeredOn),
          'Vốn điều lệ (đồng)': money(random, random.between(2, 90) * 50_000_000),
          'Số thành viên': members >= 1000 ? dotted(members) : members,
          'Số lao động': gap(random, 0.05, random.between(5, 70)),
          'Ngành nghề': field.activities,
          'Mã xã': commune.code,
          'Địa chỉ': `${commune.designation} ${commune.name}, ${place.district.name}`,
          'Điện thoại': gap(random, 0.3, `0256 3${random.between(500_000, 999_999)}`),
        }
      }),
    )
  })
  return withSlips(rows, slips)
}

/** The unions of cooperatives and the credit funds, one list. */
export function unionRows(): Row[] {
  const random = seededRandom('unions and credit funds')
  const funds = Array.from({ length: 27 }, (_, index) => rowOf('Quỹ tín dụng nhân dân', index, random))
  const unions = Array.from({ length: 6 }, (_, index) => rowOf('Liên hiệp hợp tác xã', index, random))
  return withSlips([...unions, ...funds], { 20: { 'Vốn điều lệ (đồng)': '-3.000.000.000' } })
}

function rowOf(kind: 'Quỹ tín dụng nhân dân' | 'Liên hiệp hợp tác xã', index: number, random: SeededRandom): Row {
  const district = districts[index % districts.length] ?? random.pick(districts)
  const isFund = kind === 'Quỹ tín dụng nhân dân'
  // A district has a fund in every third commune, each called after its own.
  const nth = Math.floor(index / districts.length)
  const place = placeInCommune(district, district.communes[nth * 3] ?? random.pick(district.communes), random)
  const registeredOn = dayBetween(random, isFund ? 1995 : 2014, isFund ? 2015 : 2025)
  const status = isFund && random.next() < 0.9 ? 'Đang hoạt động' : statusOf(random, registeredOn)
  const members = isFund ? random.between(900, 4200) : random.between(4, 12)
  return {
    Loại: kind,
    'Mã số': `${isFund ? '4100' : '4101'}${String(600_100 + index * 13).padStart(6, '0')}`,
    Tên: isFund
      ? `${kind} ${place.commune.name}`
      : `${kind} ${random.pick(['Nông nghiệp', 'Dịch vụ', 'Thủy sản'])} ${place.commune.name}`,
    'Quy mô': sizeOf(members),
    'Tình trạng': status,
    'Ngày thay đổi': changedOn(status, registeredOn),
    'Ngày đăng ký': typedDay(random, registeredOn),
    'Vốn điều lệ (đồng)': dotted(random.between(4, 40) * 500_000_000),
    'Số thành viên': isFund ? dotted(members) : members,
    'Ngành nghề': isFund ? 'Huy động vốn, cho vay thành viên' : 'Cung ứng vật tư, bao tiêu sản phẩm cho thành viên',
    'Số lao động': random.between(8, 30),
    'Mã huyện': district.code,
    'Mã xã': place.commune.code,
    'Địa chỉ': place.address,
    'Điện thoại': `0256 3${random.between(500_000, 999_999)}`,
  }
}

function fieldOf(random: SeededRandom): (typeof fields)[number] {
  const chance = random.next()
  return fields.find(({ most }) => chance < most) ?? fields[0]
}

/** The day from which it is suspended or dissolved. */
function changedOn(status: string, registeredOn: string): Row[string] {
  if (status !== 'Tạm ngừng hoạt động' && status !== 'Đã giải thể') return null
  const random = seededRandom(`${status} ${registeredOn}`)
  return typedDay(random, dayBetween(random, Math.max(2015, Number(registeredOn.slice(0, 4)) + 1), 2025))
}

function statusOf(random: SeededRandom, registeredOn: string): string {
  if (registeredOn.startsWith('2025')) return 'Thành lập mới'
  const chance = random.next()
  if (chance < 0.06) return 'Tạm ngừng hoạt động'
  return chance < 0.1 ? 'Đã giải thể' : random.pick(statuses)
}

/** By the number of members, as Decree 113/2024 sorts those of agriculture. */
function sizeOf(members: number): string {
  if (members < 50) return 'Siêu nhỏ'
  if (members < 200) return 'Nhỏ'
  return members < 1000 ? 'Vừa' : 'Lớn'
}

/** Typed with dots, which makes it text, or as a number. */
function money(random: SeededRandom, amount: number): string | number {
  return random.next() < 0.4 ? dotted(amount) : amount
}
