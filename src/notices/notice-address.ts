import { forgetSecret, readSecret, storeSecret } from '../access/sealed-secrets.js'
import type { SecretPlace, Secrets } from '../access/secrets.js'
import type { Queries } from '../database/queries.js'
import { GatewayError } from '../errors/gateway-error.js'

/** The ways in which an agency is told. The name is also that of the kept address. */
export type NoticeChannel = 'webhook' | 'mail'

// Encrypted: a webhook's address often is a secret by itself, and a mail address may be a person's.
const placeOf = (agencyId: number, channel: NoticeChannel): SecretPlace => ({
  owner: 'agency',
  ownerId: agencyId,
  field: channel,
})

/** Throws BAD_USER_INPUT, which does not repeat it. Whether its address may be reached is known when something is sent. */
export function parseWebhook(text: string): URL {
  const url = text.length <= 2000 ? URL.parse(text) : null
  const usable = url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === ''
  if (usable) return url
  throw new GatewayError('BAD_USER_INPUT', 'url must be an http or https address without user and password in it.')
}

export async function storeAddress(
  query: Queries,
  secrets: Secrets,
  agencyId: number,
  channel: NoticeChannel,
  address: string,
): Promise<void> {
  await storeSecret(query, secrets, placeOf(agencyId, channel), address)
}

/** What waits for it is not sent any more. */
export async function forgetAddress(query: Queries, agencyId: number, channel: NoticeChannel): Promise<void> {
  await forgetSecret(query, placeOf(agencyId, channel))
  await query(
    `update gateway.notice_delivery set given_up_at = now(), last_error = 'REMOVED'
     where agency_id = $1 and channel = $2 and delivered_at is null and given_up_at is null`,
    [agencyId, channel],
  )
}

export async function readAddress(
  query: Queries,
  secrets: Secrets,
  agencyId: number,
  channel: NoticeChannel,
): Promise<string | undefined> {
  return readSecret(query, secrets, placeOf(agencyId, channel))
}
