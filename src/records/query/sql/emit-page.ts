import {
  isOfPage,
  type ConnectionPlan,
  type Cursor,
  type EdgeEntry,
  type PageInfoEntry,
  type RecordEntry,
} from '../plan/plan.js'
import { orderFingerprint } from '../cursor.js'
import { base64url, jsonObject, literal, pageSize, Row } from './emission.js'
import { atCursor, branchesAfter, branchesOfAll, orderBySql, type Branch, type EmittedOrder } from './emit-order.js'
import { emitJoinedRecord } from './emit-record.js'
import type { EmissionContext } from './emission-context.js'

export interface PageSource {
  readonly row: Row
  readonly rows: string
  readonly conditions: readonly string[]
  readonly order: EmittedOrder
  /** The first of the conditions, when it ties the rows to a parent whose index has them and another has their order. */
  readonly tie?: string | undefined
}

/** The pieces of a page: an item of `from` called `pg` that has one row, and what each entry reads of it. */
export interface EmittedPage {
  readonly from: string
  /** JSON as text. */
  readonly values: ReadonlyMap<string, string>
}

/**
 * The page of a connection: rows in order from the cursor on, one more than asked when `pageInfo` wants to know whether
 * there are more, each made into JSON, all gathered into one row.
 */
export function emitPage(context: EmissionContext, plan: ConnectionPlan, source: PageSource): EmittedPage | undefined {
  if (!plan.selection.some(isOfPage)) return undefined
  const { page } = plan
  const size = pageSize(page.size)
  const wantsMore = plan.selection.some((entry) => entry.kind === 'pageInfo')
  const record = new Row(context.emission.alias())
  const perRow: string[] = []
  const joins: string[] = []
  let keepsOrder = !wantsMore && !page.backward
  const gathered: ((ordered: boolean) => string)[] = []
  const values = new Map<string, string>()
  const version = plan.asOf === undefined ? undefined : record.column('_at_version')
  const recordJson = (selection: readonly RecordEntry[]): string => {
    const emitted = emitJoinedRecord(context, selection, { type: plan.type, row: record, asOf: plan.asOf, version })
    joins.push(...emitted.joins)
    keepsOrder &&= emitted.keepsOrder
    return emitted.json
  }
  const cursor = (): string => cursorSql(plan, record, source.order)
  const gather = (as: string, json: string): void => {
    const index = gathered.length
    perRow.push(`(${json})::text as e${index}`)
    gathered.push((ordered) => {
      const order = ordered ? '' : ` order by x._rn${page.backward ? ' desc' : ''}`
      const filter = wantsMore ? ` filter (where x._rn <= ${size})` : ''
      return `'[' || coalesce(string_agg(x.e${index}, ','${order})${filter}, '') || ']' as a${index}`
    })
    values.set(as, `pg.a${index}`)
  }
  for (const entry of plan.selection) {
    if (entry.kind === 'nodes') gather(entry.as, recordJson(entry.selection))
    if (entry.kind === 'edges') gather(entry.as, edgeJson(entry.selection, cursor, recordJson))
    if (entry.kind === 'pageInfo') {
      perRow.push(`${cursor()} as c`)
      const index = gathered.length
      const json = pageInfoJson(context, plan, source, entry.selection, size)
      gathered.push(() => `${json}::text as a${index}`)
      values.set(entry.as, `pg.a${index}`)
    }
  }
  const inner = emitOrderedRows(context, plan, source, record, wantsMore ? `${size} + 1` : size)
  // A sorted subquery reaches an aggregate in its order unless something comes between them (PostgreSQL documentation,
  // "Aggregate Functions"): a join, or another aggregate with an order of its own. Then the rows are numbered.
  const sorted = keepsOrder
    ? `(${inner}) ${record.alias}`
    : `(select *, row_number() over () as _rn from (${inner}) o) ${record.alias}`
  const columns = [...(keepsOrder ? [] : [`${record.alias}._rn`]), ...new Set(perRow)]
  const rows = `select ${columns.join(', ')} from ${[sorted, ...joins].join(' ')}`
  const aggregates = gathered.map((aggregate) => aggregate(keepsOrder))
  // Without an aggregate the rows would not be gathered into one.
  return { from: `(select count(*) as n, ${aggregates.join(', ')} from (${rows}) x) pg`, values }
}

function edgeJson(
  selection: readonly EdgeEntry[],
  cursor: () => string,
  recordJson: (selection: readonly RecordEntry[]) => string,
): string {
  return jsonObject(
    selection.map((entry) => {
      switch (entry.kind) {
        case 'cursor':
          return [entry.as, cursor()] as const
        case 'node':
          return [entry.as, recordJson(entry.selection)] as const
        case 'typename':
          return [entry.as, literal(entry.name)] as const
      }
    }),
  )
}

/** See `decodeCursor`. The order's values are the columns _o0, _o1 … of the page's rows. */
function cursorSql(plan: ConnectionPlan, record: Row, order: EmittedOrder): string {
  const values = order.terms.map((_, index) => `${record.alias}._o${index}::text`)
  const parts = [literal(orderFingerprint(plan)), ...values, record.column('_dataset'), record.column('_key')]
  return base64url(`json_build_array(${parts.join(', ')})::text`)
}

function pageInfoJson(
  context: EmissionContext,
  plan: ConnectionPlan,
  source: PageSource,
  selection: readonly PageInfoEntry[],
  size: string,
): string {
  const { page } = plan
  const passed = page.backward ? beyond(context, source, page.before, false) : beyond(context, source, page.after, true)
  return emitPageInfo(selection, { backward: page.backward, size, passed })
}

/**
 * The `pageInfo` of the rows `x`, numbered by `_rn` from where the page starts and with cursors `c`, of which there is one more
 * than the size when there are more. `passed`: whether there are rows before the start.
 */
export function emitPageInfo(
  selection: readonly PageInfoEntry[],
  { backward, size, passed }: { readonly backward: boolean; readonly size: string; readonly passed: string },
): string {
  const more = `count(*) > ${size}`
  const nearest = `min(x.c) filter (where x._rn = 1 and x._rn <= ${size})`
  const farthest = backward
    ? `(array_agg(x.c order by x._rn desc) filter (where x._rn <= ${size}))[1]`
    : `(array_agg(x.c order by x._rn) filter (where x._rn <= ${size}))[least(count(*), ${size})]`
  return jsonObject(
    selection.map((entry) => {
      switch (entry.kind) {
        case 'hasNextPage':
          return [entry.as, backward ? passed : more] as const
        case 'hasPreviousPage':
          return [entry.as, backward ? more : passed] as const
        case 'startCursor':
          return [entry.as, backward ? farthest : nearest] as const
        case 'endCursor':
          return [entry.as, backward ? nearest : farthest] as const
        case 'typename':
          return [entry.as, literal(entry.name)] as const
      }
    }),
  )
}

/** Whether there is a row at the cursor or on its far side. */
function beyond(context: EmissionContext, source: PageSource, cursor: Cursor | undefined, backward: boolean): string {
  if (cursor === undefined) return 'false'
  const { order, row } = source
  const beyondIt = branchesAfter(context.emission, order, row, cursor, backward)
  const branches = [atCursor(context.emission, order, row, cursor), ...beyondIt].map(conjunction)
  return `(${branches.map((branch) => `exists (select 1 ${fromWhere(source, [branch])})`).join(' or ')})`
}

function conjunction(branch: Branch): string {
  return branch.conditions.join(' and ')
}

export function fromWhere(source: PageSource, more: readonly string[]): string {
  const conditions = [...source.conditions, ...more]
  const where = conditions.length === 0 ? '' : ` where ${conditions.join(' and ')}`
  return `from ${[source.rows, ...source.order.joins].join(' ')}${where}`
}

function emitOrderedRows(
  context: EmissionContext,
  plan: ConnectionPlan,
  source: PageSource,
  record: Row,
  limit: string,
): string {
  const { page } = plan
  const { row, order } = source
  const select = [
    ...record.columns.map((column) => row.column(column)),
    ...order.terms.map((term, index) => `${term.expression} as _o${index}`),
  ].join(', ')
  const start = page.backward ? page.before : page.after
  const end = page.backward ? page.after : page.before
  const within = end === undefined ? [] : [anyOf(branchesAfter(context.emission, order, row, end, !page.backward))]
  const branches =
    start === undefined
      ? branchesOfAll(order, page.backward)
      : branchesAfter(context.emission, order, row, start, page.backward)
  const pieces = apart(source).flatMap((from) =>
    branches.map(({ conditions, settled }) => {
      const orderBy = orderBySql(order, row, page.backward, settled)
      return `select ${select} ${fromWhere(from, [...conditions, ...within])} order by ${orderBy} limit ${limit}`
    }),
  )
  const [only] = pieces
  if (pieces.length === 1 && only !== undefined) return only
  // Each piece's rows come before those of the next, and Postgres reads them one after the other: said again, the order would
  // have it read them all before the first. Off a parallel plan, which these connections do not make (see StatementRunner).
  const all = pieces.map((piece) => `(${piece})`).join(' union all ')
  return `select * from (${all}) ${context.emission.alias()} limit ${limit}`
}

const fewRows = 1000

/**
 * The rows of a parent, as those of one that has few and those of one that has many, either of which are none. From what parents
 * have on average Postgres may read rows by their order until enough are the parent's: of one with few that is the whole table, for
 * each such parent. Theirs are read by the parent first.
 */
function apart(source: PageSource): PageSource[] {
  const { tie, rows, row, conditions } = source
  if (tie === undefined) return [source]
  // In the order of the parent's index, which then is read no further.
  const inOrder = `${row.column('_dataset')}, ${row.column('_key')}`
  const hasMany = `exists (select from ${rows} where ${tie} order by ${inOrder} offset ${fewRows})`
  const few = {
    ...source,
    rows: `(select * from ${rows} where ${tie} offset 0) ${row.alias}`,
    conditions: [`not ${hasMany}`, ...conditions.slice(1)],
  }
  return [few, { ...source, conditions: [...conditions, hasMany] }]
}

function anyOf(branches: readonly Branch[]): string {
  return `(${branches.map((branch) => `(${conjunction(branch)})`).join(' or ')})`
}
