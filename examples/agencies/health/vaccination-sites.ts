import { districtOf } from './districts.js'
import { facilities, type Facility } from './facilities.js'
import { seededRandom } from '../seeded-random.js'
import { addressIn, positionIn, type Site } from './site.js'

/** Tiêm chủng mở rộng (free), dịch vụ (paid) or both. */
export type Programme = 'TCMR' | 'DV' | 'TCMR-DV'

export interface VaccinationSite extends Site {
  readonly code: string
  readonly programme: Programme
  readonly licenceNumber: string
  readonly phone: string | undefined
  /** The facility that runs it; undefined for a centre of its own. */
  readonly facility: Facility | undefined
}

type Draft = Omit<VaccinationSite, 'code' | 'licenceNumber'>

/** Every commune station and health centre, some hospitals, and a few private centres: 181. */
export const vaccinationSites: readonly VaccinationSite[] = [
  ...facilities.flatMap((facility) => inFacility(facility)),
  ...['540', '540', '540', '543', '545', '548', '549'].map((district, index) => ownCentre(district, index + 1)),
].map((draft, index) => {
  const number = index + 1
  const random = seededRandom(`vaccination ${number}`)
  return {
    ...draft,
    code: `TC52-${String(number).padStart(3, '0')}`,
    licenceNumber: `${String(number * 2 + random.between(0, 1)).padStart(3, '0')}/CB-CSTC-SYT`,
  }
})

function inFacility(facility: Facility): Draft[] {
  const programme = programmeOf(facility)
  if (programme === undefined || !facility.active) return []
  const { name, district, address, position, phone } = facility
  return [{ name: `Điểm tiêm chủng ${name}`, district, address, position, phone, programme, facility }]
}

function programmeOf({ kind, ownership, beds }: Facility): Programme | undefined {
  if (kind === 'TYT') return 'TCMR'
  if (kind === 'TTYT') return 'TCMR-DV'
  return kind === 'BVDK' && ownership === 'CL' && (beds ?? 0) > 200 ? 'DV' : undefined
}

function ownCentre(districtCode: string, number: number): Draft {
  const random = seededRandom(`vaccination centre ${number}`)
  const district = districtOf(districtCode)
  const commune = district.communes[number] ?? district.name
  return {
    name: `Trung tâm tiêm chủng Mầm Xanh ${number}`,
    district,
    address: addressIn(commune, random),
    position: positionIn(district, commune, random),
    phone: undefined,
    programme: 'DV',
    facility: undefined,
  }
}
