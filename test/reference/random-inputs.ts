import fc from 'fast-check'
import { isComparable, isNumeric, isToOne } from '../../src/records/schema/field-kind.js'
import { upperSnake } from '../../src/records/schema/names.js'
import type { Field, RecordType, ValueKind } from '../../src/records/schema/record-type.js'
import { EnumValue, type Input } from './operation-tree.js'
import type { RandomSchema } from './random-types.js'
import type { Json } from './reference-world.js'
import { codes, places, publishedMoments, radii, valuePools } from './value-pools.js'

export type Entry = readonly [name: string, value: Input]
type Entries = fc.Arbitrary<Entry>

/** A field of a type that leads to records. */
interface RelationName {
  readonly name: string
  readonly target: RecordType
  readonly many: boolean
  readonly isForeignKey: boolean
}

export function relationNames(schema: RandomSchema, type: RecordType): RelationName[] {
  const own = type.fields.flatMap((field) => {
    const target = schema.types.types.get(field.reference?.target ?? '')
    return target === undefined ? [] : [{ name: field.name, target, many: !isToOne(field), isForeignKey: true }]
  })
  const reverse = schema.types
    .reverseOf(type.code)
    .map(({ name, type: target, single }) => ({ name, target, many: !single, isForeignKey: false }))
  return [...own, ...reverse]
}

export function plainFields(type: RecordType): Field[] {
  return type.fields.filter((field) => field.reference === undefined)
}

export function randomWhere(schema: RandomSchema, type: RecordType, depth: number): fc.Arbitrary<Input> {
  const conditions: Entries[] = [
    ...plainFields(type).map((field) => named(field.name, randomFilter(field))),
    named('key', randomFilter('key')),
    named('updatedAt', comparisons('updatedAt', rangeNames)),
  ]
  const groups = [fc.oneof(...conditions), fc.oneof(...conditions)]
  const texts = plainFields(type).filter(({ kind, list }) => kind === 'text' && !list)
  const found = texts.map(({ name }) => named(name, comparisons('text', ['contains', 'startsWith'])))
  if (found.length > 0) groups.push(fc.oneof(...found))
  const special: Entries[] = [named('isNull', fc.boolean())]
  if (type.validity !== undefined) {
    special.push(named('validOn', fc.constantFrom('1999-12-31', '2024-02-29', '2025-07-01')))
  }
  if (depth > 0) {
    const below = randomWhere(schema, type, depth - 1)
    const some = fc.array(below, { maxLength: 3 })
    // What is not known is where `not` goes wrong, and one comparison alone is often of a null.
    const negated = named('not', oneOf(conditions))
    groups.push(fc.oneof(named('not', below), negated, negated, named('and', some), named('or', some)))
    const relations = relationNames(schema, type).map(({ name, target, many }) => {
      const where = randomWhere(schema, target, depth - 1)
      return named(
        name,
        many
          ? objectOf(
              ['some', 'none', 'every'].map((each) => named(each, where)),
              2,
            )
          : where,
      )
    })
    if (relations.length > 0) groups.push(fc.oneof(...relations))
  }
  return objectOf([...groups, fc.oneof(...special)], 2)
}

const rangeNames = ['eq', 'ne', 'in', 'notIn', 'lt', 'lte', 'gt', 'gte', 'isNull']
const equalityNames = ['eq', 'ne', 'in', 'notIn', 'isNull']

function randomFilter(field: Field | 'key'): fc.Arbitrary<Input> {
  if (field === 'key') return comparisons('key', [...rangeNames, 'contains', 'startsWith'])
  const { kind, list } = field
  if (kind === 'json') return objectOf([named('isNull', fc.boolean())], 1)
  if (list) return comparisons(kind, ['contains', 'containsAny', 'containsAll', 'isNull'])
  switch (kind) {
    case 'code':
      return comparisons(kind, equalityNames)
    case 'boolean':
      return comparisons(kind, ['eq', 'ne', 'isNull'])
    case 'text':
    case 'url':
      return comparisons(kind, [...rangeNames, 'contains', 'startsWith'])
    default:
      return comparisons(kind, rangeNames)
  }
}

const listComparisons: ReadonlySet<string> = new Set(['in', 'notIn', 'containsAny', 'containsAll'])
const parts = [
  '',
  'n',
  'N',
  'a',
  'd',
  'đ',
  'Đ',
  'dá',
  'oi',
  'Ơ',
  'nh',
  '%',
  '_',
  '\\',
  'an nho',
  'ấn',
  'tran',
  '水',
  ' ',
]

function comparisons(kind: Compared, names: readonly string[]): fc.Arbitrary<Input> {
  const value = operand(kind)
  const entries = names.map((name): Entries => {
    if (name === 'isNull') return named(name, fc.boolean())
    if (listComparisons.has(name)) return named(name, fc.array(value, { maxLength: 3 }))
    const isPart = name === 'startsWith' || (name === 'contains' && names.includes('startsWith'))
    const one = isPart ? fc.oneof(value, fc.constantFrom(...parts), fc.constantFrom(...parts)) : value
    return named(name, fc.option(one, { freq: 30 }))
  })
  return objectOf(entries, 2)
}

type Compared = ValueKind | 'key' | 'updatedAt'

function operand(kind: Compared): fc.Arbitrary<Input> {
  if (kind === 'key') return fc.constantFrom(...codes)
  if (kind === 'updatedAt') return fc.constantFrom(...publishedMoments, '2025-02-12')
  const pool: readonly Json[] = valuePools[kind]
  const values = pool.flatMap((value): Input[] => {
    if (typeof value === 'string') return [kind === 'code' ? new EnumValue(value) : value]
    return typeof value === 'number' || typeof value === 'boolean' ? [value] : []
  })
  // A filter on an instant may be a bare date.
  return fc.constantFrom(...values, ...(kind === 'dateTime' ? ['2024-03-01', '2025-02-12'] : []))
}

const directions = ['ASC', 'DESC', 'ASC_NULLS_FIRST', 'DESC_NULLS_FIRST'].map((name) => new EnumValue(name))
const direction: fc.Arbitrary<Input> = fc.constantFrom(...directions)

export function randomOrder(schema: RandomSchema, type: RecordType, hasNear: boolean): fc.Arbitrary<Input> {
  const terms = orderEntries(schema, type, 2)
  if (hasNear) terms.push(named('distance', direction), named('distance', direction))
  return fc.array(oneOf(terms), { maxLength: 3 })
}

function orderEntries(schema: RandomSchema, type: RecordType, depth: number): Entries[] {
  const terms = [
    ...plainFields(type)
      .filter((field) => !field.list && isComparable(field.kind))
      .map((field) => named(field.name, direction)),
    named('key', direction),
    named('updatedAt', direction),
  ]
  if (depth === 0) return terms
  const toOne = relationNames(schema, type).filter((relation) => !relation.many)
  return [...terms, ...toOne.map(({ name, target }) => named(name, oneOf(orderEntries(schema, target, depth - 1))))]
}

export const randomNear: fc.Arbitrary<Input> = fc
  .tuple(fc.constantFrom(...places), fc.constantFrom(...radii))
  .map(([{ latitude, longitude }, km]) => ({ latitude, longitude, km }))

/** `by`, and the orders and conditions that fit it. */
export function randomGrouping(schema: RandomSchema, type: RecordType): fc.Arbitrary<Readonly<Record<string, Input>>> {
  const relations = new Map(relationNames(schema, type).map((each) => [each.name, each]))
  const groupable = type.fields.filter(
    (field) =>
      !field.list &&
      (field.reference !== undefined ||
        ['code', 'boolean', 'text', 'date', 'dateTime', 'integer'].includes(field.kind)),
  )
  const numbers = plainFields(type).filter((field) => !field.list && isNumeric(field.kind))
  const bucketNames = ['YEAR', 'QUARTER', 'MONTH', 'DAY'].map((name) => new EnumValue(name))
  const by = groupable.map((field): fc.Arbitrary<Input> => {
    const key: Input = { field: new EnumValue(upperSnake(field.name)) }
    if (field.kind !== 'date' && field.kind !== 'dateTime') return fc.constant(key)
    return fc.option(fc.constantFrom(...bucketNames)).map((bucket) => (bucket === null ? key : { ...key, bucket }))
  })
  const keyOrders = groupable.map((field) => {
    const target = relations.get(field.name)?.target
    const below = target === undefined ? direction : oneOf(orderEntries(schema, target, 1))
    return named(field.name, fc.record({ key: fc.record({ [field.name]: below }) }))
  })
  const figureOrders = [named('', fc.record({ count: direction }))]
  if (numbers.length > 0) {
    const sums = oneOf(numbers.map((field) => named(field.name, direction)))
    figureOrders.push(named('', fc.record({ sum: sums })))
  }
  const tests = numbers.map((field) => named(field.name, havingFilter(field)))
  const having = objectOf(
    [
      named('count', comparisons('integer', rangeNames)),
      ...(tests.length > 0 ? [named('sum', objectOf(tests, 1)), named('avg', objectOf(tests, 1))] : []),
    ],
    2,
  )
  const dataset: Input = { field: new EnumValue('DATASET') }
  const names = [...groupable.map((field) => field.name), 'dataset']
  return fc
    .tuple(
      fc.shuffledSubarray(names, { minLength: 1 }),
      fc.tuple(...by, fc.constant(dataset)),
      fc.array(fc.oneof(...keyOrders, ...figureOrders), { maxLength: 4 }),
      fc.option(having, { freq: 2 }),
      fc.constantFrom(null, null, 0, 1, 2, 5, 1000),
    )
    .map(([drawn, keys, orders, passing, first]) => {
      const chosen = drawn.slice(0, 3)
      return {
        by: chosen.map((name) => keys[names.indexOf(name)] ?? dataset),
        // Groups are ordered by what they are grouped by.
        orderBy: orders.flatMap(([name, term]) => (name === '' || chosen.includes(name) ? [term] : [])),
        ...(passing === null ? {} : { having: passing }),
        ...(first === null ? {} : { first }),
      }
    })
}

/** An average has more digits than the reference computes with: it is not compared with its neighbours. */
function havingFilter({ kind }: Field): fc.Arbitrary<Input> {
  return comparisons(kind, ['lt', 'gte', 'isNull'])
}

function named(name: string, value: fc.Arbitrary<Input>): Entries {
  return value.map((each) => [name, each] as const)
}

function objectOf(entries: readonly Entries[], maxLength: number): fc.Arbitrary<Input> {
  return fc.array(fc.oneof(...entries), { maxLength }).map((each) => Object.fromEntries(each))
}

function oneOf(entries: readonly Entries[]): fc.Arbitrary<Input> {
  return fc.oneof(...entries).map((entry) => Object.fromEntries([entry]))
}
