import { quote } from '../../../database/identifiers.js'
import type { RecordType } from '../../schema/record-type.js'
import { columnTypes } from '../../storage/storage-layout.js'
import type { FedChange } from '../change-source.js'
import type { Condition, DatasetSelection, RecordEntry } from '../plan/plan.js'
import { Availability } from './availability.js'
import { instant } from './column-types.js'
import { Emission, jsonObject, literal, Row } from './emission.js'
import { emitCondition } from './emit-condition.js'
import { emitConnection } from './emit-connection.js'
import type { EmissionContext } from './emission-context.js'
import { emitDataset, emitRecord } from './emit-record.js'
import type { Statement, StatementOptions } from './emit-statement.js'

/** Events of one record type. */
export interface EventRows {
  readonly type: RecordType
  readonly where: Condition | undefined
  readonly events: readonly Pick<FedChange, 'position' | 'seq' | 'cursor'>[]
}

/** What is selected of each event. */
export type EventSelection = { readonly as: string } & (
  | { readonly kind: 'cursor' | 'type' | 'at' }
  | { readonly kind: 'typename'; readonly name: string }
  | { readonly kind: 'dataset'; readonly selection: DatasetSelection }
  | { readonly kind: 'record' | 'previous'; readonly selection: readonly RecordEntry[] }
)

/**
 * What a subscription selects of changes: one row an event that is still kept, in order, with the JSON of its selections, or
 * null when it does not pass. An event passes when the record matches now or did before; one without records always does.
 */
export function emitChangesStatement(
  { type, where, events }: EventRows,
  selections: readonly EventSelection[],
  options: StatementOptions,
): Statement {
  const emission = new Emission()
  const available = new Availability()
  const context: EmissionContext = { emission, available, nestedConnection: emitConnection, ...options }
  const rows = { record: new Row('r'), previous: new Row('p') }
  const value = (selected: EventSelection): string => {
    switch (selected.kind) {
      case 'cursor':
        return 'w.cursor'
      case 'type':
        return 'e.type'
      case 'at':
        return instant('e.at')
      case 'typename':
        return literal(selected.name)
      case 'dataset':
        return emitDataset(context, selected.selection, 'e.dataset_id')
      case 'record':
      case 'previous': {
        const row = rows[selected.kind]
        // The earlier record's id tells the version at which it stood so.
        const version = selected.kind === 'previous' ? row.column('_version') : undefined
        const record = emitRecord(context, selected.selection, { type, row, asOf: undefined, version })
        return `case when e.${selected.kind} is not null then ${record} end`
      }
    }
  }
  const json = jsonObject(selections.map((selected) => [selected.as, value(selected)] as const))
  const passes = (of: 'record' | 'previous', condition: Condition): string =>
    `(e.${of} is not null and ${emitCondition(emission, condition, rows[of], undefined)})`
  const passing =
    where === undefined
      ? `${json}::text`
      : `case when (e.record is null and e.previous is null) or ${passes('record', where)} or ${passes('previous', where)} then ${json}::text end`
  const positions = emission.value(
    events.map((event) => event.position),
    'bigint[]',
  )
  const numbers = emission.value(
    events.map((event) => event.seq),
    'int[]',
  )
  const cursors = emission.value(
    events.map((event) => event.cursor),
    'text[]',
  )
  const flags = available.flags(emission)
  const fetched = flags.length === 0 ? '' : `with fetched as materialized (select ${flags.join(', ')}) `
  const read = (['record', 'previous'] as const).map((of) => emitRowOf(`e.${of}`, rows[of], type))
  const text = `${fetched}select ${passing}, '{}'::bool[] from unnest(${positions}, ${numbers}, ${cursors}) with ordinality w(position, seq, cursor, n)
join gateway.change_event e on e.position = w.position and e.seq = w.seq${read.join('')} order by w.n`
  return { ...emission.finish(text), scopes: [] }
}

/** A row from its JSON, with no more columns than are asked for: to read all of them takes seven times as long as all else. */
function emitRowOf(json: string, { alias, columns }: Row, type: RecordType): string {
  if (columns.length === 0) return ''
  const types = columnTypes(type)
  const read = columns.map((name) => {
    const columnType = types.get(name)
    if (columnType === undefined) throw new Error(`Records of ${type.code} have no column ${name}.`)
    return `${quote(name)} ${columnType}`
  })
  return ` left join lateral jsonb_to_record(${json}) ${alias}(${read.join(', ')}) on ${json} is not null`
}
