/** How notices are sent by e-mail. */
export interface MailSettings {
  /** `smtp://user:password@host:587` (STARTTLS), `smtps://…:465`. */
  readonly server: string
  /** The sender, `name <address>` or an address. */
  readonly from: string
  /** Where people reach the gateway, for the links in mails; undefined: paths are written without it. */
  readonly gatewayUrl: string | undefined
}
