import type { EntityManager } from 'typeorm'
import { Agency } from '../catalog/entities/agency.js'
import { changeControlPlane } from '../database/control-revision.js'
import { queriesIn } from '../database/queries.js'
import { GatewayError } from '../errors/gateway-error.js'
import { ApiKey } from './api-key.js'
import { appendAudit } from './audit/append-audit.js'
import { theGateway, type Actor } from './audit/audit-chain.js'
import type { Role } from './role.js'
import { makeToken } from './token.js'

export interface NewKey {
  readonly role: Role
  /** The agency's code; of the role AGENCY and of no other. */
  readonly agency: string | undefined
  readonly label: string
  readonly expiresAt: Date | undefined
}

/** Stores a new key. The token is in the answer and nowhere else. `by`: who makes it. */
export async function createKey(
  manager: EntityManager,
  input: NewKey,
  by: Actor = theGateway,
): Promise<{ key: ApiKey; token: string }> {
  const label = input.label.trim()
  if (label === '' || label.length > 200 || label.includes('\0')) {
    throw new GatewayError('BAD_USER_INPUT', 'label must have 1 to 200 characters: say who or what the key is for.')
  }
  if (input.expiresAt !== undefined && input.expiresAt.getTime() <= Date.now()) {
    throw new GatewayError('BAD_USER_INPUT', 'expiresAt must be in the future.')
  }
  const { token, prefix, hash } = makeToken()
  return manager.transaction(async (transaction) => {
    const agency = await agencyOf(transaction, input)
    const keys = transaction.getRepository(ApiKey)
    const { role, expiresAt = null } = input
    const key = await keys.save(keys.create({ prefix, hash, label, role, agencyId: agency?.id ?? null, expiresAt }))
    await changeControlPlane(transaction)
    await appendAudit(queriesIn(transaction), by, {
      action: 'key.created',
      subject: `key ${key.id}`,
      details: { prefix, role, label, agency: agency?.code ?? null, expiresAt: expiresAt?.toISOString() ?? null },
    })
    return { key, token }
  })
}

/** A revoked key is refused from now on; it stays in the list. Revoking twice changes nothing. */
export async function revokeKey(manager: EntityManager, id: number, by: Actor): Promise<ApiKey> {
  return manager.transaction(async (transaction) => {
    const keys = transaction.getRepository(ApiKey)
    const key = await keys.findOne({ where: { id }, lock: { mode: 'pessimistic_write' } })
    if (key === null) throw new GatewayError('NOT_FOUND', `There is no key ${id}.`)
    if (key.revokedAt !== null) return key
    key.revokedAt = new Date()
    await keys.save(key)
    await changeControlPlane(transaction)
    await appendAudit(queriesIn(transaction), by, {
      action: 'key.revoked',
      subject: `key ${key.id}`,
      details: { prefix: key.prefix, label: key.label },
    })
    return key
  })
}

async function agencyOf(manager: EntityManager, { role, agency: code }: NewKey): Promise<Agency | undefined> {
  if ((role === 'AGENCY') !== (code !== undefined)) {
    throw new GatewayError('BAD_USER_INPUT', 'agency must be given for the role AGENCY, and for no other role.')
  }
  if (code === undefined) return undefined
  const agency = code.includes('\0') ? null : await manager.getRepository(Agency).findOneBy({ code })
  if (agency === null) throw new GatewayError('BAD_USER_INPUT', `There is no agency with the code ${code}.`)
  return agency
}
