import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { expect, test } from '@jest/globals'
import { certificateAuthority, selfSignedCertificate, type Certificate } from '../../test/hostile/certificate.js'
import { startMailServer, type MailLine } from '../../test/support/mail-server.js'
import { createMailServer } from './mail-server.js'

const day = 86_400_000
const yesterday = new Date(Date.now() - day)
const office = certificateAuthority('an office', yesterday)
const another = certificateAuthority('another office', yesterday)
const host = '0.0.0.0'
const good = office.certificate(yesterday, host)

const mail = { to: 'a@example.org', id: '1', subject: 's', text: 't' }
const from = 'open-data@example.org'
const password = 'canary-password'
const never = new AbortController().signal

async function sendOver(line: MailLine, ca: string | undefined, server = (url: string) => url) {
  const mails = await startMailServer('gateway', password, line)
  try {
    const fault = await createMailServer({ server: server(mails.url), from, ca }).send(mail, never)
    return { fault, received: [...mails.received], passwordsInClear: mails.passwordsInClear() }
  } finally {
    await mails.close()
  }
}

const taken = { fault: undefined, received: [{ user: 'gateway', encrypted: true }], passwordsInClear: 0 }
const nothingWent = { received: [], passwordsInClear: 0 }

test.each([
  ['from STARTTLS on', false],
  ['from the first byte', true],
])('a password goes to a server that is not on loopback over a line that is encrypted %s', async (_how, implicit) => {
  expect(await sendOver({ host, certificate: good, implicit }, office.cert)).toMatchObject(taken)
})

test('a server that is not on loopback and offers no encryption gets neither password nor mail', async () => {
  expect(await sendOver({ host }, office.cert)).toEqual({ ...nothingWent, fault: 'NO_TLS' })
})

test.each<[string, Certificate, string | undefined]>([
  ['is signed by nobody whom anybody knows', good, undefined],
  ['is signed by another authority than the one that was named', good, another.cert],
  ['signs itself', selfSignedCertificate(yesterday), undefined],
  ['has expired', office.certificate(new Date(Date.now() - 400 * day), host), office.cert],
  ['is for another address', office.certificate(yesterday, '127.0.0.1'), office.cert],
])('a server whose certificate %s gets neither password nor mail', async (_what, certificate, ca) => {
  for (const implicit of [false, true]) {
    expect(await sendOver({ host, certificate, implicit }, ca)).toEqual({ ...nothingWent, fault: 'BAD_CERTIFICATE' })
  }
})

test('a certificate counts without a password and on loopback as well, where encryption is offered', async () => {
  const withoutPassword = (url: string): string => url.replace(/\/\/[^@]+@/, '//')
  expect(await sendOver({ host, certificate: good }, another.cert, withoutPassword)).toEqual({
    ...nothingWent,
    fault: 'BAD_CERTIFICATE',
  })
  const local = office.certificate(yesterday)
  expect(await sendOver({ host: '127.0.0.1', certificate: local }, undefined)).toMatchObject({
    fault: 'BAD_CERTIFICATE',
  })
  expect(await sendOver({ host: '127.0.0.1', certificate: local }, office.cert)).toMatchObject(taken)
})

test.each([
  ['takes STARTTLS back', ['250-mail\r\n250 STARTTLS\r\n', '454 TLS not available\r\n']],
  ['knows no EHLO', ['502 what\r\n']],
  [
    'goes on in clear after STARTTLS',
    ['250-mail\r\n250 STARTTLS\r\n', '220 go ahead\r\n250-mail\r\n250 AUTH PLAIN\r\n'],
  ],
])('somebody between who %s is told no password', async (_what, replies) => {
  const heard: string[] = []
  const sockets = new Set<Socket>()
  const between = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.write('220 mail\r\n')
    const left = [...replies]
    createInterface({ input: socket }).on('line', (line) => {
      heard.push(line)
      socket.write(left.shift() ?? '250 ok\r\n')
    })
  })
  between.listen(0, host)
  await once(between, 'listening')
  const { port } = between.address() as AddressInfo
  try {
    const server = `smtp://gateway:${password}@${host}:${port}`
    const patience = { connectMs: 500, silenceMs: 500, deadlineMs: 2_000 }
    expect(await createMailServer({ server, from }, patience).send(mail, never)).toMatch(
      /^(NO_TLS|TIMEOUT|UNREACHABLE)$/,
    )
  } finally {
    for (const socket of sockets) socket.destroy()
    between.close()
    await once(between, 'close')
  }
  const all = heard.join('\n')
  expect(all).not.toMatch(/AUTH|MAIL FROM|DATA/i)
  expect(all).not.toContain(Buffer.from(password).toString('base64').slice(0, 12))
})
