import { GatewayError } from '../errors/gateway-error.js'
import { isMailAddress } from '../settings/mail-settings.js'

/** Throws BAD_USER_INPUT, which does not repeat it. */
export function parseMailAddress(text: string): string {
  const address = text.trim()
  if (isMailAddress(address)) return address
  throw new GatewayError('BAD_USER_INPUT', 'address must be one e-mail address, such as cntt@so.example.gov.vn.')
}
