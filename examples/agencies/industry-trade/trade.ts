import { comma, rounded } from '../office/rows.js'
import { seededRandom } from '../seeded-random.js'

export const tradeYears = [2022, 2023, 2024, 2025] as const
export type TradeYear = (typeof tradeYears)[number]

interface Goods {
  readonly flow: 'Xuất khẩu' | 'Nhập khẩu'
  readonly name: string
  /** Thousand USD in a month. */
  readonly monthly: number
  /** USD for a tonne, when it is counted in tonnes. */
  readonly price?: number
  readonly partners: readonly string[]
}

const goods: readonly Goods[] = [
  { flow: 'Xuất khẩu', name: 'Gỗ và sản phẩm gỗ', monthly: 34_000, partners: ['US', 'DE', 'GB', 'FR', 'AU', 'NL'] },
  { flow: 'Xuất khẩu', name: 'Dăm gỗ, viên nén gỗ', monthly: 26_000, price: 140, partners: ['CN', 'JP', 'KR'] },
  { flow: 'Xuất khẩu', name: 'Hàng thủy sản', monthly: 11_500, price: 6200, partners: ['US', 'JP', 'KR', 'IT'] },
  { flow: 'Xuất khẩu', name: 'Hàng dệt, may', monthly: 16_500, partners: ['US', 'JP', 'KR', 'GB', 'DE'] },
  { flow: 'Xuất khẩu', name: 'Giày dép', monthly: 900, partners: ['US', 'BE'] },
  { flow: 'Xuất khẩu', name: 'Sản phẩm từ chất dẻo', monthly: 10_800, partners: ['US', 'GB', 'DE', 'FR'] },
  { flow: 'Xuất khẩu', name: 'Nội thất khác ngoài gỗ', monthly: 9_400, partners: ['US', 'GB', 'AU'] },
  { flow: 'Xuất khẩu', name: 'Sắn và sản phẩm từ sắn', monthly: 3_900, price: 410, partners: ['CN', 'KR'] },
  { flow: 'Xuất khẩu', name: 'Gạo', monthly: 4_100, price: 540, partners: ['PH', 'CN', 'CI'] },
  { flow: 'Xuất khẩu', name: 'Quặng và khoáng sản', monthly: 2_700, price: 230, partners: ['JP', 'CN', 'US'] },
  { flow: 'Xuất khẩu', name: 'Đá ốp lát', monthly: 1_600, partners: ['DE', 'NL', 'FR'] },
  { flow: 'Nhập khẩu', name: 'Gỗ và sản phẩm gỗ', monthly: 9_200, partners: ['US', 'BR', 'ZA', 'CN'] },
  { flow: 'Nhập khẩu', name: 'Nguyên phụ liệu dệt, may, da, giày', monthly: 8_700, partners: ['CN', 'KR', 'TW'] },
  { flow: 'Nhập khẩu', name: 'Máy móc, thiết bị', monthly: 5_300, partners: ['CN', 'JP', 'DE'] },
  { flow: 'Nhập khẩu', name: 'Thức ăn gia súc', monthly: 6_600, price: 480, partners: ['AR', 'BR', 'US'] },
  { flow: 'Nhập khẩu', name: 'Hàng thủy sản', monthly: 2_600, price: 3900, partners: ['IN', 'NO', 'ID'] },
  { flow: 'Nhập khẩu', name: 'Dược phẩm', monthly: 1_300, partners: ['DE', 'IN', 'CN'] },
  { flow: 'Nhập khẩu', name: 'Phân bón', monthly: 1_700, price: 350, partners: ['CN', 'LA'] },
  { flow: 'Nhập khẩu', name: 'Sắt thép', monthly: 1_100, price: 690, partners: ['CN', 'JP'] },
]

const countries: Readonly<Record<string, string>> = {
  AR: 'Ác-hen-ti-na',
  AU: 'Ô-xtrây-li-a',
  BE: 'Bỉ',
  BR: 'Bra-xin',
  CI: 'Bờ Biển Ngà',
  CN: 'Trung Quốc',
  DE: 'Đức',
  FR: 'Pháp',
  GB: 'Anh',
  ID: 'In-đô-nê-xi-a',
  IN: 'Ấn Độ',
  IT: 'I-ta-li-a',
  JP: 'Nhật Bản',
  KR: 'Hàn Quốc',
  LA: 'Lào',
  NL: 'Hà Lan',
  NO: 'Na Uy',
  PH: 'Phi-líp-pin',
  TW: 'Đài Loan',
  US: 'Hoa Kỳ',
  ZA: 'Nam Phi',
  XX: 'Nước khác',
}

const names = ['Tháng', 'Chiều', 'Nhóm hàng', 'Mã nước', 'Nước', 'Trị giá (nghìn USD)', 'Lượng (tấn)']

/** Lines of a year's file; 2025 ends with May, June is not out yet. The last line is a total. */
export function tradeLines(year: TradeYear): string[][] {
  const lines: string[][] = []
  let total = 0
  for (let month = 1; month <= (year === 2025 ? 5 : 12); month++) {
    for (const { flow, name, monthly, price, partners } of goods) {
      const random = seededRandom(`trade ${year} ${month} ${flow} ${name}`)
      ;[...partners, 'XX'].forEach((partner, nth) => {
        const share = partner === 'XX' ? 0.12 : 0.88 * (0.5 ** (nth + 1) + 0.5 ** partners.length / partners.length)
        const value = rounded(monthly * share * (0.8 + random.next() * 0.4) * (1 + (year - 2022) * 0.05), 1)
        const weight = price === undefined ? '' : vietnamese(rounded((value * 1000) / price, 1))
        total += value
        lines.push([String(month), flow, name, partner, countries[partner] ?? '', vietnamese(value), weight])
      })
    }
  }
  const slip = lines[300]
  if (year === 2023 && slip !== undefined) slip[5] = '1,234,5'
  const twice = lines[40]
  if (year === 2024 && twice !== undefined) lines.splice(41, 0, twice)
  return [names, ...lines, ['Tổng cộng', '', '', '', '', vietnamese(rounded(total, 1)), '']]
}

/** `1.234,5`. */
function vietnamese(value: number): string {
  const [whole = '', fraction] = comma(value).split(',')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/gu, '.')
  return fraction === undefined ? grouped : `${grouped},${fraction}`
}
