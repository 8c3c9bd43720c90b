import type pg from 'pg'
import { queriesOf } from '../../database/queries.js'
import { inTransaction } from '../../harvest/transaction.js'
import type { Viewer } from '../viewer.js'
import { actorOf, appendAudit, type AuditedAction } from './append-audit.js'

/** Logs an action that changes nothing in the database by itself, before it is done: what breaks off is in the log too. */
export async function recordAction(pool: pg.Pool, viewer: Viewer, action: AuditedAction): Promise<void> {
  await inTransaction(pool, (client) => appendAudit(queriesOf(client), actorOf(viewer), action))
}
