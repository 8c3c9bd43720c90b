import { isIPv4 } from 'node:net'
import { createTransport } from 'nodemailer'
import { contextTrusting } from '../connectors/outbound/certificate-authority.js'
import { certificateProblem, errorCode } from '../connectors/outbound/network-faults.js'
import type { MailSettings } from '../settings/mail-settings.js'
import type { MailText } from './mail-text.js'

export interface Mail extends MailText {
  readonly to: string
  /** The same mail keeps it when it is sent again: mail servers and readers know by it that they have it already. */
  readonly id: string
}

export interface MailServer {
  /** The code of what went wrong, never an address or a word of the server; undefined: it was taken. */
  send(mail: Mail, signal: AbortSignal): Promise<string | undefined>
}

export interface MailPatience {
  readonly connectMs: number
  readonly silenceMs: number
  /** Of the whole exchange; shorter than a delivery's lease. */
  readonly deadlineMs: number
}

const usualPatience: MailPatience = { connectMs: 5_000, silenceMs: 10_000, deadlineMs: 30_000 }

/** Each mail has a connection of its own: notices are few. */
export function createMailServer(
  { server, from, ca }: Pick<MailSettings, 'server' | 'from' | 'ca'>,
  { connectMs, silenceMs, deadlineMs } = usualPatience,
): MailServer {
  const { hostname, port, protocol, username, password } = new URL(server)
  const host = hostname.replace(/^\[|\]$/g, '')
  const secure = protocol === 'smtps:'
  const auth = username === '' ? undefined : { user: decodeURIComponent(username), pass: decodeURIComponent(password) }
  return {
    async send({ to, id, subject, text }, signal) {
      const transport = createTransport({
        host,
        port: port === '' ? (secure ? 465 : 587) : Number(port),
        secure,
        // A password never goes over a line that others may read.
        requireTLS: auth !== undefined && !isLoopback(host),
        ...(auth === undefined ? {} : { auth }),
        ...(ca === undefined ? {} : { tls: { secureContext: contextTrusting(ca) } }),
        connectionTimeout: connectMs,
        greetingTimeout: connectMs,
        dnsTimeout: connectMs,
        socketTimeout: silenceMs,
        disableFileAccess: true,
        disableUrlAccess: true,
      })
      const late = AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)])
      const ended = Promise.withResolvers<never>()
      const end = (): void => {
        ended.reject(new Error('The mail server did not take the mail in time.'))
      }
      late.addEventListener('abort', end)
      try {
        const messageId = `<${id}@${from.split('@').at(-1)?.replace(/>.*$/, '') ?? host}>`
        const sending = transport.sendMail({ from, to, subject, text, messageId })
        await Promise.race([sending, ended.promise])
        return undefined
      } catch (error) {
        if (signal.aborted) return 'INTERRUPTED'
        if (late.aborted) return 'TIMEOUT'
        return faultOf(error)
      } finally {
        late.removeEventListener('abort', end)
        transport.close()
      }
    },
  }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'))
}

function faultOf(error: unknown): string {
  if (certificateProblem(causeCode(error)) !== undefined) return 'BAD_CERTIFICATE'
  switch (errorCode(error)) {
    case 'ECONNECTION':
    case 'ESOCKET':
    case 'EDNS':
    case 'ECONNREFUSED':
      return 'UNREACHABLE'
    case 'ETIMEDOUT':
      return 'TIMEOUT'
    case 'EAUTH':
    case 'ENOAUTH':
      return 'UNAUTHORISED'
    case 'ETLS':
    case 'EREQUIRETLS':
      return 'NO_TLS'
    default:
      return 'REFUSED'
  }
}

/** What nodemailer calls by one name for all faults of a connection, as Node called it. */
function causeCode(error: unknown): string {
  return typeof error === 'object' && error !== null && 'originalCode' in error ? String(error.originalCode) : ''
}
