import type pg from 'pg'
import { historyTable, quote, recordTable } from '../../database/identifiers.js'
import type { RecordType } from '../../records/schema/record-type.js'

/** One resource's new rows against its published ones; without a table all its rows are withdrawn. */
export interface Comparison {
  readonly datasetId: number
  readonly resourceId: number
  readonly type: RecordType
  readonly table: string | undefined
  /** Never published before: its rows make one LOADED event. */
  readonly first: boolean
  /** Its table has only rows that have changed: what is not in it stays. */
  readonly partial: boolean
}

export interface ChangeCounts {
  readonly added: number
  readonly changed: number
  readonly removed: number
}

export interface Compared extends ChangeCounts {
  /** The comparisons all of whose rows are new, by ordinal: they are written as they are and not listed in `run_change`. */
  readonly allNew: ReadonlySet<number>
}

/**
 * More changes than this in one version are told as one LOADED event a record type: the events are written while nobody else
 * can publish.
 */
export const mostEventsOfVersion = 20_000

/** Compares by key and hash into a table of the transaction, `run_change`. */
export async function compare(client: pg.ClientBase, comparisons: readonly Comparison[]): Promise<Compared> {
  await client.query(
    `create temp table run_change (
       ordinal int, record_type text, kind text, key text collate "C", first boolean, previous jsonb, record jsonb
     ) on commit drop`,
  )
  await client.query(`set local work_mem = '64MB'`)
  const allNew = new Set<number>()
  let loaded = 0
  for (const [ordinal, comparison] of comparisons.entries()) {
    if (comparison.first && (await isEmpty(client, comparison))) {
      allNew.add(ordinal)
      loaded += await rowsIn(client, comparison)
    } else await compareOne(client, ordinal, comparison)
  }
  // A key that went from one resource to another is a change, not a removal.
  if (comparisons.length > 1) {
    await client.query(
      `delete from run_change g using run_change c
       where g.kind = 'REMOVED' and c.kind = 'CHANGED' and c.key = g.key and c.record_type = g.record_type`,
    )
  }
  const { rows } = await client.query<{ added: number; changed: number; removed: number }>(
    `select count(*) filter (where kind = 'ADDED')::int as added, count(*) filter (where kind = 'CHANGED')::int as changed,
       count(*) filter (where kind = 'REMOVED')::int as removed from run_change`,
  )
  const counts = rows[0] ?? { added: 0, changed: 0, removed: 0 }
  if (counts.added + counts.changed + counts.removed > mostEventsOfVersion) await client.query('analyze run_change')
  return { ...counts, added: counts.added + loaded, allNew }
}

/** Has the dataset no row of the type? Keys of the run that come twice have been taken out before. */
async function isEmpty(client: pg.ClientBase, { datasetId, type }: Comparison): Promise<boolean> {
  const { rowCount } = await client.query(`select 1 from ${recordTable(type.code)} where _dataset = $1 limit 1`, [
    datasetId,
  ])
  return rowCount === 0
}

async function rowsIn(client: pg.ClientBase, { table }: Comparison): Promise<number> {
  if (table === undefined) return 0
  const { rows } = await client.query<{ count: number }>(`select count(*)::int as count from ${table}`)
  return rows[0]?.count ?? 0
}

async function compareOne(client: pg.ClientBase, ordinal: number, comparison: Comparison): Promise<void> {
  const { datasetId, resourceId, type, table, first, partial } = comparison
  const records = recordTable(type.code)
  if (table === undefined) {
    await client.query(
      `insert into run_change (ordinal, record_type, kind, key, first)
       select $3, $4, 'REMOVED', _key, false from ${records} where _dataset = $1 and _resource = $2`,
      [datasetId, resourceId, ordinal, type.code],
    )
    return
  }
  const removed = `union all
     select $3::int, $4, 'REMOVED', r._key, $5::boolean from ${records} r
     where r._dataset = $1 and r._resource = $2 and not exists (select 1 from ${table} s where s._key = r._key)`
  await client.query(
    `insert into run_change (ordinal, record_type, kind, key, first)
     select $3::int, $4, case when r._key is null then 'ADDED' else 'CHANGED' end, s._key, $5::boolean
     from ${table} s left join ${records} r on r._dataset = $1 and r._key = s._key
     where r._key is null or r._hash <> s._hash or r._resource <> $2
     ${partial ? '' : removed}`,
    [datasetId, resourceId, ordinal, type.code, first],
  )
}

/** Postgres derives them again from the others. */
const derivedColumns = `'{_text,_words,_point}'::text[]`

/** Keeps what the changed and removed records were, for the events of the version. Before the changes are applied. */
export async function rememberPrevious(client: pg.ClientBase, comparisons: readonly Comparison[]): Promise<void> {
  for (const { code, datasetId } of typesOf(comparisons)) {
    await client.query(
      `update run_change c set previous = to_jsonb(r.*) - ${derivedColumns} from ${recordTable(code)} r
       where c.record_type = $2 and not c.first and c.kind <> 'ADDED' and r._dataset = $1 and r._key = c.key`,
      [datasetId, code],
    )
  }
}

/** After the changes are applied. */
export async function rememberRecords(client: pg.ClientBase, comparisons: readonly Comparison[]): Promise<void> {
  for (const { code, datasetId } of typesOf(comparisons)) {
    await client.query(
      `update run_change c set record = to_jsonb(r.*) - ${derivedColumns} from ${recordTable(code)} r
       where c.record_type = $2 and not c.first and c.kind <> 'REMOVED' and r._dataset = $1 and r._key = c.key`,
      [datasetId, code],
    )
  }
}

export interface NewRows {
  readonly version: number
  readonly keepHistory: boolean
  readonly allNew: ReadonlySet<number>
}

/** Writes the new version's rows, and to the history what they supersede; untouched rows are not written. */
export async function applyChanges(
  client: pg.ClientBase,
  comparisons: readonly Comparison[],
  { version, keepHistory, allNew }: NewRows,
): Promise<void> {
  const ordered = [...comparisons.entries()]
  if (keepHistory)
    for (const [ordinal, comparison] of ordered) await keepSuperseded(client, ordinal, comparison, version)
  for (const [ordinal, comparison] of ordered) await removeRows(client, ordinal, comparison)
  for (const [ordinal, comparison] of ordered) {
    if (allNew.has(ordinal)) await writeAll(client, comparison, version)
    else await writeRows(client, ordinal, comparison, version)
  }
}

const systemColumns = ['_dataset', '_resource', '_key', '_hash', '_version', '_updated_at', '_fetched_at']

async function keepSuperseded(
  client: pg.ClientBase,
  ordinal: number,
  { datasetId, type }: Comparison,
  version: number,
): Promise<void> {
  const columns = [...systemColumns, ...type.fields.map((field) => field.name)].map(quote)
  await client.query(
    `insert into ${historyTable(type.code)} (${columns.join(', ')}, _to_version)
     select ${columns.map((column) => `r.${column}`).join(', ')}, $3
     from ${recordTable(type.code)} r join run_change c on c.ordinal = $2 and c.kind <> 'ADDED' and c.key = r._key
     where r._dataset = $1`,
    [datasetId, ordinal, version],
  )
}

async function removeRows(client: pg.ClientBase, ordinal: number, { datasetId, type }: Comparison): Promise<void> {
  await client.query(
    `delete from ${recordTable(type.code)} r using run_change c
     where c.ordinal = $2 and c.kind = 'REMOVED' and r._dataset = $1 and r._key = c.key`,
    [datasetId, ordinal],
  )
}

/** A first load: nothing to compare with. */
async function writeAll(
  client: pg.ClientBase,
  { datasetId, resourceId, type, table }: Comparison,
  version: number,
): Promise<void> {
  if (table === undefined) return
  const fields = type.fields.map((field) => `, ${quote(field.name)}`).join('')
  await client.query(
    `insert into ${recordTable(type.code)} (_dataset, _resource, _key, _hash, _version, _updated_at${fields})
     select $1::int, $2::int, _key, _hash, $3::int, statement_timestamp()${fields} from ${table}`,
    [datasetId, resourceId, version],
  )
}

async function writeRows(
  client: pg.ClientBase,
  ordinal: number,
  { datasetId, resourceId, type, table }: Comparison,
  version: number,
): Promise<void> {
  if (table === undefined) return
  const fields = type.fields.map((field) => quote(field.name))
  const records = recordTable(type.code)
  const assignments = fields.map((field) => `, ${field} = s.${field}`).join('')
  const values = [datasetId, ordinal, resourceId, version]
  await client.query(
    `update ${records} r set _resource = $3, _hash = s._hash, _version = $4, _updated_at = statement_timestamp()${assignments}
     from ${table} s join run_change c on c.ordinal = $2 and c.kind = 'CHANGED' and c.key = s._key
     where r._dataset = $1 and r._key = s._key`,
    values,
  )
  await client.query(
    `insert into ${records} (_dataset, _resource, _key, _hash, _version, _updated_at${fields.map((f) => `, ${f}`).join('')})
     select $1::int, $3::int, s._key, s._hash, $4::int, statement_timestamp()${fields.map((f) => `, s.${f}`).join('')}
     from ${table} s join run_change c on c.ordinal = $2 and c.kind = 'ADDED' and c.key = s._key`,
    values,
  )
}

/** The rows that the partly read resources have now, by resource. */
export async function countPartial(
  client: pg.ClientBase,
  comparisons: readonly Comparison[],
): Promise<ReadonlyMap<number, number>> {
  const counts = new Map<number, number>()
  for (const { datasetId, resourceId, type } of comparisons.filter(({ partial }) => partial)) {
    const { rows } = await client.query<{ count: number }>(
      `select count(*)::int as count from ${recordTable(type.code)} where _dataset = $1 and _resource = $2`,
      [datasetId, resourceId],
    )
    counts.set(resourceId, rows[0]?.count ?? 0)
  }
  return counts
}

function typesOf(comparisons: readonly Comparison[]): { code: string; datasetId: number }[] {
  return [...new Map(comparisons.map(({ type, datasetId }) => [type.code, { code: type.code, datasetId }])).values()]
}
