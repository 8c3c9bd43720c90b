import type { EntityManager } from 'typeorm'
import { requireAgency, requireRole } from '../access/viewer.js'
import { Agency } from '../catalog/entities/agency.js'
import { GatewayError } from '../errors/gateway-error.js'
import type { RegistrationContext } from '../registration/registration.js'
import type { NoticeChannel } from './notice-address.js'

/** The agency of the code, or of the key, whose notices the viewer may decide about. */
export async function agencyFor(
  { viewer, manager }: RegistrationContext,
  code: string | null | undefined,
): Promise<Agency> {
  requireRole(viewer, 'AGENCY', 'COORDINATOR', 'ADMIN')
  const asked = code ?? viewer.agencyCode
  requireAgency(viewer, asked)
  if (asked === undefined) throw new GatewayError('BAD_USER_INPUT', 'Name the agency.')
  const agency = asked.includes('\0') ? null : await manager.getRepository(Agency).findOneBy({ code: asked })
  if (agency === null) throw new GatewayError('NOT_FOUND', `There is no agency with the code ${asked}.`)
  return agency
}

export interface DeliveryState {
  readonly pending: number
  /** The code of why the newest of these was not taken. */
  readonly lastError: string | null
}

export async function deliveryState(
  manager: EntityManager,
  agencyId: number,
  channel: NoticeChannel,
): Promise<DeliveryState> {
  const [state] = await manager.query<{ pending: number; last_error: string | null }[]>(
    `select count(*)::int as pending, (array_agg(last_error order by next_attempt_at desc))[1] as last_error
     from gateway.notice_delivery
     where agency_id = $1 and channel = $2 and delivered_at is null and given_up_at is null`,
    [agencyId, channel],
  )
  return { pending: state?.pending ?? 0, lastError: state?.last_error ?? null }
}
