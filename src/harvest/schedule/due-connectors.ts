import type pg from 'pg'
import { lockClasses } from '../locks.js'
import type { Connector } from '../registration/connector.js'

/** After the first failure in a row, the second, …; the last one counts for all that follow. Never longer than `every`. */
const pausesMs = [60_000, 300_000, 900_000, 3_600_000]

/**
 * The connectors whose next run is due, by the database's clock: never run, last run longer ago than the manifest's `every`,
 * a changed manifest, the pause after a failure and the one that the source has asked for over, or a run whose process died.
 */
export async function dueConnectors(pool: pg.Pool, connectors: readonly Connector[]): Promise<Connector[]> {
  const scheduled = connectors.filter((one) => one.status === 'ACTIVE' && one.manifest.refresh.mode === 'snapshot')
  if (scheduled.length === 0) return []
  const { rows } = await pool.query<{ id: number }>(
    `select c.id from unnest($1::int[], $2::int[], $3::bigint[]) as c (id, version, every_ms)
     left join lateral (
       select started_at, finished_at, outcome, connector_version, retry_at from gateway.run where connector_id = c.id order by id desc limit 1
     ) last on true
     left join lateral (
       select count(*)::int as failures from gateway.run r where r.connector_id = c.id and r.outcome = 'FAILED'
         and r.id > coalesce((select max(s.id) from gateway.run s where s.connector_id = c.id and s.outcome <> 'FAILED'), 0)
     ) since on last.outcome = 'FAILED'
     where last.started_at is null
        or last.connector_version <> c.version
        or (last.finished_at is null and not exists (
             select 1 from pg_locks l where l.locktype = 'advisory' and l.granted and l.objsubid = 2 and l.classid = $5
               and l.objid = c.id and l.database = (select oid from pg_database where datname = current_database())))
        or (last.outcome = 'FAILED' and clock_timestamp() >= greatest(last.retry_at, last.finished_at
             + least(c.every_ms, ($4::bigint[])[least(since.failures, cardinality($4::bigint[]))]) * interval '1 ms'))
        or (last.outcome <> 'FAILED' and clock_timestamp() >= last.started_at + c.every_ms * interval '1 ms')`,
    [
      scheduled.map((connector) => connector.id),
      scheduled.map((connector) => connector.version),
      scheduled.map(({ manifest }) => (manifest.refresh.mode === 'snapshot' ? manifest.refresh.everyMs : 0)),
      pausesMs,
      lockClasses.connectorRun,
    ],
  )
  const due = new Set(rows.map((row) => row.id))
  return scheduled.filter((connector) => due.has(connector.id))
}
