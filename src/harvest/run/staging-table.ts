import type pg from 'pg'
import { quote, recordTable } from '../../database/identifiers.js'
import { lockClasses } from '../locks.js'
import type { RecordType } from '../../records/schema/record-type.js'

/** Where one resource's rows of one run are put; the name tells the sweep whose they are. */
export function stagingTable(runId: string, resourceId: number): string {
  return `staging.${quote(`run_${runId}_${resourceId}`)}`
}

/** The columns of a staging table in the order in which COPY writes them. */
export function stagingColumns(type: RecordType): string {
  return ['_key', '_hash', '_seq', '_row', '_part', ...type.fields.map((field) => field.name)].map(quote).join(', ')
}

/** Unlogged: what a crash of the database loses is read again. `_seq` is the order of the rows, `_row` the source's number. */
export async function createStagingTable(database: pg.ClientBase, table: string, type: RecordType): Promise<void> {
  const fields = type.fields.map((field) => `, ${quote(field.name)}`).join('')
  // Made from the record table, so that a column's type is decided in one place; `as` leaves constraints and defaults behind.
  await database.query(
    `create unlogged table ${table} as
       select ''::text collate "C" as _key, ''::text as _hash, 0::bigint as _seq, 0::int as _row, null::text as _part${fields}
       from ${recordTable(type.code)} limit 0`,
  )
}

export async function dropStagingTable(database: pg.Pool, table: string): Promise<void> {
  await database.query(`drop table if exists ${table}`)
}

/** Drops what runs left behind whose process died: the run is over, or nobody holds its connector's lock. */
export async function sweepStagingTables(database: pg.Pool): Promise<number> {
  const { rows } = await database.query<{ name: string }>(
    `select t.name from (
       select c.relname as name, substring(c.relname from '^run_(\\d+)_\\d+$')::bigint as run_id
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = 'staging' and c.relkind = 'r'
     ) t
     left join gateway.run r on r.id = t.run_id
     where r.id is null or r.finished_at is not null
        or not exists (select 1 from pg_locks l where l.locktype = 'advisory' and l.granted and l.objsubid = 2
          and l.classid = $1 and l.objid = r.connector_id and l.database = (select oid from pg_database where datname = current_database()))`,
    [lockClasses.connectorRun],
  )
  for (const { name } of rows) await dropStagingTable(database, `staging.${quote(name)}`)
  return rows.length
}
