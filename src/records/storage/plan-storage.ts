import { quote } from '../../database/identifiers.js'
import { GatewayError } from '../../errors/gateway-error.js'
import { compareRecordType } from '../schema/compare-record-types.js'
import { fieldOf } from '../schema/field-kind.js'
import type { RecordType } from '../schema/record-type.js'
import { sqlType, storageLayout, type TableLayout } from './storage-layout.js'

/**
 * The statements that take a record type's tables from one version to the next: create them, or add columns and add and drop
 * indexes. A breaking change is refused with CONFLICT unless `force` is given: then columns are dropped too, and the tables made
 * anew, empty, when the old rows do not fit (see `keepsRows`).
 */
export function planStorage(before: RecordType | undefined, after: RecordType, force = false): string[] {
  if (before === undefined) return creation(after)
  const { kind, changes } = compareRecordType(before, after)
  if (kind === 'breaking' && !force) {
    const reasons = changes.filter((change) => change.breaking).map((change) => change.message)
    throw new GatewayError(
      'CONFLICT',
      `The change of ${after.code} would break what is published: ${reasons.join(' ')}`,
      {
        extensions: { reasons },
      },
    )
  }
  if (!keepsRows(before, after)) return [...removal(before), ...creation(after)]
  const was = storageLayout(before)
  const is = storageLayout(after)
  return [...alteration(was.current, is.current), ...alteration(was.history, is.history)]
}

/** Whether rows of one version are rows of the next: the same key, and no field of another kind or that refers elsewhere. */
export function keepsRows(before: RecordType, after: RecordType): boolean {
  if (before.primaryKey.join() !== after.primaryKey.join()) return false
  return before.fields.every((field) => {
    const next = fieldOf(after, field.name)
    if (next === undefined) return true
    return (
      sqlType(field) === sqlType(next) &&
      field.codeList?.code === next.codeList?.code &&
      field.reference?.target === next.reference?.target &&
      field.reference?.dataset === next.reference?.dataset
    )
  })
}

/** The statements that remove a record type's tables with all rows. */
export function removal(type: RecordType): string[] {
  const { current, history } = storageLayout(type)
  return [`drop table if exists ${current.table}, ${history.table}`]
}

function creation(type: RecordType): string[] {
  const { current, history } = storageLayout(type)
  return [current, history].flatMap((layout) => [
    `create table ${layout.table} (\n${columnLines(layout)},\n  primary key (${layout.primaryKey})\n)`,
    ...[...layout.indexes].map(([name, definition]) => createIndex(layout, name, definition)),
  ])
}

function columnLines({ columns }: TableLayout): string {
  return [...columns].map(([name, definition]) => `  ${column(name)} ${definition}`).join(',\n')
}

/** Names of the gateway's own columns need no quotes and read better without. */
function column(name: string): string {
  return name.startsWith('_') ? name : quote(name)
}

function createIndex({ table }: TableLayout, name: string, definition: string): string {
  return `create index ${quote(name)} on ${table} ${definition}`
}

function alteration(was: TableLayout, is: TableLayout): string[] {
  // The last first: generated columns follow those that they are made of, which cannot be dropped before them.
  const dropped = [...was.columns]
    .reverse()
    .filter(([name, definition]) => is.columns.get(name) !== definition)
    .map(([name]) => name)
  const added = [...is.columns].filter(([name, definition]) => was.columns.get(name) !== definition)
  // Dropping a generated column takes its indexes with it, whatever their definitions.
  const lost = (definition: string) => dropped.some((name) => definition.includes(name))
  const changes = [
    ...dropped.map((name) => `drop column ${column(name)}`),
    ...added.map(([name, definition]) => `add column ${column(name)} ${definition}`),
  ]
  return [
    ...[...was.indexes]
      .filter(([name, definition]) => is.indexes.get(name) !== definition || lost(definition))
      .map(([name]) => `drop index if exists records.${quote(name)}`),
    ...(changes.length === 0 ? [] : [`alter table ${is.table}\n  ${changes.join(',\n  ')}`]),
    ...[...is.indexes]
      .filter(([name, definition]) => was.indexes.get(name) !== definition || lost(definition))
      .map(([name, definition]) => createIndex(is, name, definition)),
  ]
}
