import { addressColumns } from '../office/place-columns.js'
import { placeSomewhere } from '../office/places.js'
import { dayBetween, gap, referenceDay, rounded, withSlips, yearsAfter, type Row } from '../office/rows.js'
import { operatingEnterprises } from '../planning-investment/enterprises.js'
import { seededRandom } from '../seeded-random.js'

const publicWorks = [
  ['Trường Tiểu học', 'Công trình giáo dục', 'Ban Quản lý dự án ĐTXD cấp huyện'],
  ['Trường Trung học cơ sở', 'Công trình giáo dục', 'Ban Quản lý dự án ĐTXD cấp huyện'],
  ['Trạm Y tế', 'Công trình y tế', 'Ban Quản lý dự án Dân dụng và Công nghiệp tỉnh'],
  ['Nhà văn hóa', 'Công trình văn hóa', 'Ủy ban nhân dân cấp xã'],
  ['Trụ sở làm việc UBND', 'Trụ sở làm việc, văn phòng', 'Ủy ban nhân dân cấp xã'],
  ['Trạm bơm cấp nước', 'Công trình cấp nước', 'Trung tâm Nước sạch và VSMT nông thôn'],
] as const
const companyWorks = [
  ['Nhà xưởng sản xuất', 'Công trình nhà xưởng, kho'],
  ['Kho hàng', 'Công trình nhà xưởng, kho'],
  ['Khách sạn', 'Công trình thương mại, khách sạn'],
  ['Cửa hàng xăng dầu', 'Công trình thương mại, khách sạn'],
  ['Khu nhà ở', 'Công trình nhà ở'],
  ['Văn phòng làm việc', 'Trụ sở làm việc, văn phòng'],
  ['Trạm thu phát sóng', 'Công trình viễn thông'],
] as const

/** Permits of organisations and projects; houses of private people are not in this register. */
export function permitRows(): Row[] {
  const random = seededRandom('construction permits')
  const companies = operatingEnterprises(['10', '16', '31', '41', '55', '47', '68', '261'], 420)
  const rows = Array.from({ length: 640 }, (_, index): Row => {
    const company = random.next() < 0.62 ? companies[index % companies.length] : undefined
    const [work, kind] = company === undefined ? random.pick(publicWorks) : random.pick(companyWorks)
    const place = company?.place ?? placeSomewhere(random, 0.25)
    const issued = dayBetween(random, 2021, 2025)
    const floors = random.pick([1, 1, 1, 2, 2, 3, 5, 7, 12])
    const building = random.between(120, 4200)
    return {
      'Số giấy phép': `${String(index + 1).padStart(3, '0')}/${issued.slice(0, 4)}/GPXD`,
      'Loại giấy phép': random.pick([
        'Xây dựng mới',
        'Xây dựng mới',
        'Xây dựng mới',
        'Sửa chữa, cải tạo',
        'Theo giai đoạn',
        'Có thời hạn',
      ]),
      'Công trình, dự án': `${work} ${place.commune.name}`,
      'Loại công trình': kind,
      'Cấp công trình': floors > 6 ? 'Cấp II' : random.pick(['Cấp III', 'Cấp III', 'Cấp IV']),
      'Chủ đầu tư': company?.name ?? publicWorks.find(([name]) => name === work)?.[2] ?? 'Ủy ban nhân dân cấp xã',
      'Mã số thuế': company?.taxCode ?? null,
      'Ngày cấp': issued,
      'Khởi công trước ngày': yearsAfter(issued, 1),
      'Hiệu lực':
        random.next() < 0.02
          ? 'Đã thu hồi'
          : yearsAfter(issued, 1) < referenceDay && random.next() < 0.1
            ? 'Hết hiệu lực'
            : 'Còn hiệu lực',
      'Diện tích khu đất': rounded(building * (1.2 + random.next() * 2), 1),
      'Diện tích xây dựng': building,
      'Tổng diện tích sàn': Math.round(building * floors * 0.92),
      'Số tầng': floors,
      'Chiều cao': gap(random, 0.05, rounded(floors * 3.6 + 1.2, 2)),
      ...addressColumns(place, random, 0.15),
    }
  })
  return withSlips(rows, {
    70: { 'Ngày cấp': '2022-02-30' },
    233: { 'Mã huyện': '541' },
    410: { 'Diện tích xây dựng': -350 },
    512: { 'Loại công trình': 'Khác' },
  })
}
