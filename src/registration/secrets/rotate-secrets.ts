import type pg from 'pg'
import { appendAudit } from '../../access/audit/append-audit.js'
import { theGateway } from '../../access/audit/audit-chain.js'
import { lockSecrets, storeSecret } from '../../access/sealed-secrets.js'
import { createSecrets } from '../../access/secrets.js'
import { queriesOf } from '../../database/queries.js'
import { inTransaction } from '../../harvest/transaction.js'

/**
 * Encrypts everything anew with the new key, all of it or nothing; what has the new key already stays, so it can be repeated.
 * Returns how many texts were encrypted anew. Throws SecretUnreadable when one was sealed with neither key. A gateway that
 * runs must be started again with the new key.
 */
export async function rotateSecrets(pool: pg.Pool, oldKey: Buffer, newKey: Buffer): Promise<number> {
  const secrets = createSecrets(newKey, [oldKey])
  return await inTransaction(pool, async (client) => {
    const query = queriesOf(client)
    const stored = await lockSecrets(query)
    const old = stored.filter(({ keyId }) => keyId !== secrets.keyId)
    for (const secret of old) {
      await storeSecret(query, secrets, secret.place, secrets.open(secret.place, secret))
    }
    if (old.length > 0) {
      const details = { texts: old.length, keyId: secrets.keyId }
      await appendAudit(query, theGateway, { action: 'secrets.rotated', subject: 'secrets', details })
    }
    return old.length
  })
}
