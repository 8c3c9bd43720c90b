import { districts } from '../office/places.js'
import { dayBetween, gap, typedDay, withSlips, yearsAfter, type Row } from '../office/rows.js'
import { seededRandom } from '../seeded-random.js'
import { countries, countryColumns } from './countries.js'

const subjects = [
  ['Khoa học tự nhiên', 'Vật lý hạt và vũ trụ', 'Particle physics and cosmology', 'Trung tâm ICISE'],
  ['Khoa học tự nhiên', 'Thiên văn học và vật lý neutrino', 'Astronomy and neutrino physics', 'Trung tâm ICISE'],
  [
    'Công nghệ, trí tuệ nhân tạo',
    'Trí tuệ nhân tạo và dữ liệu lớn',
    'Artificial intelligence and big data',
    'Trường Đại học Quy Nhơn',
  ],
  ['Y học', 'Y học nhiệt đới', 'Tropical medicine', 'Sở Y tế'],
  ['Kinh tế, đầu tư', 'Xúc tiến đầu tư miền Trung', 'Investment in Central Viet Nam', 'Sở Kế hoạch và Đầu tư'],
  ['Du lịch, văn hóa', 'Võ cổ truyền và di sản', 'Traditional martial arts and heritage', 'Sở Văn hóa và Thể thao'],
  ['Môi trường, biển', 'Kinh tế biển xanh', 'Blue economy', 'Sở Tài nguyên và Môi trường'],
  ['Giáo dục', 'Giáo dục khoa học cho học sinh', 'Science education for pupils', 'Trường Đại học Quy Nhơn'],
] as const

export function conferenceRows(): Row[] {
  const random = seededRandom('conferences')
  const rows = Array.from({ length: 124 }, (_, index): Row => {
    const [field, name, english, organiser] = random.pick(subjects)
    const day = dayBetween(random, 2019, 2025)
    const isIcise = organiser === 'Trung tâm ICISE'
    const foreign = random.between(8, isIcise ? 140 : 50)
    const chosen = countries.filter(() => random.next() < 0.3).map(({ code }) => code)
    const district = isIcise || random.next() < 0.8 ? districts[0] : random.pick(districts)
    const knows = random.next() < 0.9 && district !== undefined
    return {
      Mã: `HN${day.slice(0, 4)}-${String(index + 1).padStart(3, '0')}`,
      'Tên hội nghị': `Hội nghị quốc tế ${name} ${day.slice(0, 4)}`,
      'Tên tiếng Anh': gap(random, 0.15, `International Conference on ${english} ${day.slice(0, 4)}`),
      'Lĩnh vực': field,
      'Hình thức': day.startsWith('2021')
        ? 'Trực tuyến'
        : random.pick(['Trực tiếp', 'Trực tiếp', 'Trực tiếp kết hợp trực tuyến']),
      'Đơn vị tổ chức': organiser,
      'Văn bản cho phép': gap(random, 0.1, `${random.between(20, 980)}/UBND-VX`),
      'Từ ngày': typedDay(random, day),
      'Đến ngày': typedDay(
        random,
        `${day.slice(0, 8)}${String(Math.min(28, Number(day.slice(8)) + random.between(0, 4))).padStart(2, '0')}`,
      ),
      'Số đại biểu': foreign + random.between(20, 220),
      'Đại biểu nước ngoài': foreign,
      'Mã các nước': chosen.length === 0 ? 'JP' : chosen.join('; '),
      'Địa điểm': isIcise
        ? 'Trung tâm Quốc tế Khoa học và Giáo dục liên ngành (ICISE)'
        : `Trung tâm hội nghị, ${district?.name ?? ''}`,
      'Mã huyện': district?.code ?? null,
      'Vĩ độ': knows ? district.latitude : null,
      'Kinh độ': knows ? district.longitude : null,
    }
  })
  return withSlips(rows, { 19: { 'Từ ngày': 'tháng 7/2019' }, 66: { 'Số đại biểu': 'trên 200' } })
}

const parties = [
  'UBND tỉnh Bình Định',
  'UBND thành phố Quy Nhơn',
  'Trường Đại học Quy Nhơn',
  'Sở Y tế',
  'UBND thị xã An Nhơn',
  'Sở Giáo dục và Đào tạo',
]
const partners = [
  ['Chính quyền tỉnh', 'Địa phương nước ngoài'],
  ['Chính quyền thành phố', 'Địa phương nước ngoài'],
  ['Trường Đại học', 'Trường, viện nghiên cứu'],
  ['Hiệp hội doanh nghiệp', 'Doanh nghiệp, hiệp hội'],
  ['Quỹ hợp tác', 'Tổ chức quốc tế, PCPNN'],
  ['Đại sứ quán', 'Cơ quan đại diện ngoại giao'],
] as const

export function agreementRows(): Row[] {
  const random = seededRandom('agreements')
  const rows = Array.from({ length: 212 }, (_, index): Row => {
    const [word, partnerKind] = random.pick(partners)
    const country = random.pick(countries)
    const isEmbassy = partnerKind === 'Cơ quan đại diện ngoại giao'
    const kind = isEmbassy
      ? 'Làm việc với lãnh đạo tỉnh'
      : partnerKind === 'Địa phương nước ngoài'
        ? random.pick([
            'Thiết lập quan hệ kết nghĩa',
            'Thỏa thuận hợp tác',
            'Bản ghi nhớ',
            'Làm việc với lãnh đạo tỉnh',
          ])
        : random.pick([
            'Thỏa thuận hợp tác',
            'Bản ghi nhớ',
            'Bản ghi nhớ',
            'Biên bản làm việc',
            'Làm việc với lãnh đạo tỉnh',
          ])
    const signed = dayBetween(random, 2008, 2025)
    const binds = !['Làm việc với lãnh đạo tỉnh', 'Biên bản làm việc'].includes(kind)
    const until = binds && random.next() < 0.6 ? yearsAfter(signed, 5) : null
    const party = random.pick(parties)
    const partner = isEmbassy
      ? `${word} ${country.name} tại Việt Nam`
      : `${word} ${random.between(1, 40)} (mẫu), ${country.name}`
    return {
      Mã: `TTQT${String(index + 1).padStart(4, '0')}`,
      'Tên văn bản, nội dung': `${kind}: ${party} – ${partner}`,
      Loại: kind,
      'Bên Việt Nam': party,
      'Đối tác': partner,
      'Loại đối tác': partnerKind,
      ...countryColumns(country),
      'Lĩnh vực': random.pick([
        'Kinh tế; thương mại',
        'Giáo dục; đào tạo',
        'Du lịch; văn hóa',
        'Y tế',
        'Nông nghiệp; lao động',
      ]),
      'Ngày ký, làm việc': typedDay(random, signed),
      'Có hiệu lực từ': binds ? typedDay(random, signed) : null,
      'Hết hạn': until === null ? null : typedDay(random, until),
      'Hiệu lực': !binds
        ? 'Không áp dụng'
        : until !== null && until < '2025-06-30'
          ? 'Hết hiệu lực'
          : 'Đang có hiệu lực',
    }
  })
  return withSlips(rows, { 48: { 'Mã nước': 'U.S' }, 120: { 'Ngày ký, làm việc': '31/11/2018' } })
}
