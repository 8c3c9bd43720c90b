import { recordTable } from '../../../database/identifiers.js'
import type { RecordType } from '../../schema/record-type.js'
import type { Condition, RecordEntry } from '../plan/plan.js'
import { Availability } from './availability.js'
import { Emission, jsonObject, Row } from './emission.js'
import { emitCondition } from './emit-condition.js'
import { emitConnection } from './emit-connection.js'
import type { EmissionContext } from './emission-context.js'
import { emitRecord } from './emit-record.js'
import type { Statement, StatementOptions } from './emit-statement.js'

/** Events of one record type: the rows as the feed keeps them, JSON text of the record table's row, or null. */
export interface EventRows {
  readonly type: RecordType
  readonly where: Condition | undefined
  readonly record: readonly (string | null)[]
  readonly previous: readonly (string | null)[]
}

export interface EventSelection {
  readonly as: string
  readonly of: 'record' | 'previous'
  readonly selection: readonly RecordEntry[]
}

/**
 * What a subscription selects of changed records: one row an event that passes, in order, with the event's index and the
 * JSON of its selections. An event passes when the record matches now or did before; one without records always does.
 */
export function emitChangesStatement(
  events: EventRows,
  selections: readonly EventSelection[],
  options: StatementOptions,
): Statement {
  const { type, where } = events
  const emission = new Emission()
  const context: EmissionContext = {
    emission,
    available: new Availability(),
    nestedConnection: emitConnection,
    ...options,
  }
  const rows = { record: new Row('r'), previous: new Row('p') }
  const json = jsonObject([
    ['n', 'e.n'],
    ...selections.map(({ as, of, selection }, index) => {
      const row = rows[of]
      // The earlier record's id tells the version at which it stood so.
      const version = of === 'previous' ? row.column('_version') : undefined
      const record = emitRecord(context, selection, { type, row, asOf: undefined, version })
      return [`${index} ${as}`, `case when e.${of} is not null then ${record} end`] as const
    }),
  ])
  const passes = (of: 'record' | 'previous', condition: Condition): string =>
    `(e.${of} is not null and ${emitCondition(emission, condition, rows[of], undefined)})`
  const filter =
    where === undefined
      ? ''
      : ` where (e.record is null and e.previous is null) or ${passes('record', where)} or ${passes('previous', where)}`
  const records = emission.value(events.record, 'jsonb[]')
  const previous = emission.value(events.previous, 'jsonb[]')
  const table = recordTable(type.code)
  const flags = context.available.flags(emission)
  const fetched = flags.length === 0 ? '' : `with fetched as materialized (select ${flags.join(', ')}) `
  const text = `${fetched}select ${json}::text, '{}'::bool[] from unnest(${records}, ${previous}) with ordinality e(record, previous, n)
left join lateral jsonb_populate_record(null::${table}, e.record) r on e.record is not null
left join lateral jsonb_populate_record(null::${table}, e.previous) p on e.previous is not null${filter} order by e.n`
  return { ...emission.finish(text), scopes: [] }
}
