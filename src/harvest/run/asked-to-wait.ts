import type pg from 'pg'

/** Milliseconds for which the source has asked, at its last run, not to be read again; 0: it has not, or they are over. */
export async function askedToWaitMs(client: pg.ClientBase, connectorId: number): Promise<number> {
  const { rows } = await client.query<{ ms: number | null }>(
    `select extract(epoch from retry_at - clock_timestamp())::float8 * 1000 as ms from gateway.run
     where connector_id = $1 and finished_at is not null order by id desc limit 1`,
    [connectorId],
  )
  return Math.max(0, rows[0]?.ms ?? 0)
}
