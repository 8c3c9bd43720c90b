import type { Field, ValueKind } from '../../schema/record-type.js'
import type { Column } from '../plan/plan.js'
import { literal } from './emission.js'

const types: Readonly<Record<ValueKind, string>> = {
  text: 'text',
  url: 'text',
  code: 'text',
  integer: 'int4',
  bigInteger: 'int8',
  decimal: 'numeric',
  float: 'float8',
  boolean: 'bool',
  date: 'date',
  dateTime: 'timestamptz',
  json: 'jsonb',
}

/** The Postgres type of one value of the column. */
export function valueType(column: Column): string {
  if (column === 'key') return 'text'
  if (column === 'updatedAt') return 'timestamptz'
  return types[column.kind]
}

/** The system columns behind `key` and `updatedAt`; a field's column has its name. */
export function columnName(column: Column): string {
  if (column === 'key') return '_key'
  if (column === 'updatedAt') return '_updated_at'
  return column.name
}

/** Names sort in Vietnamese order; keys and codes by code point, the same on every machine. */
export function collation(column: Column): string {
  if (typeof column === 'string') return column === 'key' ? ' collate "C"' : ''
  if (column.list) return ''
  if (column.kind === 'text') return ' collate "vi-x-icu"'
  return column.kind === 'code' || column.kind === 'url' ? ' collate "C"' : ''
}

/** A value of the kind as JSON: numbers that JavaScript would round are strings, instants end in Z. */
export function jsonValue(expression: string, kind: ValueKind, list: boolean): string {
  switch (kind) {
    case 'bigInteger':
    case 'decimal':
      return list ? `${expression}::text[]` : `${expression}::text`
    case 'dateTime':
      return list
        ? `(case when ${expression} is not null then (select coalesce(json_agg(${fieldInstant('v.i')} order by v.n), '[]'::json) from unnest(${expression}) with ordinality v(i, n)) end)`
        : fieldInstant(expression)
    default:
      return expression
  }
}

export function instant(expression: string): string {
  return instantText(expression, literal(shownInstant('YYYY')))
}

/** The first day of the year 1 begins in the year before, in the province and so as a bucket: 0000 to ISO 8601, 1 BC to Postgres. */
function fieldInstant(expression: string): string {
  const [before, since] = [shownInstant('"0000"'), shownInstant('YYYY')].map(literal)
  return instantText(expression, `case when ${expression} < '0001-01-01Z' then ${before} else ${since} end`)
}

function shownInstant(year: string): string {
  return `${year}-MM-DD"T"HH24:MI:SS.MS"Z"`
}

function instantText(expression: string, format: string): string {
  return `to_char(${expression} at time zone 'UTC', ${format})`
}

export function fieldJson(expression: string, field: Field): string {
  return jsonValue(expression, field.kind, field.list)
}
