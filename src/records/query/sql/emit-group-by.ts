import type { ConnectionPlan, GroupByPlan, GroupEntry, GroupKey, GroupKeyEntry, Measure } from '../plan/plan.js'
import { collation, columnName, fieldJson } from './column-types.js'
import { jsonObject, literal, Row } from './emission.js'
import { emitMeasure, Measures } from './emit-aggregate.js'
import { emitComparison } from './emit-condition.js'
import { emitDataset, emitRecord } from './emit-record.js'
import type { EmissionContext } from './emission-context.js'
import { emitRows, joinCondition } from './emit-rows.js'

const bucketUnits = { YEAR: 'year', QUARTER: 'quarter', MONTH: 'month', DAY: 'day' } as const

export interface GroupSource {
  readonly row: Row
  /** `from … where …` of all rows that the connection matches. */
  readonly matching: string
}

export function emitGroupBy(
  context: EmissionContext,
  plan: ConnectionPlan,
  groups: GroupByPlan,
  source: GroupSource,
): string {
  const measures = new Measures(source.row)
  const keys = groups.by.map((key) => keyExpression(key, source.row, context.timeZone))
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
  order.push(...keys.map((_, index) => `${group}.g${index} nulls last`))
  const json = jsonObject(
    groups.selection.map((entry) => [entry.as, emitEntry(context, plan, groups, measures, group, entry)] as const),
  )
  const select = [...keys.map((key, index) => `${key} as g${index}`), ...measures.selectList].join(', ')
  const grouped = `select ${select} ${source.matching} group by ${keys.map((_, index) => index + 1).join(', ')}${
    having === undefined ? '' : ` having ${having.join(' and ')}`
  }`
  const size = context.emission.value(groups.size, 'int')
  return `(select coalesce(json_agg(x.j), '[]'::json) from (select ${json} as j from (${grouped}) ${group} order by ${order.join(', ')} limit ${size}) x)`
}

function keyExpression(key: GroupKey, row: Row, timeZone: string): string {
  switch (key.kind) {
    case 'dataset':
      return row.column('_dataset')
    case 'relation':
      return row.column(key.relation.field.name)
    case 'field': {
      const column = row.column(key.field.name)
      if (key.bucket === undefined) return column
      const unit = literal(bucketUnits[key.bucket])
      return key.field.kind === 'date'
        ? `date_trunc(${unit}, ${column}::timestamp)::date`
        : `date_trunc(${unit}, ${column}, ${literal(timeZone)})`
    }
  }
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
  return kind === 'sum'
    ? { expression: `sum(${column})`, as: { ...field, kind: field.kind === 'float' ? 'float' : 'decimal' } }
    : { expression: `avg(${column})`, as: { ...field, kind: field.kind === 'float' ? 'float' : 'decimal' } }
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
  if (first === undefined) return `${group}.g${index}${collation(column)}`
  let at = new Row(context.emission.alias())
  const head = at
  let joins = ''
  for (const step of rest) {
    const target = new Row(context.emission.alias())
    joins += ` left join ${emitRows(context.emission, step.target, target.alias, plan.asOf)} on ${joinCondition(step, at, target)}`
    at = target
  }
  const rows = emitRows(context.emission, first.target, head.alias, plan.asOf)
  const dataset =
    first.targetDatasetId === undefined ? '' : ` and ${head.column('_dataset')} = ${first.targetDatasetId ?? 'null'}`
  return `(select ${at.column(columnName(column))} from ${rows}${joins} where ${head.column('_key')} = ${group}.g${index}${dataset} limit 1)${collation(column)}`
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
      const { target, targetDatasetId } = key.relation
      const row = new Row(context.emission.alias())
      const version = plan.asOf === undefined ? undefined : row.column('_at_version')
      const json = emitRecord(context, entry.selection, { type: target, row, asOf: plan.asOf, version })
      const dataset =
        targetDatasetId === undefined ? 'true' : `${row.column('_dataset')} = ${targetDatasetId ?? 'null'}`
      return `(select ${json} from ${emitRows(context.emission, target, row.alias, plan.asOf)} where ${row.column('_key')} = ${group}.g${entry.key} and ${dataset} limit 1)`
    }
  }
}
