import { sql, type SqlFragment } from './sql-fragment.js'
import { hasDiacritics, storableText } from './text.js'

/** A column that is compared, and how operands become parameters that it compares with. */
interface Column<T> {
  readonly expression: SqlFragment
  readonly one: (operand: T) => SqlFragment
  readonly many: (operands: readonly T[]) => SqlFragment
}

/** Operands as they came; an absent one and a null one are both left out. */
export interface Equality<T> {
  readonly eq?: T | null | undefined
  readonly ne?: T | null | undefined
  readonly in?: readonly T[] | null | undefined
  readonly notIn?: readonly T[] | null | undefined
}

export interface Comparison<T> extends Equality<T> {
  readonly lt?: T | null | undefined
  readonly lte?: T | null | undefined
  readonly gt?: T | null | undefined
  readonly gte?: T | null | undefined
  readonly isNull?: boolean | null | undefined
}

export interface TextComparison extends Comparison<string> {
  readonly contains?: string | null | undefined
  readonly startsWith?: string | null | undefined
}

/** The conditions that a filter sets on a text column; it is compared by code point, whatever the database's locale. */
export function textConditions(column: SqlFragment, filter: TextComparison): SqlFragment[] {
  return [
    ...comparisons(textColumn(sql`${column} collate "C"`), filter),
    ...given(filter.contains, (operand) => textMatch(column, operand, 'contains')),
    ...given(filter.startsWith, (operand) => textMatch(column, operand, 'startsWith')),
    ...nullCondition(column, filter.isNull),
  ]
}

/** The conditions that a filter sets on a column of 32-bit integers. */
export function intConditions(column: SqlFragment, filter: Comparison<number>): SqlFragment[] {
  const one = (operand: number) => sql`${operand}`
  const many = (operands: readonly number[]) => sql`${operands}::int[]`
  return [...comparisons({ expression: column, one, many }, filter), ...nullCondition(column, filter.isNull)]
}

/** The conditions of a filter on a column of words from a fixed list. */
export function wordConditions(column: SqlFragment, filter: Equality<string>): SqlFragment[] {
  return equalities(textColumn(column), filter)
}

function textColumn(expression: SqlFragment): Column<string> {
  return {
    expression,
    one: (operand) => sql`${storableText(operand)}`,
    many: (operands) => sql`${operands.map(storableText)}::text[]`,
  }
}

function equalities<T>({ expression, one, many }: Column<T>, filter: Equality<T>): SqlFragment[] {
  return [
    ...given(filter.eq, (operand) => sql`${expression} = ${one(operand)}`),
    ...given(filter.ne, (operand) => sql`${expression} <> ${one(operand)}`),
    ...given(filter.in, (operands) => sql`${expression} = any(${many(operands)})`),
    // Over an empty list `<> all` is true of a null too, which no comparison may be.
    ...given(filter.notIn, (operands) => sql`(${expression} is not null and ${expression} <> all(${many(operands)}))`),
  ]
}

function comparisons<T>(column: Column<T>, filter: Comparison<T>): SqlFragment[] {
  const { expression, one } = column
  return [
    ...equalities(column, filter),
    ...given(filter.lt, (operand) => sql`${expression} < ${one(operand)}`),
    ...given(filter.lte, (operand) => sql`${expression} <= ${one(operand)}`),
    ...given(filter.gt, (operand) => sql`${expression} > ${one(operand)}`),
    ...given(filter.gte, (operand) => sql`${expression} >= ${one(operand)}`),
  ]
}

function nullCondition(column: SqlFragment, isNull: boolean | null | undefined): SqlFragment[] {
  return given(isNull, (wanted) => (wanted ? sql`${column} is null` : sql`${column} is not null`))
}

// Plain positions instead of LIKE: folding may turn other characters into its wildcards.
function textMatch(column: SqlFragment, operand: string, how: 'contains' | 'startsWith'): SqlFragment {
  const value = storableText(operand)
  // The lower case of letters beyond ASCII needs a collation that knows them; the database's own may be C.
  const [text, part] = hasDiacritics(value)
    ? [sql`lower(normalize(${column}, nfc) collate "vi-x-icu")`, sql`lower(${value} collate "vi-x-icu")`]
    : [sql`gateway.fold(${column})`, sql`gateway.fold(${value})`]
  return how === 'contains' ? sql`strpos(${text}, ${part}) > 0` : sql`starts_with(${text}, ${part})`
}

function given<T>(operand: T | null | undefined, condition: (operand: T) => SqlFragment): SqlFragment[] {
  return operand === null || operand === undefined ? [] : [condition(operand)]
}
