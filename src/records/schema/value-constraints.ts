import { compareDecimals, decimalText } from './number-text.js'
import type { Field } from './record-type.js'
import { longestMatched, wholePattern } from './safe-pattern.js'
import { instantText } from './time-text.js'
import { Misfit } from './validation-problem.js'

export type CheckValue = (text: string) => Misfit | undefined

/** A B-tree entry holds 2,704 bytes, of which the key and the rest of the entry need their part. */
const longestIndexed = 1500
export const longestKey = 700
/** A text search vector holds 1 MiB, and is made of all searched fields. */
const longestSearched = 50_000

/** What a single value, already read, must meet. */
export function checksOf(field: Field): readonly CheckValue[] {
  const { minimum, maximum, minLength, maxLength, pattern } = field.constraints
  const checks: CheckValue[] = []
  if (minimum !== undefined) {
    const compare = comparisonWith(field, minimum)
    checks.push((text) => (compare(text) < 0 ? new Misfit('tooLow', { bound: minimum }) : undefined))
  }
  if (maximum !== undefined) {
    const compare = comparisonWith(field, maximum)
    checks.push((text) => (compare(text) > 0 ? new Misfit('tooHigh', { bound: maximum }) : undefined))
  }
  if (minLength !== undefined) {
    checks.push((text) => (lengthOf(text) < minLength ? new Misfit('tooShort', { bound: minLength }) : undefined))
  }
  if (maxLength !== undefined) {
    checks.push((text) => (lengthOf(text) > maxLength ? new Misfit('tooLong', { bound: maxLength }) : undefined))
  }
  if (pattern !== undefined) {
    const whole = wholePattern(pattern)
    checks.push((text) =>
      text.length <= longestMatched && whole.test(text) ? undefined : new Misfit('noMatch', { pattern }),
    )
  }
  const longest = longestStored(field)
  if (longest !== undefined) {
    checks.push((text) =>
      Buffer.byteLength(text) > longest ? new Misfit('tooManyBytes', { bound: longest }) : undefined,
    )
  }
  return checks
}

function longestStored(field: Field): number | undefined {
  if (field.kind !== 'text' && field.kind !== 'url') return undefined
  if (field.ordered || field.reference !== undefined) return longestIndexed
  return field.searched ? longestSearched : undefined
}

/** Characters as people count them, near enough: code points of the composed text. */
function lengthOf(text: string): number {
  return text.length > 20_000 ? text.length : Array.from(text).length
}

function comparisonWith({ kind }: Field, bound: string): (text: string) => number {
  if (kind === 'date' || kind === 'dateTime') {
    const read = kind === 'date' ? bound : (instantText(bound) ?? bound)
    // Equal lengths up to the seconds, so text order is time order.
    return (text) => (withoutZone(text) < withoutZone(read) ? -1 : withoutZone(text) > withoutZone(read) ? 1 : 0)
  }
  const read = decimalText(bound) ?? bound
  if (kind === 'float') return (text) => Number(text) - Number(read)
  return (text) => compareDecimals(text, read)
}

function withoutZone(text: string): string {
  return text.endsWith('Z') ? text.slice(0, -1) : text
}
