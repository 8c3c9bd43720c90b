import { GatewayError } from '../errors/gateway-error.js'
import type { Role } from './role.js'

/** Who asks. Reading needs no account: most viewers are anonymous. */
export interface Viewer {
  readonly role: Role | 'ANONYMOUS'
  /** Only of the role AGENCY. */
  readonly agencyCode: string | undefined
  /** Undefined for the anonymous and for the administrator of the environment. */
  readonly keyId: number | undefined
}

export const anonymous: Viewer = { role: 'ANONYMOUS', agencyCode: undefined, keyId: undefined }

/** Throws UNAUTHENTICATED for the anonymous and FORBIDDEN for a role that is not among these. */
export function requireRole(viewer: Viewer, ...roles: readonly Role[]): void {
  if (viewer.role === 'ANONYMOUS') {
    throw new GatewayError('UNAUTHENTICATED', 'This needs a key: send it in the header Authorization: Bearer <key>.')
  }
  if (!roles.includes(viewer.role)) {
    throw new GatewayError(
      'FORBIDDEN',
      `This needs the role ${roles.join(' or ')}; your key has the role ${viewer.role}.`,
    )
  }
}

/** Lets in an agency's own key for what belongs to it, and coordinators and administrators for everything. */
export function requireAgency(viewer: Viewer, agencyCode: string | undefined): void {
  requireRole(viewer, 'AGENCY', 'COORDINATOR', 'ADMIN')
  if (viewer.role === 'AGENCY' && (agencyCode === undefined || viewer.agencyCode !== agencyCode)) {
    throw new GatewayError('FORBIDDEN', 'Your key is for what belongs to your own agency.')
  }
}
