import type { ConnectionPlan, ForeignKeyToOne, GroupByPlan, GroupEntry, GroupKeyEntry, Measure } from '../plan/plan.js'
import { collation, columnName, fieldJson } from './column-types.js'
import { jsonObject, literal, Row, pageSize } from './emission.js'
import { emitMeasure, Measures } from './emit-aggregate.js'
import { emitGroups, type GroupSource } from './emit-groups.js'
import { emitDataset, emitRecord } from './emit-record.js'
import type { EmissionContext } from './emission-context.js'
import { emitRows, joinCondition } from './emit-rows.js'

export function emitGroupBy(
  context: EmissionContext,
  plan: ConnectionPlan,
  groups: GroupByPlan,
  source: GroupSource,
): string {
  const measures = new Measures(source.row)
  const group = context.emission.alias()
  const json = jsonObject(
    groups.selection.map((entry) => [entry.as, emitEntry(context, plan, groups, measures, group, entry)] as const),
  )
  const order = groups.order.map((term) => {
    const expression =
      term.by.kind === 'key'
        ? keyOrder(context, groups, term.by.term, group, plan)
        : groupMeasure(measures, term.by, group)
    return `${expression}${term.descending ? ' desc' : ''}${term.nullsFirst ? ' nulls first' : ' nulls last'}`
  })
  const { sql, keys } = emitGroups(context, plan, groups, source, measures)
  // Keys end the order, so that the same question always has the same answer.
  order.push(...keys.map(({ alias, collation: by }) => `${group}.${alias}${by} nulls last`))
  const size = pageSize(groups.size)
  return `(select coalesce(json_agg(x.j), '[]'::json) from (select ${json} as j from (${sql}) ${group} order by ${order.join(', ')} limit ${size}) x)`
}

/** That a row is the record which a group's key stands for. */
function isGroupsRecord(target: Row, relation: ForeignKeyToOne, group: string, index: number): string {
  const { targetDatasetId } = relation
  const dataset = targetDatasetId === undefined ? `${group}.d${index}` : String(targetDatasetId)
  return `${target.column('_key')} = ${group}.g${index} and ${target.column('_dataset')} = ${dataset}`
}

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
