import { rounded } from '../office/rows.js'
import { seededRandom, type SeededRandom } from '../seeded-random.js'
import { stations, type Medium, type Station } from './stations.js'

/** A parameter with what is usual for it: from `low` to `high`, some values beyond. */
interface Parameter {
  readonly name: string
  readonly unit: string
  readonly low: number
  readonly high: number
  readonly decimals: number
  readonly limit?: number
  /** The limit is the least that there should be. */
  readonly isFloor?: boolean
}

interface Campaign {
  readonly medium: Medium
  readonly days: readonly string[]
  readonly averaging: string
  readonly regulation: string
  readonly parameters: readonly Parameter[]
}

const months = Array.from({ length: 18 }, (_, index) => {
  const month = String((index % 12) + 1).padStart(2, '0')
  return `${2024 + Math.floor(index / 12)}-${month}-01`
})
const everyOther = months.filter((_, index) => index % 2 === 0).map((day) => `${day.slice(0, 8)}12`)
const quarters = months.filter((_, index) => index % 3 === 0).map((day) => `${day.slice(0, 8)}18`)

const perCubicMetre = 'ug/Nm3'
const perLitre = 'mg/L'
const perKilogram = 'mg/kg'

const waterParameters: readonly Parameter[] = [
  { name: 'pH', unit: '-', low: 6.4, high: 8.2, decimals: 1 },
  { name: 'Nhiệt độ', unit: '°C', low: 23, high: 32, decimals: 1 },
  { name: 'DO', unit: perLitre, low: 4.2, high: 7.4, decimals: 1, limit: 5, isFloor: true },
  { name: 'BOD5', unit: perLitre, low: 2, high: 7.5, decimals: 1, limit: 6 },
  { name: 'COD', unit: perLitre, low: 5, high: 18, decimals: 1, limit: 15 },
  { name: 'TSS', unit: perLitre, low: 6, high: 60, decimals: 0 },
  { name: 'Amoni', unit: perLitre, low: 0.02, high: 0.36, decimals: 2, limit: 0.3 },
  { name: 'Nitrit', unit: perLitre, low: 0.004, high: 0.06, decimals: 3, limit: 0.05 },
  { name: 'Tổng N', unit: perLitre, low: 0.4, high: 1.7, decimals: 2, limit: 1.5 },
  { name: 'Tổng P', unit: perLitre, low: 0.05, high: 0.34, decimals: 2, limit: 0.3 },
  { name: 'Fe', unit: perLitre, low: 0.1, high: 0.62, decimals: 2, limit: 0.5 },
  { name: 'Coliform', unit: 'MPN/100mL', low: 400, high: 5600, decimals: 0, limit: 5000 },
]

const campaigns: readonly Campaign[] = [
  {
    medium: 'KK',
    days: months,
    averaging: 'THANG',
    regulation: 'QCVN 05:2023/BTNMT',
    parameters: [
      { name: 'PM2.5', unit: perCubicMetre, low: 11, high: 38, decimals: 1 },
      { name: 'PM10', unit: perCubicMetre, low: 24, high: 78, decimals: 1 },
      { name: 'TSP', unit: perCubicMetre, low: 48, high: 190, decimals: 0 },
      { name: 'SO2', unit: perCubicMetre, low: 8, high: 40, decimals: 1 },
      { name: 'NO2', unit: perCubicMetre, low: 9, high: 44, decimals: 1 },
      { name: 'CO', unit: perCubicMetre, low: 900, high: 4800, decimals: 0 },
      { name: 'O3', unit: perCubicMetre, low: 20, high: 96, decimals: 1 },
    ],
  },
  {
    medium: 'KK',
    days: quarters,
    averaging: '24H',
    regulation: 'QCVN 05:2023/BTNMT',
    parameters: [
      { name: 'PM2.5', unit: perCubicMetre, low: 12, high: 54, decimals: 1, limit: 50 },
      { name: 'PM10', unit: perCubicMetre, low: 26, high: 106, decimals: 1, limit: 100 },
      { name: 'TSP', unit: perCubicMetre, low: 60, high: 215, decimals: 0, limit: 200 },
      { name: 'SO2', unit: perCubicMetre, low: 10, high: 60, decimals: 1, limit: 125 },
      { name: 'NO2', unit: perCubicMetre, low: 12, high: 70, decimals: 1, limit: 100 },
    ],
  },
  {
    medium: 'NM',
    days: everyOther,
    averaging: 'MAU',
    regulation: 'QCVN 08:2023/BTNMT',
    parameters: waterParameters,
  },
  {
    medium: 'NB',
    days: quarters,
    averaging: 'MAU',
    regulation: 'QCVN 10:2023/BTNMT',
    parameters: [
      { name: 'pH', unit: '-', low: 7.6, high: 8.4, decimals: 1 },
      { name: 'DO', unit: perLitre, low: 4.8, high: 7, decimals: 1, limit: 5, isFloor: true },
      { name: 'TSS', unit: perLitre, low: 8, high: 55, decimals: 0, limit: 50 },
      { name: 'Amoni', unit: perLitre, low: 0.01, high: 0.12, decimals: 2, limit: 0.1 },
      { name: 'Dầu mỡ', unit: perLitre, low: 0.1, high: 0.9, decimals: 1, limit: 5 },
      { name: 'Độ mặn', unit: 'g/L', low: 28, high: 34, decimals: 1 },
    ],
  },
  {
    medium: 'NDD',
    days: quarters,
    averaging: 'MAU',
    regulation: 'QCVN 09:2023/BTNMT',
    parameters: [
      { name: 'pH', unit: '-', low: 5.6, high: 8, decimals: 1 },
      { name: 'Amoni', unit: perLitre, low: 0.02, high: 1.1, decimals: 2, limit: 1 },
      { name: 'Nitrat', unit: perLitre, low: 0.3, high: 16, decimals: 1, limit: 15 },
      { name: 'Fe', unit: perLitre, low: 0.1, high: 5.4, decimals: 2, limit: 5 },
      { name: 'As', unit: perLitre, low: 0.001, high: 0.012, decimals: 3, limit: 0.05 },
      { name: 'Clorua', unit: perLitre, low: 14, high: 265, decimals: 0, limit: 250 },
      { name: 'Coliform', unit: 'MPN/100mL', low: 0, high: 4, decimals: 0, limit: 3 },
    ],
  },
  {
    medium: 'DAT',
    days: ['2022-05-20', '2023-05-17', '2024-05-22', '2025-05-15'],
    averaging: 'MAU',
    regulation: 'QCVN 03:2023/BTNMT',
    parameters: [
      { name: 'As', unit: perKilogram, low: 1, high: 26, decimals: 1, limit: 25 },
      { name: 'Cd', unit: perKilogram, low: 0.1, high: 3, decimals: 2, limit: 4 },
      { name: 'Pb', unit: perKilogram, low: 6, high: 90, decimals: 1, limit: 200 },
      { name: 'Cr', unit: perKilogram, low: 8, high: 120, decimals: 1, limit: 150 },
      { name: 'Cu', unit: perKilogram, low: 5, high: 156, decimals: 1, limit: 150 },
      { name: 'Zn', unit: perKilogram, low: 15, high: 240, decimals: 1, limit: 300 },
      { name: 'Ni', unit: perKilogram, low: 3, high: 70, decimals: 1, limit: 100 },
      { name: 'Hg', unit: perKilogram, low: 0.02, high: 1.5, decimals: 2, limit: 12 },
      { name: 'DDT', unit: perKilogram, low: 0.01, high: 1.15, decimals: 2, limit: 1.1 },
    ],
  },
]

/** What the laboratory's people typed wrong, by station and day. */
const slips: Readonly<Record<string, { readonly parameter: string; readonly value: string | number }>> = {
  'KK-543-1 2024-08-01': { parameter: 'PM10', value: 'máy hỏng' },
  'NM-547-2 2024-05-12': { parameter: 'COD', value: -90 },
  'NM-550-1 2025-03-12': { parameter: 'Tổng N', value: '1,2,5' },
  'DAT-549-2 2024-05-22': { parameter: 'Cu', value: 'xem phụ lục' },
}

/** One item for each station and sampling, with its results in a list. */
export function samplings(media: readonly Medium[]): object[] {
  return campaigns
    .filter(({ medium }) => media.includes(medium))
    .flatMap((campaign) =>
      stations()
        .filter(({ medium }) => medium === campaign.medium)
        .flatMap((station) => campaign.days.map((day) => samplingOf(campaign, station, day))),
    )
}

function samplingOf(campaign: Campaign, station: Station, day: string): object {
  const random = seededRandom(`${station.code} ${day} ${campaign.averaging}`)
  const slip = slips[`${station.code} ${day}`]
  return {
    maDiem: station.code,
    ngay: day,
    khoang: campaign.averaging,
    quyChuan: campaign.regulation,
    ketQua: campaign.parameters.map((parameter) => {
      const value = valueOf(parameter, random)
      return {
        thongSo: parameter.name,
        giaTri: slip?.parameter === parameter.name ? slip.value : value,
        donVi: parameter.unit,
        gioiHan: parameter.limit ?? null,
        vuot: exceeds(parameter, value),
      }
    }),
  }
}

/** `KPH` (không phát hiện) where it is less than the method can find. */
function valueOf({ low, high, decimals }: Parameter, random: SeededRandom): number | 'KPH' {
  // Most values are well inside what is usual.
  const value = rounded(low + (high - low) * random.next() ** 1.6, decimals)
  return value <= low && low > 0 && low < 0.05 ? 'KPH' : value
}

function exceeds({ limit, isFloor = false }: Parameter, value: number | 'KPH'): boolean | null {
  if (limit === undefined) return null
  if (value === 'KPH') return false
  return isFloor ? value < limit : value > limit
}
