import { instant } from '../../records/query/sql/column-types.js'
import { literal } from '../../records/query/sql/emission.js'
import type { CodeList } from '../../records/schema/record-type.js'
import type { Labels, ValueShape } from '../columns/column.js'
import { formulaStarts } from '../formats/formula.js'
import type { JsonForm } from '../formats/json-rows.js'

/**
 * A value as COPY writes it for a format whose cells are made here: text in its own form, a list as a JSON array, which is
 * what a Table Schema says of one in a text file, an instant in UTC.
 */
export function cellSql(expression: string, shape: ValueShape, labels: Labels): string {
  if (shape.list) return `array_to_json(${listSql(expression, shape, labels)})`
  switch (shape.kind) {
    case 'dateTime':
      return instant(expression)
    case 'code':
      return labelled(expression, shape, labels)
    default:
      return expression
  }
}

/** What JSON makes of such a cell: numbers that JavaScript would round are strings, as in GraphQL. */
export function jsonForm({ kind, list }: ValueShape): JsonForm {
  if (list || kind === 'json') return 'json'
  switch (kind) {
    case 'integer':
    case 'float':
      return 'plain'
    case 'boolean':
      return 'boolean'
    case 'bigInteger':
    case 'decimal':
    case 'date':
    case 'dateTime':
      return 'quoted'
    case 'text':
    case 'url':
    case 'code':
      return 'string'
  }
}

/**
 * A value as COPY writes it into CSV. A text that a spreadsheet would run as a formula gets an apostrophe before it; values
 * that are numbers or dates by their type stay as they are.
 */
export function csvSql(expression: string, shape: ValueShape, labels: Labels): string {
  const cell = cellSql(expression, shape, labels)
  if (shape.list) return cell
  if (shape.kind === 'boolean') return `${cell}::text`
  if (shape.kind !== 'text' && shape.kind !== 'url') return cell
  return `case when ascii(${cell}) in (${formulaStarts.join(',')}) then '''' || ${cell} else ${cell} end`
}

function listSql(expression: string, shape: ValueShape, labels: Labels): string {
  switch (shape.kind) {
    case 'bigInteger':
    case 'decimal':
      return `${expression}::text[]`
    case 'dateTime':
      return eachSql(expression, instant('v.i'))
    case 'code':
      return labels === 'codes' ? expression : eachSql(expression, labelled('v.i', shape, labels))
    default:
      return expression
  }
}

function eachSql(list: string, each: string): string {
  const made = `(select array_agg(${each} order by v.n) from unnest(${list}) with ordinality v(i, n))`
  // The aggregate of nothing is null, which an empty list is not.
  return `(case when cardinality(${list}) = 0 then '{}'::text[] else ${made} end)`
}

function labelled(expression: string, { kind, codeList }: ValueShape, labels: Labels): string {
  if (kind !== 'code' || codeList === undefined || labels === 'codes') return expression
  return `(case ${expression}${whens(codeList, labels)} else ${expression} end)`
}

function whens({ values }: CodeList, labels: 'vi' | 'en'): string {
  return values.map(({ value, label }) => ` when ${literal(value)} then ${literal(label[labels])}`).join('')
}
