import type { EntityManager } from 'typeorm'
import { actorOf, appendAudit } from '../../access/audit/append-audit.js'
import { requireRole, type Viewer } from '../../access/viewer.js'
import { Agency } from '../../catalog/entities/agency.js'
import { changeControlPlane } from '../../database/control-revision.js'
import { queriesIn } from '../../database/queries.js'
import { GatewayError } from '../../errors/gateway-error.js'
import { refuseSecondDataset } from '../../records/storage/one-dataset.js'
import { RecordTypeProposal } from '../entities/record-type-proposal.js'
import type { RegistrationPorts } from '../registration.js'
import { mergeProposed, type Proposed } from './proposed-types.js'

const longestProposal = 200_000
const mostOpen = 50

/**
 * Stores a proposal that could be accepted as things are. Throws BAD_USER_INPUT with all that is wrong with it, and CONFLICT when what
 * is published stands against it.
 */
export async function proposeRecordType(
  ports: RegistrationPorts,
  manager: EntityManager,
  viewer: Viewer,
  proposed: Proposed,
): Promise<RecordTypeProposal> {
  requireRole(viewer, 'AGENCY', 'COORDINATOR', 'ADMIN')
  if (JSON.stringify([proposed.schema, proposed.codeLists]).length > longestProposal) {
    throw new GatewayError('BAD_USER_INPUT', `A proposal has at most ${longestProposal / 1000} KB.`)
  }
  const { type, changes } = mergeProposed(ports.types(), proposed, ports.taken)
  if (changes.length === 0) {
    throw new GatewayError('CONFLICT', `The record type ${type.code} is so already; there is nothing to propose.`)
  }
  await refuseSecondDataset(ports.pool, [type])
  return manager.transaction(async (transaction) => {
    const proposals = transaction.getRepository(RecordTypeProposal)
    const code = viewer.agencyCode
    const agency = code === undefined ? null : await transaction.getRepository(Agency).findOneByOrFail({ code })
    const agencyId = agency?.id ?? null
    const open = agencyId === null ? 0 : await proposals.countBy({ agencyId, status: 'PROPOSED' })
    if (open >= mostOpen) throw new GatewayError('CONFLICT', `Your agency has ${open} proposals that wait already.`)
    const [row] = await transaction.query<{ id: number }[]>(
      `insert into gateway.record_type_proposal (code, agency_id, schema, code_lists) values ($1, $2, $3, $4) returning id`,
      [type.code, agencyId, JSON.stringify(proposed.schema), JSON.stringify(proposed.codeLists)],
    )
    if (row === undefined) throw new Error('The proposal was not stored.')
    await changeControlPlane(transaction)
    await appendAudit(queriesIn(transaction), actorOf(viewer), {
      action: 'recordType.proposed',
      subject: `record type ${type.code}`,
      details: { proposal: row.id },
    })
    return proposals.findOneByOrFail({ id: row.id })
  })
}
