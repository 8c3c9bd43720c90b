import type { EntityManager } from 'typeorm'
import { requireRole, type Viewer } from '../access/viewer.js'
import { GatewayError } from '../errors/gateway-error.js'
import { Connector } from './entities/connector.js'

/**
 * The connector that the viewer may manage: an agency its own, coordinators and administrators each. Throws NOT_FOUND in the
 * same words for one that is not there and for another agency's.
 */
export async function ownConnector(manager: EntityManager, viewer: Viewer, code: string): Promise<Connector> {
  requireRole(viewer, 'AGENCY', 'COORDINATOR', 'ADMIN')
  const found = code.includes('\0')
    ? null
    : await manager.getRepository(Connector).findOne({ where: { code }, relations: { agency: true } })
  if (found === null || (viewer.role === 'AGENCY' && found.agency?.code !== viewer.agencyCode)) {
    throw noSuchConnector()
  }
  return found
}

/** Of one that is not there and of another agency's: nobody learns by it what others have. */
export function noSuchConnector(): GatewayError {
  return new GatewayError('NOT_FOUND', 'You have no connector with this code.')
}

export function refuseRetired(connector: Connector): void {
  if (connector.status !== 'RETIRED') return
  throw new GatewayError('CONFLICT', `Connector ${connector.code} is retired; register it anew to use it again.`)
}
