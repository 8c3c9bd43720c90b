import { quote } from '../../../database/identifiers.js'
import type { DatasetSelection, PastTime, RecordEntry } from '../plan/plan.js'
import type { RecordType } from '../../schema/record-type.js'
import { fieldJson, instant } from './column-types.js'
import { base64url, jsonObject, literal, Row } from './emission.js'
import type { EmissionContext } from './emission-context.js'
import { emitDue } from './emit-due.js'
import { emitRows, joinCondition } from './emit-rows.js'

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

/** A record whose related records are joined to the rows that it is read from, rather than asked for row by row. */
export interface JoinedRecord {
  /** An item of `from` that follows the rows. */
  readonly joins: readonly string[]
  /** Whether the rows stay in their order: no table is joined to them. */
  readonly keepsOrder: boolean
  /** The record as one JSON value. */
  readonly json: string
}

// Postgres cuts names there, which could make two response keys one.
const longestAlias = 63

/** Joined tables keep each row once, but not their order. */
export function emitJoinedRecord(
  context: EmissionContext,
  selection: readonly RecordEntry[],
  source: RecordSource,
): JoinedRecord {
  const joins: string[] = []
  const values = selection.map((entry) => [entry.as, emitJoinedEntry(context, entry, source, joins)] as const)
  const keepsOrder = joins.length === 0
  return { joins, keepsOrder, json: jsonOfRow(context, values, joins) }
}

/**
 * An object through a row that is joined, which Postgres turns into JSON in two thirds of the time that a call with each key and value
 * takes.
 */
function jsonOfRow(
  { emission }: EmissionContext,
  values: readonly (readonly [as: string, value: string])[],
  joins: string[],
): string {
  if (values.some(([as]) => Buffer.byteLength(as) > longestAlias)) return jsonObject(values)
  const alias = emission.alias()
  const columns = values.map(([as, value]) => `${value} as ${quote(as)}`)
  joins.push(`cross join lateral (select ${columns.join(', ')}) ${alias}`)
  return `row_to_json(${alias}.*)`
}

function emitJoinedEntry(context: EmissionContext, entry: RecordEntry, source: RecordSource, joins: string[]): string {
  if (entry.kind !== 'toOne' || entry.relation.kind !== 'foreignKey' || source.asOf !== undefined) {
    return emitEntry(context, entry, source)
  }
  // Dataset and key are the target's primary key, so at most one row joins.
  const { relation } = entry
  const target = new Row(context.emission.alias())
  const rows = emitRows(context.emission, relation.target, target.alias, undefined)
  joins.push(`left join ${rows} on ${joinCondition(relation, source.row, target)}`)
  const below: RecordSource = { type: relation.target, row: target, asOf: undefined, version: undefined }
  const values = entry.selection.map((each) => [each.as, emitJoinedEntry(context, each, below, joins)] as const)
  const due = emitDue(context, entry, source.row, target)
  const found = `when ${target.column('_key')} is not null then ${jsonOfRow(context, values, joins)}`
  return due === undefined
    ? `case ${found} end`
    : `case when ${due.ifFound.isDue} then ${due.ifFound.keys} ${found} when ${due.ifMissing.isDue} then ${due.ifMissing.keys} end`
}

function emitEntry(context: EmissionContext, entry: RecordEntry, source: RecordSource): string {
  const { row, asOf } = source
  switch (entry.kind) {
    case 'typename':
      // A column of a row has to have a type.
      return `${literal(entry.name)}::text`
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
      const below: RecordSource = { type: entry.relation.target, row: target, asOf, version }
      const joins = [emitRows(context.emission, entry.relation.target, target.alias, asOf)]
      const values = entry.selection.map((each) => [each.as, emitEntry(context, each, below)] as const)
      const json = jsonOfRow(context, values, joins)
      const due = emitDue(context, entry, row, target)
      const shown =
        due === undefined ? json : `case when ${due.ifFound.isDue} then ${due.ifFound.keys} else ${json} end`
      const stored = `(select ${shown} from ${joins.join(' ')} where ${joinCondition(entry.relation, row, target)} limit 1)`
      return due === undefined
        ? stored
        : `coalesce(${stored}, case when ${due.ifMissing.isDue} then ${due.ifMissing.keys} end)`
    }
    case 'toMany':
      return context.nestedConnection(context, entry.connection, { relation: entry.relation, row })
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
