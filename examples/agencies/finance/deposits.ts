import { comma, rounded, withSlips, type Row } from '../office/rows.js'
import { seededRandom } from '../seeded-random.js'

const institutions = [
  ['VCB', 'Ngân hàng TMCP Ngoại thương Việt Nam', 'NN', -0.6],
  ['BIDV', 'Ngân hàng TMCP Đầu tư và Phát triển Việt Nam', 'NN', -0.5],
  ['CTG', 'Ngân hàng TMCP Công Thương Việt Nam', 'NN', -0.5],
  ['AGRIBANK', 'Ngân hàng Nông nghiệp và Phát triển Nông thôn Việt Nam', 'NN', -0.5],
  ['ACB', 'Ngân hàng TMCP Á Châu', 'CP', -0.1],
  ['STB', 'Ngân hàng TMCP Sài Gòn Thương Tín', 'CP', 0.1],
  ['TCB', 'Ngân hàng TMCP Kỹ Thương Việt Nam', 'CP', 0],
  ['MBB', 'Ngân hàng TMCP Quân đội', 'CP', 0],
  ['VPB', 'Ngân hàng TMCP Việt Nam Thịnh Vượng', 'CP', 0.2],
  ['VIB', 'Ngân hàng TMCP Quốc tế Việt Nam', 'CP', 0.1],
  ['SHB', 'Ngân hàng TMCP Sài Gòn – Hà Nội', 'CP', 0.3],
  ['HDB', 'Ngân hàng TMCP Phát triển TP. Hồ Chí Minh', 'CP', 0.3],
  ['EIB', 'Ngân hàng TMCP Xuất Nhập khẩu Việt Nam', 'CP', 0.3],
  ['MSB', 'Ngân hàng TMCP Hàng Hải Việt Nam', 'CP', 0.3],
  ['OCB', 'Ngân hàng TMCP Phương Đông', 'CP', 0.4],
  ['NAB', 'Ngân hàng TMCP Nam Á', 'CP', 0.5],
  ['ABB', 'Ngân hàng TMCP An Bình', 'CP', 0.5],
  ['KLB', 'Ngân hàng TMCP Kiên Long', 'CP', 0.5],
  ['VBSP', 'Ngân hàng Chính sách xã hội', 'CS', -0.2],
  ['COOPBANK', 'Ngân hàng Hợp tác xã Việt Nam', 'CS', 0.1],
] as const
const terms = [
  ['KKH', 0.2],
  ['1 tháng', 2.9],
  ['3 tháng', 3.3],
  ['6 tháng', 4.2],
  ['9 tháng', 4.3],
  ['12 tháng', 4.9],
  ['18 tháng', 5.1],
  ['24 tháng', 5.2],
  ['36 tháng', 5.3],
] as const

export const depositYears = ['2023', '2024', '2025'] as const
export type DepositYear = (typeof depositYears)[number]
const shift: Readonly<Record<DepositYear, number>> = { '2023': 1.6, '2024': -0.1, '2025': 0.1 }

/** A line for each institution, month and way to deposit, the terms across. */
export function depositRows(year: DepositYear): Row[] {
  const random = seededRandom(`deposits ${year}`)
  const months = year === '2025' ? 6 : 12
  const rows = Array.from({ length: months }, (_, month) =>
    institutions.flatMap(([code, name, kind, above]) =>
      [
        ['Cá nhân', 'Tại quầy', 0],
        ['Cá nhân', 'Trực tuyến', 0.2],
        ['Tổ chức', 'Tại quầy', -0.3],
      ].map(([customer, channel, more]): Row => ({
        'Mã TCTD': code,
        'Tên tổ chức tín dụng': name,
        Loại: kind,
        'Áp dụng từ': `01/${String(month + 1).padStart(2, '0')}/${year}`,
        'Đối tượng': customer ?? '',
        Kênh: channel ?? '',
        ...Object.fromEntries(
          terms.map(([term, base]) => {
            const rate = base + (term === 'KKH' ? 0 : shift[year] + above + Number(more) + (random.next() - 0.5) * 0.2)
            return [term, comma(rounded(rate, 2))]
          }),
        ),
      })),
    ),
  ).flat()
  return year === '2024' ? withSlips(rows, { 40: { '6 tháng': 'thỏa thuận' }, 300: { '12 tháng': '49' } }) : rows
}
