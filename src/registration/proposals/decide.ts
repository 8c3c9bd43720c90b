import type pg from 'pg'
import type { EntityManager } from 'typeorm'
import { actorOf, appendAudit } from '../../access/audit/append-audit.js'
import { requireRole, type Viewer } from '../../access/viewer.js'
import { changeControlPlane } from '../../database/control-revision.js'
import { queriesOf } from '../../database/queries.js'
import { GatewayError } from '../../errors/gateway-error.js'
import { inTransaction } from '../../harvest/transaction.js'
import { RecordTypeProposal } from '../entities/record-type-proposal.js'
import type { RegistrationPorts } from '../registration.js'
import { changeRecordTypes } from './change-record-types.js'
import { mergeProposed } from './proposed-types.js'

/**
 * Makes a proposed record type public, with the change of the tables and the entry in the log in one transaction. Throws CONFLICT
 * with the reasons when it would break what is published, unless an administrator forces it.
 */
export async function acceptRecordType(
  ports: RegistrationPorts,
  manager: EntityManager,
  viewer: Viewer,
  { id, force }: { readonly id: string; readonly force: boolean },
): Promise<RecordTypeProposal> {
  requireRole(viewer, 'COORDINATOR', 'ADMIN')
  if (force) requireRole(viewer, 'ADMIN')
  const proposal = await openProposal(manager, id)
  const accept = (client: pg.PoolClient): Promise<void> =>
    decide(client, viewer, proposal, { status: 'ACCEPTED', reason: null, force })
  const changed = await changeRecordTypes(ports, (current) => {
    const { types } = mergeProposed(current, proposal, ports.taken)
    return { types, force, alongside: accept }
  })
  // Somebody else has made the very same change.
  if (!changed) await inTransaction(ports.pool, accept)
  return manager.getRepository(RecordTypeProposal).findOneByOrFail({ id: proposal.id })
}

export async function rejectRecordType(
  ports: RegistrationPorts,
  manager: EntityManager,
  viewer: Viewer,
  { id, reason }: { readonly id: string; readonly reason: string },
): Promise<RecordTypeProposal> {
  requireRole(viewer, 'COORDINATOR', 'ADMIN')
  const said = reason.trim()
  if (said === '' || said.length > 2000 || said.includes('\0')) {
    throw new GatewayError(
      'BAD_USER_INPUT',
      'reason must have 1 to 2000 characters: say what the agency should change.',
    )
  }
  const proposal = await openProposal(manager, id)
  await inTransaction(ports.pool, (client) =>
    decide(client, viewer, proposal, { status: 'REJECTED', reason: said, force: false }),
  )
  return manager.getRepository(RecordTypeProposal).findOneByOrFail({ id: proposal.id })
}

async function openProposal(manager: EntityManager, id: string): Promise<RecordTypeProposal> {
  const known = /^[1-9]\d{0,8}$/.test(id)
    ? await manager.getRepository(RecordTypeProposal).findOneBy({ id: Number(id) })
    : null
  if (known === null) throw new GatewayError('NOT_FOUND', `There is no proposal ${id}.`)
  refuseDecided(known.id, known.status === 'PROPOSED')
  return known
}

interface Decision {
  readonly status: 'ACCEPTED' | 'REJECTED'
  readonly reason: string | null
  readonly force: boolean
}

async function decide(
  client: pg.PoolClient,
  viewer: Viewer,
  { id, code }: RecordTypeProposal,
  { status, reason, force }: Decision,
): Promise<void> {
  const { rowCount } = await client.query(
    `update gateway.record_type_proposal set status = $2, reason = $3, decided_at = now() where id = $1 and status = 'PROPOSED'`,
    [id, status, reason],
  )
  refuseDecided(id, rowCount === 1)
  await changeControlPlane(client)
  await appendAudit(queriesOf(client), actorOf(viewer), {
    action: status === 'ACCEPTED' ? 'recordType.accepted' : 'recordType.rejected',
    subject: `record type ${code}`,
    details: { proposal: id, reason, force },
  })
}

function refuseDecided(id: number, open: boolean): void {
  // `reasons` tells it from a change by somebody else meanwhile, which is worth another try.
  const reasons = ['decided']
  if (!open) throw new GatewayError('CONFLICT', `Proposal ${id} was decided already.`, { extensions: { reasons } })
}
