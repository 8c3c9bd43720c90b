import type { Field } from '../../schema/record-type.js'
import type {
  ConnectionPlan,
  ForeignKeyToOne,
  GroupByPlan,
  GroupEntry,
  GroupKey,
  GroupKeyEntry,
  Measure,
  TimeBucket,
} from '../plan/plan.js'
import { collation, columnName, fieldJson } from './column-types.js'
import { jsonObject, literal, Row, pageSize } from './emission.js'
import { averageSql, emitMeasure, Measures } from './emit-aggregate.js'
import { emitComparison } from './emit-condition.js'
import { emitDataset, emitRecord } from './emit-record.js'
import type { EmissionContext } from './emission-context.js'
import { emitRows, joinCondition } from './emit-rows.js'

const bucketUnits = { YEAR: 'year', QUARTER: 'quarter', MONTH: 'month', DAY: 'day' } as const

export interface GroupSource {
  readonly row: Row
  /** `from … where …` of all rows that the connection matches, joined with these. */
  matching(joins: readonly string[]): string
}

/**
 * What a key is grouped by. A relation's key is the related record, so rows that refer to none are one group, and it takes the
 * dataset as well where keys of several can be meant.
 */
interface EmittedKey {
  readonly joins: readonly string[]
  /** Their aliases are `g` or `d` and the key's place. */
  readonly columns: readonly { readonly alias: string; readonly expression: string; readonly collation: string }[]
}

export function emitGroupBy(
  context: EmissionContext,
  plan: ConnectionPlan,
  groups: GroupByPlan,
  source: GroupSource,
): string {
  const measures = new Measures(source.row)
  const keys = groups.by.map((key, index) => emitGroupKey(context, plan, key, index, source.row))
  const columns = keys.flatMap((key) => key.columns)
  const having = groups.having?.tests.map((test) => {
    const column = measureExpression(measures, source.row, test.measure)
    return emitComparison(context.emission, column.expression, column.as, test)
  })
  const group = context.emission.alias()
  const order = groups.order.map((term) => {
    const expression =
      term.by.kind === 'key'
        ? keyOrder(context, groups, term.by.term, group, plan)
        : groupMeasure(measures, term.by, group)
    return `${expression}${term.descending ? ' desc' : ''}${term.nullsFirst ? ' nulls first' : ' nulls last'}`
  })
  // Keys end the order, so that the same question always has the same answer.
  order.push(...columns.map(({ alias, collation: by }) => `${group}.${alias}${by} nulls last`))
  const json = jsonObject(
    groups.selection.map((entry) => [entry.as, emitEntry(context, plan, groups, measures, group, entry)] as const),
  )
  const select = [...columns.map(({ expression, alias }) => `${expression} as ${alias}`), ...measures.selectList]
  const matching = source.matching(keys.flatMap((key) => key.joins))
  const grouped = `select ${select.join(', ')} ${matching} group by ${columns.map((_, index) => index + 1).join(', ')}${
    having === undefined ? '' : ` having ${having.join(' and ')}`
  }`
  const size = pageSize(groups.size)
  return `(select coalesce(json_agg(x.j), '[]'::json) from (select ${json} as j from (${grouped}) ${group} order by ${order.join(', ')} limit ${size}) x)`
}

function emitGroupKey(
  { emission, timeZone }: EmissionContext,
  plan: ConnectionPlan,
  key: GroupKey,
  index: number,
  row: Row,
): EmittedKey {
  const alias = `g${index}`
  switch (key.kind) {
    case 'dataset':
      return { joins: [], columns: [{ alias, expression: row.column('_dataset'), collation: '' }] }
    case 'relation': {
      const { relation } = key
      const target = new Row(emission.alias())
      const rows = emitRows(emission, relation.target, target.alias, plan.asOf)
      const dataset = { alias: `d${index}`, expression: target.column('_dataset'), collation: '' }
      return {
        joins: [`left join ${rows} on ${joinCondition(relation, row, target)}`],
        columns: [
          ...(relation.targetDatasetId === undefined ? [dataset] : []),
          { alias, expression: target.column('_key'), collation: '' },
        ],
      }
    }
    case 'field': {
      const expression = fieldKey(row.column(key.field.name), key.field, key.bucket, timeZone)
      return { joins: [], columns: [{ alias, expression, collation: collation(key.field) }] }
    }
  }
}

function fieldKey(column: string, field: Field, bucket: TimeBucket | undefined, timeZone: string): string {
  if (bucket === undefined) return column
  const unit = literal(bucketUnits[bucket])
  return field.kind === 'date'
    ? `date_trunc(${unit}, ${column}::timestamp)::date`
    : `date_trunc(${unit}, ${column}, ${literal(timeZone)})`
}

/** That a row is the record which a group's key stands for. */
function isGroupsRecord(target: Row, relation: ForeignKeyToOne, group: string, index: number): string {
  const { targetDatasetId } = relation
  const dataset = targetDatasetId === undefined ? `${group}.d${index}` : String(targetDatasetId)
  return `${target.column('_key')} = ${group}.g${index} and ${target.column('_dataset')} = ${dataset}`
}

function measureExpression(
  measures: Measures,
  row: Row,
  measure: Measure,
): { expression: string; as: Parameters<typeof emitComparison>[2] } {
  if (measure.kind === 'count') {
    measures.count()
    return { expression: 'count(*)', as: countColumn }
  }
  const { field, kind } = measure
  const column = row.column(field.name)
  const isFloat = field.kind === 'float'
  const average = isFloat ? averageSql(column, field) : `avg(${column})`
  return {
    expression: kind === 'sum' ? `sum(${column})` : average,
    as: { ...field, kind: isFloat ? 'float' : 'decimal' },
  }
}

/** A count compares as a number. */
const countColumn = { name: 'count', kind: 'bigInteger', list: false } as const

function groupMeasure(measures: Measures, measure: Measure, group: string): string {
  return measure.kind === 'count'
    ? `${group}.${measures.count()}`
    : `${group}.${measures.measure(measure.kind, measure.field)}`
}

/** Groups ordered by a key, or by a field of the record that a key refers to. */
function keyOrder(
  context: EmissionContext,
  groups: GroupByPlan,
  term: Extract<GroupByPlan['order'][number]['by'], { kind: 'key' }>['term'],
  group: string,
  plan: ConnectionPlan,
): string {
  const { by } = term
  if (!('path' in by)) return 'null'
  const [first, ...rest] = by.path
  const column = by.kind === 'field' ? by.field : by.kind
  const name = first?.field.name ?? (by.kind === 'field' ? by.field.name : '')
  const index = groups.by.findIndex((key) => key.name === name)
  if (first?.kind !== 'foreignKey') return `${group}.g${index}${collation(column)}`
  let at = new Row(context.emission.alias())
  const head = at
  let joins = ''
  for (const step of rest) {
    const target = new Row(context.emission.alias())
    joins += ` left join ${emitRows(context.emission, step.target, target.alias, plan.asOf)} on ${joinCondition(step, at, target)}`
    at = target
  }
  const rows = emitRows(context.emission, first.target, head.alias, plan.asOf)
  return `(select ${at.column(columnName(column))} from ${rows}${joins} where ${isGroupsRecord(head, first, group, index)} limit 1)${collation(column)}`
}

function emitEntry(
  context: EmissionContext,
  plan: ConnectionPlan,
  groups: GroupByPlan,
  measures: Measures,
  group: string,
  entry: GroupEntry,
): string {
  return entry.kind === 'key'
    ? jsonObject(entry.selection.map((each) => [each.as, emitKey(context, plan, groups, group, each)] as const))
    : emitMeasure(measures, group, entry)
}

function emitKey(
  context: EmissionContext,
  plan: ConnectionPlan,
  groups: GroupByPlan,
  group: string,
  entry: GroupKeyEntry,
): string {
  switch (entry.kind) {
    case 'typename':
      return literal(entry.name)
    case 'absent':
      return 'null'
    case 'dataset':
      return emitDataset(context, entry.selection, `${group}.g${entry.key}`)
    case 'value': {
      const key = groups.by[entry.key]
      const value = `${group}.g${entry.key}`
      return key?.kind === 'field' ? fieldJson(value, key.field) : value
    }
    case 'relation': {
      const key = groups.by[entry.key]
      if (key?.kind !== 'relation') return 'null'
      const { target } = key.relation
      const row = new Row(context.emission.alias())
      const version = plan.asOf === undefined ? undefined : row.column('_at_version')
      const json = emitRecord(context, entry.selection, { type: target, row, asOf: plan.asOf, version })
      const rows = emitRows(context.emission, target, row.alias, plan.asOf)
      return `(select ${json} from ${rows} where ${isGroupsRecord(row, key.relation, group, entry.key)} limit 1)`
    }
  }
}
