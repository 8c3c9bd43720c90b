import type pg from 'pg'
import { actorOf, appendAudit } from '../access/audit/append-audit.js'
import type { Viewer } from '../access/viewer.js'
import { changeControlPlane } from '../database/control-revision.js'
import { queriesOf } from '../database/queries.js'
import { retireConnector } from '../harvest/registration/apply-manifest.js'
import { resourceChannel } from '../harvest/registration/resource-registry.js'
import { inTransaction } from '../harvest/transaction.js'
import { noticeCauses } from '../notices/meaning-of-run.js'
import { closeNotices } from '../notices/watch-runs.js'
import type { Connector } from './entities/connector.js'
import { forgetCredentials } from './secrets/connector-credentials.js'

/** Stops or goes on reading a source; its records stay. When it is so already nothing is changed. */
export async function setPaused(
  pool: pg.Pool,
  viewer: Viewer,
  { id, code }: Connector,
  paused: boolean,
): Promise<void> {
  await inTransaction(pool, async (client) => {
    const { rowCount } = await client.query(
      'update gateway.connector set status = $2, changed_at = now() where id = $1 and status = $3',
      [id, paused ? 'PAUSED' : 'ACTIVE', paused ? 'ACTIVE' : 'PAUSED'],
    )
    if (rowCount === 0) return
    await changeControlPlane(client)
    await client.query('select pg_notify($1, $2)', [resourceChannel, String(id)])
    const action = paused ? 'connector.paused' : 'connector.resumed'
    await appendAudit(queriesOf(client), actorOf(viewer), { action, subject: `connector ${code}` })
  })
}

/** Ends the reading of a source for good. Its credentials are forgotten; its records stay. */
export async function retire(pool: pg.Pool, viewer: Viewer, { id, code }: Connector): Promise<void> {
  await retireConnector(pool, id, async (client) => {
    const query = queriesOf(client)
    await forgetCredentials(query, id)
    await closeNotices(query, id, noticeCauses)
    await appendAudit(query, actorOf(viewer), { action: 'connector.retired', subject: `connector ${code}` })
  })
}
