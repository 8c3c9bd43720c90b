import { addressColumns } from '../office/place-columns.js'
import { placeSomewhere } from '../office/places.js'
import { dayBetween, dotted, gap, typedDay, withSlips, type Row } from '../office/rows.js'
import { enterpriseAt, operatingEnterprises } from '../planning-investment/enterprises.js'
import { officePhone } from '../office/telephones.js'
import { seededRandom } from '../seeded-random.js'

const assets = [
  ['Quyền sử dụng đất', 'Quyền sử dụng đất khu dân cư', 9_000],
  ['Tài sản công thanh lý', 'Xe ô tô và thiết bị thanh lý', 180],
  ['Tài sản tịch thu', 'Phương tiện vi phạm hành chính', 90],
  ['Tài sản thi hành án', 'Nhà và đất theo bản án', 2_600],
  ['Lâm sản', 'Gỗ rừng trồng', 700],
] as const
const owners = [
  'Trung tâm Phát triển quỹ đất',
  'Sở Tài chính',
  'Công an tỉnh',
  'Chi cục Thi hành án dân sự',
  'Ban Quản lý rừng phòng hộ',
]
const auctioneers = [
  'Trung tâm Dịch vụ đấu giá tài sản tỉnh',
  'Công ty Đấu giá Hợp danh Bình Định',
  'Công ty Đấu giá Hợp danh Miền Trung',
  'Công ty Đấu giá Hợp danh Tây Sơn',
]

export function auctionRows(): Row[] {
  const random = seededRandom('auction notices')
  const rows = Array.from({ length: 310 }, (_, index): Row => {
    const [kind, asset, million] = random.pick(assets)
    const place = placeSomewhere(random, 0.3)
    const published = dayBetween(random, 2023, 2025)
    const status =
      published > '2025-06-01' ? 'Đang nhận hồ sơ' : random.next() < 0.92 ? 'Đã lựa chọn' : 'Không có tổ chức đăng ký'
    const selected = status === 'Đã lựa chọn'
    return {
      'Số thông báo': `${index + 40}/TB-ĐG (${published.slice(0, 4)})`,
      'Ngày đăng': { date: published },
      'Hạn nộp hồ sơ': { date: later(published, 7) },
      'Người có tài sản': `${random.pick(owners)} – ${place.district.name}`,
      'Loại tài sản': kind,
      'Tài sản': `${asset} ${place.commune.name}`,
      'Giá khởi điểm (đồng)': gap(random, 0.06, dotted(Math.round(million * (0.3 + random.next() * 3)) * 1_000_000)),
      'Tình trạng': status,
      'Tổ chức được chọn': selected ? random.pick(auctioneers) : null,
      Điểm: selected ? random.between(71, 99) : null,
      'Ngày thông báo kết quả': selected ? { date: later(published, 14) } : null,
      'Mã huyện': place.district.code,
      'Địa chỉ thông báo': `https://dau-gia.example.vn/thong-bao/${index + 40}`,
    }
  })
  return withSlips(rows, { 45: { 'Giá khởi điểm (đồng)': 'theo lô' }, 200: { 'Tài sản': null } })
}

const goods = [
  ['Xe ô tô', 'Mua xe ô tô công vụ', 900],
  ['Máy tính, thiết bị tin học', 'Mua máy tính', 400],
  ['Máy móc, thiết bị văn phòng', 'Mua máy in, máy photocopy', 250],
  ['Trang thiết bị y tế', 'Mua trang thiết bị y tế', 3_500],
  ['Thiết bị dạy học', 'Mua thiết bị dạy học tối thiểu', 1_800],
  ['Bàn ghế, nội thất', 'Mua bàn ghế', 500],
] as const

export function procurementRows(): Row[] {
  const random = seededRandom('public procurement')
  const suppliers = operatingEnterprises(['2640', '4632', '4663', '3100', '9511'], 150)
  const rows = Array.from({ length: 540 }, (_, index): Row => {
    const [kind, name, million] = random.pick(goods)
    const place = placeSomewhere(random, 0.4)
    const year = random.between(2022, 2025)
    const estimate = Math.round(million * (0.3 + random.next() * 2)) * 1_000_000
    const price = Math.round(estimate * 0.98)
    const isAwarded = year < 2025 || random.next() < 0.4
    const supplier = random.pick(suppliers)
    return {
      'Mã gói': `IB${year - 2000}${String(100_000 + index * 61)}`,
      'Tên gói': `${name} năm ${year}`,
      'Đơn vị mua sắm': random.pick([
        'Sở Y tế',
        'Sở Giáo dục và Đào tạo',
        'Sở Tài chính',
        `UBND ${place.district.name}`,
      ]),
      'Loại tài sản': kind,
      'Số lượng': random.between(1, 120),
      'Năm dự toán': year,
      'Dự toán (đồng)': dotted(estimate),
      'Giá gói thầu (đồng)': dotted(price),
      'Hình thức': random.pick(['Đấu thầu rộng rãi', 'Chào hàng cạnh tranh', 'Mua sắm tập trung', 'Chỉ định thầu']),
      'Hợp đồng': random.pick(['Trọn gói', 'Theo đơn giá cố định']),
      'Bắt đầu': { date: `${year}-0${random.between(1, 6)}-15` },
      'Tình trạng': isAwarded
        ? 'Có kết quả'
        : random.pick(['Có dự toán', 'Đã duyệt kế hoạch', 'Đang lựa chọn nhà thầu']),
      'Nhà thầu trúng': isAwarded ? supplier.name : null,
      'Mã số thuế': isAwarded ? supplier.taxCode : null,
      'Giá trúng (đồng)': isAwarded ? dotted(Math.round(price * (0.9 + random.next() * 0.1))) : null,
      'Số nhà thầu': isAwarded ? random.between(1, 6) : null,
      'Ngày phê duyệt': isAwarded ? typedDay(random, `${year}-0${random.between(5, 6)}-20`) : null,
      'Mã huyện': place.district.code,
    }
  })
  return withSlips(rows, { 30: { 'Dự toán (đồng)': '1,2 tỷ' }, 222: { 'Ngày phê duyệt': 'trong quý II' } })
}

export function customsAgentRows(): Row[] {
  const random = seededRandom('customs agents')
  const rows = operatingEnterprises(['4933'], 46).map((agent, index): Row => {
    const recognised = dayBetween(random, 2015, 2025)
    const stopped = random.next() < 0.12
    return {
      'Số quyết định': `${index + 210}/QĐ-TCHQ (${recognised.slice(0, 4)})`,
      'Tên đại lý': agent.name,
      'Mã số thuế': agent.taxCode,
      'Ngày công nhận': typedDay(random, recognised),
      'Tình trạng': stopped ? random.pick(['Tạm dừng', 'Chấm dứt']) : 'Đang hoạt động',
      'Ngày thay đổi': stopped ? { date: '2025-03-14' } : null,
      'Số nhân viên': random.between(1, 9),
      'Số tờ khai': gap(random, 0.1, dotted(random.between(40, 6_000))),
      'Chi cục': random.pick(['Chi cục Hải quan Cửa khẩu cảng Quy Nhơn', 'Chi cục Hải quan Phú Yên']),
      ...addressColumns(agent.place, random),
      'Điện thoại': officePhone(random),
    }
  })
  return withSlips(rows, { 11: { 'Mã số thuế': '41000x2211' } })
}

const managers = ['VCBF', 'DCVFM', 'SSIAM', 'VNDAF', 'MBCAP'] as const

export function capitalMarketRows(): Row[] {
  const random = seededRandom('capital market')
  const companies = Array.from({ length: 900 }, (_, index) => enterpriseAt(index * 5))
    .filter(({ kind, status }) => kind === 'Công ty cổ phần' && status === 'Đang hoạt động')
    .slice(0, 48)
    .map((company, index) => ({
      company,
      code: `B${String.fromCharCode(68 + Math.floor(index / 26), 65 + (index % 26))}`,
      exchange: random.pick(['HOSE', 'HNX', 'UPCoM', 'UPCoM', 'Chưa niêm yết']),
    }))
    .map(({ company, code, exchange }): Row => ({
      Mã: code,
      Tên: company.name,
      Loại: 'Công ty đại chúng',
      ISIN: exchange === 'Chưa niêm yết' ? null : isinOf(code),
      Sàn: exchange,
      'Số giấy phép': null,
      'Ngày cấp': typedDay(random, dayBetween(random, 2007, 2024)),
      'Vốn điều lệ (đồng)': dotted(30_000_000_000 + random.between(0, 400) * 1_000_000_000),
      'Số lượng lưu hành': dotted(3_000_000 + random.between(0, 40_000) * 1000),
      'Giá trị tài sản ròng (đồng)': null,
      'Công ty quản lý': null,
      'Mã số thuế': company.taxCode,
      'Tình trạng': random.next() < 0.08 ? 'Bị cảnh báo, kiểm soát' : 'Đang hoạt động',
      'Mã huyện': company.place.district.code,
      'Địa chỉ': company.place.address,
      Website: gap(random, 0.2, `https://${code.toLowerCase()}.example.vn`),
    }))
  const firms = ['SSI', 'VND', 'HSC', 'VCI', 'MBS', 'BSC', 'VCBS', 'FPTS'].map((code) =>
    service(code, `Công ty Cổ phần Chứng khoán ${code}`, 'Công ty chứng khoán', null),
  )
  const houses = managers.map((code) => service(code, `Công ty Quản lý quỹ ${code}`, 'Công ty quản lý quỹ', null))
  const funds = managers.flatMap((code) => [
    service(`${code}-BF`, `Quỹ đầu tư cân bằng ${code}`, 'Quỹ mở', code),
    service(`${code}-ETF`, `Quỹ ETF ${code}`, 'Quỹ hoán đổi danh mục (ETF)', code),
  ])
  return withSlips([...companies, ...firms, ...houses, ...funds], { 20: { 'Vốn điều lệ (đồng)': '45 tỷ' } })

  function service(code: string, name: string, kind: string, manager: string | null): Row {
    return {
      Mã: code,
      Tên: name,
      Loại: kind,
      ISIN: kind.includes('ETF') ? isinOf(`F${code.slice(0, 2)}`) : null,
      Sàn: kind.includes('ETF') ? 'HOSE' : 'Chưa niêm yết',
      'Số giấy phép': `${random.between(10, 99)}/GP-UBCK`,
      'Ngày cấp': { date: dayBetween(random, 2007, 2023) },
      'Vốn điều lệ (đồng)': dotted(random.between(50, 9000) * 1_000_000_000),
      'Số lượng lưu hành': null,
      'Giá trị tài sản ròng (đồng)': manager === null ? null : dotted(random.between(60, 6000) * 1_000_000_000),
      'Công ty quản lý': manager,
      'Mã số thuế': null,
      'Tình trạng': 'Đang hoạt động',
      'Mã huyện': null,
      'Địa chỉ': null,
      Website: `https://${code.toLowerCase()}.example.vn`,
    }
  }
}

/** Of a stock code of three letters: the country, the code and the check digit of ISO 6166. */
function isinOf(code: string): string {
  const body = `VN000000${code}`
  const digits = Array.from(body, (sign) => String(Number.parseInt(sign, 36))).join('')
  const sum = Array.from(digits, Number)
    .reverse()
    .reduce((total, digit, at) => {
      const doubled = digit * (at % 2 === 0 ? 2 : 1)
      return total + (doubled > 9 ? doubled - 9 : doubled)
    }, 0)
  return `${body}${(10 - (sum % 10)) % 10}`
}

function later(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}
