import { GatewayError } from '../../errors/gateway-error.js'

/** A text from a request as Postgres can store it, composed (NFC) like all text that is kept. */
export function storableText(value: string): string {
  if (value.includes('\0')) throw new GatewayError('BAD_USER_INPUT', 'A text must not contain the character U+0000.')
  return value.normalize('NFC')
}

/** Whether the writer cared for diacritics: then only texts that have them are meant. */
export function hasDiacritics(value: string): boolean {
  return /[\p{M}đĐ]/u.test(value.normalize('NFD'))
}
