import { districtOf, districts } from './districts.js'
import { seededRandom, type SeededRandom } from '../seeded-random.js'

export interface Camera {
  readonly cameraId: string
  readonly name: string
  readonly road: string
  readonly direction: 'BAC' | 'NAM' | 'DONG' | 'TAY'
  readonly district: string
  readonly position: { readonly lat: number; readonly lng: number } | null
  readonly status: 'HOAT_DONG' | 'BAO_TRI'
  /** dd/MM/yyyy */
  readonly installedOn: string
}

const count = 120
const directions = ['BAC', 'NAM', 'DONG', 'TAY'] as const

/** Where the traffic cameras stand. No pictures, and nothing of who passes by. */
export function createCameras(): Camera[] {
  const random = seededRandom('traffic cameras')
  return Array.from({ length: count }, (_, index) => {
    const district = random.next() < 0.4 ? districtOf('540') : random.pick(districts)
    const road = random.pick(district.streets)
    const commune = random.pick(district.communes)
    const known = random.next() > 0.03
    const number = index + 1
    return {
      cameraId: `CAM-${String(number).padStart(3, '0')}`,
      name: `Camera ${road} – ${commune} ${random.between(1, 9)}`,
      road,
      direction: random.pick(directions),
      district: district.code,
      position: known ? { lat: near(district.latitude, random), lng: near(district.longitude, random) } : null,
      status: random.next() < 0.92 ? 'HOAT_DONG' : 'BAO_TRI',
      installedOn: `${two(random.between(1, 28))}/${two(random.between(1, 12))}/${random.between(2017, 2024)}`,
      ...mistakes.get(number),
    }
  })
}

/** What the agency typed wrong, by row. */
const mistakes: ReadonlyMap<number, Partial<Camera>> = new Map([
  [23, { installedOn: '31/02/2020' }],
  [71, { district: '999' }],
])

function near(degrees: number, random: SeededRandom): number {
  return Number((degrees + (random.next() - 0.5) * 0.06).toFixed(6))
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
