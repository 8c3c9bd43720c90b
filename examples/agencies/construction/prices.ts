import { districts, type District } from '../office/places.js'
import { dotted, type Row } from '../office/rows.js'
import { seededRandom } from '../seeded-random.js'
import { labour, machines, materials } from './price-items.js'

/** The months of the price announcements, the newest last. */
export const priceMonths = [7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18].map((count) => ({
  year: count > 12 ? 2025 : 2024,
  month: count > 12 ? count - 12 : count,
}))
export type PriceMonth = (typeof priceMonths)[number]

export function monthName({ year, month }: PriceMonth): string {
  return `${year}-${String(month).padStart(2, '0')}`
}

/** How much dearer than in the city it is to bring heavy goods there. */
const carriage: Readonly<Record<string, number>> = { '542': 0.12, '546': 0.11, '551': 0.06, '544': 0.07, '543': 0.04 }

/** A line for each material, the codes of the districts across the top. */
export function materialLines(of: PriceMonth): string[][] {
  const count = (of.year - 2024) * 12 + of.month
  const header = ['Mã hiệu', 'Tên', 'Quy cách', 'Nhóm', 'Đơn vị', 'Số công bố', ...districts.map(({ code }) => code)]
  const lines = materials.map(({ code, name, specification, group, unit, price }, index) => {
    const random = seededRandom(`material ${code} ${count}`)
    const trend = 1 - (18 - count) * (['Cát xây dựng', 'Đá xây dựng'].includes(group) ? 0.012 : 0.003)
    const base = price * trend * (0.995 + random.next() * 0.01)
    const cells = districts.map((district, at) => {
      // Not every material is sold in the mountains.
      if ((carriage[district.code] ?? 0) > 0.1 && (index * 7 + at) % 9 === 0) return ''
      return dotted(roundPrice(base * (1 + (carriage[district.code] ?? 0.02))))
    })
    return [code, name, specification, group, unit, `${count + 4}/CBGVL-SXD`, ...cells]
  })
  const slip = lines[20]
  if (of.year === 2025 && of.month === 2 && slip !== undefined) slip[8] = 'liên hệ'
  const other = lines[4]
  if (of.year === 2024 && of.month === 11 && other !== undefined) other[6] = '-15.200'
  return [header, ...lines, ['Ghi chú: Giá chưa có thuế giá trị gia tăng.', ...header.slice(1).map(() => '')]]
}

export const labourYears = [2021, 2022, 2023, 2024, 2025] as const
export type LabourYear = (typeof labourYears)[number]

function regionOf({ code }: District): 'Vùng II' | 'Vùng III' | 'Vùng IV' {
  if (code === '540') return 'Vùng II'
  return ['543', '549', '550'].includes(code) ? 'Vùng III' : 'Vùng IV'
}

const regionShare = { 'Vùng II': 1, 'Vùng III': 0.93, 'Vùng IV': 0.87 } as const

/** A year's man-day rates of every district, the district as one merged cell. */
export function labourRows(year: LabourYear): Row[] {
  return districts.flatMap((district) =>
    labour.map(({ code, name, specification, group, unit, price }, index): Row => {
      const rate = roundPrice(price * regionShare[regionOf(district)] * (1 - (2025 - year) * 0.035))
      const isSlip = year === 2023 && district.code === '547' && index === 2
      return {
        'Mã huyện': district.code,
        'Mã hiệu': code,
        Tên: name,
        'Quy cách': specification,
        Nhóm: group,
        'Đơn vị': unit,
        Vùng: regionOf(district),
        Giá: isSlip ? 'theo thỏa thuận' : dotted(rate),
        'Số công bố': `${year - 2015}/QĐ-SXD`,
      }
    }),
  )
}

/** Shift rates by wage region; each answer lists the districts that it is for. */
export function machineRates(): object[] {
  return labourYears.flatMap((nam) =>
    (['Vùng II', 'Vùng III', 'Vùng IV'] as const).flatMap((vung) =>
      machines.map(({ code, name, specification, group, unit, price }, index) => {
        const operator = roundPrice((250_000 + (index % 5) * 40_000) * regionShare[vung] * (1 - (2025 - nam) * 0.035))
        const fuel = roundPrice(price * (group === 'Máy, thiết bị khác' ? 0.14 : 0.38) * (nam === 2022 ? 1.18 : 0.95))
        const isSlip = nam === 2024 && vung === 'Vùng II' && index === 10
        return {
          maHieu: code,
          ten: name,
          quyCach: specification,
          nhom: group,
          donVi: unit,
          nam,
          vung,
          maHuyen: districts.filter((district) => regionOf(district) === vung).map((district) => district.code),
          gia: isSlip ? -2_640_000 : roundPrice(price * 0.46) + fuel + operator,
          chiPhiNhienLieu: fuel,
          chiPhiNhanCongDieuKhien: operator,
          soCongBo: `${nam - 2014}/QĐ-SXD`,
        }
      }),
    ),
  )
}

function roundPrice(price: number): number {
  const step = price > 100_000 ? 1000 : 10
  return Math.round(price / step) * step
}
