import { districts, type District } from './districts.js'
import { seededRandom, type SeededRandom } from '../seeded-random.js'
import { addressIn, positionIn, type Position, type Site } from './site.js'

/** Nhà thuốc, quầy thuốc, tủ thuốc trạm y tế, bán buôn. */
export type PharmacyKind = 'NT' | 'QT' | 'TT' | 'BB'

export interface Pharmacy extends Site {
  readonly code: string
  readonly kind: PharmacyKind
  readonly licenceNumber: string
  /** A FHIR dateTime; older licences were entered with the month only. */
  readonly licensedOn: string
}

const titles: Readonly<Record<PharmacyKind, string>> = {
  NT: 'Nhà thuốc',
  QT: 'Quầy thuốc',
  TT: 'Tủ thuốc',
  BB: 'Công ty TNHH Dược phẩm',
}
// Words that wish well: real shops often bear their owner's name, which would be personal data.
const first = ['An', 'Bình', 'Phúc', 'Thiên', 'Hồng', 'Minh', 'Đại', 'Tâm', 'Việt', 'Phú', 'Vạn', 'Kim']
const second = ['Khang', 'Đức', 'Lộc', 'Tâm', 'Phước', 'Thịnh', 'Xuân', 'Hưng', 'Thọ', 'Hòa', 'Lợi', 'Sinh']

const wholesalers = 28
const retailers = 877
const people = districts.reduce((sum, { weight }) => sum + weight, 0)

/** 905 licences, spread over the districts as people are. */
export const pharmacies: readonly Pharmacy[] = [
  ...districts.flatMap((district) => {
    const count = Math.round((retailers * district.weight) / people)
    return Array.from({ length: count }, (_, index) => ({ district, kind: retailKind(district, index) }))
  }),
  ...districts.flatMap((district) => {
    const count = Math.round((wholesalers * district.weight) / people)
    return Array.from({ length: count }, (): { district: District; kind: PharmacyKind } => ({ district, kind: 'BB' }))
  }),
].map(({ district, kind }, index) => pharmacyOf(district, kind, index))

/** Towns have pharmacies with a pharmacist of university rank, villages have counters and the cabinets of health stations. */
function retailKind(district: District, index: number): PharmacyKind {
  if (district.name.startsWith('Thành phố')) return index % 5 === 4 ? 'QT' : 'NT'
  if (index % 17 === 16) return 'TT'
  return index % 9 === 0 ? 'NT' : 'QT'
}

function pharmacyOf(district: District, kind: PharmacyKind, index: number): Pharmacy {
  const number = index + 1
  const random = seededRandom(`pharmacy ${number}`)
  const commune = random.pick(district.communes)
  const position = positionIn(district, commune, random)
  return {
    code: `D52-${String(number).padStart(4, '0')}`,
    name: `${titles[kind]} ${nameOf(kind, commune, number, random)}`,
    kind,
    district,
    address: addressIn(commune, random),
    licenceNumber: `${100 + number * 5 + random.between(0, 4)}/ĐKKDD-BĐ`,
    licensedOn: licenceDate(number, random),
    position: positionAsEntered(position, number),
  }
}

function nameOf(kind: PharmacyKind, commune: string, number: number, random: SeededRandom): string {
  if (kind === 'TT') return `trạm y tế ${commune.charAt(0).toLowerCase()}${commune.slice(1)}`
  const name = `${random.pick(first)} ${random.pick(second)}`
  return kind === 'BB' || number % 3 === 0 ? name : `${name} ${random.between(1, 40)}`
}

function licenceDate(number: number, random: SeededRandom): string {
  const month = `${random.between(2018, 2024)}-${String(random.between(1, 12)).padStart(2, '0')}`
  return number % 250 === 100 ? month : `${month}-${String(random.between(1, 28)).padStart(2, '0')}`
}

/** Nobody measured every tenth, and some were entered the wrong way round. */
function positionAsEntered({ latitude, longitude }: Position, number: number): Position | undefined {
  if (number % 10 === 7) return undefined
  return number % 300 === 150 ? { latitude: longitude, longitude: latitude } : { latitude, longitude }
}
