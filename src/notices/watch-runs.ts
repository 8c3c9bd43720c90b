import type pg from 'pg'
import { queriesOf, type Queries } from '../database/queries.js'
import { inTransaction } from '../harvest/transaction.js'
import { untoldDrift, wasRemapped } from './drift.js'
import { outdatedRuns } from './outdated-runs.js'
import { meaningOf, type NoticeCause } from './meaning-of-run.js'
import type { NoticeChannel } from './notice-address.js'
import { csvPath, fixes, setAsideTitle, type Bilingual } from './notice-texts.js'

interface RunRow {
  readonly id: string
  readonly code: string
  readonly outcome: 'PUBLISHED' | 'UNCHANGED' | 'FAILED'
  readonly error_code: string | null
  readonly error_vi: string | null
  readonly error_en: string | null
  readonly read: number
  readonly set_aside: number
  readonly incremental: boolean
  readonly notes: unknown
  readonly failures: number
  readonly failing_ms: number
}

const runsAtOnce = 100
const rowsTold = 20

/** The connectors with runs that have ended since they were looked at last. */
export async function unwatchedConnectors(pool: pg.Pool): Promise<number[]> {
  const { rows } = await pool.query<{ id: number }>(
    `select c.id from gateway.connector c left join gateway.connector_watch w on w.connector_id = c.id
     where exists (select 1 from gateway.run r where r.connector_id = c.id and r.id > coalesce(w.last_run_id, 0)
       and r.finished_at is not null)`,
  )
  return rows.map(({ id }) => id)
}

/**
 * Looks at the runs of a connector that have ended since the last time, each once over all replicas: opens, renews and closes the
 * notices of its owner, with the deliveries of what was opened or closed. True when there is something to deliver.
 */
export async function watchRuns(pool: pg.Pool, connectorId: number): Promise<boolean> {
  let deliveries = false
  for (let more = true; more;) {
    more = await inTransaction(pool, async (client) => {
      const query = queriesOf(client)
      await query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`notices of connector ${connectorId}`])
      const runs = await endedRuns(query, connectorId)
      for (const run of runs) {
        if (await watchRun(query, connectorId, run)) deliveries = true
      }
      const last = runs.at(-1)
      if (last !== undefined) await countRuns(query, connectorId, runs, last.id)
      return runs.length === runsAtOnce
    })
  }
  return deliveries
}

async function endedRuns(query: Queries, connectorId: number): Promise<RunRow[]> {
  return query<RunRow>(
    `select r.id, c.code, r.outcome, r.error_code, r.error_vi, r.error_en, r.read, r.set_aside, r.incremental, r.notes,
       since.failures, coalesce(extract(epoch from r.finished_at - since.first) * 1000, 0)::float8 as failing_ms
     from gateway.run r join gateway.connector c on c.id = r.connector_id
     cross join lateral (
       select count(*)::int as failures, min(f.started_at) as first from gateway.run f
       where f.connector_id = r.connector_id and f.outcome = 'FAILED' and f.id <= r.id
         and f.id > coalesce((select max(s.id) from gateway.run s
           where s.connector_id = r.connector_id and s.id < r.id and s.outcome <> 'FAILED'), 0)
     ) since
     where r.connector_id = $1 and r.finished_at is not null
       and r.id > coalesce((select last_run_id from gateway.connector_watch where connector_id = $1), 0)
     order by r.id limit $2`,
    [connectorId, runsAtOnce],
  )
}

async function watchRun(query: Queries, connectorId: number, run: RunRow): Promise<boolean> {
  const drift = run.outcome === 'FAILED' ? undefined : await untoldDrift(query, connectorId, run.notes)
  const old = run.outcome === 'FAILED' ? undefined : await outdatedRuns(query, connectorId, run)
  const { causes, settled } = meaningOf({
    outcome: run.outcome,
    errorCode: run.error_code,
    read: run.read,
    setAside: run.set_aside,
    incremental: run.incremental,
    columnsChanged: drift !== undefined,
    remapped: await wasRemapped(query, connectorId),
    outdated: old,
    failures: run.failures,
    failingForMs: run.failing_ms,
  })
  const closed = settled.length === 0 ? [] : await closeNotices(query, connectorId, settled)
  const opened: number[] = []
  for (const cause of causes) {
    const id = await openNotice(query, connectorId, cause, run, titleOf(cause, run, { drift, old: old?.text }))
    if (id !== undefined) opened.push(id)
  }
  await enqueue(query, opened, 'OPENED')
  await enqueue(query, closed, 'CLOSED')
  return opened.length > 0 || closed.length > 0
}

function titleOf(
  cause: NoticeCause,
  run: RunRow,
  { drift, old }: { readonly drift: Bilingual | undefined; readonly old: Bilingual | undefined },
): Bilingual {
  if (cause === 'ROWS_SET_ASIDE') return setAsideTitle(run.set_aside)
  if (cause === 'COLUMNS_CHANGED' && drift !== undefined) return drift
  if (cause === 'SOURCE_OUTDATED' && old !== undefined) return old
  return { vi: run.error_vi ?? cause, en: run.error_en ?? cause }
}

/** The ids of those that were open. */
export async function closeNotices(
  query: Queries,
  connectorId: number,
  causes: readonly NoticeCause[],
): Promise<number[]> {
  const rows = await query<{ id: number }>(
    `with closed as (
       update gateway.notice set closed_at = now() where connector_id = $1 and cause = any ($2) and closed_at is null returning id
     ) select id from closed`,
    [connectorId, causes],
  )
  return rows.map(({ id }) => id)
}

/** False: it was closed before. Those who are told of notices are told of its end. */
export async function closeNotice(query: Queries, noticeId: number): Promise<boolean> {
  const closed = await query<{ id: number }>(
    `with closed as (update gateway.notice set closed_at = now() where id = $1 and closed_at is null returning id)
     select id from closed`,
    [noticeId],
  )
  await enqueue(
    query,
    closed.map(({ id }) => id),
    'CLOSED',
  )
  return closed.length > 0
}

/** Its id when it is new; one that is open already is renewed. */
async function openNotice(
  query: Queries,
  connectorId: number,
  cause: NoticeCause,
  run: RunRow,
  title: Bilingual,
): Promise<number | undefined> {
  const csv = csvPath(run.code, run.id)
  const fix = fixes[cause]
  const rows = await query<{ id: number; times: number }>(
    `insert into gateway.notice as n (connector_id, cause, run_id, title_vi, title_en, fix_vi, fix_en, rows)
     values ($1, $2, $3, $4, $5, $6, $7, (
       select coalesce(jsonb_agg(to_jsonb(told)), '[]') from (
         select resource, part, row_number as row, field, value, reason_vi as vi, reason_en as en
         from gateway.set_aside_row where run_id = $3 and $2 not in ('COLUMNS_CHANGED', 'SOURCE_OUTDATED') order by id limit $8
       ) as told))
     on conflict (connector_id, cause) where closed_at is null do update
       set run_id = excluded.run_id, title_vi = excluded.title_vi, title_en = excluded.title_en, fix_vi = excluded.fix_vi,
         fix_en = excluded.fix_en, rows = excluded.rows, times = n.times + 1, updated_at = now()
     returning id, times`,
    [
      ...[connectorId, cause, run.id, title.vi, title.en],
      ...[fix.vi.replace('{csv}', csv), fix.en.replace('{csv}', csv), rowsTold],
    ],
  )
  return rows[0]?.times === 1 ? rows[0].id : undefined
}

/** A program keeps count of both; a person is told what there is to do, and not otherwise. */
const channelsOf: Readonly<Record<'OPENED' | 'CLOSED', readonly NoticeChannel[]>> = {
  OPENED: ['webhook', 'mail'],
  CLOSED: ['webhook'],
}

/** For agencies that want to be told: what is sent is what was true when it came about. */
async function enqueue(query: Queries, noticeIds: readonly number[], event: 'OPENED' | 'CLOSED'): Promise<void> {
  if (noticeIds.length === 0) return
  await query(
    `insert into gateway.notice_delivery (notice_id, agency_id, event, channel, body)
     select n.id, c.agency_id, $2, s.field, jsonb_build_object('event', $2::text, 'notice', jsonb_build_object(
         'id', n.id::text, 'cause', n.cause, 'connector', c.code, 'dataset', d.code, 'run', n.run_id::text,
         'title', jsonb_build_object('vi', n.title_vi, 'en', n.title_en),
         'fix', jsonb_build_object('vi', n.fix_vi, 'en', n.fix_en),
         'rows', n.rows, 'openedAt', n.opened_at, 'closedAt', n.closed_at))
     from gateway.notice n join gateway.connector c on c.id = n.connector_id join gateway.dataset d on d.id = c.dataset_id
     join gateway.sealed_secret s on s.owner = 'agency' and s.owner_id = c.agency_id and s.field = any ($3)
     where n.id = any ($1)`,
    [noticeIds, event, channelsOf[event]],
  )
}

async function countRuns(
  query: Queries,
  connectorId: number,
  runs: readonly RunRow[],
  lastRunId: string,
): Promise<void> {
  await query(
    `insert into gateway.connector_run_total as t (connector_id, outcome, total)
     select $1, outcome, count(*) from unnest($2::text[]) as ended (outcome) group by outcome
     on conflict (connector_id, outcome) do update set total = t.total + excluded.total`,
    [connectorId, runs.map(({ outcome }) => outcome)],
  )
  await query(
    `insert into gateway.connector_watch (connector_id, last_run_id) values ($1, $2)
     on conflict (connector_id) do update set last_run_id = excluded.last_run_id`,
    [connectorId, lastRunId],
  )
}
