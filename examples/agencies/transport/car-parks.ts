import { districtOf, districts, type District } from './districts.js'
import { seededRandom, type SeededRandom } from '../seeded-random.js'

export interface CarPark {
  readonly id: string
  readonly name: string
  readonly districtCode: string
  readonly address: string
  readonly lat: number | null
  readonly lng: number | null
  readonly capacity: number
  /** VND for one stay. */
  readonly price: number
  readonly covered: boolean
}

const count = 180
const kinds = [
  'Bãi đỗ xe Chợ',
  'Bãi đỗ xe Công viên',
  'Bãi giữ xe Bệnh viện',
  'Điểm đỗ xe',
  'Bãi đỗ xe Nhà văn hóa',
  'Bãi xe Bến xe',
]
const prices = [0, 3_000, 5_000, 5_000, 10_000, 15_000, 20_000]

/** Public car parks. As in real data some lack their coordinates, and a few rows are wrong. */
export function createCarParks(): CarPark[] {
  const random = seededRandom('car parks')
  return Array.from({ length: count }, (_, index) => {
    const district = pickDistrict(random)
    const commune = random.pick(district.communes)
    const known = random.next() > 0.04
    const number = index + 1
    return {
      id: `BX${String(number).padStart(4, '0')}`,
      name: `${random.pick(kinds)} ${commune} ${random.between(1, 9)}`,
      districtCode: district.code,
      address: `${random.between(1, 320)} ${random.pick(district.streets)}, ${commune}, ${district.name}`,
      lat: known ? near(district.latitude, random) : null,
      lng: known ? near(district.longitude, random) : null,
      capacity: random.between(2, 40) * 5,
      price: random.pick(prices),
      covered: random.next() < 0.3,
      ...mistakes.get(number),
    }
  })
}

/** What the agency typed wrong, by row. */
const mistakes: ReadonlyMap<number, Partial<CarPark>> = new Map([
  [37, { capacity: -20 }],
  [88, { districtCode: '999' }],
  [121, { capacity: -1 }],
  [164, { districtCode: '541' }],
])

/** Most are in the city. */
function pickDistrict(random: SeededRandom): District {
  return random.next() < 0.45 ? districtOf('540') : random.pick(districts)
}

function near(degrees: number, random: SeededRandom): number {
  return Number((degrees + (random.next() - 0.5) * 0.05).toFixed(6))
}
