import type { RecordType } from '../../schema/record-type.js'
import type { Cursor, OrderTerm, PastTime } from '../plan/plan.js'
import { collation, columnName, valueType } from './column-types.js'
import { Row, type Emission } from './emission.js'
import { emitRows, joinCondition } from './emit-rows.js'

/** One expression that rows are ordered by, without nulls unless said. */
export interface Ordering {
  readonly expression: string
  readonly collation: string
  readonly type: string
  readonly descending: boolean
  readonly nullsFirst: boolean
  readonly nullable: boolean
  /** An index gives the rows in this order, going up with nulls last, or backward: going down with nulls first. */
  readonly indexed: boolean
}

export interface EmittedOrder {
  /** Joins that bring the related records which rows are ordered by. */
  readonly joins: readonly string[]
  readonly terms: readonly Ordering[]
  /** Direction of dataset and key, which end every order: that of the first term, so that one index serves both ways. */
  readonly tieDescending: boolean
}

export interface OrderSource {
  readonly type: RecordType
  readonly asOf: PastTime | undefined
  /** What `distance` and `relevance` stand for here. */
  readonly distance: string | undefined
  readonly relevance: string | undefined
  /** The rows are those of a table, read by the order: not by what they belong to, and not at a past time. */
  readonly fromTable: boolean
}

export function emitOrder(
  emission: Emission,
  order: readonly OrderTerm[],
  row: Row,
  source: OrderSource,
): EmittedOrder {
  const joins: string[] = []
  const terms = order.map((term): Ordering => {
    const { descending, nullsFirst, by } = term
    if (!('path' in by)) {
      const expression = (by.kind === 'distance' ? source.distance : source.relevance) ?? 'null::float8'
      return {
        expression,
        collation: '',
        type: 'float8',
        descending,
        nullsFirst,
        nullable: by.kind === 'distance',
        indexed: false,
      }
    }
    let at = row
    for (const step of by.path) {
      const target = new Row(emission.alias())
      joins.push(
        `left join ${emitRows(emission, step.target, target.alias, source.asOf)} on ${joinCondition(step, at, target)}`,
      )
      at = target
    }
    const column = by.kind === 'field' ? by.field : by.kind
    const required = by.kind === 'field' ? by.field.required : true
    return {
      expression: at.column(columnName(column)),
      collation: collation(column),
      type: valueType(column),
      descending,
      nullsFirst,
      nullable: by.path.length > 0 || !required,
      indexed: source.fromTable && by.kind === 'field' && by.path.length === 0 && by.field.ordered,
    }
  })
  return { joins, terms, tieDescending: terms[0]?.descending ?? false }
}

/** One index-friendly piece of an ordered page: its rows all come before those of the next piece. */
export interface Branch {
  readonly conditions: readonly string[]
  /** Of so many terms, from the first, its rows have either only nulls or none. */
  readonly settled: number
}

/**
 * All rows as branches. An index that has nulls at the other end than the order wants them serves the order once the two are
 * apart.
 */
export function branchesOfAll(order: EmittedOrder, backward: boolean): Branch[] {
  const [first] = order.terms
  if (first === undefined || !first.indexed || !first.nullable) return [{ conditions: [], settled: 0 }]
  const nullsFirst = first.nullsFirst !== backward
  if (nullsFirst === (first.descending !== backward)) return [{ conditions: [], settled: 0 }]
  const values = { conditions: [`${first.expression} is not null`], settled: 1 }
  const nulls = { conditions: [`${first.expression} is null`], settled: 1 }
  return nullsFirst ? [nulls, values] : [values, nulls]
}

/**
 * The rows after a cursor as branches, one for each prefix of the order: equal up to a term and after it there. One `or` over
 * all would make Postgres read and sort everything; a branch each lets an index start in the right place.
 */
export function branchesAfter(
  emission: Emission,
  order: EmittedOrder,
  row: Row,
  cursor: Cursor,
  backward: boolean,
): Branch[] {
  const branches: Branch[] = []
  const equal: string[] = []
  order.terms.forEach((term, index) => {
    const value = cursor.values[index] ?? null
    for (const after of afterInTerm(emission, term, value, backward))
      branches.push({ conditions: [...equal, after], settled: index + 1 })
    equal.push(equalInTerm(emission, term, value))
  })
  const tie = order.tieDescending === backward ? '>=' : '<='
  const position = `(${row.column('_dataset')}, ${row.column('_key')})`
  const reached = `(${emission.value(cursor.datasetId, 'int')}, ${emission.value(cursor.key, 'text')})`
  branches.push({
    // As one strict comparison the planner takes it for `_dataset > …`, which few rows or none are, and reads by the primary key
    // what the order's index would find at once.
    conditions: [...equal, `${position} ${tie} ${reached}`, `${position} <> ${reached}`],
    settled: order.terms.length,
  })
  // Nearest first: the longest equal prefix is where the page goes on.
  return branches.reverse()
}

/** The row that a cursor was made of, if it still stands where it stood. */
export function atCursor(emission: Emission, order: EmittedOrder, row: Row, cursor: Cursor): Branch {
  const equal = order.terms.map((term, index) => equalInTerm(emission, term, cursor.values[index] ?? null))
  const key = `${row.column('_key')} = ${emission.value(cursor.key, 'text')}`
  const conditions = [...equal, `${row.column('_dataset')} = ${emission.value(cursor.datasetId, 'int')}`, key]
  return { conditions, settled: order.terms.length }
}

/** In the order's collation: it finds the same, and only so does the order's index serve it. */
function equalInTerm(emission: Emission, { expression, collation: by, type }: Ordering, value: string | null): string {
  return value === null ? `${expression} is null` : `${expression}${by} = ${emission.value(value, type)}`
}

function afterInTerm(emission: Emission, term: Ordering, value: string | null, backward: boolean): string[] {
  const descending = term.descending !== backward
  const nullsLast = term.nullsFirst === backward
  const isNull = `${term.expression} is null`
  const notNull = `${term.expression} is not null`
  if (value === null) return nullsLast ? [] : [notNull]
  const after = `${term.expression}${term.collation} ${descending ? '<' : '>'} ${emission.value(value, term.type)}`
  return nullsLast && term.nullable ? [isNull, after] : [after]
}

/** The whole `order by`; `backward` reads it from the end. `settled`: see Branch. */
export function orderBySql(order: EmittedOrder, row: Row, backward: boolean, settled = 0): string {
  const terms = order.terms.map((term, index) => {
    const descending = term.descending !== backward
    const nullsFirst = term.nullsFirst !== backward
    // Postgres' own default is nulls last going up and nulls first going down; saying it where it holds changes nothing.
    const isSaid = term.nullable && index >= settled && nullsFirst !== descending
    const nulls = !isSaid ? '' : nullsFirst ? ' nulls first' : ' nulls last'
    return `${term.expression}${term.collation}${descending ? ' desc' : ''}${nulls}`
  })
  const tie = order.tieDescending === backward ? '' : ' desc'
  return [...terms, `${row.column('_dataset')}${tie}`, `${row.column('_key')}${tie}`].join(', ')
}
