import { districts, placeIn, placeInCommune, type Place } from '../office/places.js'
import { dayBetween, dotted, gap, typedDay, withSlips, type Row } from '../office/rows.js'
import { officePhone } from '../office/telephones.js'
import { seededRandom } from '../seeded-random.js'

const provincial = [
  ['Hội Chữ thập đỏ', 'Hội', 'Nhân đạo', true],
  ['Hội Nhà báo', 'Hội', 'Báo chí', true],
  ['Hội Văn học Nghệ thuật', 'Hội', 'Văn học, nghệ thuật', true],
  ['Liên hiệp các Hội Khoa học và Kỹ thuật', 'Liên hiệp các hội', 'Khoa học', true],
  ['Liên hiệp các tổ chức hữu nghị', 'Liên hiệp các hội', 'Đối ngoại nhân dân', true],
  ['Hội Người cao tuổi', 'Hội', 'Người cao tuổi', true],
  ['Hội Khuyến học', 'Hội', 'Giáo dục', true],
  ['Hội Luật gia', 'Hội', 'Pháp luật', true],
  ['Hội Đông y', 'Hội', 'Y tế', true],
  ['Hội Người mù', 'Hội', 'Người khuyết tật', true],
  ['Hội Kế hoạch hóa gia đình', 'Hội', 'Y tế', false],
  ['Tổng hội Y học', 'Tổng hội', 'Y tế', false],
  ['Hội Cây cảnh', 'Hội', 'Sinh vật cảnh', false],
  ['Hiệp hội Gỗ và Lâm sản', 'Hiệp hội', 'Công nghiệp', false],
  ['Hiệp hội Du lịch', 'Hiệp hội', 'Du lịch', false],
  ['Hiệp hội Doanh nghiệp', 'Hiệp hội', 'Doanh nghiệp', false],
  ['Hiệp hội Vận tải ô tô', 'Hiệp hội', 'Vận tải', false],
  ['Liên đoàn Võ thuật', 'Liên đoàn', 'Thể thao', false],
  ['Liên đoàn Bóng đá', 'Liên đoàn', 'Thể thao', false],
  ['Liên đoàn Quần vợt', 'Liên đoàn', 'Thể thao', false],
  ['Hội Nghề cá', 'Hội', 'Thủy sản', false],
  ['Hội Làm vườn', 'Hội', 'Nông nghiệp', false],
  ['Hội Kiến trúc sư', 'Hội', 'Xây dựng', false],
  ['Câu lạc bộ Doanh nhân trẻ', 'Câu lạc bộ', 'Doanh nghiệp', false],
] as const
const ofDistricts = [
  'Hội Chữ thập đỏ',
  'Hội Người cao tuổi',
  'Hội Khuyến học',
  'Hội Đông y',
  'Hội Cựu giáo chức',
] as const
const ofCommunes = ['Hội Người cao tuổi', 'Hội Khuyến học'] as const

interface Facts {
  readonly name: string
  readonly kind: string
  readonly field: string
  readonly scope: string
  readonly special: boolean
  readonly place: Place
}

function facts(): Facts[] {
  const random = seededRandom('where associations are')
  const [city] = districts
  const main =
    city === undefined
      ? []
      : provincial.map(([name, kind, field, special]): Facts => {
          return {
            name: `${name} tỉnh Bình Định`,
            kind,
            field,
            scope: 'Toàn tỉnh',
            special,
            place: placeIn(city, random),
          }
        })
  const local = districts.flatMap((district) => [
    ...ofDistricts.map((name): Facts => {
      const place = placeIn(district, random)
      return {
        name: `${name} ${district.name}`,
        kind: 'Hội',
        field: 'Xã hội',
        scope: 'Huyện',
        special: name === 'Hội Chữ thập đỏ',
        place,
      }
    }),
    ...district.communes.flatMap((commune) =>
      ofCommunes.map((name): Facts => {
        const place = placeInCommune(district, commune, random)
        const where = `${commune.designation} ${commune.name}, ${district.name}`
        return { name: `${name} ${where}`, kind: 'Hội', field: 'Xã hội', scope: 'Xã', special: false, place }
      }),
    ),
  ])
  return [...main, ...local]
}

const slips: Readonly<Record<number, object>> = {
  30: { members: -12 },
  77: { foundedOn: '2003-02-31' },
  140: { scope: 'Liên huyện' },
  260: { website: 'facebook/hoikhuyenhoc' },
}

export function associationItems(): object[] {
  const random = seededRandom('associations')
  return facts().map(({ name, kind, field, scope, special, place }, index) => {
    const founded = dayBetween(random, 1986, 2020)
    return {
      code: `H${String(index + 1).padStart(4, '0')}`,
      name,
      kind,
      field,
      scope,
      specialTasks: special,
      decisionNumber: `${random.between(20, 4800)}/QĐ-UBND`,
      foundedOn: founded,
      charterApprovedOn: random.next() < 0.2 ? null : dayBetween(random, 2021, 2025),
      term: random.pick(['2020-2025', '2021-2026', '2022-2027', '2023-2028']),
      members:
        random.next() < 0.08 ? null : random.between(20, scope === 'Toàn tỉnh' ? 9000 : scope === 'Huyện' ? 2800 : 900),
      memberOrganisations: kind === 'Hiệp hội' || kind === 'Liên hiệp các hội' ? random.between(12, 180) : null,
      status: random.pick([...Array<string>(18).fill('Đang hoạt động'), 'Tạm ngừng', 'Đã giải thể']),
      phone: random.next() < 0.3 ? null : officePhone(random),
      website: scope === 'Toàn tỉnh' && random.next() < 0.4 ? `https://hoi${index + 1}.example.vn` : null,
      districtCode: place.district.code,
      communeCode: place.commune.code,
      address: place.address,
      ...slips[index],
    }
  })
}

const funds = [
  'Bảo trợ trẻ em',
  'Khuyến học',
  'Vì người nghèo',
  'Chăm sóc người cao tuổi',
  'Đền ơn đáp nghĩa',
  'Hỗ trợ ngư dân',
  'Học bổng',
]

export function fundRows(): Row[] {
  const random = seededRandom('social funds')
  const rows = Array.from({ length: 64 }, (_, index): Row => {
    const district = index < 12 ? districts[0] : random.pick(districts)
    if (district === undefined) throw new Error('There are no districts.')
    const place = placeIn(district, random)
    const purpose = random.pick(funds)
    const income = random.between(40, 9000) * 1_000_000
    const isCharity = random.next() < 0.4
    return {
      Mã: `Q${String(index + 1).padStart(3, '0')}`,
      'Tên quỹ': `Quỹ ${isCharity ? 'từ thiện ' : ''}${purpose} ${index < 12 ? `tỉnh Bình Định ${index + 1}` : `${district.name} ${index + 1}`}`,
      Loại: isCharity ? 'Quỹ từ thiện' : 'Quỹ xã hội',
      'Phạm vi': index < 12 ? 'Toàn tỉnh' : random.pick(['Huyện', 'Xã']),
      'Mục đích': `${purpose}; không vì lợi nhuận`,
      'Giấy phép / Số': `${random.between(30, 4700)}/QĐ-UBND`,
      'Giấy phép / Ngày cấp': typedDay(random, dayBetween(random, 2008, 2025)),
      'Tài sản đóng góp (đồng)': dotted(random.pick([20, 100, 130, 200, 500, 1300]) * 1_000_000),
      'Năm 2024 (đồng) / Thu': gap(random, 0.06, dotted(income)),
      'Năm 2024 (đồng) / Chi': dotted(Math.round(income * (0.5 + random.next() * 0.5))),
      'Tình trạng': random.pick([...Array<string>(9).fill('Đang hoạt động'), 'Tạm ngừng']),
      'Điện thoại': gap(random, 0.2, officePhone(random)),
      'Địa chỉ': place.address,
      'Mã huyện': district.code,
      'Mã xã': place.commune.code,
    }
  })
  return withSlips(rows, { 20: { 'Năm 2024 (đồng) / Thu': 'N/A' }, 44: { 'Giấy phép / Ngày cấp': '2019' } })
}
