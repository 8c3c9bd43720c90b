import { districts, type Commune, type District } from '../education/districts.js'
import type { SeededRandom } from '../seeded-random.js'

export { districts, type Commune, type District }

/** Somewhere in the province, as a register would write it. */
export interface Place {
  readonly district: District
  readonly commune: Commune
  readonly address: string
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
  'Nguyễn Tất Thành',
  'Hoàng Văn Thụ',
  'An Dương Vương',
]
const villages = ['An Lộc', 'Phú Thọ', 'Chánh Lợi', 'Thuận Đức', 'Đại Hội', 'Trung Lương', 'Tân An', 'Vĩnh Trường']

/** `cityShare`: how much of it is in Quy Nhơn; the rest is spread over the other districts by their communes. */
export function placeSomewhere(random: SeededRandom, cityShare = 0.4): Place {
  const [city, ...others] = districts
  if (city === undefined) throw new Error('There are no districts.')
  return placeIn(random.next() < cityShare ? city : random.pick(others.flatMap(byCommunes)), random)
}

export function placeIn(district: District, random: SeededRandom): Place {
  return placeInCommune(district, random.pick(district.communes), random)
}

export function placeInCommune(district: District, commune: Commune, random: SeededRandom): Place {
  const where =
    commune.designation === 'Xã'
      ? `Thôn ${random.pick(villages)} ${random.between(1, 5)}`
      : `${random.between(1, 480)} ${random.pick(streets)}`
  return {
    district,
    commune,
    address: `${where}, ${commune.designation} ${commune.name}, ${district.name}`,
    latitude: near(district.latitude, random),
    longitude: near(district.longitude, random),
  }
}

function byCommunes(district: District): District[] {
  return district.communes.map(() => district)
}

function near(degrees: number, random: SeededRandom): number {
  return Number((degrees + (random.next() - 0.5) * 0.08).toFixed(6))
}
