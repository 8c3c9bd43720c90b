import type pg from 'pg'
import type { Logger } from '../logger.js'
import { RunLock } from './run-lock.js'
import { endInterruptedRuns } from './run-log.js'
import { sweepStagingTables } from './staging-table.js'

/** At the start and now and then: ends the runs of processes that died, and drops what they had staged. Runs of living replicas are left alone. */
export async function sweepInterrupted(pool: pg.Pool, sessions: pg.Pool, logger: Logger): Promise<void> {
  const { rows } = await pool.query<{ connector_id: number }>(
    'select distinct connector_id from gateway.run where finished_at is null',
  )
  for (const { connector_id: connectorId } of rows) {
    const lock = await RunLock.tryAcquire(sessions, connectorId)
    if (lock === undefined) continue
    try {
      const runs = await lock.use((client) => endInterruptedRuns(client, connectorId))
      if (runs > 0) logger.warn({ connectorId, runs }, 'Runs had been interrupted.')
    } finally {
      await lock.release()
    }
  }
  const tables = await sweepStagingTables(pool)
  if (tables > 0) logger.info({ tables }, 'Staging tables of interrupted runs were dropped.')
}
