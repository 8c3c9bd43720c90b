import { districts } from '../office/places.js'
import { dayBetween } from '../office/rows.js'
import { seededRandom } from '../seeded-random.js'

const kinds = [
  ['GIAO_THONG', 'Đường', 'Ban Quản lý dự án Giao thông tỉnh', 90],
  ['NONG_NGHIEP', 'Hồ chứa nước', 'Ban Quản lý dự án Nông nghiệp và PTNT tỉnh', 60],
  ['GIAO_DUC', 'Trường học', 'Ban Quản lý dự án Dân dụng và Công nghiệp tỉnh', 25],
  ['Y_TE', 'Trung tâm Y tế', 'Ban Quản lý dự án Dân dụng và Công nghiệp tỉnh', 40],
  ['CAP_THOAT_NUOC', 'Hệ thống thoát nước', 'UBND cấp huyện', 45],
  ['VAN_HOA', 'Nhà văn hóa, tu bổ di tích', 'Sở Văn hóa và Thể thao', 20],
  ['MOI_TRUONG', 'Khu xử lý chất thải', 'UBND cấp huyện', 50],
  ['QLNN', 'Trụ sở làm việc', 'UBND cấp huyện', 18],
  ['KHU_CN', 'Hạ tầng khu kinh tế', 'Ban Quản lý Khu kinh tế tỉnh', 120],
  ['KHOA_HOC', 'Tăng cường năng lực kiểm định', 'Sở Khoa học và Công nghệ', 15],
] as const
const statuses = ['CHUAN_BI', 'DA_DUYET', 'DANG_TH', 'DANG_TH', 'DANG_TH', 'HOAN_THANH', 'QUYET_TOAN', 'TAM_DUNG']

/** The projects of the plan 2021–2025, as the department's system answers. */
export function projectItems(): object[] {
  const random = seededRandom('public investment')
  return Array.from({ length: 860 }, (_, index) => {
    const [sector, name, investor, billion] = random.pick(kinds)
    const district = random.pick(districts)
    const second = random.next() < 0.12 ? [random.pick(districts).code] : []
    const commune = random.pick(district.communes)
    const total = Math.round(billion * (0.2 + random.next() ** 3 * 8)) * 1_000_000_000
    const plan = Math.round(total * (0.4 + random.next() * 0.5))
    const start = random.between(2018, 2025)
    const thisYear = Math.round(plan * random.next() * 0.3)
    const disbursed = Math.round(thisYear * random.next())
    const slip = slips.get(index)
    return {
      maDuAn: String(7_600_000 + index * 37),
      ten: `${name} ${commune.name}, ${district.name}`,
      loai: index % 60 === 7 ? 'CHUONG_TRINH' : 'DU_AN',
      nhom: total > 800_000_000_000 ? 'A' : total > 45_000_000_000 ? 'B' : 'C',
      linhVuc: sector,
      tinhTrang: random.pick(statuses),
      chuDauTu: investor === 'UBND cấp huyện' ? `UBND ${district.name}` : investor,
      nguonVon: random.pick([['NST'], ['NSTW', 'NST'], ['NST', 'NSH'], ['SDD'], ['ODA', 'NST'], ['XSKT']]),
      quyetDinh: { so: `${index + 300}/QĐ-UBND`, ngay: dayBetween(random, 2017, 2024) },
      thoiGian: { tu: start, den: start + random.between(1, 5) },
      von: {
        tongMuc: total,
        trungHan: plan,
        keHoachNam: thisYear,
        giaiNganNam: disbursed,
        luyKe: disbursed + Math.round((plan - disbursed) * random.next()),
      },
      diaDiem: [...new Set([district.code, ...second])],
      ...slip,
    }
  })
}

const slips: ReadonlyMap<number, object> = new Map([
  [66, { maDuAn: '76-0066' }],
  [301, { nhom: 'D' }],
  [512, { quyetDinh: { so: '99/QĐ-UBND', ngay: '2021-11-31' } }],
])
