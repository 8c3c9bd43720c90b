import { GatewayError } from '../../../errors/gateway-error.js'
import { isNumeric } from '../../schema/field-kind.js'
import { upperSnake } from '../../schema/names.js'
import type { Field, RecordType } from '../../schema/record-type.js'
import type { ResourceInfo } from '../../sources.js'
import { argumentsOf, collectFields, subselections, type CollectedField } from './operation.js'
import { entries, filterValue, list } from './plan-condition.js'
import { orderDirection, planTerm } from './plan-order.js'
import { planRecord } from './plan-record.js'
import { findRelation, relationScope, requestDatasets, type Planning } from './planning.js'
import type {
  AggregateEntry,
  AggregateFieldEntry,
  Aggregation,
  Comparison,
  GroupByPlan,
  GroupEntry,
  GroupKey,
  GroupKeyEntry,
  GroupOrderTerm,
  Having,
  HavingTest,
  Measure,
  OrderTerm,
  PastTime,
  TimeBucket,
} from './plan.js'

const maxGroups = 1000
const suffixes: Readonly<Record<Aggregation, string>> = {
  sum: 'Sum',
  avg: 'Avg',
  min: 'MinMax',
  max: 'MinMax',
  countDistinct: 'CountDistinct',
}

export function planAggregate(
  planning: Planning,
  type: RecordType,
  typeName: string,
  field: CollectedField,
): AggregateEntry[] {
  return collectFields(planning.operation, typeName, subselections(field)).map((child) =>
    planMeasures(planning, type, typeName, child),
  )
}

function planMeasures(planning: Planning, type: RecordType, typeName: string, child: CollectedField): AggregateEntry {
  const { as, name } = child
  switch (name) {
    case 'count':
      return { as, kind: 'count' }
    case 'sum':
    case 'avg':
    case 'min':
    case 'max':
    case 'countDistinct':
      return { as, kind: name, selection: planMeasured(planning, type, `${type.code}${suffixes[name]}`, child) }
    default:
      return { as, kind: 'typename', name: typeName }
  }
}

function planMeasured(
  planning: Planning,
  type: RecordType,
  typeName: string,
  field: CollectedField,
): AggregateFieldEntry[] {
  return collectFields(planning.operation, typeName, subselections(field)).map(({ as, name }): AggregateFieldEntry =>
    name === '__typename'
      ? { as, kind: 'typename', name: typeName }
      : { as, kind: 'field', field: fieldNamed(type, name) },
  )
}

function fieldNamed(type: RecordType, name: string): Field {
  const field = type.fields.find((each) => each.name === name)
  if (field === undefined) throw new GatewayError('BAD_USER_INPUT', `${type.code} has no field ${name}.`)
  return field
}

export interface GroupContext {
  readonly scope: readonly ResourceInfo[]
  readonly asOf: PastTime | undefined
}

export function planGroupBy(
  planning: Planning,
  type: RecordType,
  field: CollectedField,
  context: GroupContext,
): GroupByPlan {
  const args = argumentsOf(planning.operation, `${type.code}Connection`, field)
  const by = list(args['by']).map((each) => planGroupKey(planning, type, each))
  if (by.length === 0) throw new GatewayError('BAD_USER_INPUT', 'groupBy needs at least one field to group by.')
  const repeated = by.find((key, index) => by.findIndex((other) => other.name === key.name) !== index)
  if (repeated !== undefined) {
    throw new GatewayError('BAD_USER_INPUT', `groupBy names ${repeated.name} twice; a field occurs once.`)
  }
  const size = args['first']
  if (typeof size !== 'number' || size < 0 || size > maxGroups) {
    throw new GatewayError('BAD_USER_INPUT', `first of groupBy is from 0 to ${maxGroups}.`)
  }
  const typeName = `${type.code}Group`
  const selection = collectFields(planning.operation, typeName, subselections(field)).map((child): GroupEntry =>
    child.name === 'key'
      ? { as: child.as, kind: 'key', selection: planKeySelection(planning, type, child, by, context) }
      : planMeasures(planning, type, typeName, child),
  )
  return {
    by,
    having: planHaving(planning, type, args['having']),
    order: list(args['orderBy']).map((each) => planGroupOrder(planning, type, each, by)),
    size,
    selection,
  }
}

const buckets: ReadonlySet<string> = new Set<TimeBucket>(['YEAR', 'QUARTER', 'MONTH', 'DAY'])

function isBucket(text: unknown): text is TimeBucket {
  return typeof text === 'string' && buckets.has(text)
}

function planGroupKey(planning: Planning, type: RecordType, value: unknown): GroupKey {
  const given = new Map(entries(value))
  const enumValue = given.get('field')
  const bucket = given.get('bucket')
  if (enumValue === 'DATASET') return { kind: 'dataset', name: 'dataset' }
  const field = type.fields.find((each) => upperSnake(each.name) === enumValue)
  if (field === undefined) throw new GatewayError('BAD_USER_INPUT', `${type.code} cannot be grouped by this field.`)
  const relation = findRelation(planning, type, field.name)
  if (relation?.relation.kind === 'foreignKey')
    return { kind: 'relation', name: field.name, relation: relation.relation }
  if (bucket !== undefined && field.kind !== 'date' && field.kind !== 'dateTime') {
    throw new GatewayError('BAD_USER_INPUT', `${field.name} is not a time, so it has no bucket.`)
  }
  return { kind: 'field', name: field.name, field, bucket: isBucket(bucket) ? bucket : undefined }
}

function planKeySelection(
  planning: Planning,
  type: RecordType,
  field: CollectedField,
  by: readonly GroupKey[],
  context: GroupContext,
): GroupKeyEntry[] {
  const typeName = `${type.code}GroupKey`
  return collectFields(planning.operation, typeName, subselections(field)).map((child): GroupKeyEntry => {
    const { as, name } = child
    if (name === '__typename') return { as, kind: 'typename', name: typeName }
    const index = by.findIndex((each) => each.name === name)
    const key = by[index]
    // A key that is not grouped by has no value.
    if (key === undefined) return { as, kind: 'absent' }
    switch (key.kind) {
      case 'field':
        return { as, kind: 'value', key: index }
      case 'dataset':
        return { as, kind: 'dataset', key: index, selection: requestDatasets(planning, child.nodes, context.scope) }
      case 'relation': {
        const selection = planRecord(planning, key.relation.target, subselections(child), {
          scope: relationScope(planning, key.relation, context.scope),
          asOf: context.asOf,
        })
        return { as, kind: 'relation', key: index, selection }
      }
    }
  })
}

function planHaving(planning: Planning, type: RecordType, having: unknown): Having | undefined {
  const tests = entries(having).flatMap(([name, value]): HavingTest[] => {
    if (name === 'count') return havingTests(planning, { kind: 'count' }, value)
    if (name !== 'sum' && name !== 'avg') return []
    return entries(value).flatMap(([fieldName, filter]) =>
      havingTests(planning, { kind: name, field: fieldNamed(type, fieldName) }, filter),
    )
  })
  return tests.length === 0 ? undefined : { tests }
}

function havingTests(planning: Planning, measure: Measure, filter: unknown): HavingTest[] {
  return entries(filter).map(([name, value]) => ({
    measure,
    comparison: havingComparison(name),
    value: name === 'isNull' ? value === true : filterValue(planning.timeZone, value),
  }))
}

function havingComparison(name: string): Comparison {
  switch (name) {
    case 'eq':
    case 'ne':
    case 'in':
    case 'notIn':
    case 'lt':
    case 'lte':
    case 'gt':
    case 'gte':
    case 'isNull':
      return name
    default:
      throw new GatewayError('BAD_USER_INPUT', `having has no comparison ${name}.`)
  }
}

function planGroupOrder(planning: Planning, type: RecordType, value: unknown, by: readonly GroupKey[]): GroupOrderTerm {
  const [entry] = entries(value)
  if (entry === undefined) throw new GatewayError('BAD_USER_INPUT', 'A term of orderBy names what to order by.')
  const [name, given] = entry
  if (name === 'count' && typeof given === 'string') return { by: { kind: 'count' }, ...orderDirection(given) }
  if (name === 'key') {
    const term = planTerm(planning, type, given, { hasNear: false, hasSearch: false }, [])
    requireGrouped(groupedName(term), by)
    return { by: { kind: 'key', term }, descending: term.descending, nullsFirst: term.nullsFirst }
  }
  // `sum: { pupils: DESC }` comes through the type's own order input, of which one field is given.
  const [measured] = entries(given)
  if ((name !== 'sum' && name !== 'avg') || measured === undefined || typeof measured[1] !== 'string') {
    throw new GatewayError('BAD_USER_INPUT', `Groups cannot be ordered by ${name}.`)
  }
  const field = fieldNamed(type, measured[0])
  if (field.list || !isNumeric(field.kind))
    throw new GatewayError('BAD_USER_INPUT', `${field.name} is not a number and has no ${name}.`)
  return { by: { kind: name, field }, ...orderDirection(measured[1]) }
}

/** The field of the grouped type that a term begins with; undefined when it begins with none that can be a key. */
function groupedName({ by }: OrderTerm): string | undefined {
  if (!('path' in by)) return undefined
  const [head] = by.path
  if (head !== undefined) return head.kind === 'foreignKey' ? head.field.name : undefined
  return by.kind === 'field' ? by.field.name : undefined
}

function requireGrouped(name: string | undefined, by: readonly GroupKey[]): void {
  if (name === undefined || !by.some((key) => key.name === name)) {
    throw new GatewayError('BAD_USER_INPUT', 'Groups are ordered by one of the fields that they are grouped by.')
  }
}
