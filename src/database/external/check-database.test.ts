import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { expect, test } from '@jest/globals'
import { StartFailure } from '../../settings/start-failure.js'
import { checkDatabase } from './check-database.js'

/** A message of the server: its letter, its length, its content. */
function message(letter: string, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  const head = Buffer.alloc(5, letter)
  head.writeInt32BE(content.length + 4, 1)
  return Buffer.concat([head, content])
}

const int16 = (value: number): Buffer => Buffer.from([value >> 8, value & 255])
const int32 = (value: number): Buffer => Buffer.from([value >> 24, value >> 16, value >> 8, value])
const text = (value: string): Buffer => Buffer.from(`${value}\0`)

function row(...values: readonly string[]): Buffer {
  const columns = values.map((value) => Buffer.concat([int32(Buffer.byteLength(value)), Buffer.from(value)]))
  return message('D', int16(values.length), ...columns)
}

function columns(...names: readonly string[]): Buffer {
  const descriptions = names.map((name) =>
    Buffer.concat([text(name), int32(0), int16(0), int32(25), int16(-1), int32(-1), int16(0)]),
  )
  return message('T', int16(names.length), ...descriptions)
}

const ready = message('Z', Buffer.from('I'))

/** A server that lets everybody in and answers each question with its version, as a Postgres of that version would. */
async function postgresOf(version: string, number: string) {
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.once('data', () => {
      socket.write(Buffer.concat([message('R', int32(0)), message('S', text('server_version'), text(version)), ready]))
      socket.on('data', (chunk) => {
        if (chunk[0] !== 'Q'.charCodeAt(0)) return
        const answer = [columns('version', 'number'), row(version, number), message('C', text('SELECT 1')), ready]
        socket.write(Buffer.concat(answer))
      })
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    host,
    url: `postgres://gateway:canary-password@${host}/data`,
    async [Symbol.asyncDispose]() {
      server.close()
      await once(server, 'close')
    },
  }
}

test.each([
  ['14.0', '140000'],
  ['14.19 (Debian 14.19-1)', '140019'],
  ['9.6.24', '90624'],
])('Postgres %s is refused in one sentence', async (version, number) => {
  await using server = await postgresOf(version, number)
  const refused = checkDatabase(server.url)
  await expect(refused).rejects.toThrow(
    new StartFailure(`DATABASE_URL: Postgres at ${server.host} is ${version}; 15 or newer is needed.`),
  )
})

test.each([
  ['15.0', '150000'],
  ['19beta1', '190000'],
])('Postgres %s is taken', async (version, number) => {
  await using server = await postgresOf(version, number)
  await expect(checkDatabase(server.url)).resolves.toBeUndefined()
})
