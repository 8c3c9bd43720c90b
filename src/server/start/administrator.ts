import { randomBytes } from 'node:crypto'
import type { DataSource } from 'typeorm'
import { IsNull } from 'typeorm'
import { ApiKey } from '../../access/api-key.js'
import { createKey } from '../../access/keys.js'

/** What stands in for an administrator's token that the environment does not give: nobody knows it. */
export function unknowableToken(): string {
  return randomBytes(32).toString('hex')
}

/** Makes the first administrator's key when there is none; its token is in the answer and, hashed, in the database. */
export async function firstAdministrator(dataSource: DataSource): Promise<string | undefined> {
  return dataSource.transaction(async (manager) => {
    // Replicas that start together make one.
    await manager.query("select pg_advisory_xact_lock(hashtext('gateway.administrator'))")
    const known = await manager.getRepository(ApiKey).countBy({ role: 'ADMIN', revokedAt: IsNull() })
    if (known > 0) return undefined
    const label = 'First administrator'
    const { token } = await createKey(manager, { role: 'ADMIN', agency: undefined, label, expiresAt: undefined })
    return token
  })
}
