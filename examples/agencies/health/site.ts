import type { District } from './districts.js'
import { seededRandom, type SeededRandom } from '../seeded-random.js'

/** A place with an address: what facilities, pharmacies and vaccination sites have in common. */
export interface Site {
  readonly name: string
  readonly district: District
  readonly address: string
  readonly position: Position | undefined
}

export interface Position {
  readonly latitude: number
  readonly longitude: number
}

const streets = [
  'Nguyễn Huệ',
  'Trần Hưng Đạo',
  'Lê Hồng Phong',
  'Quang Trung',
  'Nguyễn Thái Học',
  'Tây Sơn',
  'Hùng Vương',
  'Lý Thường Kiệt',
  'Trường Chinh',
  'Đống Đa',
]
const villages = ['An Lộc', 'Phú Thọ', 'Chánh Lợi', 'Thuận Đức', 'Đại Hội', 'Trung Lương', 'Tân An', 'Vĩnh Trường']

export function addressIn(commune: string, random: SeededRandom): string {
  const place = commune.startsWith('Xã')
    ? `Thôn ${random.pick(villages)}`
    : `${random.between(1, 480)} ${random.pick(streets)}`
  return `${place}, ${commune.charAt(0).toLowerCase()}${commune.slice(1)}`
}

/** Near the middle of the district; every commune has its own spot, and a site lies a little beside it. */
export function positionIn(district: District, commune: string, random: SeededRandom): Position {
  const spot = seededRandom(`${district.code} ${commune}`)
  const around = (middle: number, spread: number): number =>
    middle + (spot.next() - 0.5) * spread + (random.next() - 0.5) * 0.012
  return {
    latitude: rounded(around(district.latitude, district.code === '540' ? 0.05 : 0.13)),
    longitude: rounded(around(district.longitude, district.code === '540' ? 0.04 : 0.09)),
  }
}

function rounded(degrees: number): number {
  return Number(degrees.toFixed(6))
}
