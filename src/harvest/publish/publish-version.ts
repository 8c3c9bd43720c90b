import type pg from 'pg'
import type { ChangeCounts } from './changes-of-run.js'
import type { Publication } from './publication.js'

/** Notified in the publishing transaction with JSON `{position, dataset, resources}`; heard by the change feed. */
export const changesChannel = 'gateway_changes'

export interface NewVersion {
  readonly publication: Publication
  readonly version: number
  readonly changes: ChangeCounts
  readonly keepHistory: boolean
  /** Each change is an event; else one LOADED event a record type. */
  readonly eachTold: boolean
}

/**
 * The end of an apply: takes the next position of the change feed and writes the version and its events. From the first
 * statement to the commit nobody else can publish, so all that can be done before has been.
 */
export async function publishVersion(client: pg.ClientBase, newVersion: NewVersion): Promise<void> {
  const { publication, version, changes, keepHistory } = newVersion
  const { connector, states, counts, runId, timeZone } = publication
  const { rows } = await client.query<{ position: string; published_at: string }>(
    `update gateway.feed_head set position = position + 1,
       published_at = greatest(clock_timestamp(), published_at + interval '1 microsecond')
     returning position, published_at::text`,
  )
  const head = rows[0]
  if (head === undefined) throw new Error('The change feed has no head.')
  const fetchedAt = states.map((state) => state.fetchedAt)
  await client.query(
    `with version as (
       insert into gateway.dataset_version
         (dataset_id, number, position, published_at, fetched_at, run_id, record_count, added, changed, removed, set_aside)
       select $1, $2, $3, $4, (select min(at) from unnest($5::timestamptz[]) at), $6,
         (select coalesce(sum(record_count), 0) from gateway.resource where dataset_id = $1 and active), $7, $8, $9, $10
     ), superseded as (
       delete from gateway.dataset_version where $11 and dataset_id = $1 and number < $2
     )
     update gateway.dataset set published_at = $4,
       first_published_on = coalesce(first_published_on, ($4::timestamptz at time zone $12)::date) where id = $1`,
    [
      connector.datasetId,
      version,
      head.position,
      head.published_at,
      fetchedAt,
      runId,
      changes.added,
      changes.changed,
      changes.removed,
      counts.setAside,
      !keepHistory,
      timeZone,
    ],
  )
  await writeEvents(client, newVersion, head)
  await client.query('select pg_notify($1, $2)', [
    changesChannel,
    JSON.stringify({
      position: Number(head.position),
      dataset: connector.datasetId,
      resources: states.map((state) => state.resourceId),
    }),
  ])
}

async function writeEvents(
  client: pg.ClientBase,
  { publication, eachTold }: NewVersion,
  head: { position: string; published_at: string },
): Promise<void> {
  const { connector, comparisons } = publication
  const loaded = comparisons.filter((comparison) => comparison.first).map((comparison) => comparison.type.code)
  await client.query(
    `insert into gateway.change_event (position, seq, dataset_id, record_type, type, key, record, previous, at)
     select $1, row_number() over (order by type = 'LOADED' desc, ordinal, key, type), $2, record_type, type, key, record, previous, $3
     from (
       select -1 as ordinal, loaded as record_type, 'LOADED' as type, null as key, null::jsonb as record, null::jsonb as previous
       from (select distinct loaded from unnest($4::text[]) loaded) l
       union all
       select ordinal, record_type, kind, key, record, previous from run_change where $5 and not first
       union all
       select distinct -1, record_type, 'LOADED', null, null::jsonb, null::jsonb from run_change
       where not $5 and not first and record_type <> all ($4)
     ) events`,
    [head.position, connector.datasetId, head.published_at, loaded, eachTold],
  )
}
