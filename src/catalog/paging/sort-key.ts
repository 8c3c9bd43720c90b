import type { OrderDirection } from '../enums.js'
import { all, join, some, sql, type SqlFragment } from '../filters/sql-fragment.js'

/** The Postgres types that are sorted by, and what surely is a value of them: a cursor comes back from outside. */
const texts = {
  text: /^[^\0]*$/u,
  int4: /^-?\d{1,9}$/,
  int8: /^-?\d{1,18}$/,
} as const

/** One of the keys that rows are sorted by; the last one of an order is unique and not null. */
export interface SortKey {
  /** What identifies the key in a cursor. */
  readonly name: string
  /** With its collation. */
  readonly expression: SqlFragment
  readonly type: keyof typeof texts
  readonly nullable: boolean
  readonly direction: OrderDirection
}

export type KeyValue = string | null

export function isValueOf(key: SortKey, value: KeyValue): boolean {
  return value === null ? key.nullable : texts[key.type].test(value)
}

/** The order by clause, of the order itself or turned round. */
export function orderClause(keys: readonly SortKey[], reversed: boolean): SqlFragment {
  return join(
    keys.map(({ expression, direction, nullable }) => {
      const order = descending(direction) === reversed ? sql`${expression} asc` : sql`${expression} desc`
      if (!nullable) return order
      return nullsFirst(direction) === reversed ? sql`${order} nulls last` : sql`${order} nulls first`
    }),
    ', ',
  )
}

/** True of the rows that come after (or before) the row with these values. Rows are compared key by key, nulls too. */
export function beyond(keys: readonly SortKey[], values: readonly KeyValue[], side: 'after' | 'before'): SqlFragment {
  const branches = keys.flatMap((key, index) => {
    const strictly = strictlyBeyond(key, values[index] ?? null, side)
    if (strictly === undefined) return []
    const equal = keys.slice(0, index).map((earlier, place) => equals(earlier, values[place] ?? null))
    return [all([...equal, strictly])]
  })
  return some(branches)
}

function strictlyBeyond(key: SortKey, value: KeyValue, side: 'after' | 'before'): SqlFragment | undefined {
  const nullsAreBeyond = key.nullable && nullsFirst(key.direction) === (side === 'before')
  if (value === null) return nullsAreBeyond ? undefined : sql`${key.expression} is not null`
  const greater = descending(key.direction) === (side === 'before')
  const limit = parameter(key, value)
  const comparison = greater ? sql`${key.expression} > ${limit}` : sql`${key.expression} < ${limit}`
  return nullsAreBeyond ? sql`(${comparison} or ${key.expression} is null)` : comparison
}

function equals(key: SortKey, value: KeyValue): SqlFragment {
  return value === null ? sql`${key.expression} is null` : sql`${key.expression} = ${parameter(key, value)}`
}

function parameter({ type }: SortKey, value: string): SqlFragment {
  switch (type) {
    case 'text':
      return sql`${value}::text`
    case 'int4':
      return sql`${value}::int4`
    case 'int8':
      return sql`${value}::int8`
  }
}

function descending(direction: OrderDirection): boolean {
  return direction.startsWith('DESC')
}

function nullsFirst(direction: OrderDirection): boolean {
  return direction.endsWith('NULLS_FIRST')
}
