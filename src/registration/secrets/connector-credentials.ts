import type pg from 'pg'
import { forgetSecret, readSecret, storeSecret } from '../../access/sealed-secrets.js'
import type { SecretPlace, Secrets } from '../../access/secrets.js'
import { credentialsSchema, type Credentials } from '../../connectors/outbound/credentials.js'
import { queriesOf, type Queries } from '../../database/queries.js'
import { GatewayError } from '../../errors/gateway-error.js'

function placeOf(connectorId: number): SecretPlace {
  return { owner: 'connector', ownerId: connectorId, field: 'credentials' }
}

const forms =
  'input must be {kind: "bearer", token}, {kind: "basic", user, password}, {kind: "header", name, value}, ' +
  '{kind: "query", name, value}, or null to remove them.'

/** Throws BAD_USER_INPUT, which shows nothing of what was sent. */
export function parseCredentials(input: unknown): Credentials {
  const parsed = credentialsSchema.safeParse(input)
  const sent = parsed.success ? Object.values(parsed.data) : []
  if (parsed.success && sent.every((text) => text.length <= 8192 && !/[\0\r\n]/.test(text))) return parsed.data
  throw new GatewayError('BAD_USER_INPUT', forms)
}

export async function storeCredentials(
  query: Queries,
  secrets: Secrets,
  connectorId: number,
  credentials: Credentials,
): Promise<void> {
  await storeSecret(query, secrets, placeOf(connectorId), JSON.stringify(credentials))
}

export async function forgetCredentials(query: Queries, connectorId: number): Promise<boolean> {
  return forgetSecret(query, placeOf(connectorId))
}

/**
 * What the harvest asks before it reads a source. Forty requests of one lookup ask at once: they share what is read. Throws
 * SecretUnreadable when the key is another one.
 */
export function credentialsIn(
  pool: pg.Pool,
  secrets: Secrets,
): (connectorId: number) => Promise<Credentials | undefined> {
  const underWay = new Map<number, Promise<Credentials | undefined>>()
  const read = async (connectorId: number): Promise<Credentials | undefined> => {
    const text = await readSecret(queriesOf(pool), secrets, placeOf(connectorId))
    return text === undefined ? undefined : credentialsSchema.parse(JSON.parse(text))
  }
  return (connectorId) => {
    const known = underWay.get(connectorId)
    if (known !== undefined) return known
    const asked = read(connectorId).finally(() => underWay.delete(connectorId))
    underWay.set(connectorId, asked)
    return asked
  }
}
