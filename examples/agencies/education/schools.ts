import { seededRandom, type SeededRandom } from '../seeded-random.js'
import { districts, type Commune, type District } from './districts.js'
import { children, people, streets, villages } from './school-names.js'

export const levels = ['NURSERY', 'KINDERGARTEN', 'PRIMARY', 'LOWER_SECONDARY', 'UPPER_SECONDARY'] as const
export type Level = (typeof levels)[number]

export const schoolYears = ['2022-2023', '2023-2024', '2024-2025'] as const
export type SchoolYear = (typeof schoolYears)[number]

export interface Size {
  readonly classes: number
  readonly pupils: number
  readonly girls: number
  readonly teachers: number
}

export interface SampleSchool {
  readonly code: string
  readonly name: string
  readonly level: Level
  readonly district: District
  readonly commune: Commune
  readonly address: string
  readonly isPublic: boolean
  /** The level of the national standard that it has reached: 0 (none), 1, 2. */
  readonly standard: number
  /** YYYY-MM-DD; a few schools do not know the day. */
  readonly openedOn: string | undefined
  readonly latitude: number | undefined
  readonly longitude: number | undefined
  /** Undefined in the years before it opened. */
  readonly sizes: ReadonlyMap<SchoolYear, Size>
}

/** Pupils a class and teachers a class are near what the levels have in Việt Nam; the rest is made up. */
const shapes = {
  NURSERY: { digit: 1, classes: [2, 7], perClass: [12, 24], teachersPerClass: 2, publicShare: 0.35 },
  KINDERGARTEN: { digit: 2, classes: [4, 14], perClass: [20, 32], teachersPerClass: 1.9, publicShare: 0.8 },
  PRIMARY: { digit: 3, classes: [8, 32], perClass: [22, 35], teachersPerClass: 1.4, publicShare: 0.98 },
  LOWER_SECONDARY: { digit: 4, classes: [8, 30], perClass: [28, 42], teachersPerClass: 1.9, publicShare: 0.99 },
  UPPER_SECONDARY: { digit: 5, classes: [14, 42], perClass: [34, 45], teachersPerClass: 2.2, publicShare: 0.88 },
} as const satisfies Record<Level, object>

const upperSecondarySchools: Readonly<Record<string, number>> = {
  '540': 13,
  '542': 3,
  '543': 8,
  '544': 4,
  '545': 7,
  '546': 3,
  '547': 5,
  '548': 6,
  '549': 6,
  '550': 4,
  '551': 2,
}

/** All schools of the sample, by level, then district, then commune; always the same. */
export function sampleSchools(): SampleSchool[] {
  return levels.flatMap((level) => districts.flatMap((district) => schoolsOf(level, district)))
}

function schoolsOf(level: Level, district: District): SampleSchool[] {
  const random = seededRandom(`education ${level} ${district.code}`)
  const places = placesOf(level, district, random)
  const used = new Set<string>()
  return places.map(({ commune, of, nth }, index) => {
    const name =
      level === 'UPPER_SECONDARY'
        ? upperSecondaryName(district, random, used)
        : nameOf(level, commune, nth, of, random, used)
    const number = String(index + 1).padStart(2, '0')
    return school(level, `52${district.code}${shapes[level].digit}${number}`, name, district, commune, random)
  })
}

interface Place {
  readonly commune: Commune
  /** How many schools of the level the commune has, and which of them this is. */
  readonly of: number
  readonly nth: number
}

function placesOf(level: Level, district: District, random: SeededRandom): Place[] {
  if (level === 'UPPER_SECONDARY') {
    return Array.from({ length: upperSecondarySchools[district.code] ?? 1 }, () => ({
      commune: random.pick(district.communes),
      of: 1,
      nth: 1,
    }))
  }
  return district.communes.flatMap((commune) => {
    const of = schoolsIn(level, commune, random)
    return Array.from({ length: of }, (_, index) => ({ commune, of, nth: index + 1 }))
  })
}

function schoolsIn(level: Exclude<Level, 'UPPER_SECONDARY'>, commune: Commune, random: SeededRandom): number {
  const chance = random.next()
  const urban = commune.designation !== 'Xã'
  switch (level) {
    case 'NURSERY':
      return chance < (urban ? 0.85 : 0.2) ? 1 : 0
    case 'KINDERGARTEN':
      return urban && chance < 0.2 ? 2 : chance < 0.95 ? 1 : 0
    case 'PRIMARY':
      return chance < (urban ? 0.6 : 0.45) ? 2 : 1
    case 'LOWER_SECONDARY':
      return chance < 0.95 ? 1 : 0
  }
}

/** No two upper-secondary schools of the province have one name: those that are not called after somebody are numbered. */
function upperSecondaryName(district: District, random: SeededRandom, used: Set<string>): string {
  const person = random.pick(peopleOfUpperSecondary(district.code))
  const numbered = [...used].filter((name) => name.startsWith('số ')).length
  const name = used.has(person)
    ? `số ${numbered + 1} ${district.name.replace(/^(?:Thành phố|Thị xã|Huyện) /, '')}`
    : person
  used.add(name)
  return `Trường THPT ${name}`
}

/** Each district has its own part of the names, as large as its share of the schools. Kim Đồng was a boy of fourteen. */
function peopleOfUpperSecondary(districtCode: string): string[] {
  const names = people.filter((name) => name !== 'Kim Đồng')
  const schools = Object.entries(upperSecondarySchools)
  const all = schools.reduce((total, [, count]) => total + count, 0)
  const at = schools.findIndex(([code]) => code === districtCode)
  const before = schools.slice(0, at).reduce((total, [, count]) => total + count, 0)
  const share = (count: number): number => Math.floor((count * names.length) / all)
  return names.slice(share(before), share(before + (upperSecondarySchools[districtCode] ?? 0)))
}

function nameOf(
  level: Exclude<Level, 'UPPER_SECONDARY'>,
  commune: Commune,
  nth: number,
  of: number,
  random: SeededRandom,
  used: Set<string>,
): string {
  const after = (pool: readonly string[]): string => {
    const free = pool.filter((name) => !used.has(name))
    const name = random.pick(free.length > 0 ? free : pool)
    used.add(name)
    return name
  }
  switch (level) {
    case 'NURSERY':
      return `Nhà trẻ ${after(children)}`
    case 'KINDERGARTEN':
      return commune.designation === 'Xã' ? `Trường Mẫu giáo ${commune.name}` : `Trường Mẫu giáo ${after(children)}`
    case 'PRIMARY':
      if (of > 1) return `Trường Tiểu học số ${nth} ${commune.name}`
      return `Trường Tiểu học ${random.next() < 0.5 ? commune.name : after(people)}`
    case 'LOWER_SECONDARY':
      return `Trường THCS ${random.next() < 0.6 ? commune.name : after(people)}`
  }
}

function school(
  level: Level,
  code: string,
  name: string,
  district: District,
  commune: Commune,
  random: SeededRandom,
): SampleSchool {
  const openedOn = openingDay(random)
  const located = random.next() > 0.06
  return {
    code,
    name,
    level,
    district,
    commune,
    address: addressOf(district, commune, random),
    isPublic: random.next() < shapes[level].publicShare,
    standard: random.pick([0, 1, 1, 1, 2]),
    openedOn: random.next() < 0.03 ? undefined : openedOn,
    latitude: located ? near(district.latitude, random) : undefined,
    longitude: located ? near(district.longitude, random) : undefined,
    sizes: sizesOf(level, openedOn, random),
  }
}

/** Schools of Việt Nam open on 5 September; some go back to another day of the founding decision. */
function openingDay(random: SeededRandom): string {
  const chance = random.next()
  if (chance < 0.02) return '2023-08-15'
  const year = random.between(1976, 2019)
  if (chance < 0.6) return `${year}-09-05`
  const month = String(random.between(1, 12)).padStart(2, '0')
  return `${year}-${month}-${String(random.between(1, 28)).padStart(2, '0')}`
}

function addressOf(district: District, commune: Commune, random: SeededRandom): string {
  const area = `${commune.designation} ${commune.name}, ${district.name}`
  if (commune.designation === 'Xã') return `Thôn ${random.pick(villages)} ${random.between(1, 5)}, ${area}`
  return `${random.between(1, 420)} ${random.pick(streets)}, ${area}`
}

function near(degrees: number, random: SeededRandom): number {
  return Number((degrees + (random.next() - 0.5) * 0.09).toFixed(6))
}

function sizesOf(level: Level, openedOn: string, random: SeededRandom): Map<SchoolYear, Size> {
  const shape = shapes[level]
  const classes = random.between(shape.classes[0], shape.classes[1])
  const perClass = random.between(shape.perClass[0], shape.perClass[1])
  const sizes = new Map<SchoolYear, Size>()
  for (const year of schoolYears) {
    const changed = Math.max(1, classes + random.between(-1, 1))
    const pupils = Math.max(changed * 8, changed * perClass + random.between(-9, 9))
    const girls = Math.round(pupils * (0.46 + random.next() * 0.05))
    const teachers = Math.max(2, Math.round(changed * shape.teachersPerClass) + random.between(-1, 1))
    if (openedOn < `${year.slice(0, 4)}-09-06`) sizes.set(year, { classes: changed, pupils, girls, teachers })
  }
  return sizes
}
