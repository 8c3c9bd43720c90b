import { placeSomewhere, type Place } from '../office/places.js'
import { dayBetween, referenceDay } from '../office/rows.js'
import { seededRandom, type SeededRandom } from '../seeded-random.js'
import { industries, type Industry } from './industries.js'

export type EnterpriseStatus =
  'Đang hoạt động' | 'Đăng ký mới' | 'Tạm ngừng kinh doanh' | 'Đã giải thể' | 'Hoạt động trở lại'

export interface Enterprise {
  readonly taxCode: string
  readonly name: string
  readonly nameEn: string | undefined
  readonly kind: string
  readonly status: EnterpriseStatus
  readonly registeredOn: string
  readonly statusChangedOn: string
  /** VND. */
  readonly charterCapital: number
  readonly industry: Industry
  readonly isForeign: boolean
  readonly place: Place
}

export const enterpriseCount = 6240

const kinds = [
  { letter: 'Công ty TNHH', kind: 'Công ty TNHH một thành viên', english: 'Company Limited', upTo: 0.62 },
  { letter: 'Công ty TNHH', kind: 'Công ty TNHH hai thành viên trở lên', english: 'Company Limited', upTo: 0.82 },
  { letter: 'Công ty Cổ phần', kind: 'Công ty cổ phần', english: 'Joint Stock Company', upTo: 0.95 },
  { letter: 'Doanh nghiệp tư nhân', kind: 'Doanh nghiệp tư nhân', english: 'Private Enterprise', upTo: 0.998 },
  { letter: 'Công ty Hợp danh', kind: 'Công ty hợp danh', english: 'Partnership', upTo: 1 },
] as const

const firsts = ['An', 'Bình', 'Đại', 'Gia', 'Hải', 'Hoàng', 'Hưng', 'Kim', 'Long', 'Minh', 'Nam', 'Phú', 'Quang']
const seconds = ['Phát', 'Thịnh', 'Sơn', 'Phúc', 'Thành', 'Việt', 'Tiến', 'Lộc', 'Hòa', 'Cường', 'Khang', 'Vinh', 'Tâm']
const capitals = [0.3, 0.5, 1, 1, 1.9, 2, 3, 5, 5, 9, 10, 20, 50, 120, 450]

/** What tells an enterprise from those that have its name already: the register has no name twice. */
const furthers = ['', ' Bình Định', ' Miền Trung', ' Nam Trung Bộ', ' Việt Nam', ' Quy Nhơn', ' Toàn Cầu']

/** The enterprise with this number of the register, from 0; the same whenever it is asked for. */
export function enterpriseAt(index: number): Enterprise {
  further ??= furtherOfAll()
  const enterprise = drawn(index)
  const addition = further.get(index)
  if (addition === undefined) return enterprise
  const nameEn = enterprise.nameEn === undefined ? undefined : `${withoutMarks(addition.trim())} ${enterprise.nameEn}`
  return { ...enterprise, name: `${enterprise.name}${addition}`, nameEn }
}

let further: ReadonlyMap<number, string> | undefined

/** By the number of each enterprise whose name was drawn before. */
function furtherOfAll(): Map<number, string> {
  const drawnBefore = new Map<string, number>()
  const additions = new Map<number, string>()
  for (let index = 0; index < enterpriseCount; index++) {
    const { name } = drawn(index)
    const before = drawnBefore.get(name) ?? 0
    drawnBefore.set(name, before + 1)
    if (before > 0) additions.set(index, furthers[before] ?? ` ${before + 1}`)
  }
  return additions
}

function drawn(index: number): Enterprise {
  const random = seededRandom(`enterprise ${index}`)
  const chance = random.next()
  const shape = kinds.find(({ upTo }) => chance < upTo) ?? kinds[0]
  const industry = random.pick(industries)
  const own = `${random.pick(firsts)} ${random.pick(seconds)}${random.next() < 0.3 ? ` ${random.pick(firsts)}` : ''}`
  const status = statusOf(random)
  const registeredOn = status === 'Đăng ký mới' ? dayBetween(random, 2025, 2025) : dayBetween(random, 1998, 2024)
  return {
    taxCode: taxCodeOf(index),
    name: `${shape.letter} ${industry.trade} ${own}`,
    nameEn: random.next() < 0.25 ? `${withoutMarks(own)} ${industry.english} ${shape.english}` : undefined,
    kind: shape.kind,
    status,
    registeredOn,
    statusChangedOn: changedOn(status, registeredOn, random),
    charterCapital: Math.round(random.pick(capitals) * 1_000_000_000),
    industry,
    isForeign: random.next() < 0.015,
    place: placeSomewhere(random, 0.52),
  }
}

/** Enterprises of these industries (VSIC codes begin so) that operate, in the order of the register, at most so many. */
export function operatingEnterprises(vsic: readonly string[], most: number): Enterprise[] {
  operating ??= operatingByIndustry()
  const numbers = [...operating].flatMap(([code, ofIndustry]) =>
    vsic.some((start) => code.startsWith(start)) ? ofIndustry : [],
  )
  return numbers
    .sort((one, other) => one - other)
    .slice(0, most)
    .map(enterpriseAt)
}

/** The enterprises whose last change was on this day or later, in the order of the register. */
export function numbersChangedFrom(day: string): number[] {
  changeDays ??= Array.from({ length: enterpriseCount }, (_, index) => enterpriseAt(index).statusChangedOn)
  return changeDays.flatMap((changed, index) => (changed >= day ? [index] : []))
}

let changeDays: readonly string[] | undefined

/** Only numbers are kept: the enterprises themselves are made again when they are asked for. */
let operating: ReadonlyMap<string, readonly number[]> | undefined

function operatingByIndustry(): Map<string, number[]> {
  const numbers = new Map<string, number[]>(industries.map(({ code }) => [code, []]))
  for (let index = 0; index < enterpriseCount; index++) {
    const { status, industry } = enterpriseAt(index)
    if (status === 'Đang hoạt động' || status === 'Hoạt động trở lại') numbers.get(industry.code)?.push(index)
  }
  return numbers
}

function statusOf(random: SeededRandom): EnterpriseStatus {
  const chance = random.next()
  if (chance < 0.74) return 'Đang hoạt động'
  if (chance < 0.81) return 'Đăng ký mới'
  if (chance < 0.9) return 'Tạm ngừng kinh doanh'
  return chance < 0.95 ? 'Đã giải thể' : 'Hoạt động trở lại'
}

function changedOn(status: EnterpriseStatus, registeredOn: string, random: SeededRandom): string {
  if (status === 'Đang hoạt động' || status === 'Đăng ký mới') return registeredOn
  const day = dayBetween(random, 2024, 2025)
  return day < registeredOn ? referenceDay : day
}

const weights = [31, 29, 23, 19, 17, 13, 7, 5, 3]

/** `41` for Bình Định, seven digits and the check digit of the tax administration. */
function taxCodeOf(index: number): string {
  // Some numbers have no check digit; of seven that follow each other one always has.
  for (let nth = 0; nth < 7; nth++) {
    const digits = `41${String(25_000 + index * 7 + nth).padStart(7, '0')}`
    const sum = weights.reduce((total, weight, at) => total + weight * Number(digits.charAt(at)), 0)
    const check = 10 - (sum % 11)
    if (check < 10) return `${digits}${check}`
  }
  throw new Error(`No tax code for ${index}.`)
}

export function withoutMarks(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D')
}
