import type { Column, Comparison, Condition, FilterValue, PastTime } from '../plan/plan.js'
import { collation, columnName, valueType } from './column-types.js'
import { Row, type Emission, type Parameter } from './emission.js'
import { emitInstantComparison } from './emit-instant.js'
import { emitRows, joinCondition } from './emit-rows.js'

/**
 * A condition as an SQL expression that is true for the rows that match. It may be null for those that do not, which
 * `where` takes for false and `not` turns into a match.
 */
export function emitCondition(emission: Emission, condition: Condition, row: Row, asOf: PastTime | undefined): string {
  const below = (each: Condition): string => emitCondition(emission, each, row, asOf)
  switch (condition.kind) {
    case 'and':
      return condition.of.length === 0 ? 'true' : `(${condition.of.map(below).join(' and ')})`
    case 'or':
      return condition.of.length === 0 ? 'false' : `(${condition.of.map(below).join(' or ')})`
    case 'not':
      return `((${below(condition.of)}) is not true)`
    case 'isNull':
      return `(${row.column('_key')} is ${condition.yes ? '' : 'not '}null)`
    case 'compare':
      return emitComparison(emission, row.column(columnName(condition.column)), condition.column, condition)
    case 'validOn': {
      const { validity } = condition.type
      if (validity === undefined) return 'false'
      const day = emission.value(condition.date, 'date')
      const from = row.column(validity.from)
      const to = row.column(validity.to)
      return `(${row.column('_key')} is not null and (${from} is null or ${from} <= ${day}) and (${to} is null or ${to} >= ${day}))`
    }
    case 'toOne': {
      const target = new Row(emission.alias())
      const where = emitCondition(emission, condition.where, target, asOf)
      const join = joinCondition(condition.relation, row, target)
      const rows = emitRows(emission, condition.relation.target, target.alias, asOf)
      return rejectsMissing(condition.where)
        ? `exists (select 1 from ${rows} where ${join} and ${where})`
        : `(select ${where} from (select 1) one left join ${rows} on ${join} limit 1)`
    }
    case 'toMany': {
      const target = new Row(emission.alias())
      const where = emitCondition(emission, condition.where, target, asOf)
      const join = joinCondition(condition.relation, row, target)
      const rows = emitRows(emission, condition.relation.target, target.alias, asOf)
      switch (condition.quantifier) {
        case 'some':
          return `exists (select 1 from ${rows} where ${join} and ${where})`
        case 'none':
          return `not exists (select 1 from ${rows} where ${join} and ${where})`
        case 'every':
          return `not exists (select 1 from ${rows} where ${join} and (${where}) is not true)`
      }
    }
  }
}

/** Whether the condition can never match a related record that is not there: then a semi-join decides it. */
function rejectsMissing(condition: Condition): boolean {
  switch (condition.kind) {
    case 'compare':
      return condition.comparison !== 'isNull' || condition.value !== true
    case 'and':
      return condition.of.some(rejectsMissing)
    case 'or':
      return condition.of.every(rejectsMissing)
    case 'not':
      return false
    case 'isNull':
      return !condition.yes
    case 'validOn':
      return true
    case 'toOne':
      return rejectsMissing(condition.where)
    case 'toMany':
      return condition.quantifier === 'some'
  }
}

export function emitComparison(
  emission: Emission,
  expression: string,
  column: Column,
  { comparison, value }: { readonly comparison: Comparison; readonly value: FilterValue },
): string {
  const type = valueType(column)
  const ofTimes = type === 'timestamptz' ? emitInstantComparison(emission, expression, comparison, value) : undefined
  if (ofTimes !== undefined) return ofTimes
  const place = (as: string): string => emission.value(parameter(value), as)
  // What is equal is so in every collation, but only in an index's own does that index find it.
  const collated = `${expression}${collation(column)}`
  const isList = typeof column !== 'string' && column.list
  switch (comparison) {
    case 'eq':
      return `${collated} = ${place(type)}`
    case 'ne':
      return `${expression} <> ${place(type)}`
    case 'in':
      return `${collated} = any(${place(`${type}[]`)})`
    case 'notIn':
      return `(${expression} is not null and ${expression} <> all(${place(`${type}[]`)}))`
    case 'lt':
      return `${collated} < ${place(type)}`
    case 'lte':
      return `${collated} <= ${place(type)}`
    case 'gt':
      return `${collated} > ${place(type)}`
    case 'gte':
      return `${collated} >= ${place(type)}`
    case 'isNull':
      return `(${expression} is ${value === true ? '' : 'not '}null)`
    case 'contains':
      return isList ? `${expression} @> array[${place(type)}]` : emitLike(emission, expression, textOf(value), '%')
    case 'containsAny':
      return `${expression} && ${place(`${type}[]`)}`
    case 'containsAll':
      return `${expression} @> ${place(`${type}[]`)}`
    case 'startsWith':
      return emitLike(emission, expression, textOf(value), '')
  }
}

/** Without regard to case and diacritics, through the folded index; a query that has diacritics finds only those. */
function emitLike(emission: Emission, expression: string, text: string, before: '%' | ''): string {
  const pattern = (value: string): string => `${before === '' ? '' : `'%' || `}gateway.like_escape(${value}) || '%'`
  const place = emission.value(text, 'text')
  const folded = `gateway.fold(${expression}) like ${pattern(`gateway.fold(${place})`)}`
  if (!hasDiacritics(text)) return folded
  // Keys are collated by code point, in which only ASCII has case.
  const lower = (value: string): string => `lower(${value} collate "vi-x-icu")`
  return `(${folded} and ${lower(expression)} like ${pattern(lower(place))})`
}

function hasDiacritics(text: string): boolean {
  return /[\p{M}đĐ]/u.test(text.normalize('NFD'))
}

function textOf(value: FilterValue): string {
  return typeof value === 'string' ? value : ''
}

function parameter(value: FilterValue): Parameter {
  return value
}
