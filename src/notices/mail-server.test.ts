import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { expect, test } from '@jest/globals'
import { startMailServer } from '../../test/support/mail-server.js'
import { createMailServer } from './mail-server.js'

const mail = { to: 'a@example.org', id: '1', subject: 's', text: 't' }
const from = 'open-data@example.org'
const patience = { connectMs: 300, silenceMs: 300, deadlineMs: 600 }
const never = new AbortController().signal

/** A server that says this to whoever connects, and this each tenth of a second. */
async function saying(greeting: string, often: string) {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.write(greeting)
    const timer = setInterval(() => socket.write(often), 100)
    socket.on('close', () => {
      clearInterval(timer)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

test.each([
  ['says nothing', '', ''],
  ['greets and says nothing more', '220 mail\r\n', ''],
  ['never comes to the end of its greeting', '', '220-wait\r\n'],
])('a mail server that %s holds nobody up', async (_what, greeting, often) => {
  await using server = await saying(greeting, often)
  expect(await createMailServer({ server: server.url, from }, patience).send(mail, never)).toBe('TIMEOUT')
})

test('a mail server that is not there, and one that does not know us, are told apart', async () => {
  const known = await startMailServer('me', 'right')
  try {
    const wrong = known.url.replace('right', 'wrong')
    expect(await createMailServer({ server: wrong, from }, patience).send(mail, never)).toBe('UNAUTHORISED')
  } finally {
    await known.close()
  }
  expect(await createMailServer({ server: known.url, from }, patience).send(mail, never)).toBe('UNREACHABLE')
})

test('a delivery ends at once when the gateway stops', async () => {
  await using server = await saying('', '')
  const stopping = new AbortController()
  const sending = createMailServer({ server: server.url, from }).send(mail, stopping.signal)
  stopping.abort()
  expect(await sending).toBe('INTERRUPTED')
})
