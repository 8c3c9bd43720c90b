import type pg from 'pg'
import { SourceFault } from '../../errors/source-fault.js'
import type { Connector } from '../registration/connector.js'
import { keptSetAsideRows, type SetAsideRow } from './set-aside.js'

export type RunReason = 'first' | 'schedule' | 'live' | 'registered' | 'manual' | 'upload'

export interface RunCounts {
  readonly read: number
  readonly mapped: number
  readonly setAside: number
  readonly bytes: number
}

export const noCounts: RunCounts = { read: 0, mapped: 0, setAside: 0, bytes: 0 }

/** Runs without an end while nobody holds the connector's lock are of a process that died. Call it holding the lock. */
export async function endInterruptedRuns(database: pg.ClientBase, connectorId: number): Promise<number> {
  const fault = new SourceFault('INTERRUPTED')
  const { rowCount } = await database.query(
    `update gateway.run set finished_at = clock_timestamp(), outcome = 'FAILED', error_code = $2, error_vi = $3, error_en = $4
     where connector_id = $1 and finished_at is null`,
    [connectorId, fault.code, fault.messageVi, fault.messageEn],
  )
  return rowCount ?? 0
}

/** The new run's id, a decimal. */
export async function startRun(
  database: pg.ClientBase,
  connector: Connector,
  request: { readonly reason: RunReason; readonly deadlineMs: number; readonly upload?: { readonly id: string } },
): Promise<string> {
  const { rows } = await database.query<{ id: string }>(
    `insert into gateway.run (connector_id, connector_version, reason, started_at, deadline_at, upload_id)
     values ($1, $2, $3, clock_timestamp(), clock_timestamp() + $4 * interval '1 ms', $5) returning id`,
    [connector.id, connector.version, request.reason, request.deadlineMs, request.upload?.id ?? null],
  )
  const id = rows[0]?.id
  if (id === undefined) throw new Error('The run was not recorded.')
  return id
}

export async function storeSetAsideRows(
  database: pg.ClientBase,
  runId: string,
  rows: readonly SetAsideRow[],
): Promise<void> {
  if (rows.length === 0) return
  const kept = rows.slice(0, keptSetAsideRows)
  await database.query(
    `insert into gateway.set_aside_row (run_id, resource, part, row_number, field, value, reason_vi, reason_en)
     select $1, * from unnest($2::text[], $3::text[], $4::int[], $5::text[], $6::text[], $7::text[], $8::text[])`,
    [
      runId,
      kept.map((row) => row.resource),
      kept.map((row) => row.part ?? null),
      kept.map((row) => row.number),
      kept.map((row) => row.field ?? null),
      kept.map((row) => row.value ?? null),
      kept.map((row) => row.reasonVi),
      kept.map((row) => row.reasonEn),
    ],
  )
}
