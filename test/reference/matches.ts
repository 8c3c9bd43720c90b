import type { Field, RecordType, ValueKind } from '../../src/records/schema/record-type.js'
import { elements, operands } from './arguments.js'
import {
  microsOf,
  related,
  relationOf,
  startOfDay,
  textOf,
  updatedAt,
  type Json,
  type ReferenceWorld,
  type SeenRecord,
} from './reference-world.js'
import { compareText, compareValues, shownInstant } from './values.js'

/**
 * Whether a record matches a `where`; undefined stands for a related record that is not there, whose values are all null. Every
 * condition is true or false: a comparison with a null matches nothing, `not` is the complement.
 */
export function matches(
  world: ReferenceWorld,
  type: RecordType,
  record: SeenRecord | undefined,
  where: unknown,
): boolean {
  return operands(where).every(([name, operand]) => {
    switch (name) {
      case 'and':
        return elements(operand).every((each) => matches(world, type, record, each))
      case 'or':
        return elements(operand).some((each) => matches(world, type, record, each))
      case 'not':
        return !matches(world, type, record, operand)
      case 'isNull':
        return (record === undefined) === operand
      case 'validOn':
        return record !== undefined && isValidOn(record, String(operand))
      case 'key':
        return matchesValue('key', record?.state.key ?? null, operand)
      case 'updatedAt':
        return matchesValue('dateTime', record === undefined ? null : updatedAt(world, record), operand)
      default:
        return matchesField(world, type, record, name, operand)
    }
  })
}

function isValidOn({ type, state }: SeenRecord, day: string): boolean {
  if (type.validity === undefined) return false
  const from = state.values[type.validity.from] ?? null
  const to = state.values[type.validity.to] ?? null
  return (from === null || compareText(textOf(from), day) <= 0) && (to === null || compareText(textOf(to), day) >= 0)
}

function matchesField(
  world: ReferenceWorld,
  type: RecordType,
  record: SeenRecord | undefined,
  name: string,
  operand: unknown,
): boolean {
  const relation = relationOf(world, type, name)
  if (relation === undefined) {
    const field = type.fields.find((each) => each.name === name)
    if (field === undefined) throw new Error(`${type.code} has no field ${name}.`)
    const value = record?.state.values[name] ?? null
    return field.list ? matchesList(field, value, operand) : matchesValue(field.kind, value, operand)
  }
  const others = record === undefined ? [] : related(world, record, relation)
  if (!relation.many) return matches(world, relation.target, others[0], operand)
  return operands(operand).every(([quantifier, where]) => {
    const found = others.map((other) => matches(world, relation.target, other, where))
    switch (quantifier) {
      case 'some':
        return found.includes(true)
      case 'none':
        return !found.includes(true)
      case 'every':
        return !found.includes(false)
      default:
        throw new Error(`There is no quantifier ${quantifier}.`)
    }
  })
}

/** Whether a single value passes all comparisons of a filter. */
export function matchesValue(kind: ValueKind | 'key', value: Json, filter: unknown): boolean {
  return operands(filter).every(([comparison, operand]) => {
    if (comparison === 'isNull') return (value === null) === operand
    if (value === null) return false
    const compared = (): number => compareFiltered(kind, value, operand)
    const among = (): boolean => elements(operand).some((each) => compareFiltered(kind, value, each) === 0)
    switch (comparison) {
      case 'eq':
        return compared() === 0
      case 'ne':
        return compared() !== 0
      case 'in':
        return among()
      case 'notIn':
        return !among()
      case 'lt':
        return compared() < 0
      case 'lte':
        return compared() <= 0
      case 'gt':
        return compared() > 0
      case 'gte':
        return compared() >= 0
      case 'contains':
        return isFound(textOf(value), String(operand), (text, part) => text.includes(part))
      case 'startsWith':
        return isFound(textOf(value), String(operand), (text, part) => text.startsWith(part))
      default:
        throw new Error(`There is no comparison ${comparison}.`)
    }
  })
}

function matchesList({ kind }: Field, value: Json, filter: unknown): boolean {
  return operands(filter).every(([comparison, operand]) => {
    if (comparison === 'isNull') return (value === null) === operand
    if (value === null) return false
    const has = (wanted: unknown): boolean =>
      elements(value).some((each) => compareFiltered(kind, operandValue(each), wanted) === 0)
    switch (comparison) {
      case 'contains':
        return has(operand)
      case 'containsAny':
        return elements(operand).some(has)
      case 'containsAll':
        return elements(operand).every(has)
      default:
        throw new Error(`There is no comparison ${comparison} of lists.`)
    }
  })
}

/** A time that is told no more exactly than answers tell it, to the millisecond, is compared with what they show. */
function compareFiltered(kind: ValueKind | 'key', value: Json, operand: unknown): number {
  const told = operandValue(operand)
  const isAsShown = kind === 'dateTime' && microsOf(textOf(told)) % 1000n === 0n
  return compareValues(kind, isAsShown ? shownInstant(textOf(value)) : value, told)
}

/** Without regard to case and diacritics; but what has diacritics is only found with them. */
function isFound(text: string, part: string, inside: (text: string, part: string) => boolean): boolean {
  const wanted = part.normalize('NFC')
  const hasDiacritics = fold(wanted) !== wanted.toLowerCase()
  return hasDiacritics ? inside(text.toLowerCase(), wanted.toLowerCase()) : inside(fold(text), fold(wanted))
}

function fold(text: string): string {
  return text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd')
}

/** An operand as GraphQL coerced it, in the form that values have. In a filter a bare date is the start of that day. */
function operandValue(operand: unknown): Json {
  if (typeof operand === 'string') return operand.normalize('NFC')
  if (typeof operand === 'number' || typeof operand === 'boolean') return operand
  if (typeof operand === 'object' && operand !== null) {
    if ('instant' in operand) return String(operand.instant)
    if ('date' in operand) return instantText(startOfDay(String(operand.date)))
  }
  throw new Error(`${String(operand)} is no operand.`)
}

function instantText(micros: bigint): string {
  const text = new Date(Number(micros / 1000n)).toISOString()
  if (microsOf(text) !== micros) throw new Error('The start of a day has no microseconds.')
  return text
}
