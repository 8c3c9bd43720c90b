import type pg from 'pg'
import { lockClasses } from '../locks.js'
import type { RecordType } from '../../records/schema/record-type.js'
import type { ConnectorResource } from '../registration/connector.js'
import { rowHash } from '../run/row-hash.js'

export interface FoundRecord {
  readonly key: string
  readonly columns: readonly (string | null)[]
}

export interface LookupBatch {
  readonly resource: ConnectorResource
  readonly type: RecordType
  readonly found: readonly FoundRecord[]
  /** Keys that the source says it does not know. */
  readonly misses: readonly string[]
  readonly keepHistory: boolean
  readonly timeZone: string
}

/** Stores what a lookup answered, in one statement: only what differs is written, and only then is there a new version. */
export async function storeLookup(pool: pg.Pool, batch: LookupBatch): Promise<void> {
  const { resource, type, misses, keepHistory, timeZone } = batch
  const names = type.fields.map((field) => field.name)
  const rows = batch.found.map(({ key, columns }) => {
    const row: Record<string, string | null> = { _key: key, _hash: rowHash(columns) }
    names.forEach((name, index) => {
      row[name] = columns[index] ?? null
    })
    return row
  })
  await pool.query('select 1 from gateway.store_lookup($1, $2, $3, $4, $5, $6, $7, $8, $9)', [
    lockClasses.datasetVersion,
    resource.datasetId,
    resource.id,
    type.code,
    names,
    JSON.stringify(rows),
    misses,
    keepHistory,
    timeZone,
  ])
}
