import { districts } from '../office/places.js'
import { comma, dotted, referenceDay, rounded, withSlips, type Row } from '../office/rows.js'
import { seededRandom } from '../seeded-random.js'

/** Items of the forms with their usual size in million VND for the whole province. */
const items = [
  ['A', 'Tổng thu ngân sách nhà nước trên địa bàn', 'Thu', null, 14_800_000],
  ['A.I', 'Thu nội địa', 'Thu', 'A', 13_600_000],
  ['A.I.1', 'Thu từ khu vực doanh nghiệp nhà nước', 'Thu', 'A.I', 820_000],
  ['A.I.2', 'Thu từ khu vực doanh nghiệp có vốn đầu tư nước ngoài', 'Thu', 'A.I', 610_000],
  ['A.I.3', 'Thu từ khu vực kinh tế ngoài quốc doanh', 'Thu', 'A.I', 2_900_000],
  ['A.I.4', 'Thuế thu nhập cá nhân', 'Thu', 'A.I', 780_000],
  ['A.I.5', 'Thuế bảo vệ môi trường', 'Thu', 'A.I', 960_000],
  ['A.I.6', 'Lệ phí trước bạ', 'Thu', 'A.I', 420_000],
  ['A.I.7', 'Thu tiền sử dụng đất', 'Thu', 'A.I', 6_200_000],
  ['A.I.8', 'Thu khác ngân sách', 'Thu', 'A.I', 910_000],
  ['A.II', 'Thu từ hoạt động xuất nhập khẩu', 'Thu', 'A', 1_200_000],
  ['B', 'Tổng chi ngân sách địa phương', 'Chi', null, 19_400_000],
  ['B.I', 'Chi đầu tư phát triển', 'Chi', 'B', 8_300_000],
  ['B.II', 'Chi thường xuyên', 'Chi', 'B', 10_200_000],
  ['B.II.1', 'Chi giáo dục – đào tạo và dạy nghề', 'Chi', 'B.II', 4_300_000],
  ['B.II.2', 'Chi khoa học và công nghệ', 'Chi', 'B.II', 48_000],
  ['B.II.3', 'Chi sự nghiệp y tế', 'Chi', 'B.II', 1_100_000],
  ['B.II.4', 'Chi bảo vệ môi trường', 'Chi', 'B.II', 260_000],
  ['B.II.5', 'Chi quản lý hành chính', 'Chi', 'B.II', 1_900_000],
  ['B.II.6', 'Chi thường xuyên khác', 'Chi', 'B.II', 2_592_000],
  ['B.III', 'Dự phòng ngân sách', 'Chi', 'B', 420_000],
  ['B.IV', 'Chi trả nợ lãi, bổ sung quỹ dự trữ tài chính', 'Chi', 'B', 480_000],
  ['C', 'Bội chi (-), bội thu ngân sách địa phương', 'Cân đối', null, -185_000],
] as const

type Item = (typeof items)[number]

/** Customs revenue and a deficit are of the province; the districts' budgets have neither. */
const itemsOfDistricts: readonly Item[] = items.filter(([item]) => item !== 'A.II' && item !== 'C')

/** The amount of each item: that of its parts together, or what `amountOf` says of one without parts. */
function amountsOf(list: readonly Item[], amountOf: (item: Item) => number): ReadonlyMap<string, number> {
  const amounts = new Map<string, number>()
  // The parts of an item come after it.
  for (const item of list.toReversed()) {
    const [code, , , parent] = item
    const amount = amounts.get(code) ?? amountOf(item)
    amounts.set(code, amount)
    if (parent !== null) amounts.set(parent, (amounts.get(parent) ?? 0) + amount)
  }
  return amounts
}

export const budgetYears = [2020, 2021, 2022, 2023, 2024, 2025] as const

/** Estimates and final accounts of the province, a file for each year. */
export function stateBudgetRows(year: number): Row[] {
  const random = seededRandom(`state budget ${year}`)
  const estimates = amountsOf(
    items,
    ([, , , , million]) => Math.round(million * (1 + (year - 2024) * 0.06) * (0.94 + random.next() * 0.1)) * 1_000_000,
  )
  const settled = amountsOf(
    items,
    ([item]) => Math.round(((estimates.get(item) ?? 0) * (0.93 + random.next() * 0.2)) / 1000) * 1000,
  )
  const rows = items.map(([item, name, side, parent]): Row => ({
    'Mã khoản': item,
    'Nội dung': name,
    Phần: side,
    'Thuộc khoản': parent,
    'Dự toán': dotted(estimates.get(item) ?? 0),
    'Quyết toán': year > 2023 ? '' : dotted(settled.get(item) ?? 0),
  }))
  return year === 2022 ? withSlips(rows, { 5: { 'Quyết toán': 'chưa đối chiếu' } }) : rows
}

const periods = ['Quý I', '6 tháng', '9 tháng', 'Cả năm'] as const

/** Execution by quarter of the province and the districts. */
export function disclosureRows(): Row[] {
  const random = seededRandom('budget disclosure')
  const places = [
    { code: '52', level: 'Ngân sách cấp tỉnh', share: 0.55 },
    ...districts.map(({ code }) => ({ code, level: 'Ngân sách cấp huyện', share: code === '540' ? 0.11 : 0.034 })),
  ]
  const rows = [2023, 2024, 2025].flatMap((year) =>
    places.flatMap(({ code, level, share }) =>
      periods.slice(0, year === 2025 ? 1 : 4).flatMap((period, quarter) => {
        const list = code === '52' ? items : itemsOfDistricts
        const estimates = amountsOf(list, ([, , , , million]) => Math.round(million * share) * 1_000_000)
        const executed = amountsOf(list, ([item]) => {
          const done = ((quarter + 1) / 4) * (0.85 + random.next() * 0.3)
          return Math.round(((estimates.get(item) ?? 0) * done) / 1_000_000) * 1_000_000
        })
        return list.map(([item, name, side, parent]): Row => {
          const amount = executed.get(item) ?? 0
          return {
            Năm: year,
            Kỳ: period,
            'Mã địa bàn': code,
            'Cấp ngân sách': level,
            Biểu: side === 'Thu' ? '60' : side === 'Chi' ? '61' : '59',
            'Mã khoản': item,
            'Nội dung': name,
            Phần: side,
            'Thuộc khoản': parent,
            'Thực hiện (đồng)': dotted(amount),
            'So với dự toán (%)': comma(rounded((100 * amount) / (estimates.get(item) ?? amount), 1)),
          }
        })
      }),
    ),
  )
  return withSlips(rows, { 130: { 'Thực hiện (đồng)': '#VALUE!' }, 700: { 'Mã địa bàn': '541' } })
}

const estimated = [
  ['46', 'Cân đối ngân sách địa phương'],
  ['48', 'Dự toán thu ngân sách nhà nước'],
  ['49', 'Dự toán chi ngân sách địa phương'],
] as const
const executed = [
  ['59', 'Cân đối ngân sách địa phương'],
  ['60', 'Thực hiện thu ngân sách nhà nước'],
  ['61', 'Thực hiện chi ngân sách địa phương'],
] as const
const settled = [
  ['62', 'Quyết toán cân đối ngân sách địa phương'],
  ['63', 'Quyết toán thu ngân sách nhà nước'],
  ['64', 'Quyết toán chi ngân sách địa phương'],
] as const

/**
 * When forms are due by Article 15 of the Law on the State Budget: estimates and final accounts 30 days after the council's resolution of
 * December, of the year before and of the year after; execution 15 days after its period.
 */
const duties = [
  { forms: estimated, stage: 'Dự toán', period: 'Cả năm', of: '', yearsLater: 0, due: '01-10' },
  { forms: executed, stage: 'Thực hiện', period: 'Quý I', of: ' quý I', yearsLater: 0, due: '04-15' },
  { forms: executed, stage: 'Thực hiện', period: '6 tháng', of: ' 6 tháng', yearsLater: 0, due: '07-15' },
  { forms: executed, stage: 'Thực hiện', period: '9 tháng', of: ' 9 tháng', yearsLater: 0, due: '10-15' },
  { forms: settled, stage: 'Quyết toán', period: 'Cả năm', of: '', yearsLater: 2, due: '01-10' },
] as const

/** The decisions that have published the forms so far, some of them late. */
export function disclosureDocuments(): Row[] {
  const random = seededRandom('disclosed documents')
  const rows = budgetYears.flatMap((year) =>
    duties.flatMap(({ forms, stage, period, of, yearsLater, due }, nth) => {
      const dueOn = `${year + yearsLater}-${due}`
      const published = daysAfter(dueOn, random.between(-6, 2))
      if (published > referenceDay) return []
      return forms.map(([form, title], index): Row => ({
        'Số văn bản': `${100 + nth * 40 + index * 7}/QĐ-UBND (${published.slice(0, 4)})`,
        Biểu: form,
        'Trích yếu': `${title}${of} năm ${year}`,
        Năm: year,
        'Giai đoạn': stage,
        Kỳ: period,
        'Cấp ngân sách': 'Ngân sách địa phương',
        'Ngày công khai': { date: published },
        'Hạn công khai': { date: dueOn },
        'Cơ quan công khai': 'Sở Tài chính',
        'Mã địa bàn': '52',
        'Địa chỉ': `https://stc.binhdinh.example/cong-khai/${year}/bieu-${form}-${nth + 1}.pdf`,
      }))
    }),
  )
  return withSlips(rows, { 12: { 'Ngày công khai': '20/13/2021' } })
}

function daysAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}
