import { Random } from './random.js'
import { familyNames, givenNames, placeWords, schoolLevels } from './words.js'

/** Values by column name; null is null. */
export type GeneratedRow = Readonly<Record<string, string | number | null>>

const provinces = 20
const districtsPerProvince = 10
export const schoolDatasets = ['bench-north', 'bench-centre', 'bench-highlands', 'bench-south', 'bench-delta'] as const
const facilityCount = 1000

const since = '2020-01-01'
const seed = 20_250_630

export function* administrativeUnits(): Generator<GeneratedRow> {
  const random = new Random(seed)
  for (let province = 0; province < provinces; province += 1) {
    const code = String(10 + province)
    const name = placeName(random)
    yield { ...unit(code, name, 'PROVINCE', 'Tỉnh', null), latitude: null, longitude: null }
    for (let index = 0; index < districtsPerProvince; index += 1) {
      const [latitude, longitude] = districtCentre(province, index)
      const parent = `${code}~${since}`
      yield { ...unit(`${code}${index}`, placeName(random), 'DISTRICT', 'Huyện', parent), latitude, longitude }
    }
  }
}

function unit(code: string, name: string, kind: string, designation: string, parent: string | null): GeneratedRow {
  return { _key: `${code}~${since}`, code, name, kind, designation, parent, validFrom: since, validTo: null }
}

/** On a grid of 20 by 10 in and around the centre of Việt Nam. */
function districtCentre(province: number, index: number): readonly [latitude: number, longitude: number] {
  return [11.2 + province * 0.25, 107.3 + index * 0.2]
}

function placeName(random: Random): string {
  return `${random.pick(placeWords)} ${random.pick(placeWords)}`
}

/** Schools of one dataset: every fifth of all, by number. Keys sort as the numbers do. */
export function* schools(dataset: number, rows: number): Generator<GeneratedRow> {
  const random = new Random(seed + 1 + dataset)
  const count = Math.ceil((rows - dataset) / schoolDatasets.length)
  for (let number = 0; number < count; number += 1) {
    const code = schoolCode(dataset, number)
    const level = random.integer(schoolLevels.length)
    const province = random.integer(provinces)
    const index = random.integer(districtsPerProvince)
    const [latitude, longitude] = districtCentre(province, index)
    const located = random.next() < 0.97
    const classes = 4 + random.integer(40)
    const pupils = random.next() < 0.02 ? null : classes * (15 + random.integer(25))
    yield {
      _key: code,
      code,
      name: `${random.pick(familyNames)} ${random.pick(givenNames)} ${placeName(random)} ${1 + random.integer(30)}`,
      level: schoolLevels[level] ?? null,
      ownership: random.next() < 0.85 ? 'PUBLIC' : 'PRIVATE',
      district: `${10 + province}${index}~${since}`,
      commune: null,
      address: `${1 + random.integer(400)} đường ${random.pick(familyNames)} ${random.pick(givenNames)}, ${placeName(random)}`,
      classes,
      pupils,
      girls: pupils === null ? null : Math.floor(pupils * (0.4 + random.next() * 0.2)),
      teachers: random.next() < 0.1 ? null : classes + random.integer(30),
      nationalStandard: random.next() < 0.5 ? null : 1 + random.integer(2),
      openedOn: day(random),
      latitude: located ? around(latitude, 0.125, random) : null,
      longitude: located ? around(longitude, 0.1, random) : null,
    }
  }
}

export function schoolCode(dataset: number, number: number): string {
  return `S${dataset + 1}-${String(number).padStart(7, '0')}`
}

export function* healthFacilities(): Generator<GeneratedRow> {
  const random = new Random(seed + 99)
  for (let number = 0; number < facilityCount; number += 1) {
    const province = random.integer(provinces)
    const index = random.integer(districtsPerProvince)
    const [latitude, longitude] = districtCentre(province, index)
    const code = String(60_000 + number)
    yield {
      _key: code,
      code,
      name: `Bệnh viện ${placeName(random)} ${number}`,
      kind: 'HOSPITAL',
      ownership: 'PUBLIC',
      district: `${10 + province}${index}~${since}`,
      address: `${1 + random.integer(400)} đường ${random.pick(familyNames)} ${random.pick(givenNames)}`,
      beds: 20 + random.integer(500),
      phone: null,
      latitude: around(latitude, 0.125, random),
      longitude: around(longitude, 0.1, random),
    }
  }
}

/** What the bed service knows of a facility. */
export function bedsOf(facility: string): { readonly available: number; readonly total: number } {
  const number = Number(facility)
  const total = 20 + (number % 400)
  return { available: number % total, total }
}

function around(centre: number, spread: number, random: Random): number {
  return Math.round((centre + (random.next() * 2 - 1) * spread) * 1e6) / 1e6
}

function day(random: Random): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${1950 + random.integer(75)}-${two(1 + random.integer(12))}-${two(1 + random.integer(28))}`
}
