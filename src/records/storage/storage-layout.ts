import { createHash } from 'node:crypto'
import { historyTable, quote, recordTable } from '../../database/identifiers.js'
import { isToOne } from '../schema/field-kind.js'
import type { Field, RecordType, ValueKind } from '../schema/record-type.js'

/** A table as it should be: what a migration compares. All values are SQL text. */
export interface TableLayout {
  readonly table: string
  /** By column name. */
  readonly columns: ReadonlyMap<string, string>
  readonly primaryKey: string
  /** By index name: what follows `create index … on <table>`. */
  readonly indexes: ReadonlyMap<string, string>
}

/** Columns that the gateway adds to every record, in both tables. */
const systemColumns: ReadonlyMap<string, string> = new Map([
  ['_dataset', 'int not null'],
  ['_resource', 'int not null'],
  ['_key', 'text collate "C" not null'],
  ['_hash', 'text not null'],
  ['_version', 'int not null'],
  ['_updated_at', 'timestamptz not null'],
  ['_fetched_at', 'timestamptz'],
])

const sqlTypes: Readonly<Record<ValueKind, string>> = {
  text: 'text',
  url: 'text',
  code: 'text',
  integer: 'int4',
  bigInteger: 'int8',
  decimal: 'numeric',
  float: 'float8',
  boolean: 'boolean',
  date: 'date',
  dateTime: 'timestamptz',
  json: 'jsonb',
}

/** The Postgres type of a field's column: `int4`, `text[]`. */
export function sqlType(field: Field): string {
  return sqlTypes[field.kind] + (field.list ? '[]' : '')
}

/** What the columns of a record type hold, without how they are kept: `int4`, `text collate "C"`. */
export function columnTypes(type: RecordType): ReadonlyMap<string, string> {
  return new Map(
    [...columnsOf(type)].map(([name, column]) => [name, column.replace(/ not null$| generated always as .*$/, '')]),
  )
}

function columnsOf(type: RecordType): ReadonlyMap<string, string> {
  return new Map([...systemColumns, ...type.fields.map(fieldColumn), ...generatedColumns(type)])
}

/** The tables of a record type: the current rows, and the superseded ones. */
export function storageLayout(type: RecordType): { readonly current: TableLayout; readonly history: TableLayout } {
  const columns = columnsOf(type)
  return {
    current: { table: recordTable(type.code), columns, primaryKey: '_dataset, _key', indexes: currentIndexes(type) },
    history: {
      table: historyTable(type.code),
      columns: new Map([...columns, ['_to_version', 'int not null']]),
      primaryKey: '_dataset, _key, _version',
      // For pruning, which goes by the version that ended a row.
      indexes: new Map([[indexName(type.code, '~pruned'), '(_dataset, _to_version)']]),
    },
  }
}

/** A key compares with keys: two columns with different collations cannot be compared at all. */
function fieldColumn(field: Field): readonly [string, string] {
  return [field.name, field.reference === undefined ? sqlType(field) : `${sqlType(field)} collate "C"`]
}

function generatedColumns(type: RecordType): [string, string][] {
  const columns: [string, string][] = []
  const searched = type.fields.filter((field) => field.searched)
  if (searched.length > 0) {
    const text = searched.map((field) => `coalesce(${quote(field.name)}, '')`).join(` || ' ' || `)
    columns.push(['_text', `text generated always as (gateway.fold(${text})) stored`])
    // Kept beside the text, since ranking reads it of every row that is found.
    columns.push([
      '_words',
      `tsvector generated always as (to_tsvector('simple'::regconfig, gateway.fold(${text}))) stored`,
    ])
  }
  if (type.location !== undefined) {
    const { latitude, longitude } = type.location
    const point = `gateway.to_point(${quote(latitude)}::float8, ${quote(longitude)}::float8)`
    columns.push(['_point', `public.cube generated always as (${point}) stored`])
  }
  return columns
}

function currentIndexes(type: RecordType): ReadonlyMap<string, string> {
  const indexes = new Map<string, string>([[indexName(type.code, '~resource'), '(_resource, _key)']])
  for (const field of type.fields) {
    const column = quote(field.name)
    if (field.reference !== undefined) {
      const keys = isToOne(field) ? `(${column}, _dataset, _key)` : `using gin (${column})`
      indexes.set(indexName(type.code, `.${field.name}`), keys)
    } else if (field.ordered) {
      // As the compiler orders them: names in Vietnamese order, codes and addresses by code point.
      const collation =
        field.kind === 'text'
          ? ' collate "vi-x-icu"'
          : field.kind === 'url' || field.kind === 'code'
            ? ' collate "C"'
            : ''
      const collated = `${column}${collation}`
      indexes.set(indexName(type.code, `.${field.name}`), `(${collated}, _dataset, _key)`)
    }
    if (field.searched) {
      indexes.set(
        indexName(type.code, `.${field.name}.contains`),
        `using gin (gateway.fold(${column}) public.gin_trgm_ops)`,
      )
    }
  }
  if (type.fields.some((field) => field.searched)) {
    indexes.set(indexName(type.code, '~contains'), 'using gin (_text public.gin_trgm_ops)')
    indexes.set(indexName(type.code, '~words'), 'using gin (_words)')
  }
  if (type.location !== undefined) indexes.set(indexName(type.code, '~point'), 'using gist (_point)')
  return indexes
}

/** `School.district` of a field, `School~words` of all; tables share their names' space. One that Postgres would cut ends in a digest instead. */
function indexName(typeCode: string, part: string): string {
  const name = typeCode + part
  if (name.length <= 63) return name
  return `${name.slice(0, 52)}~${createHash('sha256').update(name).digest('hex').slice(0, 10)}`
}
