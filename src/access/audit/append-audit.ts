import type { Queries } from '../../database/queries.js'
import type { Viewer } from '../viewer.js'
import { canonicalText, genesis, hashOf, type Actor, type AuditContent } from './audit-chain.js'

/** A management action, for the log. Its details name no secret, and no text that could hold one. */
export interface AuditedAction {
  readonly action: string
  readonly subject: string
  readonly details?: AuditContent['details']
}

export function actorOf(viewer: Viewer): Actor {
  if (viewer.role === 'ANONYMOUS') throw new Error('Nobody manages anything without a key.')
  return { role: viewer.role, key: viewer.keyId, agency: viewer.agencyCode }
}

/**
 * Appends an entry, in the transaction of the action that it is about: both are committed or neither. Call it last, since the
 * log is locked until the transaction ends, so that parallel actions never continue the same entry.
 */
export async function appendAudit(query: Queries, actor: Actor, entry: AuditedAction): Promise<void> {
  await query("select pg_advisory_xact_lock(hashtextextended('gateway.audit_entry', 0))")
  // Another statement than the lock: it must see what the one who had the lock before has committed.
  const [head] = await query<{ at: string; seq: string | null; hash: string | null }>(
    `select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, last.seq, last.hash
     from (select 1) as one left join (select seq, hash from gateway.audit_entry order by seq desc limit 1) as last on true`,
  )
  if (head === undefined) throw new Error('The database did not tell the time.')
  const { action, subject, details = {} } = entry
  const seq = Number(head.seq ?? 0) + 1
  const previous = head.hash ?? genesis
  const text = canonicalText({ seq, at: head.at, actor, action, subject, details, previous })
  await query('insert into gateway.audit_entry (seq, content, hash) values ($1, $2, $3)', [seq, text, hashOf(text)])
}
