import { districts, type District } from '../office/places.js'
import { rounded } from '../office/rows.js'
import { seededRandom } from '../seeded-random.js'

export type Service = 'mobile' | 'fixed' | 'fixed-broadband' | 'mobile-broadband'

/** Inhabitants in thousands, roughly, by district code. */
const thousands: Readonly<Record<string, number>> = {
  '540': 290,
  '542': 28,
  '543': 208,
  '544': 85,
  '545': 162,
  '546': 31,
  '547': 116,
  '548': 183,
  '549': 176,
  '550': 167,
  '551': 29,
}

const operators: Readonly<Record<Service, readonly (readonly [operator: string, share: number])[]>> = {
  mobile: [
    ['Viettel', 0.52],
    ['VNPT', 0.26],
    ['MobiFone', 0.2],
    ['Vietnamobile', 0.02],
  ],
  fixed: [
    ['VNPT', 0.82],
    ['Viettel', 0.18],
  ],
  'fixed-broadband': [
    ['VNPT', 0.42],
    ['Viettel', 0.36],
    ['FPT Telecom', 0.19],
    ['MobiFone', 0.03],
  ],
  'mobile-broadband': [
    ['Viettel', 0.54],
    ['VNPT', 0.25],
    ['MobiFone', 0.2],
    ['Vietnamobile', 0.01],
  ],
}

/** Subscriptions per inhabitant at the start of 2022, and how much that changes in a quarter. */
const levels: Readonly<Record<Service, readonly [start: number, growth: number]>> = {
  mobile: [1.18, 0.004],
  fixed: [0.022, -0.0006],
  'fixed-broadband': [0.19, 0.005],
  'mobile-broadband': [0.74, 0.012],
}

const quarters: readonly (readonly [year: number, quarter: number])[] = [2022, 2023, 2024, 2025].flatMap((year) =>
  (year === 2025 ? [1, 2] : [1, 2, 3, 4]).map((quarter) => [year, quarter] as const),
)

/** Subscriptions of a service by quarter, district and operator. The operators' reports lack a quarter here and there. */
export function subscriptions(service: Service): { readonly nam: number }[] {
  const [start, growth] = levels[service]
  const rows = quarters.flatMap(([nam, quy], nth) =>
    districts.flatMap((district) => {
      const people = (thousands[district.code] ?? 50) * 1000
      return operators[service].map(([doanhNghiep, share]) => {
        const random = seededRandom(`${service} ${nam} ${quy} ${district.code} ${doanhNghiep}`)
        const density = (start + growth * nth) * remoteness(district) * share * (0.97 + random.next() * 0.06)
        return {
          nam,
          quy,
          maHuyen: district.code,
          doanhNghiep,
          soThueBao: Math.round(people * density),
          tren100Dan: rounded(density * 100, 2),
        }
      })
    }),
  )
  return rows.map((row, index) => ({ ...row, ...slips[service]?.[index] }))
}

const slips: Readonly<Partial<Record<Service, Readonly<Record<number, object>>>>> = {
  mobile: { 137: { soThueBao: -1 }, 402: { quy: 5 } },
  'fixed-broadband': { 91: { maHuyen: '541' } },
}

/** Mobile or fixed network, by month since January 2024, district and operator. */
export function performance(network: 'fixed' | 'mobile'): object[] {
  const [download, upload, latency] = network === 'fixed' ? [148, 131, 7.5] : [58, 21, 31]
  const months = Array.from({ length: 18 }, (_, nth) => ({
    nam: 2024 + Math.floor(nth / 12),
    thang: (nth % 12) + 1,
    nth,
  }))
  const measured = operators[network === 'fixed' ? 'fixed-broadband' : 'mobile'].slice(0, 3)
  return months.flatMap(({ nam, thang, nth }) =>
    districts.flatMap((district) =>
      measured.map(([doanhNghiep]) => {
        const random = seededRandom(`${network} ${nam} ${thang} ${district.code} ${doanhNghiep}`)
        const swing = (1 + nth * 0.008) * remoteness(district) * (0.9 + random.next() * 0.2)
        return {
          nam,
          thang,
          maHuyen: district.code,
          doanhNghiep,
          taiXuong: rounded(download * swing, 1),
          taiLen: rounded(upload * swing, 1),
          doTre: rounded(latency / swing, 1),
          bienThienTre: rounded((latency / swing) * 0.2, 1),
          soMau: Math.round((thousands[district.code] ?? 50) * (0.6 + random.next())),
        }
      }),
    ),
  )
}

/** Villages with broadband in every commune, by year. */
export function coverage(network: 'fixed' | 'mobile'): object[] {
  return [2022, 2023, 2024].flatMap((nam, nth) =>
    districts.flatMap((district) =>
      district.communes.map((commune) => {
        const random = seededRandom(`villages ${commune.code}`)
        const soThon = random.between(3, 11)
        const missing = remoteness(district) < 0.8 ? random.between(0, 3) : random.next() < 0.1 ? 1 : 0
        const left = Math.max(0, missing - (network === 'mobile' ? nth + 1 : nth))
        const soThonPhu = Math.max(0, soThon - left)
        return {
          nam,
          maHuyen: district.code,
          maXa: commune.code,
          soThon,
          soThonPhu,
          tyLe: rounded((100 * soThonPhu) / soThon, 1),
        }
      }),
    ),
  )
}

/** The mountain districts are behind, the city is ahead. */
function remoteness(district: District): number {
  if (district.code === '540') return 1.25
  return ['542', '546', '551'].includes(district.code) ? 0.7 : 1
}
