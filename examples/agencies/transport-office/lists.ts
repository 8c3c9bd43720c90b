import { addressColumns, mappedColumns, placeColumns } from '../office/place-columns.js'
import { districts, placeIn, placeSomewhere } from '../office/places.js'
import { dayBetween, gap, referenceDay, typedDay, withSlips, yearsAfter, type Row } from '../office/rows.js'
import { operatingEnterprises } from '../planning-investment/enterprises.js'
import { seededRandom, type SeededRandom } from '../seeded-random.js'
import type { Cell } from '../workbook.js'

function licenceColumns(random: SeededRandom, number: string, years: number): Row {
  const issued = dayBetween(random, 2018, 2025)
  const until = yearsAfter(issued, years)
  return {
    'Số giấy phép': number,
    'Ngày cấp': typedDay(random, issued),
    'Hết hạn': typedDay(random, until),
    'Hiệu lực': until < referenceDay ? 'Hết hiệu lực' : 'Còn hiệu lực',
  }
}

export function drivingSchoolRows(): Row[] {
  const random = seededRandom('driving schools')
  const companies = operatingEnterprises(['8559'], 9)
  const rows = Array.from({ length: 24 }, (_, index): Row => {
    const company = companies[index]
    const place = company?.place ?? placeSomewhere(random, 0.6)
    const kind = random.pick(['Cơ sở đào tạo lái xe', 'Đào tạo và sát hạch lái xe', 'Trung tâm sát hạch lái xe'])
    const capacity = random.between(200, 2400)
    return {
      Mã: `DTLX${String(index + 1).padStart(2, '0')}`,
      'Tên cơ sở': `${kind.startsWith('Trung') ? 'Trung tâm Sát hạch' : 'Trung tâm Đào tạo'} lái xe ${place.commune.name}`,
      Loại: kind,
      'Hạng giấy phép': random.pick(['B; C1', 'B; C1; C', 'B; C1; C; D2; D', 'A1; A; B']),
      'Lưu lượng': capacity,
      'Xe tập lái, sát hạch': Math.round(capacity / 12),
      'Số giáo viên': Math.round(capacity / 10),
      ...licenceColumns(random, `${random.between(20, 900)}/GP-SGTVT`, 5),
      'Mã số thuế': company?.taxCode ?? null,
      ...addressColumns(place, random),
      'Điện thoại': `0256 3${random.between(500_000, 999_999)}`,
      Website: gap(random, 0.5, `https://laixe${index + 1}.example.vn`),
    }
  })
  return withSlips(rows, { 6: { 'Lưu lượng': 'không giới hạn' } })
}

export function parkingRows(): Row[] {
  const random = seededRandom('attended parking')
  const rows = Array.from({ length: 168 }, (_, index): Row => {
    const place = placeSomewhere(random, 0.55)
    const hasCars = random.next() < 0.55
    return {
      Mã: `TGX${String(index + 1).padStart(3, '0')}`,
      'Tên điểm trông giữ': `${random.pick(['Bãi giữ xe chợ', 'Bãi giữ xe bệnh viện', 'Điểm giữ xe bến xe', 'Bãi giữ xe bãi biển', 'Điểm giữ xe công viên'])} ${place.commune.name} ${index + 1}`,
      'Đơn vị': random.pick(['Đơn vị sự nghiệp', 'Doanh nghiệp', 'Hợp tác xã', 'Hộ kinh doanh']),
      'Giờ hoạt động': random.pick(['05:00–22:00', '06:00–20:00', 'Cả ngày đêm']),
      'Sức chứa xe máy': random.between(3, 60) * 10,
      'Sức chứa ô tô': hasCars ? random.between(1, 12) * 5 : 0,
      'Giá xe đạp / Ban ngày': random.pick([1000, 2000]),
      'Giá xe máy / Ban ngày': random.pick(['2.000', '3.000', '4.000', '5.000']),
      'Giá xe máy / Ban đêm': random.pick(['4.000', '5.000', '6.000']),
      'Giá ô tô / Ban ngày': hasCars ? random.pick(['10.000', '15.000', '20.000']) : null,
      'Giá ô tô / Ban đêm': hasCars ? random.pick(['20.000', '30.000']) : null,
      'Giá ô tô / Tháng': hasCars ? random.pick(['450.000', '600.000', '800.000']) : null,
      ...addressColumns(place, random),
    }
  })
  return withSlips(rows, { 44: { 'Giá xe máy / Ban ngày': '3-5 nghìn' }, 120: { 'Đơn vị': 'Tư nhân' } })
}

const streets = [
  'Nguyễn Huệ',
  'Trần Hưng Đạo',
  'Lê Hồng Phong',
  'Phan Bội Châu',
  'Nguyễn Tất Thành',
  'Xuân Diệu',
  'Tăng Bạt Hổ',
  'Lê Lợi',
  'Mai Xuân Thưởng',
  'Ngô Mây',
] as const

export function noParkingRows(): Row[] {
  const random = seededRandom('no parking')
  const towns = districts.filter(({ code }) => ['540', '543', '549', '545', '547'].includes(code))
  const rows = Array.from({ length: 96 }, (_, index): Row => {
    const [city] = towns
    const district = index < 60 && city !== undefined ? city : random.pick(towns)
    const rule = random.pick([
      'Cấm dừng và đỗ',
      'Cấm đỗ',
      'Cấm đỗ',
      'Cấm đỗ ngày lẻ',
      'Cấm đỗ ngày chẵn',
      'Cấm đỗ theo giờ',
    ])
    return {
      Mã: `CD${district.code}-${String(index + 1).padStart(3, '0')}`,
      'Tên đường': random.pick(streets),
      Từ: `Đường ${random.pick(streets)}`,
      Đến: `Đường ${random.pick(streets)}`,
      'Chiều dài (m)': random.between(8, 140) * 10,
      'Quy định': rule,
      'Giờ cấm': rule === 'Cấm đỗ theo giờ' ? '06:30–08:00, 16:30–18:00' : null,
      'Phía đường': random.pick(['Hai bên', 'Bên trái', 'Bên phải']),
      'Loại xe': random.pick(['Ô tô', 'Ô tô tải', 'Ô tô khách trên 16 chỗ']),
      'Số quyết định': `${random.between(100, 5200)}/QĐ-UBND`,
      'Áp dụng từ': typedDay(random, dayBetween(random, 2017, 2025)),
      ...mappedColumns(placeIn(district, random), random),
    }
  })
  return withSlips(rows, { 33: { 'Chiều dài (m)': '1,2 km' }, 70: { 'Phía đường': 'Phía biển' } })
}

/** Taxi companies with their declared prices. */
export function taxiRows(): Row[] {
  const random = seededRandom('taxi')
  const rows = operatingEnterprises(['4931'], 24).map((company, index): Row => {
    const vehicles = random.between(8, 260)
    return {
      'Tên đơn vị': company.name,
      'Thương hiệu': `Taxi ${company.name.split(' ').slice(-2).join(' ')}`,
      'Loại hình': 'Taxi',
      'Loại hình chính': 'Taxi',
      'Số xe': vehicles,
      'Xe điện': Math.round(vehicles * random.next() * 0.6),
      'Giá mở cửa': random.pick(['10.000', '11.000', '12.000', '20.000']),
      'Giá mỗi km': random.pick(['13.500', '14.800', '15.500', '16.900']),
      ...licenceColumns(random, `77${String(index + 1).padStart(4, '0')}/GPKDVT`, 7),
      'Mã số thuế': company.taxCode,
      'Địa chỉ': company.place.address,
      ...placeColumns(company.place),
      'Điện thoại': `0256 3${random.between(100_000, 999_999)}`,
      Website: gap(random, 0.5, `https://taxi${index + 1}.example.vn`),
    }
  })
  return withSlips(rows, { 8: { 'Số xe': 'khoảng 50' } })
}

export function operatorRows(): Row[] {
  const random = seededRandom('transport operators')
  const rows = operatingEnterprises(['4931', '4933', '7912'], 380).map((company, index): Row => {
    const isFreight = company.industry.code === '4933'
    const main = isFreight
      ? random.pick(['Hàng hóa', 'Hàng hóa', 'Hàng hóa bằng công-ten-nơ'])
      : random.pick(['Hành khách tuyến cố định', 'Hành khách theo hợp đồng', 'Khách du lịch', 'Xe buýt'])
    const vehicles = random.between(1, isFreight ? 60 : 35)
    return {
      'Tên đơn vị': company.name,
      'Thương hiệu': gap(random, 0.6, company.name.split(' ').slice(-2).join(' ')),
      'Loại hình':
        isFreight || random.next() < 0.5 || main === 'Hành khách theo hợp đồng'
          ? main
          : `${main}; Hành khách theo hợp đồng`,
      'Loại hình chính': main,
      'Số xe': vehicles,
      'Xe điện': random.next() < 0.1 ? random.between(1, vehicles) : 0,
      ...licenceColumns(random, `77${String(index + 101).padStart(4, '0')}/GPKDVT`, 7),
      'Mã số thuế': company.taxCode,
      'Địa chỉ': company.place.address,
      ...placeColumns(company.place),
      'Điện thoại': gap(random, 0.2, `0256 3${random.between(100_000, 999_999)}`),
      Website: gap(random, 0.8, `https://vantai${index + 1}.example.vn`),
    }
  })
  // A service answers days as such.
  const plain = rows.map((row) => ({
    ...row,
    'Ngày cấp': isoDay(row['Ngày cấp'] ?? null),
    'Hết hạn': isoDay(row['Hết hạn'] ?? null),
  }))
  return withSlips(plain, { 60: { 'Số xe': -4 }, 200: { 'Loại hình chính': 'Khác' } })
}

function isoDay(cell: Cell): string | null {
  if (cell !== null && typeof cell === 'object' && 'date' in cell) return cell.date
  return typeof cell === 'string' ? cell.split('/').reverse().join('-') : null
}
