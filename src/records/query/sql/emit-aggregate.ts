import type { Field } from '../../schema/record-type.js'
import type { AggregateEntry, AggregateFieldEntry, Aggregation } from '../plan/plan.js'
import { collation, fieldJson, jsonValue } from './column-types.js'
import { jsonObject, literal, type Row } from './emission.js'

/** Aggregates of one scan: each distinct one is computed once, under an alias that the JSON refers to. */
export class Measures {
  private readonly expressions = new Map<string, string>()
  constructor(private readonly row: Row) {}

  /** The alias of an aggregate expression in the scan's select list. */
  alias(expression: string): string {
    const known = this.expressions.get(expression)
    if (known !== undefined) return known
    const alias = `m${this.expressions.size}`
    this.expressions.set(expression, alias)
    return alias
  }

  get selectList(): string[] {
    return [...this.expressions].map(([expression, alias]) => `${expression} as ${alias}`)
  }

  count(): string {
    return this.alias('count(*)')
  }

  measure(aggregation: Aggregation, field: Field): string {
    return this.alias(aggregateSql(aggregation, this.row, field))
  }
}

function aggregateSql(aggregation: Aggregation, row: Row, field: Field): string {
  const column = row.column(field.name)
  switch (aggregation) {
    case 'sum':
      return `sum(${column})`
    case 'avg':
      return averageSql(column, field)
    case 'min':
      return `min(${column}${collation(field)})`
    case 'max':
      return `max(${column}${collation(field)})`
    case 'countDistinct':
      // In `same` a key says which record is meant only together with the dataset.
      return field.reference?.dataset === 'same'
        ? `count(distinct (${row.column('_dataset')}, ${column})) filter (where ${column} is not null)`
        : `count(distinct ${column})`
  }
}

/** Postgres' own average of doubles also sums squares, which overflow long before the values do. */
export function averageSql(column: string, field: Field): string {
  return field.kind === 'float' ? `(sum(${column}) / nullif(count(${column}), 0))` : `avg(${column})::float8`
}

/** The JSON of aggregate entries over the aliases of a scan. */
export function emitAggregate(measures: Measures, from: string, selection: readonly AggregateEntry[]): string {
  return jsonObject(selection.map((entry) => [entry.as, emitMeasure(measures, from, entry)] as const))
}

export function emitMeasure(measures: Measures, from: string, entry: AggregateEntry): string {
  switch (entry.kind) {
    case 'typename':
      return literal(entry.name)
    case 'count':
      return `${from}.${measures.count()}`
    default: {
      const { kind } = entry
      return jsonObject(entry.selection.map((each) => [each.as, emitMeasured(measures, from, kind, each)] as const))
    }
  }
}

function emitMeasured(measures: Measures, from: string, kind: Aggregation, entry: AggregateFieldEntry): string {
  if (entry.kind === 'typename') return literal(entry.name)
  const value = `${from}.${measures.measure(kind, entry.field)}`
  switch (kind) {
    case 'sum':
      // The sum of an Int is a BigInt, of a BigInt or Decimal a string too; only a Float's is a number.
      return entry.field.kind === 'float' ? value : jsonValue(value, 'decimal', false)
    case 'avg':
    case 'countDistinct':
      return value
    case 'min':
    case 'max':
      return fieldJson(value, entry.field)
  }
}
