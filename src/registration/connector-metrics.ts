import type pg from 'pg'
import { Counter, Gauge, type Registry } from 'prom-client'
import type { BreakerState } from '../harvest/live/source-breaker.js'
import type { Logger } from '../harvest/logger.js'

export interface ConnectorMetricsParts {
  readonly registry: Registry
  readonly pool: pg.Pool
  readonly logger: Logger
  /** Of this process; undefined when no query asks the connector's source. */
  readonly breaker: (connectorId: number) => BreakerState | undefined
}

interface Row {
  readonly id: number
  readonly code: string
  readonly status: string
  readonly totals: Readonly<Record<string, number>>
  readonly success_age: number | null
  readonly records: number
  readonly set_aside: number | null
  readonly duration: number | null
  readonly failures: number
  readonly open_notices: number
}

/** How long an answer is used again: a scrape reads each metric by itself, and scrapers may be many. */
const freshMs = 2_000

/**
 * Registers the metrics of each connector. They are read from the database when they are scraped, so every replica tells the same:
 * take the maximum over replicas, not the sum.
 */
export function registerConnectorMetrics({ registry, pool, logger, breaker }: ConnectorMetricsParts): void {
  let reading: Promise<void> | undefined
  let readAt = -Infinity
  const collect = async (): Promise<void> => {
    if (reading === undefined && performance.now() - readAt < freshMs) return
    reading ??= read().finally(() => {
      reading = undefined
      readAt = performance.now()
    })
    await reading
  }
  const gauge = (name: string, help: string): Gauge<'connector'> =>
    new Gauge({ name: `gateway_connector_${name}`, help, labelNames: ['connector'], registers: [registry], collect })

  const runs = new Counter({
    name: 'gateway_connector_runs_total',
    help: 'Runs that have ended, by outcome.',
    labelNames: ['connector', 'outcome'],
    registers: [registry],
    collect,
  })
  const active = gauge('active', '1 when its source is read, 0 when it is paused.')
  const age = gauge('last_success_age_seconds', 'Since the end of the last run that did not fail.')
  const records = gauge('records', 'Records that are public.')
  const setAside = gauge('last_run_set_aside_rows', 'Rows that the last run set aside.')
  const duration = gauge('last_run_duration_seconds', 'Duration of the last run that has ended.')
  const failures = gauge('failures_in_a_row', 'Runs that failed since the last one that did not.')
  const notices = gauge('open_notices', 'Notices that its owner has not settled.')
  const open = gauge(
    'breaker_open',
    '1 while queries leave its source alone, 0.5 while it is tried again; of this process.',
  )
  const gauges = [active, age, records, setAside, duration, failures, notices, open]

  const read = async (): Promise<void> => {
    let rows: readonly Row[] = []
    try {
      rows = (await pool.query<Row>(statement)).rows
    } catch (error) {
      // The other metrics are wanted most when the database does not answer.
      logger.warn({ err: error }, 'The metrics of connectors could not be read; they are left out.')
    }
    // Those that are retired must not go on showing their last value.
    for (const metric of [runs, ...gauges]) metric.reset()
    for (const row of rows) {
      const labels = { connector: row.code }
      for (const [outcome, total] of Object.entries(row.totals)) runs.inc({ ...labels, outcome }, total)
      active.set(labels, row.status === 'ACTIVE' ? 1 : 0)
      records.set(labels, row.records)
      failures.set(labels, row.failures)
      notices.set(labels, row.open_notices)
      if (row.success_age !== null) age.set(labels, row.success_age)
      if (row.set_aside !== null) setAside.set(labels, row.set_aside)
      if (row.duration !== null) duration.set(labels, row.duration)
      const state = breaker(row.id)
      if (state !== undefined) open.set(labels, state === 'open' ? 1 : state === 'halfOpen' ? 0.5 : 0)
    }
  }
}

const statement = `
  select c.id, c.code, c.status,
    (select coalesce(json_object_agg(t.outcome, t.total), '{}') from gateway.connector_run_total t where t.connector_id = c.id) as totals,
    (select extract(epoch from clock_timestamp() - s.finished_at)::float8 from gateway.run s
       where s.connector_id = c.id and s.outcome <> 'FAILED' order by s.id desc limit 1) as success_age,
    (select coalesce(sum(r.record_count), 0)::float8 from gateway.resource r where r.connector_id = c.id) as records,
    last.set_aside, last.duration,
    (select count(*)::int from gateway.run f where f.connector_id = c.id and f.outcome = 'FAILED'
       and f.id > coalesce((select max(s.id) from gateway.run s where s.connector_id = c.id and s.outcome <> 'FAILED'), 0)) as failures,
    (select count(*)::int from gateway.notice n where n.connector_id = c.id and n.closed_at is null) as open_notices
  from gateway.connector c
  left join lateral (
    select l.set_aside, extract(epoch from l.finished_at - l.started_at)::float8 as duration from gateway.run l
    where l.connector_id = c.id and l.finished_at is not null order by l.id desc limit 1
  ) last on true
  where c.status <> 'RETIRED'
  order by c.code`
