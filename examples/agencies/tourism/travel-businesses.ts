import { placeSomewhere } from '../office/places.js'
import { dayBetween, dotted, gap, typedDay, withSlips, type Row } from '../office/rows.js'
import { officePhone } from '../office/telephones.js'
import { operatingEnterprises } from '../planning-investment/enterprises.js'
import { seededRandom, type SeededRandom } from '../seeded-random.js'

interface TravelBusiness {
  readonly isInternational: boolean
  readonly isLicensed: boolean
  /** The columns of both lists. */
  readonly row: Row
  readonly licence: { readonly number: string; readonly issuedOn: string; readonly status: string }
  readonly guides: number
}

function businesses(): TravelBusiness[] {
  const random = seededRandom('travel businesses')
  return operatingEnterprises(['7912'], 96).map((enterprise, index) => {
    const isLicensed = index % 5 < 3
    const isInternational = isLicensed && random.next() < 0.28
    const issuedOn = dayBetween(random, 2018, 2025)
    const scope = isInternational ? 'Lữ hành quốc tế' : 'Lữ hành nội địa'
    return {
      isLicensed,
      isInternational,
      row: {
        Mã: `LH${String(index + 1).padStart(3, '0')}`,
        'Tên doanh nghiệp': enterprise.name,
        'Tên giao dịch': enterprise.nameEn ?? null,
        Loại: isLicensed ? scope : random.pick(['Đại lý lữ hành', 'Đại lý lữ hành', 'Chi nhánh, văn phòng đại diện']),
        'Mã số thuế': enterprise.taxCode,
        'Điện thoại': officePhone(random),
        Website: gap(random, 0.5, `https://luhanh${index + 1}.example.vn`),
        'Địa chỉ': enterprise.place.address,
        'Mã huyện': enterprise.place.district.code,
        'Mã xã': enterprise.place.commune.code,
      },
      licence: {
        number: `52-${String(index + 11).padStart(3, '0')}/${issuedOn.slice(0, 4)}/${isInternational ? `${issuedOn < '2023' ? 'TCDL' : 'CDLQGVN'}-GP LHQT` : 'SDL-GP LHNĐ'}`,
        issuedOn,
        status: random.next() < 0.06 ? 'Đã thu hồi' : 'Còn hiệu lực',
      },
      guides: random.between(1, isInternational ? 28 : 9),
    }
  })
}

/** All of them, agents and branches too. */
export function travelBusinessRows(): Row[] {
  const random = seededRandom('travel business list')
  const rows = businesses().map(({ row, isLicensed, licence, guides }): Row => ({
    ...row,
    'Số giấy phép': isLicensed ? licence.number : null,
    'Ngày cấp': isLicensed ? typedDay(random, licence.issuedOn) : null,
    'Hiệu lực': isLicensed ? licence.status : null,
    'Số hướng dẫn viên': isLicensed ? guides : null,
  }))
  return withSlips(rows, { 31: { 'Số hướng dẫn viên': 'vài người' }, 67: { Loại: 'Vận tải khách' } })
}

/** Those with a licence, with what they have deposited. */
export function licensedCompanyRows(): Row[] {
  const random = seededRandom('licensed travel companies')
  const rows = businesses()
    .filter(({ isLicensed }) => isLicensed)
    .map(({ row, isInternational, licence }): Row => ({
      ...row,
      Loại: isInternational ? 'Quốc tế' : 'Nội địa',
      'Giấy phép / Số': licence.number,
      'Giấy phép / Ngày cấp': typedDay(random, licence.issuedOn),
      'Giấy phép / Cơ quan cấp': isInternational ? 'Cục Du lịch Quốc gia Việt Nam' : 'Sở Du lịch Bình Định',
      'Giấy phép / Hiệu lực': licence.status,
      'Tiền ký quỹ (đồng)': dotted(depositOf(isInternational, random)),
    }))
  return withSlips(rows, { 12: { 'Giấy phép / Ngày cấp': '30/02/2021' }, 40: { Mã: null } })
}

/** By Decree 168/2017, article 14; the lower deposits of Decree 94/2021 had to be made up by the start of 2024. */
function depositOf(isInternational: boolean, random: SeededRandom): number {
  if (!isInternational) return 100_000_000
  return random.next() < 0.3 ? 250_000_000 : 500_000_000
}

const pointKinds = [
  ['Quầy thông tin', 'Quầy thông tin du lịch'],
  ['Màn hình tra cứu', 'Màn hình tra cứu du lịch'],
  ['Màn hình tra cứu', 'Màn hình tra cứu du lịch'],
  ['Điểm thông tin tại cơ sở dịch vụ', 'Điểm thông tin du lịch'],
] as const

export function informationPointRows(): Row[] {
  const random = seededRandom('visitor information points')
  const rows = Array.from({ length: 46 }, (_, index): Row => {
    const place = placeSomewhere(random, 0.6)
    const [kind, word] =
      index < 2
        ? (['Trung tâm thông tin du lịch', 'Trung tâm Thông tin xúc tiến du lịch'] as const)
        : random.pick(pointKinds)
    const measured = random.next() > 0.05
    return {
      Mã: `TT${String(index + 1).padStart(3, '0')}`,
      'Tên điểm': `${word} ${place.commune.name}`,
      Loại: kind,
      'Giờ phục vụ': kind === 'Màn hình tra cứu' ? '24/7' : 'Mo-Su 07:30-21:00',
      'Ngôn ngữ': random.pick(['vi;en', 'vi;en', 'vi', 'vi;en;ko', 'vi;en;zh;ko']),
      'Dịch vụ': random.pick([
        'Bản đồ; tờ gấp',
        'Bản đồ; tư vấn tuyến',
        'Tra cứu; đặt vé',
        'Bản đồ; bán vé; cho thuê xe',
      ]),
      'Wifi miễn phí': random.pick(['có', 'có', 'không']),
      'Đơn vị vận hành': random.pick(['Sở Du lịch', 'Hiệp hội Du lịch', 'UBND phường, xã', 'Cảng hàng không Phù Cát']),
      'Điện thoại': gap(random, 0.3, officePhone(random)),
      'Địa chỉ': place.address,
      'Mã huyện': place.district.code,
      'Mã xã': place.commune.code,
      'Vĩ độ': measured ? String(place.latitude).replace('.', ',') : null,
      'Kinh độ': measured ? String(place.longitude).replace('.', ',') : null,
    }
  })
  return withSlips(rows, { 19: { 'Wifi miễn phí': 'chập chờn' } })
}
