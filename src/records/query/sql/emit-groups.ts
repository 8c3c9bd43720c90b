import { quote } from '../../../database/identifiers.js'
import type { Field } from '../../schema/record-type.js'
import type { ConnectionPlan, GroupByPlan, GroupKey, Measure, TimeBucket } from '../plan/plan.js'
import { collation } from './column-types.js'
import { literal, Row } from './emission.js'
import { averageOf, countOfRows, sumOf, type Aggregate, type Measures } from './emit-aggregate.js'
import { emitComparison } from './emit-condition.js'
import type { EmissionContext } from './emission-context.js'
import { emitRows, joinCondition } from './emit-rows.js'

const bucketUnits = { YEAR: 'year', QUARTER: 'quarter', MONTH: 'month', DAY: 'day' } as const

export interface GroupSource {
  readonly row: Row
  /** `from … where …` of all rows that the connection matches, joined with these. */
  matching(joins: readonly string[]): string
}

export interface EmittedGroups {
  /** A selection whose columns are the keys and the measures under their aliases. */
  readonly sql: string
  readonly keys: readonly { readonly alias: string; readonly collation: string }[]
}

/**
 * The groups of all rows that a connection matches. A relation's key is the related record, so rows that refer to none are one
 * group. Where there is such a key, rows are first grouped by what they refer to: the related record is then looked for once a
 * group and not once a row. That needs measures which can be made of those of parts, as all but distinct counts can.
 */
export function emitGroups(
  context: EmissionContext,
  plan: ConnectionPlan,
  groups: GroupByPlan,
  source: GroupSource,
  measures: Measures,
): EmittedGroups {
  const tests = (groups.having?.tests ?? []).map((test) => ({ test, ...tested(source.row, test.measure) }))
  const having = (expression: (aggregate: Aggregate) => string): string => {
    const conditions = tests.map(({ test, aggregate, as }) =>
      emitComparison(context.emission, expression(aggregate), as, test),
    )
    return conditions.length === 0 ? '' : ` having ${conditions.join(' and ')}`
  }
  const part = new Row(context.emission.alias())
  const ofParts = groups.by.some((key) => key.kind === 'relation' && key.relation.targetDatasetId !== null)
    ? measures.ofParts(
        part.alias,
        tests.map(({ aggregate }) => aggregate),
      )
    : undefined
  if (ofParts === undefined) {
    const keys = groups.by.map((key, index) => emitKey(context, plan, key, index, source.row))
    const select = [...keys.flatMap(selectOf), ...measures.selectList].join(', ')
    const matching = source.matching(keys.flatMap(({ joins }) => joins))
    const columns = keys.flatMap((key) => key.columns)
    const sql = `select ${select} ${matching} group by ${places(columns)}${having(({ whole }) => whole)}`
    return { sql, keys: columns }
  }
  const keys = groups.by.map((key, index) =>
    key.kind === 'relation' ? emitKey(context, plan, key, index, part) : keyOfPart(part, key, index),
  )
  // What the joins of the relations read of a row, and what the other keys are.
  const referring = part.columns.map((name) => `${source.row.column(name)} as ${quote(name)}`)
  const own = groups.by.flatMap((key, index) =>
    key.kind === 'relation'
      ? []
      : emitKey(context, plan, key, index, source.row).columns.map(
          ({ expression, alias }) => `${expression} as _${alias}`,
        ),
  )
  const partKeys = [...referring, ...own]
  const parts = `select ${[...partKeys, ...ofParts.each].join(', ')} ${source.matching([])} group by ${places(partKeys)}`
  const columns = keys.flatMap((key) => key.columns)
  const select = [...keys.flatMap(selectOf), ...ofParts.selectList].join(', ')
  const joins = keys.flatMap((key) => key.joins).join(' ')
  const sql = `select ${select} from (${parts}) ${part.alias} ${joins} group by ${places(columns)}${having(ofParts.together)}`
  return { sql, keys: columns }
}

/** What a key is grouped by. A relation takes the dataset as well where keys of several can be meant. */
interface EmittedKey {
  readonly joins: readonly string[]
  /** Their aliases are `g` or `d` and the key's place. */
  readonly columns: readonly { readonly alias: string; readonly expression: string; readonly collation: string }[]
}

function emitKey(
  { emission, timeZone }: EmissionContext,
  plan: ConnectionPlan,
  key: GroupKey,
  index: number,
  row: Row,
): EmittedKey {
  const alias = `g${index}`
  switch (key.kind) {
    case 'dataset':
      return { joins: [], columns: [{ alias, expression: row.column('_dataset'), collation: '' }] }
    case 'relation': {
      const { relation } = key
      const target = new Row(emission.alias())
      const rows = emitRows(emission, relation.target, target.alias, plan.asOf)
      const dataset = { alias: `d${index}`, expression: target.column('_dataset'), collation: '' }
      return {
        joins: [`left join ${rows} on ${joinCondition(relation, row, target)}`],
        columns: [
          ...(relation.targetDatasetId === undefined ? [dataset] : []),
          { alias, expression: target.column('_key'), collation: '' },
        ],
      }
    }
    case 'field': {
      const expression = fieldKey(row.column(key.field.name), key.field, key.bucket, timeZone)
      return { joins: [], columns: [{ alias, expression, collation: collation(key.field) }] }
    }
  }
}

/** A key that is no relation, of rows that were grouped by it already: beside fields, of which none begins with an underscore. */
function keyOfPart(part: Row, key: Exclude<GroupKey, { kind: 'relation' }>, index: number): EmittedKey {
  const alias = `g${index}`
  const by = key.kind === 'field' ? collation(key.field) : ''
  return { joins: [], columns: [{ alias, expression: `${part.alias}._${alias}`, collation: by }] }
}

function selectOf({ columns }: EmittedKey): string[] {
  return columns.map(({ expression, alias }) => `${expression} as ${alias}`)
}

function places(columns: readonly unknown[]): string {
  return columns.map((_, index) => index + 1).join(', ')
}

function fieldKey(column: string, field: Field, bucket: TimeBucket | undefined, timeZone: string): string {
  if (bucket === undefined) return column
  const unit = literal(bucketUnits[bucket])
  return field.kind === 'date'
    ? `date_trunc(${unit}, ${column}::timestamp)::date`
    : `date_trunc(${unit}, ${column}, ${literal(timeZone)})`
}

function tested(
  row: Row,
  measure: Measure,
): { readonly aggregate: Aggregate; readonly as: Parameters<typeof emitComparison>[2] } {
  // A count compares as a number.
  if (measure.kind === 'count') {
    return { aggregate: countOfRows, as: { name: 'count', kind: 'bigInteger', list: false } }
  }
  const { field, kind } = measure
  const column = row.column(field.name)
  return {
    aggregate: kind === 'sum' ? sumOf(column) : averageOf(column, field, ''),
    as: { ...field, kind: field.kind === 'float' ? 'float' : 'decimal' },
  }
}
