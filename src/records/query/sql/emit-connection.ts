import type { ConnectionEntry, ConnectionPlan } from '../plan/plan.js'
import { asJsonText, jsonText, literal, Row, type Emission } from './emission.js'
import { emitAggregate, Measures } from './emit-aggregate.js'
import { emitCondition } from './emit-condition.js'
import { emitGroupBy } from './emit-group-by.js'
import { emitOrder } from './emit-order.js'
import { emitPage, fromWhere, type PageSource } from './emit-page.js'
import type { EmissionContext, ParentRow } from './emission-context.js'
import { besideParent, emitFoundRows, emitRows, isActive } from './emit-rows.js'
import { emitSources } from './emit-sources.js'

/**
 * A connection: at the root its JSON as text, of the row around it as a JSON value; null when none of its sources was ever
 * fetched.
 */
export function emitConnection(context: EmissionContext, plan: ConnectionPlan, parent?: ParentRow): string {
  const { emission } = context
  const row = new Row(emission.alias())
  const rows =
    plan.search === undefined
      ? emitRows(emission, plan.type, row.alias, plan.asOf)
      : emitFoundRows(emission, plan, plan.search, row.alias)
  const matched = emitMatch(context, plan, row, parent)
  const fromTable = parent === undefined && plan.asOf === undefined && plan.search === undefined
  const order = emitOrder(emission, plan.order, row, { type: plan.type, asOf: plan.asOf, fromTable, ...matched })
  const source: PageSource = { row, rows, conditions: matched.conditions, order, tie: tieOf(plan, matched, parent) }
  const page = emitPage(context, plan, source)
  const measures = new Measures(row)
  const everything = { ...source, order: { ...order, joins: [] } }
  const json = jsonText(
    plan.selection.map((entry) => {
      const text = page?.values.get(entry.as)
      if (text !== undefined) return [entry.as, text] as const
      return [entry.as, asJsonText(emitEntry(context, plan, entry, { measures, everything, parent }))] as const
    }),
  )
  const from = page === undefined ? [] : [page.from]
  if (measures.selectList.length > 0) {
    from.push(`(select ${measures.selectList.join(', ')} ${fromWhere(everything, [])}) st`)
  }
  const body = `select ${json}${from.length === 0 ? '' : ` from ${from.join(' cross join ')}`}`
  // At the root the text goes to the client as it is; in a record it is one of its values.
  return `${context.available.when(plan.scope, body)}${parent === undefined ? '' : '::json'}`
}

/** See `PageSource`. */
function tieOf(plan: ConnectionPlan, { conditions }: Match, parent: ParentRow | undefined): string | undefined {
  const by = plan.order[0]?.by
  const isOrderedByIndex = by?.kind === 'field' && by.path.length === 0 && by.field.ordered
  const isTiedByIndex = parent?.relation.kind === 'reverse' && parent.relation.reference.cardinality === 'one'
  const isOfTable = plan.asOf === undefined && plan.search === undefined
  return isOrderedByIndex && isTiedByIndex && isOfTable ? conditions[0] : undefined
}

interface EntrySource {
  readonly measures: Measures
  /** All rows that match, whatever the page. */
  readonly everything: PageSource
  readonly parent: ParentRow | undefined
}

function emitEntry(
  context: EmissionContext,
  plan: ConnectionPlan,
  entry: ConnectionEntry,
  { measures, everything, parent }: EntrySource,
): string {
  switch (entry.kind) {
    case 'typename':
      return `${literal(entry.name)}::text`
    case 'totalCount':
      return countsAll(plan, parent) ? storedCount(context, plan) : `st.${measures.count()}`
    case 'changesCursor':
      return changesCursorSql
    case 'aggregate':
      return emitAggregate(measures, 'st', entry.selection)
    case 'groupBy':
      return emitGroupBy(context, plan, entry.groups, {
        row: everything.row,
        matching: (joins) => fromWhere({ ...everything, order: { ...everything.order, joins } }, []),
      })
    case 'sources':
      return emitSources(context, entry.selection, plan.sources)
    case 'nodes':
    case 'edges':
    case 'pageInfo':
      return 'null'
  }
}

/** The feed's position in this statement's snapshot, as `encodeCursor` of the change feed writes it. */
export const changesCursorSql = `(select gateway.changes_cursor(position) from gateway.feed_head)`

/** Without a filter the count is what the versions say: nothing is counted. */
function countsAll(plan: ConnectionPlan, parent: ParentRow | undefined): boolean {
  return (
    parent === undefined &&
    plan.where === undefined &&
    plan.search === undefined &&
    plan.near === undefined &&
    plan.asOf === undefined
  )
}

function storedCount(context: EmissionContext, plan: ConnectionPlan): string {
  const ids = context.emission.value(
    plan.scope.map((resource) => resource.id),
    'int[]',
  )
  return `(select coalesce(sum(record_count), 0)::int from gateway.resource where id = any(${ids}))`
}

/** One value is compared with: the rest of the primary key's order then serves, too. */
function isAmong(emission: Emission, column: string, ids: readonly number[]): string {
  const [only] = ids
  if (ids.length === 1 && only !== undefined) return `${column} = ${emission.value(only, 'int')}`
  return `${column} = any(${emission.value(ids, 'int[]')})`
}

export interface Match {
  readonly conditions: readonly string[]
  readonly distance: string | undefined
  readonly relevance: string | undefined
}

/** Which rows a connection has, and what its `distance` and `relevance` are. */
export function emitMatch(
  context: EmissionContext,
  plan: ConnectionPlan,
  row: Row,
  parent: ParentRow | undefined,
): Match {
  const { emission } = context
  const conditions: string[] = []
  let distance: string | undefined
  let relevance: string | undefined
  if (parent !== undefined) conditions.push(besideParent(parent.relation, parent.row, row))
  if (plan.withinDatasets) {
    const ids = new Set(plan.scope.map((resource) => resource.datasetId))
    conditions.push(isAmong(emission, row.column('_dataset'), [...ids]))
  }
  conditions.push(...isActive(plan.active, row))
  if (plan.where !== undefined) conditions.push(emitCondition(emission, plan.where, row, plan.asOf))
  if (plan.search !== undefined) {
    const text = emission.value(plan.search, 'text')
    // As a query of its own each is worked out once, where a plan for any text would do it for each row.
    const similarity = `word_similarity((select gateway.fold(${text})), ${row.column('_text')})`
    relevance = `(ts_rank(${row.column('_words')}, (select gateway.search_query(${text}))) + ${similarity})::float8`
  }
  if (plan.near !== undefined) {
    const point = `gateway.to_point(${emission.value(plan.near.latitude, 'float8')}, ${emission.value(plan.near.longitude, 'float8')})`
    const metres = `${emission.value(plan.near.km, 'float8')} * 1000`
    distance = `gateway.distance(${row.column('_point')}, ${point})`
    // The straight line is never longer than the way along the sphere, so the box misses nothing.
    conditions.push(`${row.column('_point')} <@ cube_enlarge(${point}, ${metres}, 3) and ${distance} <= ${metres}`)
  }
  return { conditions, distance, relevance }
}
