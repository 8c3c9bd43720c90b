import { coordinateColumns } from '../office/place-columns.js'
import { districts, placeIn, placeSomewhere } from '../office/places.js'
import { dayBetween, gap, referenceDay, typedDay, withSlips, yearsAfter, type Row } from '../office/rows.js'
import { publishedCount } from '../office/small-counts.js'
import { operatingEnterprises } from '../planning-investment/enterprises.js'
import { seededRandom } from '../seeded-random.js'

function officePhone(random: ReturnType<typeof seededRandom>): string {
  return `0256 3${random.between(500_000, 999_999)}`
}

export function employmentServiceRows(): Row[] {
  const random = seededRandom('employment services')
  const [city] = districts
  const centre =
    city === undefined ? [] : [{ name: 'Trung tâm Dịch vụ việc làm Bình Định', kind: 'Trung tâm', district: city }]
  const branches = districts
    .filter(({ code }) => ['543', '545', '547', '549'].includes(code))
    .map((district) => ({ name: `Văn phòng Trung tâm DVVL tại ${district.name}`, kind: 'Chi nhánh', district }))
  const publics = [...centre, ...branches].map(({ name, kind, district }) => ({
    name,
    kind,
    place: placeIn(district, random),
    taxCode: null,
  }))
  const companies = operatingEnterprises(['7810'], 32).map(({ name, place, taxCode }) => ({
    name,
    kind: 'Doanh nghiệp',
    place,
    taxCode,
  }))
  const rows = [...publics, ...companies].map(({ name, kind, place, taxCode }, index): Row => {
    const isCompany = kind === 'Doanh nghiệp'
    const issued = dayBetween(random, isCompany ? 2019 : 1998, isCompany ? 2025 : 2012)
    const ends = yearsAfter(issued, 5)
    return {
      Mã: `DVVL${String(index + 1).padStart(2, '0')}`,
      'Tên đơn vị': name,
      Loại: kind,
      'Giấy phép / Số': `${random.between(1, 260)}/${isCompany ? 'GPHĐDVVL-SLĐTBXH' : 'QĐ-UBND'}`,
      'Giấy phép / Ngày cấp': typedDay(random, issued),
      'Giấy phép / Hết hạn': isCompany ? typedDay(random, ends) : null,
      'Hiệu lực': isCompany && ends < referenceDay ? 'Hết hiệu lực' : 'Còn hiệu lực',
      'Lượt tư vấn': random.between(60, isCompany ? 900 : 9500),
      'Số người có việc làm': random.between(10, isCompany ? 320 : 2400),
      'Mã số thuế': taxCode,
      'Mã huyện': place.district.code,
      'Mã xã': place.commune.code,
      'Địa chỉ': place.address,
      'Điện thoại': officePhone(random),
      Website: isCompany && index % 2 === 0 ? null : `https://vieclam${index + 1}.example.vn`,
      ...coordinateColumns(place, random, 0.1),
    }
  })
  return withSlips(rows, { 14: { 'Giấy phép / Ngày cấp': 'tháng 3/2021' } })
}

/** Invented trading names: those of real companies must not stand beside made-up states of licences. */
const companies = [
  'BIỂN XANH HR',
  'SAO MAI MANPOWER',
  'ĐÔNG DƯƠNG LABOUR',
  'TRƯỜNG SƠN HR',
  'AN LỘC MANPOWER',
  'HẢI ÂU HR',
  'THÀNH NHÂN',
  'VIỆT TÂM HR',
  'CẦU VỒNG MANPOWER',
  'PHÚ MINH HR',
  'NAM HẢI LABOUR',
  'HOA SEN HR',
  'TÂN THẾ KỶ',
  'ĐẠI PHONG HR',
  'MINH NHẬT MANPOWER',
  'SÔNG HỒNG HR',
  'TÂY ĐÔ LABOUR',
  'BÌNH MINH HR',
  'KIM LIÊN MANPOWER',
  'VẠN XUÂN HR',
]

export function overseasRows(): Row[] {
  const random = seededRandom('overseas companies')
  // The 32 before these are employment services.
  const atHome = operatingEnterprises(['7810'], 34).slice(32)
  const rows = Array.from({ length: 56 }, (_, index): Row => {
    const short = `${companies[index % companies.length] ?? ''}${index >= companies.length ? ` ${Math.floor(index / companies.length) + 1}` : ''}`
    const presence = index < 2 ? 'Trụ sở chính' : random.next() < 0.15 ? 'Chi nhánh' : 'Tuyển chọn'
    const enterprise = presence === 'Trụ sở chính' ? atHome[index] : undefined
    const somewhere = placeSomewhere(random, 0.8)
    const place = enterprise?.place ?? somewhere
    const isHere = presence !== 'Tuyển chọn'
    const markets = ['JP', 'TW', 'KR', 'DE', 'HU', 'SG', 'MY'].filter(
      (_, nth) => random.next() < (nth < 3 ? 0.6 : 0.15),
    )
    return {
      'Số giấy phép': `${String(100 + index * 7)}/LĐTBXH-GP`,
      'Tên doanh nghiệp': enterprise?.name ?? `Công ty Cổ phần Cung ứng nhân lực quốc tế ${short}`,
      'Tên giao dịch': short,
      'Mã số thuế': enterprise?.taxCode ?? gap(random, 0.1, `010${random.between(1_000_000, 9_999_999)}`),
      'Ngày cấp': typedDay(random, dayBetween(random, 2008, 2024)),
      'Hiệu lực': random.pick(['Còn hiệu lực', 'Còn hiệu lực', 'Còn hiệu lực', 'Còn hiệu lực', 'Đã thu hồi']),
      'Hình thức': presence,
      'Thị trường': markets.length === 0 ? 'JP' : markets.join('; '),
      'Ngành nghề': random.pick([
        'Chế biến thực phẩm; nông nghiệp',
        'Cơ khí; xây dựng',
        'Điều dưỡng; khách sạn',
        'May mặc; điện tử',
      ]),
      'Số lao động đã đưa đi': gap(random, 0.05, publishedCount(random.between(0, 140))),
      'Trụ sở chính':
        isHere && index < 2
          ? place.address
          : `${random.between(3, 400)} ${random.pick(['Nguyễn Trãi, Hà Nội', 'Giải Phóng, Hà Nội', 'Cộng Hòa, TP. Hồ Chí Minh', 'Điện Biên Phủ, Đà Nẵng'])}`,
      'Mã huyện': isHere ? place.district.code : null,
      'Điện thoại': officePhone(random),
      Website: gap(random, 0.4, `https://nhanluc${index + 1}.example.vn`),
    }
  })
  return withSlips(rows, { 33: { Website: 'nhanluc34' } })
}

const facilityKinds = [
  ['Trung tâm Nuôi dưỡng người có công', 'Người có công', 'Công lập', 1],
  ['Trung tâm Điều dưỡng người có công', 'Người có công', 'Công lập', 1],
  ['Trung tâm Bảo trợ xã hội', 'Tổng hợp', 'Công lập', 2],
  ['Trung tâm Công tác xã hội và Bảo trợ xã hội', 'Công tác xã hội', 'Công lập', 1],
  ['Trung tâm Chăm sóc và Điều dưỡng người tâm thần', 'Người tâm thần', 'Công lập', 1],
  ['Làng trẻ em SOS', 'Trẻ em', 'Ngoài công lập', 1],
  ['Mái ấm', 'Trẻ em', 'Ngoài công lập', 9],
  ['Nhà dưỡng lão', 'Người cao tuổi', 'Ngoài công lập', 8],
  ['Cơ sở nuôi dạy trẻ khuyết tật', 'Người khuyết tật', 'Ngoài công lập', 7],
] as const

const services: Readonly<Record<string, string>> = {
  'Người có công': 'Điều dưỡng; nuôi dưỡng; phục hồi chức năng',
  'Công tác xã hội': 'Tư vấn, tham vấn; can thiệp khẩn cấp; quản lý trường hợp',
  'Người tâm thần': 'Chăm sóc, nuôi dưỡng; phục hồi chức năng; lao động trị liệu',
  'Trẻ em': 'Chăm sóc, nuôi dưỡng; giáo dục; hướng nghiệp',
  'Người khuyết tật': 'Can thiệp sớm; giáo dục chuyên biệt; phục hồi chức năng',
}

export function socialFacilityRows(): Row[] {
  const random = seededRandom('social facilities')
  const list = facilityKinds.flatMap(([word, kind, ownership, count]) =>
    Array.from({ length: count }, () => ({ word, kind, ownership, isOnly: count === 1 })),
  )
  const rows = list.map(({ word, kind, ownership, isOnly }, index): Row => {
    const place = placeSomewhere(random, isOnly ? 0.9 : 0.4)
    const capacity = ownership === 'Công lập' ? random.between(80, 420) : random.between(15, 120)
    const residents = Math.round(capacity * (0.4 + random.next() * 0.7))
    return {
      Mã: `TGXH${String(index + 1).padStart(2, '0')}`,
      'Tên cơ sở': isOnly
        ? `${word} ${word.startsWith('Làng') ? 'Quy Nhơn' : 'Bình Định'}`
        : `${word} ${place.commune.name}`,
      'Đối tượng': kind,
      'Loại hình': ownership,
      'Số giấy phép, quyết định': gap(
        random,
        0.1,
        `${random.between(20, 3200)}/${ownership === 'Công lập' ? 'QĐ-UBND' : 'GP-LĐTBXH'}`,
      ),
      'Ngày thành lập': typedDay(random, dayBetween(random, 1985, 2022)),
      'Công suất': capacity,
      'Đang chăm sóc': residents,
      'Nhân viên': Math.max(5, Math.round(residents * (0.2 + random.next() * 0.25))),
      'Dịch vụ': services[kind] ?? 'Chăm sóc, nuôi dưỡng',
      'Mã huyện': place.district.code,
      'Mã xã': place.commune.code,
      'Địa chỉ': place.address,
      'Điện thoại': officePhone(random),
      'Toạ độ / Vĩ độ': place.latitude,
      'Toạ độ / Kinh độ': place.longitude,
    }
  })
  return withSlips(rows, { 20: { 'Công suất': -40 } })
}
