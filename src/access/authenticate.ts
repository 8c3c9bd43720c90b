import type { DataSource } from 'typeorm'
import { GatewayError } from '../errors/gateway-error.js'
import { ApiKey } from './api-key.js'
import { hashToken, sameHash, tokenPrefix } from './token.js'
import { anonymous, type Viewer } from './viewer.js'

/** Turns an Authorization header (or what a WebSocket sent in its place) into a viewer. */
export type Authenticate = (header: string | undefined) => Promise<Viewer>

export interface AuthenticateOptions {
  readonly dataSource: DataSource
  /** The token of the first administrator, from the environment. */
  readonly adminToken: string
}

/** No header is an anonymous viewer; a wrong, expired or revoked key is UNAUTHENTICATED. Keys are read each time: revoking is immediate. */
export function createAuthenticate({ dataSource, adminToken }: AuthenticateOptions): Authenticate {
  const adminHash = hashToken(adminToken)
  return async (header) => {
    if (header === undefined) return anonymous
    const token = /^bearer +(\S+)$/i.exec(header.trim())?.[1]
    if (token === undefined) {
      throw new GatewayError('UNAUTHENTICATED', 'The header Authorization must be: Bearer <key>.')
    }
    const hash = hashToken(token)
    if (sameHash(hash, adminHash)) return { role: 'ADMIN', agencyCode: undefined, keyId: undefined }
    const prefix = tokenPrefix(token)
    const key = prefix === undefined ? undefined : await findValid(dataSource, prefix)
    if (key === undefined || !sameHash(hash, key.hash)) {
      throw new GatewayError('UNAUTHENTICATED', 'The key is not valid: it is wrong, expired or revoked.')
    }
    return { role: key.role, agencyCode: key.agency?.code, keyId: key.id }
  }
}

// The database's clock decides, so that all replicas agree.
async function findValid(dataSource: DataSource, prefix: string): Promise<ApiKey | undefined> {
  const key = await dataSource
    .getRepository(ApiKey)
    .createQueryBuilder('key')
    .leftJoinAndSelect('key.agency', 'agency')
    .where('key.prefix = :prefix and key.revoked_at is null', { prefix })
    .andWhere('(key.expires_at is null or key.expires_at > now())')
    .getOne()
  return key ?? undefined
}
