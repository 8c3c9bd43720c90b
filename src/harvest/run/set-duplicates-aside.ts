import type pg from 'pg'
import { recordTable } from '../../database/identifiers.js'
import type { ConnectorResource } from '../registration/connector.js'
import { keptSetAsideRows, reportedValue, type SetAsideRow } from './set-aside.js'

export interface StagedTable {
  readonly resource: ConnectorResource
  readonly table: string
}

export interface Duplicates {
  readonly count: number
  readonly rows: readonly SetAsideRow[]
}

interface DuplicateRow {
  readonly _row: number
  readonly _part: string | null
  readonly _key: string
  readonly elsewhere: boolean
  readonly count: number
}

/**
 * Takes out of a staging table the rows whose key was already there: earlier in the table, in an earlier resource of the run
 * with the same record type, or in a resource of the dataset that the run does not publish. The first counts.
 */
export async function setDuplicatesAside(
  database: pg.Pool,
  { resource, table }: StagedTable,
  earlier: readonly StagedTable[],
  published: readonly number[],
): Promise<Duplicates> {
  const before = earlier
    .filter((other) => other.resource.recordType === resource.recordType)
    .map((other) => `or exists (select 1 from ${other.table} e where e._key = s._key)`)
    .join(' ')
  const { rows } = await database.query<DuplicateRow>(
    `with repeated as (select _key from ${table} group by _key having count(*) > 1),
       later as (
         select at from (
           select s.ctid as at, row_number() over (partition by s._key order by s._seq) as nth
           from ${table} s where s._key in (select _key from repeated)
         ) ranked where nth > 1
       ),
       elsewhere as (
         select s.ctid as at from ${table} s
         where exists (select 1 from ${recordTable(resource.recordType)} r
                       where r._dataset = $1 and r._key = s._key and r._resource <> all ($2)) ${before}
       ),
       gone as (
         delete from ${table} s where s.ctid in (select at from later union select at from elsewhere)
         returning s._row, s._part, s._key, s.ctid in (select at from elsewhere) as elsewhere
       )
     select _row, _part, _key, elsewhere, count(*) over ()::int as count from gone order by _row limit ${keptSetAsideRows}`,
    [resource.datasetId, published],
  )
  return { count: rows[0]?.count ?? 0, rows: rows.map((row) => toSetAside(resource, row)) }
}

function toSetAside(resource: ConnectorResource, row: DuplicateRow): SetAsideRow {
  return {
    resource: resource.name,
    part: row._part ?? undefined,
    number: row._row,
    field: undefined,
    value: reportedValue(row._key),
    ...(row.elsewhere
      ? {
          reasonVi: 'Khoá này đã thuộc về một tài nguyên khác của bộ dữ liệu.',
          reasonEn: 'The key already belongs to another resource of the dataset.',
        }
      : {
          reasonVi: 'Khoá bị trùng; chỉ dòng đầu tiên được nhận.',
          reasonEn: 'The key is repeated; only its first row counts.',
        }),
  }
}
