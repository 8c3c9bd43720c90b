import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'
import type { Certificate } from '../hostile/certificate.js'

export interface ReceivedMail {
  readonly to: readonly string[]
  readonly user: string | undefined
  readonly encrypted: boolean
  readonly headers: ReadonlyMap<string, string>
  readonly text: string
}

/** take: as it should; refuse: "try again later"; lose: the mail is taken, but the answer does not arrive. */
export type MailBehaviour = 'take' | 'refuse' | 'lose'

export interface TestMailServer {
  /** With user and password. */
  readonly url: string
  readonly received: readonly ReceivedMail[]
  /** How often somebody signed in over a line that anybody could read. */
  passwordsInClear(): number
  behave(behaviour: MailBehaviour): void
  close(): Promise<void>
}

/** Where the mail server is, and how its lines are encrypted. */
export interface MailLine {
  /**
   * `0.0.0.0` leads to this machine as well, but is none of the addresses of loopback: who connects there does what he does to a server
   * elsewhere.
   */
  readonly host: '127.0.0.1' | '0.0.0.0'
  /** Undefined: it offers no encryption. */
  readonly certificate?: Certificate
  /** Encrypted from the first byte (smtps), not from STARTTLS on. */
  readonly implicit?: boolean
}

/** A mail server on this machine that lets in one user with one password. */
export async function startMailServer(
  user: string,
  password: string,
  { host, certificate, implicit = false }: MailLine = { host: '127.0.0.1' },
): Promise<TestMailServer> {
  const received: ReceivedMail[] = []
  let passwordsInClear = 0
  let behaviour: MailBehaviour = 'take'
  const server = new SMTPServer({
    ...(certificate ?? { disabledCommands: ['STARTTLS'] }),
    secure: implicit,
    allowInsecureAuth: true,
    onAuth(auth, session, done) {
      if (!session.secure) passwordsInClear += 1
      const known = auth.username === user && auth.password === password
      done(known ? null : new Error('Invalid username or password'), known ? { user: auth.username } : undefined)
    },
    onData(stream, session, done) {
      void buffer(stream).then((raw) => {
        if (behaviour === 'refuse') {
          done(Object.assign(new Error('Try again later'), { responseCode: 451 }))
          return
        }
        const signedIn: unknown = session.user
        received.push({
          ...parsed(raw.toString('latin1')),
          to: session.envelope.rcptTo.map(({ address }) => address),
          user: typeof signedIn === 'string' ? signedIn : undefined,
          encrypted: session.secure,
        })
        if (behaviour === 'lose') for (const connection of server.connections) connection.close()
        else done()
      })
    },
  })
  server.on('error', () => undefined)
  server.listen(0, host)
  await once(server.server, 'listening')
  const { port } = server.server.address() as AddressInfo
  return {
    url: `${implicit ? 'smtps' : 'smtp'}://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${host}:${port}`,
    received,
    passwordsInClear: () => passwordsInClear,
    behave(next) {
      behaviour = next
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
      }),
  }
}

function parsed(raw: string): Pick<ReceivedMail, 'headers' | 'text'> {
  const end = raw.indexOf('\r\n\r\n')
  const lines = raw
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
  const headers = new Map(
    lines.map((line): [string, string] => {
      const at = line.indexOf(':')
      return [line.slice(0, at).toLowerCase(), words(line.slice(at + 1).trim())]
    }),
  )
  const body = raw.slice(end + 4)
  const encoding = headers.get('content-transfer-encoding')
  const bytes =
    encoding === 'base64'
      ? Buffer.from(body, 'base64')
      : encoding === 'quoted-printable'
        ? quoted(body)
        : Buffer.from(body)
  return { headers, text: bytes.toString().replaceAll('\r\n', '\n') }
}

/** RFC 2047: words of a header in another character set. */
function words(text: string): string {
  return text.replace(/\?=\s+=\?/g, '?==?').replace(/(?:=\?UTF-8\?[BQ]\?[^?]*\?=)+/gi, (run) => {
    const parts = [...run.matchAll(/=\?UTF-8\?([BQ])\?([^?]*)\?=/gi)]
    return Buffer.concat(
      parts.map(([, kind = '', word = '']) =>
        kind.toUpperCase() === 'B' ? Buffer.from(word, 'base64') : quoted(word.replaceAll('_', ' ')),
      ),
    ).toString()
  })
}

function quoted(text: string): Buffer {
  return Buffer.from(
    text
      .replace(/=\r\n/g, '')
      .replace(/=([0-9A-F]{2})/gi, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  )
}
