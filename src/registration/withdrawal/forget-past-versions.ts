import type pg from 'pg'
import { actorOf, appendAudit } from '../../access/audit/append-audit.js'
import { requireRole, type Viewer } from '../../access/viewer.js'
import { changeControlPlane } from '../../database/control-revision.js'
import { historyTable } from '../../database/identifiers.js'
import { queriesOf } from '../../database/queries.js'
import { GatewayError } from '../../errors/gateway-error.js'
import { lockClasses } from '../../harvest/locks.js'
import { inTransaction } from '../../harvest/transaction.js'

/**
 * Takes back what earlier versions of a dataset published: they cannot be read at a past moment any more, and their changes not be
 * resumed. The version that is public stays. Returns how many rows and changes are gone.
 */
export async function forgetPastVersions(
  pool: pg.Pool,
  viewer: Viewer,
  { dataset, reason }: { readonly dataset: string; readonly reason: string },
): Promise<{ rows: number; changes: number }> {
  requireRole(viewer, 'COORDINATOR', 'ADMIN')
  const said = reason.trim()
  if (said === '' || said.length > 2000 || said.includes('\0')) {
    throw new GatewayError(
      'BAD_USER_INPUT',
      'reason must have 1 to 2000 characters: say why, without what is withdrawn.',
    )
  }
  return await inTransaction(pool, async (client) => {
    const id = await datasetId(client, dataset)
    // A run that publishes meanwhile would make another version a past one.
    await client.query('select pg_advisory_xact_lock($1, $2)', [lockClasses.datasetVersion, id])
    const rows = await forgetRows(client, id)
    await client.query(
      `delete from gateway.dataset_version where dataset_id = $1
         and number < (select max(number) from gateway.dataset_version where dataset_id = $1)`,
      [id],
    )
    const changes = await forgetChanges(client, id)
    // What was answered from them is not used again.
    await changeControlPlane(client)
    await appendAudit(queriesOf(client), actorOf(viewer), {
      action: 'dataset.pastForgotten',
      subject: `dataset ${dataset}`,
      details: { reason: said, rows, changes },
    })
    return { rows, changes }
  })
}

async function datasetId(client: pg.ClientBase, code: string): Promise<number> {
  const { rows } = await client.query<{ id: number }>('select id from gateway.dataset where code = $1', [
    code.replaceAll('\0', ''),
  ])
  const id = rows[0]?.id
  if (id === undefined) throw new GatewayError('NOT_FOUND', `There is no dataset ${code}.`)
  return id
}

async function forgetRows(client: pg.ClientBase, dataset: number): Promise<number> {
  const { rows: types } = await client.query<{ code: string }>(
    `select distinct record_type as code from gateway.resource where dataset_id = $1
       and to_regclass(format('records.%I', record_type || '~history')) is not null order by code`,
    [dataset],
  )
  let gone = 0
  for (const { code } of types) {
    const { rowCount } = await client.query(`delete from ${historyTable(code)} where _dataset = $1`, [dataset])
    gone += rowCount ?? 0
  }
  return gone
}

/** Whoever would resume from before them is told that the cursor has expired, instead of missing them. */
async function forgetChanges(client: pg.ClientBase, dataset: number): Promise<number> {
  // The head stays until the commit: no change may come between those that go and those that are said to be gone.
  await client.query('select 1 from gateway.feed_head for update')
  const { rows } = await client.query<{ gone: number }>(
    `with gone as (delete from gateway.change_event where dataset_id = $1 returning position),
       moved as (
         update gateway.feed_head set oldest = greatest(oldest, last.position)
         from (select max(position) as position from gone) last where last.position is not null
       )
     select count(*)::int as gone from gone`,
    [dataset],
  )
  return rows[0]?.gone ?? 0
}
