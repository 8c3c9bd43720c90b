import { instant } from '../../records/query/sql/column-types.js'
import { literal } from '../../records/query/sql/emission.js'
import type { CodeList } from '../../records/schema/record-type.js'
import type { Labels, ValueShape } from '../columns/column.js'

/** A value as JSON text, never null: numbers that JavaScript would round are strings, instants end in Z, as in GraphQL. */
export function jsonSql(expression: string, shape: ValueShape, labels: Labels): string {
  if (shape.list) return `coalesce(array_to_json(${listSql(expression, shape, labels)})::text, 'null')`
  switch (shape.kind) {
    case 'integer':
    case 'float':
      return `coalesce(${expression}::text, 'null')`
    case 'boolean':
      return `coalesce(${expression}::text, 'null')`
    case 'json':
      return `coalesce(${expression}::text, 'null')`
    case 'bigInteger':
    case 'decimal':
    case 'date':
      return `coalesce('"' || ${expression}::text || '"', 'null')`
    case 'dateTime':
      return `coalesce('"' || ${instant(expression)} || '"', 'null')`
    case 'text':
    case 'url':
    case 'code':
      return `coalesce(to_json(${labelled(expression, shape, labels)})::text, 'null')`
  }
}

/** A value as text; a list is a JSON array, which is what a Table Schema says of one in a text file. */
export function textSql(expression: string, shape: ValueShape, labels: Labels): string {
  if (shape.list) return `array_to_json(${listSql(expression, shape, labels)})::text`
  switch (shape.kind) {
    case 'dateTime':
      return instant(expression)
    case 'text':
    case 'url':
    case 'code':
      return labelled(expression, shape, labels)
    default:
      return `${expression}::text`
  }
}

/** Characters that make a spreadsheet take a text for a formula, with their full-width forms: = + - @ tab, line ends and |. */
const formulaStarts = [0x3d, 0x2b, 0x2d, 0x40, 0x09, 0x0d, 0x0a, 0x7c, 0xff1d, 0xff0b, 0xff0d, 0xff20, 0xff5c]

/**
 * A value as COPY writes it into CSV. A text that a spreadsheet would run as a formula gets an apostrophe before it; values
 * that are numbers or dates by their type stay as they are.
 */
export function csvSql(expression: string, shape: ValueShape, labels: Labels): string {
  if (shape.list) return textSql(expression, shape, labels)
  switch (shape.kind) {
    case 'text':
    case 'url':
      return `case when ascii(${expression}) in (${formulaStarts.join(',')}) then '''' || ${expression} else ${expression} end`
    case 'code':
      return labelled(expression, shape, labels)
    case 'dateTime':
      return instant(expression)
    case 'boolean':
    case 'json':
      return `${expression}::text`
    case 'integer':
    case 'bigInteger':
    case 'decimal':
    case 'float':
    case 'date':
      return expression
  }
}

/** The same test where the text is at hand. */
export function isFormula(text: string): boolean {
  const first = text.codePointAt(0)
  return first !== undefined && formulaStarts.includes(first)
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
