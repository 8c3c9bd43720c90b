import { z } from 'zod'
import { GatewayError } from '../../../errors/gateway-error.js'
import type { RecordType } from '../../schema/record-type.js'
import { findRelation, type Planning } from './planning.js'
import type { Column, Comparison, Condition, FilterValue } from './plan.js'

const maxConditionDepth = 20
const maxConditions = 500
const maxListLength = 1000
/** In UTF-16 units. No field that is filtered has longer values, and a pattern of that length is compared with each row. */
const maxTextLength = 10_000

/** Matches all: the neutral element. */
export const always: Condition = { kind: 'and', of: [] }

/**
 * A `where` argument (coerced by the schema) as a condition. An absent or null operand is left out, an empty `and` matches
 * all, an empty `or` none.
 */
export function planCondition(planning: Planning, type: RecordType, where: unknown): Condition {
  const count = { left: maxConditions }
  return planWhere(planning, type, where, 0, count)
}

function planWhere(
  planning: Planning,
  type: RecordType,
  where: unknown,
  depth: number,
  count: { left: number },
): Condition {
  count.left -= 1
  if (depth > maxConditionDepth || count.left < 0) {
    throw new GatewayError(
      'QUERY_TOO_COMPLEX',
      `A filter may be nested ${maxConditionDepth} deep and have ${maxConditions} parts; say it with \`in\` or in several queries.`,
      { extensions: { limit: maxConditions } },
    )
  }
  const parts: Condition[] = []
  const below = (value: unknown): Condition => planWhere(planning, type, value, depth + 1, count)
  for (const [name, value] of entries(where)) {
    switch (name) {
      case 'and':
      case 'or':
        parts.push({ kind: name, of: list(value).map(below) })
        break
      case 'not':
        parts.push({ kind: 'not', of: below(value) })
        break
      case 'isNull':
        parts.push({ kind: 'isNull', yes: value === true })
        break
      case 'validOn':
        parts.push({ kind: 'validOn', type, date: valueText(value) })
        break
      case 'key':
      case 'updatedAt':
        parts.push(...comparisons(planning, name, value, count))
        break
      default:
        parts.push(...planField(planning, type, name, value, depth, count))
    }
  }
  const [only] = parts
  return parts.length === 1 && only !== undefined ? only : { kind: 'and', of: parts }
}

function planField(
  planning: Planning,
  type: RecordType,
  name: string,
  value: unknown,
  depth: number,
  count: { left: number },
): Condition[] {
  const relation = findRelation(planning, type, name)
  if (relation === undefined) {
    const field = type.fields.find((each) => each.name === name)
    if (field === undefined) throw new GatewayError('BAD_USER_INPUT', `${type.code} has no field ${name}.`)
    return comparisons(planning, field, value, count)
  }
  if (relation.to === 'one') {
    const where = planWhere(planning, relation.relation.target, value, depth + 1, count)
    return [{ kind: 'toOne', relation: relation.relation, where }]
  }
  return entries(value).map(([quantifier, where]) => ({
    kind: 'toMany' as const,
    relation: relation.relation,
    quantifier: quantifier === 'none' ? 'none' : quantifier === 'every' ? 'every' : 'some',
    where: planWhere(planning, relation.relation.target, where, depth + 1, count),
  }))
}

const comparisonNames: ReadonlySet<string> = new Set<Comparison>([
  'eq',
  'ne',
  'in',
  'notIn',
  'lt',
  'lte',
  'gt',
  'gte',
  'contains',
  'startsWith',
  'containsAny',
  'containsAll',
  'isNull',
])

function isComparison(name: string): name is Comparison {
  return comparisonNames.has(name)
}

/** The comparisons of one filter input such as `{ gte: 10, lt: 20 }`. */
function comparisons(planning: Planning, column: Column, filter: unknown, count: { left: number }): Condition[] {
  return entries(filter).map(([name, value]) => {
    count.left -= 1
    if (!isComparison(name)) throw new GatewayError('BAD_USER_INPUT', `There is no comparison ${name}.`)
    return {
      kind: 'compare',
      column,
      comparison: name,
      value: name === 'isNull' ? value === true : filterValue(planning.timeZone, value),
    }
  })
}

export function filterValue(timeZone: string, value: unknown): FilterValue {
  if (!Array.isArray(value)) return operandText(timeZone, value)
  checkLength(value)
  return value.filter((each) => each !== null && each !== undefined).map((each) => operandText(timeZone, each))
}

/** Throws QUERY_TOO_COMPLEX for a list that is longer than an argument's may be. */
export function checkLength({ length }: readonly unknown[]): void {
  if (length <= maxListLength) return
  throw new GatewayError(
    'QUERY_TOO_COMPLEX',
    `A list in an argument may have ${maxListLength} values; this one has ${length}.`,
    { extensions: { limit: maxListLength } },
  )
}

/** What the scalar DateTime reads: an instant, or a day that in a filter stands for its start. */
function operandText(timeZone: string, value: unknown): string {
  // Nearly all are plain values, and to find that out by a parse that fails takes longer than the rest of the plan.
  if (typeof value !== 'object') return valueText(value)
  const moment = momentShape.safeParse(value)
  if (!moment.success) return valueText(value)
  return 'instant' in moment.data ? moment.data.instant : `${moment.data.date} 00:00:00 ${timeZone}`
}

export const momentShape = z.union([z.object({ instant: z.string() }), z.object({ date: z.string() })])

/** A coerced scalar in Postgres' text form. */
export function valueText(value: unknown): string {
  if (typeof value === 'string') {
    if (value.includes('\0') || !value.isWellFormed()) {
      throw new GatewayError('BAD_USER_INPUT', 'A text holds U+0000 or half of a surrogate pair, which no record can.')
    }
    if (value.length > maxTextLength) {
      throw new GatewayError('BAD_USER_INPUT', `A text in an argument may have ${maxTextLength} characters.`)
    }
    return value.normalize('NFC')
  }
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value)
  if (value instanceof Date) return value.toISOString()
  throw new GatewayError('BAD_USER_INPUT', 'A value in a filter is of a kind that no field has.')
}

/** The operands that are there: absent and null ones are left out. */
export function entries(value: unknown): [string, unknown][] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).filter(([, each]) => each !== null && each !== undefined)
}

export function list(value: unknown): unknown[] {
  if (value === null || value === undefined) return []
  return Array.isArray(value) ? value : [value]
}
