import type { PastTime, RecordEntry, DatasetSelection } from '../plan/plan.js'
import type { RecordType } from '../../schema/record-type.js'
import { fieldJson, instant } from './column-types.js'
import { base64url, jsonObject, literal, Row, type Emission } from './emission.js'
import { emitNestedConnection } from './emit-connection.js'
import { emitRows, joinCondition } from './emit-rows.js'

/** What a statement needs beside the plan. */
export interface EmissionContext {
  readonly emission: Emission
  /** The JSON text of each dataset selection by dataset id, made before the statement. */
  readonly datasetJson: readonly ReadonlyMap<number, string>[]
  /** Codes of all datasets, for record ids. */
  readonly datasetCodes: readonly { readonly id: number; readonly code: string }[]
  /** IANA name of the province's time zone, in which days, months and years begin. */
  readonly timeZone: string
}

export interface RecordSource {
  readonly type: RecordType
  readonly row: Row
  readonly asOf: PastTime | undefined
  /** How the record's id tells the version that it was read at; undefined: it is the record as it is now. */
  readonly version: string | undefined
}

export function emitRecord(context: EmissionContext, selection: readonly RecordEntry[], source: RecordSource): string {
  return jsonObject(selection.map((entry) => [entry.as, emitEntry(context, entry, source)] as const))
}

function emitEntry(context: EmissionContext, entry: RecordEntry, source: RecordSource): string {
  const { row, type, asOf } = source
  switch (entry.kind) {
    case 'typename':
      return literal(entry.name)
    case 'key':
      return row.column('_key')
    case 'id':
      return emitId(context, source)
    case 'updatedAt':
      return instant(row.column('_updated_at'))
    case 'field':
      return fieldJson(row.column(entry.field.name), entry.field)
    case 'dataset':
      return emitDataset(context, entry.selection, row.column('_dataset'))
    case 'toOne': {
      const target = new Row(context.emission.alias())
      const version = asOf === undefined ? undefined : target.column('_at_version')
      const json = emitRecord(context, entry.selection, { type: entry.relation.target, row: target, asOf, version })
      const rows = emitRows(context.emission, entry.relation.target, target.alias, asOf)
      return `(select ${json} from ${rows} where ${joinCondition(entry.relation, row, target)} limit 1)`
    }
    case 'toMany':
      return emitNestedConnection(context, entry.connection, { relation: entry.relation, row, type })
  }
}

/** Opaque to clients: base64url of `type|dataset|version|key`; the version is empty for the record as it is now. */
function emitId(context: EmissionContext, { type, row, version }: RecordSource): string {
  const ids = context.datasetCodes.map((dataset) => dataset.id)
  const codes = context.datasetCodes.map((dataset) => dataset.code)
  const { emission } = context
  const code = `(${emission.value(codes, 'text[]')})[array_position(${emission.value(ids, 'int[]')}, ${row.column('_dataset')})]`
  return base64url(
    `${literal(`${type.code}|`)} || ${code} || '|' || ${version ?? "''"} || '|' || ${row.column('_key')}`,
  )
}

/** The JSON that was made for the row's dataset. */
export function emitDataset(context: EmissionContext, selection: DatasetSelection, datasetId: string): string {
  const texts = context.datasetJson[selection.index] ?? new Map<number, string>()
  const ids = [...texts.keys()]
  const { emission } = context
  return `(${emission.value([...texts.values()], 'json[]')})[array_position(${emission.value(ids, 'int[]')}, ${datasetId})]`
}
