import { GatewayError } from '../errors/gateway-error.js'

// One address, and nothing of the forms that mean more than one, or a header.
const form = /^[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]{1,64}@[\p{L}\p{N}](?:[\p{L}\p{N}.-]*[\p{L}\p{N}])?$/u

export function isMailAddress(text: string): boolean {
  return text.length <= 254 && form.test(text)
}

/** Throws BAD_USER_INPUT, which does not repeat it. */
export function parseMailAddress(text: string): string {
  const address = text.trim()
  if (isMailAddress(address)) return address
  throw new GatewayError('BAD_USER_INPUT', 'address must be one e-mail address, such as cntt@so.example.gov.vn.')
}
