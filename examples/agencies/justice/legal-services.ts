import { coordinateColumns } from '../office/place-columns.js'
import { districts, placeIn, placeSomewhere, type Place } from '../office/places.js'
import { dayBetween, dotted, gap, typedDay, withSlips, yearsAfter, type Row } from '../office/rows.js'
import { officePhone } from '../office/telephones.js'
import { seededRandom, type SeededRandom } from '../seeded-random.js'

const surnames = [
  'Minh Đức',
  'Bình An',
  'Công Lý',
  'Tâm Việt',
  'Hưng Đạo',
  'Trí Tuệ',
  'Nhơn Hòa',
  'Phú Tài',
  'Thiên Ân',
  'Đại Việt',
]
const statuses = [...Array<string>(14).fill('Đang hoạt động'), 'Tạm ngừng', 'Đã giải thể']

function whereabouts(place: Place, random: SeededRandom): Row {
  return {
    'Điện thoại': officePhone(random),
    'Địa chỉ': place.address,
    'Mã huyện': place.district.code,
    'Mã xã': place.commune.code,
    ...coordinateColumns(place, random, 0.08),
  }
}

export function notaryRows(): Row[] {
  const random = seededRandom('notary offices')
  const list = districts.flatMap((district) => {
    const count = district.code === '540' ? 14 : district.communes.length > 13 ? 4 : 1
    return Array.from({ length: count }, () => district)
  })
  const rows = list.map((district, index): Row => {
    const isPublic = index < 3
    const acts = random.between(900, 14_000)
    return {
      Mã: `CC${String(index + 1).padStart(3, '0')}`,
      'Tên tổ chức': isPublic
        ? `Phòng Công chứng số ${index + 1}`
        : `Văn phòng Công chứng ${random.pick(surnames)} ${index}`,
      Loại: isPublic ? 'Phòng công chứng' : 'Văn phòng công chứng',
      'Thành lập / Số quyết định': `${random.between(100, 4900)}/QĐ-UBND`,
      'Thành lập / Ngày': typedDay(random, dayBetween(random, isPublic ? 1992 : 2009, isPublic ? 2005 : 2024)),
      'Số đăng ký hoạt động': isPublic ? null : `${String(index).padStart(2, '0')}/TP-ĐKHĐ`,
      'Công chứng viên': random.between(2, 6),
      'Việc công chứng năm 2024': dotted(acts),
      'Phí công chứng (đồng)': dotted(acts * random.between(90, 260) * 1000),
      'Mã số thuế': `41${random.between(10_000_000, 99_999_999)}`,
      'Tình trạng': isPublic ? 'Đang hoạt động' : random.pick(statuses),
      ...whereabouts(placeIn(district, random), random),
    }
  })
  return withSlips(rows, { 9: { 'Công chứng viên': 'đang bổ sung' }, 22: { 'Mã số thuế': '4101' } })
}

const forms = [
  ['Văn phòng luật sư', 'Văn phòng Luật sư', 62],
  ['Công ty luật TNHH một thành viên', 'Công ty Luật TNHH MTV', 31],
  ['Công ty luật TNHH hai thành viên trở lên', 'Công ty Luật TNHH', 9],
  ['Công ty luật hợp danh', 'Công ty Luật hợp danh', 4],
  ['Chi nhánh', 'Chi nhánh Công ty Luật', 17],
] as const
const fields = ['Hình sự', 'Dân sự', 'Hôn nhân và gia đình', 'Đất đai', 'Doanh nghiệp', 'Lao động', 'Hành chính']
/** Legal aid is for any field but business and trade. */
const aidFields = [...fields.filter((field) => field !== 'Doanh nghiệp'), 'Người có công']

interface Practice {
  readonly code: string
  readonly name: string
  readonly place: Place
  readonly row: Row
}

function practices(): Practice[] {
  const random = seededRandom('law practices')
  return forms
    .flatMap(([form, word, count]) => Array.from({ length: count }, () => ({ form, word })))
    .map(({ form, word }, index) => {
      const place = placeSomewhere(random, 0.66)
      const code = `LS${String(index + 1).padStart(3, '0')}`
      const name = `${word} ${random.pick(surnames)} ${place.commune.name}`
      const row: Row = {
        Mã: code,
        'Tên tổ chức': name,
        'Hình thức': form,
        'Đăng ký / Số': `35.${form === 'Văn phòng luật sư' ? '01' : '02'}.${String(index + 1).padStart(4, '0')}/TP/ĐKHĐ`,
        'Đăng ký / Ngày cấp': typedDay(random, dayBetween(random, 2007, 2025)),
        'Mã số thuế': gap(random, 0.08, `41${random.between(10_000_000, 99_999_999)}`),
        'Số luật sư': random.between(1, 8),
        'Lĩnh vực': fields.filter(() => random.next() < 0.5).join('; ') || 'Dân sự',
        'Tình trạng': random.pick(statuses),
        Website: gap(random, 0.75, `https://luat${index + 1}.example.vn`),
        ...whereabouts(place, random),
      }
      return { code, name, place, row }
    })
}

export function lawPracticeRows(): Row[] {
  return withSlips(
    practices().map(({ row }) => row),
    { 17: { 'Đăng ký / Ngày cấp': '00/05/2015' }, 88: { 'Hình thức': 'Trung tâm tư vấn pháp luật' } },
  )
}

export function legalAidRows(): Row[] {
  const random = seededRandom('legal aid')
  const [city, ...others] = districts
  const centre =
    city === undefined
      ? []
      : [
          {
            name: 'Trung tâm Trợ giúp pháp lý nhà nước tỉnh',
            kind: 'Trung tâm trợ giúp pháp lý nhà nước',
            place: placeIn(city, random),
            practice: null,
          },
        ]
  const branches = others
    .filter((_, index) => index % 3 === 0)
    .map((district, index) => ({
      name: `Chi nhánh Trợ giúp pháp lý số ${index + 1}`,
      kind: 'Chi nhánh Trung tâm',
      place: placeIn(district, random),
      practice: null,
    }))
  const partners = practices()
    .filter((_, index) => index % 6 === 0)
    .map(({ code, name, place }, index) => ({
      name,
      kind: index % 2 === 0 ? 'Tổ chức ký hợp đồng' : 'Tổ chức đăng ký tham gia',
      place,
      practice: code,
    }))
  const rows = [...centre, ...branches, ...partners].map(({ name, kind, place, practice }, index): Row => {
    const since = dayBetween(random, practice === null ? 1998 : 2019, practice === null ? 2012 : 2024)
    return {
      Mã: `TGPL${String(index + 1).padStart(2, '0')}`,
      'Tên tổ chức': name,
      Loại: kind,
      'Số hợp đồng, đăng ký':
        practice === null ? null : `${random.between(1, 80)}/${kind === 'Tổ chức ký hợp đồng' ? 'HĐ-TGPL' : 'ĐK-TGPL'}`,
      'Từ ngày': typedDay(random, since),
      'Đến ngày': kind === 'Tổ chức ký hợp đồng' ? typedDay(random, yearsAfter(since, 5)) : null,
      'Số người thực hiện': random.between(1, practice === null ? 14 : 4),
      'Vụ việc năm 2024': random.between(3, practice === null ? 420 : 45),
      'Lĩnh vực': aidFields.filter(() => random.next() < 0.6).join('; ') || 'Hình sự',
      'Mã tổ chức luật sư': practice,
      ...whereabouts(place, random),
    }
  })
  return withSlips(rows, { 11: { 'Vụ việc năm 2024': 'chưa tổng hợp' } })
}
