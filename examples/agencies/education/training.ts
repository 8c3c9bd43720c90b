import { coordinateColumns } from '../office/place-columns.js'
import { placeIn, placeInCommune, placeSomewhere, type Place } from '../office/places.js'
import { dayBetween, dotted, gap, typedDay, withSlips, type Row } from '../office/rows.js'
import { seededRandom, type SeededRandom } from '../seeded-random.js'
import { districts } from './districts.js'

interface Centre {
  readonly code: string
  readonly name: string
  readonly kind: string
  readonly isPublic: boolean
  readonly programmes: string
  readonly learners: number
  readonly place: Place
}

const colleges = [
  ['Trường Cao đẳng Kỹ thuật Công nghệ Quy Nhơn', 'Trường cao đẳng'],
  ['Trường Cao đẳng Bình Định', 'Trường cao đẳng'],
  ['Trường Cao đẳng Y tế Bình Định', 'Trường cao đẳng'],
  ['Trường Cao đẳng Cơ điện - Xây dựng và Nông lâm Trung Bộ', 'Trường cao đẳng'],
  ['Trường Trung cấp nghề Hoài Nhơn', 'Trường trung cấp'],
  ['Trường Trung cấp Văn hóa Nghệ thuật', 'Trường trung cấp'],
] as const
const occupations = 'Hàn; Điện công nghiệp; Công nghệ ô tô; May thời trang; Kỹ thuật chế biến món ăn'

export function vocationalRows(): Row[] {
  const random = seededRandom('vocational')
  const schools = colleges.map(([name, kind], index): Centre => {
    const place = placeSomewhere(random, 0.7)
    return {
      code: `GN${String(index + 1).padStart(3, '0')}`,
      name,
      kind,
      isPublic: true,
      programmes: occupations,
      learners: random.between(400, 5200),
      place,
    }
  })
  const centres = Array.from({ length: 22 }, (_, index): Centre => {
    const place = placeSomewhere(random, 0.35)
    return {
      code: `GN${String(index + 101)}`,
      name: `Trung tâm Giáo dục nghề nghiệp ${random.pick(['Lái xe', 'May', 'Cơ khí', 'Du lịch', 'Tổng hợp'])} ${place.commune.name}`,
      kind: 'Trung tâm GDNN',
      isPublic: random.next() < 0.3,
      programmes: random.pick(['Lái xe ô tô hạng B, C', 'May công nghiệp', 'Nghiệp vụ buồng, bàn', 'Sửa chữa xe máy']),
      learners: random.between(60, 1400),
      place,
    }
  })
  return withSlips(rowsOf([...schools, ...centres], random), { 11: { 'Ngày cấp phép': 'đang xin cấp lại' } })
}

/** One vocational and continuing centre a district, and the learning centres of communes. */
export function continuingRows(): Row[] {
  const random = seededRandom('continuing')
  const centres = districts.flatMap((district): Centre[] => [
    {
      code: `TX${district.code}`,
      name: `Trung tâm GDNN - GDTX ${district.name}`,
      kind: district.code === '540' ? 'Trung tâm GDTX' : 'Trung tâm GDNN - GDTX',
      isPublic: true,
      programmes: 'Bổ túc THPT; xóa mù chữ; tin học; ngoại ngữ; nghề phổ thông',
      learners: random.between(300, 2100),
      place: placeIn(district, random),
    },
    ...district.communes.map((commune): Centre => ({
      code: `HT${commune.code}`,
      name: `Trung tâm Học tập cộng đồng ${commune.designation} ${commune.name}`,
      kind: 'Trung tâm HTCĐ',
      isPublic: true,
      programmes: 'Chuyên đề pháp luật, nông nghiệp, sức khỏe',
      learners: random.between(200, 3200),
      place: placeInCommune(district, commune, random),
    })),
  ])
  return withSlips(rowsOf(centres, random), { 50: { 'Số người học': 'nhiều' }, 120: { 'Mã xã': '00000' } })
}

const both = 9

export function computerRows(): Row[] {
  const centres = [
    ...bothKinds(),
    ...list('Trung tâm tin học', 'TH', 41, 'Tin học cơ bản; tin học văn phòng; lập trình'),
  ]
  return withSlips(rowsOf(centres, seededRandom('computer centres')), { 30: { 'Tình trạng': 'Chưa rõ' } })
}

export function languageRows(): Row[] {
  const centres = [
    ...bothKinds(),
    ...list('Trung tâm ngoại ngữ', 'NN', 138, 'Tiếng Anh thiếu nhi; luyện thi IELTS; tiếng Hàn; tiếng Nhật'),
  ]
  return withSlips(rowsOf(centres, seededRandom('language centres')), { 75: { 'Số giáo viên': 'x' } })
}

/** Centres for languages and computers are in both lists, with the same code. */
function bothKinds(): Centre[] {
  return list('Trung tâm ngoại ngữ - tin học', 'NT', both, 'Tiếng Anh; tin học văn phòng')
}

function list(kind: string, prefix: string, count: number, programmes: string): Centre[] {
  const random = seededRandom(kind)
  return Array.from({ length: count }, (_, index) => {
    const place = placeSomewhere(random, 0.5)
    const brand = random.pick([
      'Ánh Dương',
      'Trí Đức',
      'Việt Úc',
      'Sao Mai',
      'Tân Văn',
      'Hoa Sen',
      'Quốc tế',
      'Khai Minh',
    ])
    return {
      code: `${prefix}${String(index + 1).padStart(3, '0')}`,
      name: `${kind} ${brand} ${place.commune.name}`,
      kind,
      isPublic: random.next() < 0.08,
      programmes,
      learners: random.between(30, 900),
      place,
    }
  })
}

/** Every third has one. */
function websiteOf(code: string): string | null {
  return Number(code.slice(-2)) % 3 === 0 ? `https://${code.toLowerCase()}.example.edu.vn` : null
}

function rowsOf(centres: readonly Centre[], random: SeededRandom): Row[] {
  return centres.map(({ code, name, kind, isPublic, programmes, learners, place }): Row => {
    const licensed = dayBetween(random, 2008, 2025)
    return {
      'Mã cơ sở': code,
      'Tên cơ sở': name,
      Loại: kind,
      'Loại hình': isPublic ? 'Công lập' : 'Tư thục',
      'Tình trạng': random.pick(['Đang hoạt động', 'Đang hoạt động', 'Đang hoạt động', 'Đang hoạt động', 'Tạm dừng']),
      'Số giấy phép': gap(random, 0.05, `${random.between(20, 1900)}/QĐ-SGDĐT`),
      'Ngày cấp phép': typedDay(random, licensed),
      'Chương trình': programmes,
      'Số người học': learners >= 1000 ? dotted(learners) : learners,
      'Số giáo viên': gap(random, 0.04, Math.max(3, Math.round(learners / 25))),
      'Số phòng học': random.between(2, 40),
      'Mã huyện': place.district.code,
      'Mã xã': place.commune.code,
      'Địa chỉ': place.address,
      Website: /^(?:Trung tâm học tập|Trung tâm HTCĐ)/u.test(name) ? null : websiteOf(code),
      'Điện thoại': gap(random, 0.25, `0256 3${random.between(500_000, 999_999)}`),
      ...coordinateColumns(place, random, 0.08),
    }
  })
}
