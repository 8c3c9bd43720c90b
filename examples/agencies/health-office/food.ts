import { addressColumns } from '../office/place-columns.js'
import { placeSomewhere } from '../office/places.js'
import { dayBetween, dmy, gap, typedDay, withSlips, yearsAfter, referenceDay, type Row } from '../office/rows.js'
import { operatingEnterprises } from '../planning-investment/enterprises.js'
import { seededRandom } from '../seeded-random.js'

const trades = [
  ['Nhà hàng ăn uống', 'Kinh doanh dịch vụ ăn uống', 'Nhà hàng'],
  ['Quán ăn', 'Kinh doanh dịch vụ ăn uống', 'Quán ăn'],
  ['Suất ăn công nghiệp', 'Bếp ăn tập thể', 'Bếp ăn'],
  ['Bếp ăn bán trú trường học', 'Bếp ăn tập thể', 'Bếp ăn trường'],
  ['Nước uống đóng chai', 'Sản xuất', 'Cơ sở nước uống'],
  ['Nước đá dùng liền', 'Sản xuất', 'Cơ sở nước đá'],
  ['Thực phẩm bảo vệ sức khỏe', 'Kinh doanh', 'Cửa hàng'],
] as const

function establishments(seed: string, count: number, prefix: string, certified: number): Row[] {
  const random = seededRandom(seed)
  const companies = operatingEnterprises(['5510', '5610', '1104'], 220)
  return Array.from({ length: count }, (_, index): Row => {
    const [products, kind, word] = random.pick(trades)
    const company = companies[index]
    const place = company?.place ?? placeSomewhere(random, 0.42)
    const issued = dayBetween(random, 2022, 2025)
    const isCertified = random.next() < certified
    return {
      'Mã cơ sở': `${prefix}${String(index + 1).padStart(4, '0')}`,
      'Tên cơ sở': company?.name ?? `${word} ${place.commune.name} ${index + 1}`,
      'Loại hình': kind,
      'Sản phẩm': products,
      'Số giấy chứng nhận': isCertified ? `${index + 1}/${issued.slice(0, 4)}/ATTP-CNĐK` : null,
      'Ngày cấp': isCertified ? { date: issued } : null,
      'Hết hạn': isCertified ? { date: yearsAfter(issued, 3) } : null,
      'Mã số thuế': company?.taxCode ?? null,
      ...addressColumns(place, random, 0.25),
    }
  })
}

/** All that the department supervises; many need no certificate. */
export function supervisedRows(): Row[] {
  return withSlips(establishments('food health', 1240, 'TPYT', 0.35), {
    150: { 'Loại hình': 'Căng tin' },
    700: { 'Mã xã': '2155' },
  })
}

export function certifiedRows(): Row[] {
  return withSlips(establishments('food certificates', 430, 'GCN', 1), {
    88: { 'Ngày cấp': '31/06/2024' },
    301: { 'Loại hình': 'Sản xuất nhỏ' },
  })
}

const laboratories = [
  ['Viện Kiểm nghiệm An toàn vệ sinh thực phẩm Quốc gia', 'Hà Nội', 'Phòng kiểm nghiệm kiểm chứng', 'Ngành Y tế'],
  ['Viện Dinh dưỡng', 'Hà Nội', 'Phòng kiểm nghiệm phục vụ quản lý nhà nước', 'Ngành Y tế'],
  ['Viện Pasteur Nha Trang', 'Khánh Hòa', 'Phòng kiểm nghiệm kiểm chứng', 'Ngành Y tế'],
  [
    'Viện Y tế công cộng TP. Hồ Chí Minh',
    'TP. Hồ Chí Minh',
    'Đơn vị kiểm tra nhà nước thực phẩm nhập khẩu',
    'Ngành Y tế',
  ],
  ['Viện Vệ sinh dịch tễ Tây Nguyên', 'Đắk Lắk', 'Phòng kiểm nghiệm phục vụ quản lý nhà nước', 'Ngành Y tế'],
  [
    'Trung tâm Kỹ thuật Tiêu chuẩn Đo lường Chất lượng 1',
    'Hà Nội',
    'Đơn vị kiểm tra nhà nước thực phẩm nhập khẩu',
    'Ngành Công Thương',
  ],
  [
    'Trung tâm Kỹ thuật Tiêu chuẩn Đo lường Chất lượng 2',
    'Đà Nẵng',
    'Đơn vị kiểm tra nhà nước thực phẩm nhập khẩu',
    'Ngành Công Thương',
  ],
  [
    'Trung tâm Chất lượng Nông lâm thủy sản vùng 3',
    'Khánh Hòa',
    'Phòng kiểm nghiệm phục vụ quản lý nhà nước',
    'Ngành Nông nghiệp',
  ],
  [
    'Trung tâm Kiểm nghiệm Thuốc, Mỹ phẩm, Thực phẩm Bình Định',
    'Bình Định',
    'Phòng kiểm nghiệm phục vụ quản lý nhà nước',
    'Ngành Y tế',
  ],
  [
    'Trung tâm Kiểm soát bệnh tật tỉnh Bình Định',
    'Bình Định',
    'Phòng kiểm nghiệm phục vụ quản lý nhà nước',
    'Ngành Y tế',
  ],
  [
    'Trung tâm Phân tích và Đo lường Chất lượng Bình Định',
    'Bình Định',
    'Phòng kiểm nghiệm phục vụ quản lý nhà nước',
    'Ngành Công Thương',
  ],
] as const

export function laboratoryRows(): Row[] {
  const random = seededRandom('food laboratories')
  const rows = Array.from({ length: 33 }, (_, index): Row => {
    const [name, province, kind, authority] = laboratories[index % laboratories.length] ?? laboratories[0]
    const part = Math.floor(index / laboratories.length)
    const day = dayBetween(random, 2019, 2025)
    const until = yearsAfter(day, 3)
    const isHere = province === 'Bình Định'
    return {
      Mã: `PKN${String(index + 1).padStart(3, '0')}`,
      'Tên đơn vị': part === 0 ? name : `${name} – ${['', 'Phòng Vi sinh', 'Phòng Hóa lý'][part] ?? ''}`,
      Loại: kind,
      'Ngành chỉ định': authority,
      'Số quyết định': `${random.between(40, 900)}/QĐ-ATTP`,
      'Ngày chỉ định': typedDay(random, day),
      'Hết hạn': dmy(until),
      'Hiệu lực': until < referenceDay ? 'Hết hiệu lực' : 'Còn hiệu lực',
      'Mã công nhận': gap(random, 0.1, `VILAS ${random.between(12, 1400)}`),
      'Lĩnh vực': random.pick(['Hóa học; vi sinh', 'Hóa học', 'Vi sinh', 'Hóa học; vi sinh; sinh học phân tử']),
      'Số chỉ tiêu': random.between(18, 310),
      Tỉnh: province,
      'Mã huyện': isHere ? '540' : null,
      'Địa chỉ': isHere ? 'Thành phố Quy Nhơn' : province,
      'Điện thoại': `02${random.between(4, 9)} 3${random.between(500_000, 999_999)}`,
      Website: gap(random, 0.4, `https://kiemnghiem${index + 1}.example.vn`),
    }
  })
  return withSlips(rows, { 14: { 'Số chỉ tiêu': 'nhiều' } })
}
