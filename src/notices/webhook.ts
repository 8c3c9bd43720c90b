import type { Queries } from '../access/audit/queries.js'
import { forgetSecret, readSecret, storeSecret } from '../access/sealed-secrets.js'
import type { SecretPlace, Secrets } from '../access/secrets.js'
import { GatewayError } from '../errors/gateway-error.js'

// Encrypted, since such an address often is a secret by itself.
const placeOf = (agencyId: number): SecretPlace => ({ owner: 'agency', ownerId: agencyId, field: 'webhook' })

/** Throws BAD_USER_INPUT, which does not repeat it. Whether its address may be reached is known when something is sent. */
export function parseWebhook(text: string): URL {
  const url = text.length <= 2000 ? URL.parse(text) : null
  const usable = url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === ''
  if (usable) return url
  throw new GatewayError('BAD_USER_INPUT', 'url must be an http or https address without user and password in it.')
}

export async function storeWebhook(query: Queries, secrets: Secrets, agencyId: number, url: URL): Promise<void> {
  await storeSecret(query, secrets, placeOf(agencyId), url.href)
}

/** What waits for it is not sent any more. */
export async function forgetWebhook(query: Queries, agencyId: number): Promise<void> {
  await forgetSecret(query, placeOf(agencyId))
  await query(
    `update gateway.notice_delivery set given_up_at = now(), last_error = 'REMOVED'
     where agency_id = $1 and delivered_at is null and given_up_at is null`,
    [agencyId],
  )
}

export async function readWebhook(query: Queries, secrets: Secrets, agencyId: number): Promise<URL | undefined> {
  const text = await readSecret(query, secrets, placeOf(agencyId))
  return text === undefined ? undefined : new URL(text)
}
