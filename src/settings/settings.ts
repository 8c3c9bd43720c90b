import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import ipaddr from 'ipaddr.js'
import { z } from 'zod'
import { isMailAddress, type MailSettings } from './mail-settings.js'
import { StartFailure } from './start-failure.js'

/** What the operator decides, read once from the environment. */
export interface Settings {
  readonly port: number
  readonly host: string
  /** Undefined: the gateway runs a Postgres of its own in `dataDir`. */
  readonly databaseUrl: string | undefined
  /** Absolute. */
  readonly dataDir: string
  readonly sampleAgencies: boolean
  /** The first administrator's token; undefined: one is made. */
  readonly adminToken: string | undefined
  /** Encrypts agencies' credentials; undefined: one is made and kept in `dataDir`. */
  readonly secretsKey: string | undefined
  /** How notices are sent by e-mail; undefined: they are not. */
  readonly noticeMail: MailSettings | undefined
  /** As written; the outbound guard parses it. */
  readonly outboundAllow: string
  /** Networks in CIDR notation whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[]
  readonly changesKeepDays: number
  /** 0: every answer is made anew. */
  readonly answerCacheMb: number
  readonly timeZone: string
  readonly logLevel: LogLevel
}

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

const integer = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .pipe(z.number().min(least).max(most))

const postgresUrl = z.string().refine((text) => {
  const url = URL.parse(text)
  return url !== null && (url.protocol === 'postgres:' || url.protocol === 'postgresql:')
})

function isDecodable(text: string): boolean {
  return !/%(?![0-9a-f]{2})/i.test(text)
}

const mailServer = z.string().refine((text) => {
  const url = URL.parse(text)
  const isServer = url !== null && /^smtps?:$/.test(url.protocol) && url.hostname !== '' && /^\/?$/.test(url.pathname)
  return isServer && isDecodable(url.username) && isDecodable(url.password)
})

const mailSender = z.string().refine((text) => {
  const address = /^[^<>\r\n"]*<([^<>]+)>$/.exec(text)?.[1] ?? text
  return isMailAddress(address)
})

/** A file with certificates, read. */
const certificateFile = z.string().transform((path, context) => {
  try {
    const pem = readFileSync(path, 'utf8')
    new X509Certificate(pem)
    return pem
  } catch {
    context.addIssue('cannot be read as certificates')
    return z.NEVER
  }
})

/** Addresses and networks, as networks. Who trusts all of the internet believes whatever a client writes. */
const networks = z.string().transform((text, context) => {
  const entries = text.split(/[\s,]+/).filter((entry) => entry !== '')
  return entries.map((entry) => {
    const [address = '', bits] = entry.split('/')
    const whole = ipaddr.IPv4.isValidFourPartDecimal(address) ? 32 : ipaddr.IPv6.isValid(address) ? 128 : 0
    const length = bits === undefined ? whole : /^\d{1,3}$/.test(bits) ? Number(bits) : 0
    if (length >= 1 && length <= whole) return `${address}/${length}`
    context.addIssue('is no network')
    return z.NEVER
  })
})

const webAddress = z.string().refine((text) => /^https?:$/.test(URL.parse(text)?.protocol ?? ''))

const timeZone = z.string().refine((name) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
})

interface Variable<Value> {
  readonly schema: z.ZodType<Value, string>
  readonly fallback: Value
  readonly allowed: string
  /** Its value is never printed. */
  readonly secret?: true
}

const variable = <Value>(definition: Variable<Value>): Variable<Value> => definition

const variables = {
  PORT: variable({
    schema: integer(0, 65_535),
    fallback: 4000,
    allowed: 'a port number from 0 (any free one) to 65535',
  }),
  HOST: variable({
    schema: z.string().regex(/^[\w.:-]+$/),
    fallback: '127.0.0.1',
    allowed: 'an address or host name to listen on, such as 127.0.0.1 or 0.0.0.0',
  }),
  DATABASE_URL: variable<string | undefined>({
    schema: postgresUrl,
    fallback: undefined,
    allowed: 'a URL such as postgres://user:password@host:5432/database',
    secret: true,
  }),
  DATA_DIR: variable({
    schema: z.string().refine((path) => !path.includes('\0')),
    fallback: './data',
    allowed: 'a folder',
  }),
  SAMPLE_AGENCIES: variable({
    schema: z.enum(['on', 'off']).transform((value) => value === 'on'),
    fallback: true,
    allowed: 'on or off',
  }),
  ADMIN_TOKEN: variable<string | undefined>({
    schema: z.string().regex(/^[\x21-\x7e]+$/),
    fallback: undefined,
    allowed: 'printable ASCII characters without spaces',
    secret: true,
  }),
  SECRETS_KEY: variable<string | undefined>({
    schema: z.string().min(32),
    fallback: undefined,
    allowed: '32 random bytes in hex or base64 (openssl rand -base64 32)',
    secret: true,
  }),
  NOTICE_MAIL_SERVER: variable<string | undefined>({
    schema: mailServer,
    fallback: undefined,
    allowed: 'a URL such as smtp://user:password@mail.example.gov.vn:587 or smtps://mail.example.gov.vn',
    secret: true,
  }),
  NOTICE_MAIL_FROM: variable<string | undefined>({
    schema: mailSender,
    fallback: undefined,
    allowed: 'a sender such as Open data <open-data@example.gov.vn>',
  }),
  NOTICE_MAIL_CA: variable<string | undefined>({
    schema: certificateFile,
    fallback: undefined,
    allowed: 'a file with the certificate (PEM) of the authority that vouches for the mail server',
  }),
  NOTICE_MAIL_LINK: variable<string | undefined>({
    schema: webAddress,
    fallback: undefined,
    allowed: 'the address at which people reach the gateway, such as https://open-data.example.gov.vn',
  }),
  OUTBOUND_ALLOW: variable({ schema: z.string(), fallback: '', allowed: 'hosts and networks, separated by commas' }),
  TRUSTED_PROXIES: variable<readonly string[]>({
    schema: networks,
    fallback: [],
    allowed: 'addresses and networks of the proxies in front, separated by commas, such as 10.0.0.5, 10.1.0.0/16',
  }),
  CHANGES_KEEP_DAYS: variable({ schema: integer(1, 3650), fallback: 7, allowed: 'a number of days from 1 to 3650' }),
  ANSWER_CACHE_MB: variable({
    schema: integer(0, 4096),
    fallback: 32,
    allowed: 'a number of megabytes from 0 to 4096',
  }),
  TIME_ZONE: variable({
    schema: timeZone,
    fallback: 'Asia/Ho_Chi_Minh',
    allowed: 'a name of the time zone database, such as Asia/Ho_Chi_Minh',
  }),
  LOG_LEVEL: variable<LogLevel>({ schema: z.enum(logLevels), fallback: 'info', allowed: logLevels.join(', ') }),
} as const

/** Reads the environment; an empty variable counts as absent. Throws StartFailure that names the wrong one. */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const read = <Value>(name: keyof typeof variables, { schema, fallback, allowed, secret }: Variable<Value>): Value => {
    const text = environment[name]?.trim()
    if (text === undefined || text === '') return fallback
    const parsed = schema.safeParse(text)
    if (parsed.success) return parsed.data
    const shown = secret === true ? 'not valid' : JSON.stringify(text.slice(0, 100))
    throw new StartFailure(`${name} is ${shown}; allowed: ${allowed}.`)
  }
  const server = read('NOTICE_MAIL_SERVER', variables.NOTICE_MAIL_SERVER)
  const from = read('NOTICE_MAIL_FROM', variables.NOTICE_MAIL_FROM)
  const gatewayUrl = read('NOTICE_MAIL_LINK', variables.NOTICE_MAIL_LINK)
  const ca = read('NOTICE_MAIL_CA', variables.NOTICE_MAIL_CA)
  if ((server === undefined) !== (from === undefined)) {
    throw new StartFailure(
      `${server === undefined ? 'NOTICE_MAIL_SERVER' : 'NOTICE_MAIL_FROM'} is missing: notices by e-mail need both.`,
    )
  }
  return {
    port: read('PORT', variables.PORT),
    host: read('HOST', variables.HOST),
    databaseUrl: read('DATABASE_URL', variables.DATABASE_URL),
    dataDir: resolve(read('DATA_DIR', variables.DATA_DIR)),
    sampleAgencies: read('SAMPLE_AGENCIES', variables.SAMPLE_AGENCIES),
    adminToken: read('ADMIN_TOKEN', variables.ADMIN_TOKEN),
    secretsKey: read('SECRETS_KEY', variables.SECRETS_KEY),
    noticeMail: server === undefined || from === undefined ? undefined : { server, from, gatewayUrl, ca },
    outboundAllow: read('OUTBOUND_ALLOW', variables.OUTBOUND_ALLOW),
    trustedProxies: read('TRUSTED_PROXIES', variables.TRUSTED_PROXIES),
    changesKeepDays: read('CHANGES_KEEP_DAYS', variables.CHANGES_KEEP_DAYS),
    answerCacheMb: read('ANSWER_CACHE_MB', variables.ANSWER_CACHE_MB),
    timeZone: read('TIME_ZONE', variables.TIME_ZONE),
    logLevel: read('LOG_LEVEL', variables.LOG_LEVEL),
  }
}
