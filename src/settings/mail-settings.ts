/** How notices are sent by e-mail. */
export interface MailSettings {
  /** `smtp://user:password@host:587` (STARTTLS), `smtps://…:465`. */
  readonly server: string
  /** The sender, `name <address>` or an address. */
  readonly from: string
  /** Where people reach the gateway, for the links in mails; undefined: paths are written without it. */
  readonly gatewayUrl: string | undefined
  /** Who vouches for the server besides those whom everybody trusts, as PEM text. */
  readonly ca?: string | undefined
}

// One address, and nothing of the forms that mean more than one, or a header.
const form = /^[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]{1,64}@[\p{L}\p{N}](?:[\p{L}\p{N}.-]*[\p{L}\p{N}])?$/u

export function isMailAddress(text: string): boolean {
  return text.length <= 254 && form.test(text)
}
