import type pg from 'pg'
import type { SourceFault } from '../../errors/source-fault.js'
import type { Connector } from '../registration/connector.js'
import { inTransaction } from '../transaction.js'
import { announceRun } from './run-announcement.js'
import type { RunNote } from './run-notes.js'
import { storeSetAsideRows, type RunCounts } from './run-log.js'
import type { SetAsideRow } from './set-aside.js'

export interface Failure {
  readonly runId: string
  readonly connector: Connector
  readonly fault: SourceFault
  readonly counts: RunCounts
  readonly setAsideRows: readonly SetAsideRow[]
  readonly notes: readonly RunNote[]
}

/** Records why the run failed, with the resources too: their last good version stays and says that it could not be renewed. */
export async function failRun(
  pool: pg.Pool,
  { runId, connector, fault, counts, setAsideRows, notes }: Failure,
): Promise<void> {
  await inTransaction(pool, async (client) => {
    const { rowCount } = await client.query(
      `update gateway.run set finished_at = clock_timestamp(), outcome = 'FAILED', error_code = $2, error_vi = $3, error_en = $4,
         read = $5, mapped = $6, set_aside = $7, bytes = $8, notes = $9,
         retry_at = clock_timestamp() + $10 * interval '1 s' where id = $1 and finished_at is null`,
      [
        runId,
        fault.code,
        fault.messageVi,
        fault.messageEn,
        counts.read,
        counts.mapped,
        counts.setAside,
        counts.bytes,
        JSON.stringify(notes),
        fault.secondsAsked ?? null,
      ],
    )
    // Already ended: it published just before, or another replica has given it up and runs anew.
    if (rowCount === 0) return
    await storeSetAsideRows(client, runId, setAsideRows)
    await client.query(
      `update gateway.resource set attempted_at = clock_timestamp(), error_at = clock_timestamp(),
         error_code = $2, error_vi = $3, error_en = $4,
         vanished_at = case when $5 and fetched_at is not null then coalesce(vanished_at, clock_timestamp()) else vanished_at end
       where connector_id = $1 and active`,
      [connector.id, fault.code, fault.messageVi, fault.messageEn, fault.code === 'NOT_FOUND'],
    )
    await announceRun(client, connector, false)
  })
}
