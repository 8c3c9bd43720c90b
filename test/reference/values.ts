import type { Field, ValueKind } from '../../src/records/schema/record-type.js'
import { microsOf, sevenHours, textOf, type Json } from './reference-world.js'

/** A number that keeps its digits: `units` of 10 to the minus `scale`. */
export interface Exact {
  readonly units: bigint
  readonly scale: number
}

const vietnamese = new Intl.Collator('vi')

/** Names in Vietnamese order; those that the order takes for the same, by code point. */
export function compareNames(a: string, b: string): number {
  const order = vietnamese.compare(a, b)
  return order === 0 ? compareText(a, b) : order
}

/** By code point, as UTF-8 bytes compare. */
export function compareText(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}

/** Below, at or above zero as `a` comes before, with or after `b`; both are values of the kind, not null. */
export function compareValues(kind: ValueKind | 'key', a: Json, b: Json): number {
  switch (kind) {
    case 'text':
      return compareNames(textOf(a), textOf(b))
    case 'key':
    case 'url':
    case 'code':
    case 'date':
      return compareText(textOf(a), textOf(b))
    case 'integer':
    case 'float':
    case 'boolean':
      return Number(a) - Number(b)
    case 'bigInteger':
    case 'decimal':
      return compareExact(exact(a), exact(b))
    case 'dateTime':
      return Number(microsOf(textOf(a)) - microsOf(textOf(b)))
    case 'json':
      throw new Error('JSON has no order.')
  }
}

export function equalValues(kind: ValueKind | 'key', a: Json, b: Json): boolean {
  return compareValues(kind, a, b) === 0
}

export function exact(value: Json): Exact {
  const [whole = '', fraction = ''] = textOf(value).split('.')
  return { units: BigInt(whole + fraction), scale: fraction.length }
}

export function exactText({ units, scale }: Exact): string {
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0')
  const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`
  return units < 0n ? `-${text}` : text
}

function compareExact(a: Exact, b: Exact): number {
  const scale = Math.max(a.scale, b.scale)
  const difference = at(scale, a) - at(scale, b)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

export function sumExact(values: readonly Exact[]): Exact {
  const scale = Math.max(0, ...values.map((value) => value.scale))
  return { units: values.reduce((sum, value) => sum + at(scale, value), 0n), scale }
}

function at(scale: number, value: Exact): bigint {
  return value.units * 10n ** BigInt(scale - value.scale)
}

/** What the API shows of a stored value: instants have milliseconds, the rest is as it is. */
export function shown(field: Pick<Field, 'kind' | 'list'>, value: Json): Json {
  if (field.kind !== 'dateTime' || value === null) return value
  return Array.isArray(value) ? value.map((each: Json) => shownInstant(textOf(each))) : shownInstant(textOf(value))
}

export function shownInstant(instant: string): string {
  return instantOf(microsOf(instant)).replace(/(\.\d{3})\d*Z$/, '$1Z')
}

function instantOf(micros: bigint): string {
  const below = ((micros % 1_000_000n) + 1_000_000n) % 1_000_000n
  const seconds = new Date(Number((micros - below) / 1000n)).toISOString().slice(0, 19)
  return `${seconds}.${String(below).padStart(6, '0')}Z`
}

export type Bucket = 'YEAR' | 'QUARTER' | 'MONTH' | 'DAY'

/** The first day of the year, quarter, month or day, or the instant at which it begins in the province. */
export function startOfBucket(kind: ValueKind, value: Json, bucket: Bucket): Json {
  if (kind === 'date') return firstDay(textOf(value), bucket)
  const local = instantOf(microsOf(textOf(value)) + sevenHours)
  return instantOf(microsOf(`${firstDay(local.slice(0, 10), bucket)}T00:00:00Z`) - sevenHours)
}

function firstDay(date: string, bucket: Bucket): string {
  const year = date.slice(0, 4)
  const month = date.slice(5, 7)
  switch (bucket) {
    case 'YEAR':
      return `${year}-01-01`
    case 'QUARTER':
      return `${year}-${String(Math.floor((Number(month) - 1) / 3) * 3 + 1).padStart(2, '0')}-01`
    case 'MONTH':
      return `${year}-${month}-01`
    case 'DAY':
      return date
  }
}
