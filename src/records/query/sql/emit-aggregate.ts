import type { Field } from '../../schema/record-type.js'
import type { AggregateEntry, AggregateFieldEntry, Aggregation } from '../plan/plan.js'
import { collation, fieldJson, jsonValue } from './column-types.js'
import { jsonObject, literal, type Row } from './emission.js'

/** An aggregate as SQL. */
export interface Aggregate {
  /** Of rows. */
  readonly whole: string
  /** Of some of the rows each, and of all from those; undefined where a value that is in several parts would count twice. */
  readonly parts: { readonly each: readonly string[]; together: (each: readonly string[]) => string } | undefined
}

/** A scan that aggregates parts, and one over its rows that puts them together. */
export interface MeasuresOfParts {
  readonly each: readonly string[]
  readonly selectList: readonly string[]
  readonly together: (aggregate: Aggregate) => string
}

/** Aggregates of one scan: each distinct one is computed once, under an alias that the JSON refers to. */
export class Measures {
  private readonly aggregates = new Map<string, { readonly alias: string; readonly aggregate: Aggregate }>()
  constructor(private readonly row: Row) {}

  get selectList(): string[] {
    return [...this.aggregates.values()].map(({ aggregate, alias }) => `${aggregate.whole} as ${alias}`)
  }

  count(): string {
    return this.alias(countOfRows)
  }

  measure(aggregation: Aggregation, field: Field): string {
    return this.alias(aggregateOf(aggregation, this.row, field))
  }

  /** These and others, over the rows `from` of a scan of parts. Undefined when one of them cannot be made of parts. */
  ofParts(from: string, others: readonly Aggregate[]): MeasuresOfParts | undefined {
    const columns = new Map<string, string>()
    const together = new Map<string, string>()
    for (const { whole, parts } of [...[...this.aggregates.values()].map(({ aggregate }) => aggregate), ...others]) {
      if (parts === undefined) return undefined
      const names = parts.each.map((part) => {
        // Beside fields, of which none begins with an underscore.
        const name = columns.get(part) ?? `_p${columns.size}`
        columns.set(part, name)
        return `${from}.${name}`
      })
      together.set(whole, parts.together(names))
    }
    const expression = ({ whole }: Aggregate): string => together.get(whole) ?? whole
    return {
      each: [...columns].map(([part, name]) => `${part} as ${name}`),
      selectList: [...this.aggregates.values()].map(({ aggregate, alias }) => `${expression(aggregate)} as ${alias}`),
      together: expression,
    }
  }

  private alias(aggregate: Aggregate): string {
    const known = this.aggregates.get(aggregate.whole)
    if (known !== undefined) return known.alias
    const alias = `m${this.aggregates.size}`
    this.aggregates.set(aggregate.whole, { alias, aggregate })
    return alias
  }
}

export const countOfRows: Aggregate = {
  whole: 'count(*)',
  parts: { each: ['count(*)'], together: ([count = '']) => `sum(${count})::int8` },
}

export function sumOf(column: string): Aggregate {
  return { whole: `sum(${column})`, parts: { each: [`sum(${column})`], together: ([sum = '']) => `sum(${sum})` } }
}

/**
 * `cast`: what an average of whole or decimal numbers, which Postgres computes exactly, is made into. Its own average of doubles
 * also sums squares, which overflow long before the values do.
 */
export function averageOf(column: string, field: Field, cast: '' | '::float8'): Aggregate {
  return {
    whole: field.kind === 'float' ? `(sum(${column}) / nullif(count(${column}), 0))` : `avg(${column})${cast}`,
    parts: {
      each: [`sum(${column})`, `count(${column})`],
      together: ([sum = '', count = '']) => `(sum(${sum}) / nullif(sum(${count}), 0))${cast}`,
    },
  }
}

function extremeOf(aggregation: 'min' | 'max', column: string, collated: string): Aggregate {
  const of = (values: string): string => `${aggregation}(${values}${collated})`
  return { whole: of(column), parts: { each: [of(column)], together: ([each = '']) => of(each) } }
}

function aggregateOf(aggregation: Aggregation, row: Row, field: Field): Aggregate {
  const column = row.column(field.name)
  switch (aggregation) {
    case 'sum':
      return sumOf(column)
    case 'avg':
      return averageOf(column, field, '::float8')
    case 'min':
    case 'max':
      return extremeOf(aggregation, column, collation(field))
    case 'countDistinct':
      return {
        // In `same` a key says which record is meant only together with the dataset.
        whole:
          field.reference?.dataset === 'same'
            ? `count(distinct (${row.column('_dataset')}, ${column})) filter (where ${column} is not null)`
            : `count(distinct ${column})`,
        parts: undefined,
      }
  }
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
