import { Writable } from 'node:stream'
import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import pino from 'pino'
import { createSecrets } from '../../src/access/secrets.js'
import type { Viewer } from '../../src/access/viewer.js'
import { deliverDue } from '../../src/notices/deliver.js'
import type { MailSettings } from '../../src/settings/mail-settings.js'
import { certificateAuthority } from '../hostile/certificate.js'
import { startMailServer, type ReceivedMail, type TestMailServer } from '../support/mail-server.js'
import type { MutableFile } from '../support/mutable-file.js'
import { until } from '../support/until.js'
import { cameras, createRegistrationWorld, csv, type RegistrationWorld } from './registration-world.js'

const secretsKey = Buffer.alloc(32, 9)
const from = 'Cổng dữ liệu mở <open-data@example.gov.vn>'
const to = 'cntt.canary@so.example.gov.vn'

let mails: TestMailServer
let world: RegistrationWorld
let transport: Viewer
let health: Viewer
let logged = ''
const logger = pino(
  { level: 'trace' },
  new Writable({
    write(chunk, _encoding, done) {
      logged += String(chunk)
      done()
    },
  }),
)
beforeAll(async () => {
  mails = await startMailServer('gateway', 'canary-password')
  world = await createRegistrationWorld({
    secretsKey,
    noticeMail: { server: mails.url, from, gatewayUrl: 'https://open-data.example.gov.vn/' },
    log: logger,
  })
  transport = await world.keyOf('transport')
  health = await world.keyOf('health')
})
afterAll(async () => {
  await world.dispose()
  await mails.close()
})
beforeEach(() => {
  mails.behave('take')
})

const setMail = 'mutation($address: String) { setNoticeMail(address: $address) { agency address pending lastError } }'
const state = async () =>
  (
    await world.ask<{ noticeMail: { pending: number; lastError: string | null } }>(
      '{ noticeMail { pending lastError } }',
      {},
      transport,
    )
  ).noticeMail

/** A connector with one row that is wrong. */
async function withWrongRow(code: string): Promise<MutableFile> {
  const file = await world.serve(csv(['R1,Một', 'R2,', 'R3,Ba']))
  const manifest = cameras(file.url, code, { guards: { setAside: 0.5, drop: 0.5 } })
  await world.register(manifest, transport)
  await until('the owner is to be told', async () => (await deliveriesOf(code)).length > 0)
  return file
}

async function deliveriesOf(code: string): Promise<{ delivered: boolean; last_error: string | null }[]> {
  const { rows } = await world.database.pool.query<{ delivered: boolean; last_error: string | null }>(
    `select d.delivered_at is not null as delivered, d.last_error from gateway.notice_delivery d
     join gateway.notice n on n.id = d.notice_id join gateway.connector c on c.id = n.connector_id
     where c.code = $1 and d.channel = 'mail'`,
    [code],
  )
  return rows
}

const mailsAbout = (code: string): ReceivedMail[] =>
  mails.received.filter(({ headers }) => headers.get('subject')?.startsWith(`[${code}]`))

/** What waits for another try is due now, and tried, by so many at the same time. */
async function tryAgain(
  replicas = 1,
  { server, ca }: Pick<MailSettings, 'server' | 'ca'> = { server: mails.url },
): Promise<void> {
  await world.database.pool.query(
    'update gateway.notice_delivery set next_attempt_at = now() where delivered_at is null and given_up_at is null',
  )
  const parts = {
    pool: world.database.pool,
    outbound: world.outbound,
    secrets: createSecrets(secretsKey),
    logger,
    mail: { server, from, gatewayUrl: undefined, ca },
  }
  await Promise.all(Array.from({ length: replicas }, () => deliverDue(parts, new AbortController().signal)))
}

test('an agency gives the address at which it wants to be told, and it is kept secret', async () => {
  expect(await world.ask(setMail, { address: ` ${to} ` }, transport)).toEqual({
    setNoticeMail: { agency: 'transport', address: to, pending: 0, lastError: null },
  })
  for (const address of ['nobody', 'a@b\r\nBcc: c@d', 'a@b, c@d', 'A <a@b>', '', '@b', `${'a'.repeat(300)}@b`]) {
    expect(await world.refusal(setMail, { address }, transport)).toMatch(/^BAD_USER_INPUT address must be one/)
  }
  expect(
    await world.refusal('mutation { setNoticeMail(agency: "transport", address: null) { address } }', {}, health),
  ).toMatch(/^FORBIDDEN/)
  expect(await world.refusal('{ noticeMail(agency: "transport") { address } }', {}, health)).toMatch(/^FORBIDDEN/)
})

test('a notice is one mail with row, rule and fix, in Vietnamese and below in English', async () => {
  const file = await withWrongRow('rows')
  await until('it was sent', () => mailsAbout('rows').length > 0)
  const [mail] = mailsAbout('rows')
  expect(mail).toMatchObject({ to: [to], user: 'gateway' })
  expect(mail?.headers.get('from')).toBe(from)
  expect(mail?.headers.get('subject')).toBe('[rows] 1 dòng không hợp lệ nên chưa được công bố.')
  const [vietnamese = '', english = ''] = mail?.text.split('\n-- \n') ?? []
  expect(vietnamese).toContain('- cameras, dòng 3, cột name: Thiếu giá trị.')
  expect(vietnamese).toMatch(
    /Cách khắc phục: Sửa các dòng này .* https:\/\/open-data\.example\.gov\.vn\/connectors\/rows\/runs\/\d+\/set-aside\.csv/,
  )
  expect(english).toContain('- cameras, row 3, field name: ')
  expect(english).toContain('What to do: Correct these rows')
  // The same is wrong in the next run: nothing new is to be said, and when it is right nothing is to be done.
  await world.run('rows', transport)
  file.replace(csv(['R1,Một', 'R2,Hai', 'R3,Ba']))
  await world.run('rows', transport)
  await until('it is closed', async () => {
    const { rows } = await world.database.pool.query(
      `select 1 from gateway.notice n join gateway.connector c on c.id = n.connector_id where c.code = 'rows' and n.closed_at is not null`,
    )
    return rows.length > 0
  })
  await tryAgain()
  expect(mailsAbout('rows')).toHaveLength(1)
})

test('what the mail server does not take now is tried again, and one that is settled meanwhile is not sent', async () => {
  mails.behave('refuse')
  await withWrongRow('later')
  await until('it was tried', async () => (await state()).lastError === 'REFUSED')
  expect(await state()).toEqual({ pending: 1, lastError: 'REFUSED' })
  await withWrongRow('settled')
  await until('both were tried', async () => (await deliveriesOf('settled'))[0]?.last_error === 'REFUSED')
  const { notices } = await world.ask<{ notices: { nodes: { id: string; connector: { code: string } }[] } }>(
    '{ notices(open: true, first: 50) { nodes { id connector { code } } } }',
    {},
    transport,
  )
  const { id } = notices.nodes.find(({ connector }) => connector.code === 'settled')!
  await world.ask('mutation($id: ID!) { settleNotice(id: $id) { closedAt } }', { id }, transport)
  mails.behave('take')
  await tryAgain()
  expect(await deliveriesOf('later')).toEqual([{ delivered: true, last_error: null }])
  expect(await deliveriesOf('settled')).toEqual([{ delivered: false, last_error: 'SETTLED' }])
  expect(mailsAbout('later')).toHaveLength(1)
  expect(mailsAbout('settled')).toEqual([])
  expect(await state()).toEqual({ pending: 0, lastError: null })
})

test('when an answer of the mail server is lost the same mail comes again under the same id', async () => {
  mails.behave('lose')
  await withWrongRow('lost')
  await until('it was tried', async () => (await deliveriesOf('lost'))[0]?.last_error !== null)
  mails.behave('take')
  await tryAgain()
  const ids = mailsAbout('lost').map(({ headers }) => headers.get('message-id'))
  expect(ids).toHaveLength(2)
  expect(ids[0]).toMatch(/^<[0-9a-f-]{36}@example\.gov\.vn>$/)
  expect(new Set(ids).size).toBe(1)
})

test('a notice waits, with the reason, for a mail server to encrypt its lines and to show a certificate that counts', async () => {
  mails.behave('refuse')
  await withWrongRow('in-clear')
  await until('it was tried', async () => (await deliveriesOf('in-clear'))[0]?.last_error === 'REFUSED')
  const elsewhere = '0.0.0.0'
  const yesterday = new Date(Date.now() - 86_400_000)
  const office = certificateAuthority('an office', yesterday)
  const clear = await startMailServer('gateway', 'canary-password', { host: elsewhere })
  const encrypted = await startMailServer('gateway', 'canary-password', {
    host: elsewhere,
    certificate: office.certificate(yesterday, elsewhere),
  })
  // The world's own deliveries go on meanwhile, to a server that refuses.
  const triedAt = (
    line: Pick<MailSettings, 'server' | 'ca'>,
    outcome: { delivered: boolean; last_error: string | null },
  ) =>
    until(`it ended as ${JSON.stringify(outcome)}`, async () => {
      await tryAgain(1, line)
      return isDeepStrictEqual(await deliveriesOf('in-clear'), [outcome])
    })
  try {
    await triedAt({ server: clear.url }, { delivered: false, last_error: 'NO_TLS' })
    await triedAt({ server: encrypted.url }, { delivered: false, last_error: 'BAD_CERTIFICATE' })
    expect(await state()).toEqual({ pending: 1, lastError: 'BAD_CERTIFICATE' })
    await triedAt({ server: encrypted.url, ca: office.cert }, { delivered: true, last_error: null })
  } finally {
    await clear.close()
    await encrypted.close()
  }
  expect([clear.passwordsInClear(), clear.received.length, encrypted.passwordsInClear()]).toEqual([0, 0, 0])
  expect(encrypted.received).toMatchObject([{ to: [to], encrypted: true }])
})

test('replicas that deliver at the same time send each mail once', async () => {
  mails.behave('refuse')
  await withWrongRow('replicas')
  await until('it was tried', async () => (await deliveriesOf('replicas'))[0]?.last_error === 'REFUSED')
  mails.behave('take')
  await tryAgain(4)
  expect(mailsAbout('replicas')).toHaveLength(1)
})

test('the log of management actions says that an address was set, and nothing says the address or the password', async () => {
  await world.ask(setMail, { address: null }, transport)
  const { rows } = await world.database.pool.query<{ text: string; actions: string }>(
    `select concat((select string_agg(t::text, ' ') from gateway.sealed_secret t), (select string_agg(t::text, ' ') from gateway.audit_entry t),
         (select string_agg(t::text, ' ') from gateway.notice_delivery t)) as text,
       (select string_agg(content, ' ') from gateway.audit_entry) as actions`,
  )
  expect(rows[0]?.actions).toContain('"action":"noticeMail.set"')
  expect(rows[0]?.actions).toContain('"action":"noticeMail.removed"')
  expect(logged).toContain('A notice was not taken.')
  for (const text of [rows[0]?.text, logged]) {
    expect(text).not.toContain('canary')
    expect(text).not.toContain(Buffer.from('canary').toString('base64').slice(0, 7))
  }
})

test('without a mail server no address is taken', async () => {
  const without = await createRegistrationWorld()
  try {
    expect(await without.refusal(setMail, { address: to }, await without.keyOf('transport'))).toBe(
      'CONFLICT This gateway sends no mail; its operator has to set NOTICE_MAIL_SERVER.',
    )
  } finally {
    await without.dispose()
  }
})
