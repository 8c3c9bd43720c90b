import { once } from 'node:events'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { createClient, type Client } from 'graphql-ws'
import WebSocket from 'ws'
import { z } from 'zod'
import { ServerBench, until } from '../server.fixture.js'

let bench: ServerBench
const clients: Client[] = []

beforeAll(async () => {
  bench = await ServerBench.open()
})
afterEach(async () => {
  for (const client of clients.splice(0)) await client.dispose()
})
afterAll(async () => {
  await bench.close()
})

const address = (): string => `${bench.url.replace('http', 'ws')}/graphql`

function client(connectionParams?: Record<string, unknown>): Client {
  const made = createClient({
    url: address(),
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    ...(connectionParams === undefined ? {} : { connectionParams }),
  })
  clients.push(made)
  return made
}

async function results(from: Client, query: string): Promise<unknown[]> {
  const found: unknown[] = []
  for await (const result of from.iterate({ query })) found.push(result)
  return found
}

/** A socket without a client's good manners. */
async function raw(init = true): Promise<WebSocket> {
  const socket = new WebSocket(address(), 'graphql-transport-ws')
  await once(socket, 'open')
  if (init) {
    socket.send(JSON.stringify({ type: 'connection_init' }))
    await once(socket, 'message')
  }
  return socket
}

async function closeCode(socket: WebSocket): Promise<number> {
  socket.on('error', () => undefined)
  return new Promise((resolve) => {
    socket.on('close', resolve)
  })
}

const failure = z.array(z.object({ message: z.string(), extensions: z.object({ code: z.string() }) }))

/** The codes of the errors that refuse an operation. */
async function refusal(from: Client, query: string): Promise<string[]> {
  return results(from, query).then(
    (found) => {
      throw new Error(`It was answered: ${JSON.stringify(found)}`)
    },
    (errors: unknown) => failure.parse(errors).map(({ extensions }) => extensions.code),
  )
}

describe('GraphQL over WebSocket', () => {
  test('answers subscriptions, queries and mutations', async () => {
    expect(await results(client(), 'subscription { count(to: 3) }')).toEqual([
      { data: { count: 1 } },
      { data: { count: 2 } },
      { data: { count: 3 } },
    ])
    expect(await results(client(), '{ hello }')).toEqual([{ data: { hello: 'Hello you' } }])
  })

  test('takes the key from connectionParams, and closes for one that is not valid', async () => {
    bench.keys.set('Bearer right', { role: 'ADMIN', agencyCode: undefined, keyId: undefined })
    expect(await results(client({ authorization: 'Bearer right' }), '{ role }')).toEqual([{ data: { role: 'ADMIN' } }])
    await expect(results(client({ authorization: 'Bearer wrong' }), '{ role }')).rejects.toMatchObject({ code: 4403 })
  })

  test('ends within seconds when its key is revoked', async () => {
    bench.keys.set('Bearer short', { role: 'ADMIN', agencyCode: undefined, keyId: 2 })
    const running = results(client({ authorization: 'Bearer short' }), 'subscription { silent }')
    await until(() => bench.streams.open === 1)
    bench.keys.delete('Bearer short')
    await expect(running).rejects.toMatchObject({ code: 4403 })
    await until(() => bench.streams.open === 0)
  }, 20_000)

  test('says why an operation is refused, with the codes of HTTP', async () => {
    const nested = `{ ${'self { '.repeat(20)}hello${' }'.repeat(20)} }`
    expect(await refusal(client(), nested)).toEqual(['QUERY_TOO_DEEP'])
    expect(await refusal(client(), '{ hello')).toEqual(['GRAPHQL_PARSE_FAILED'])
    expect(await refusal(client(), '{ nothing }')).toEqual(['GRAPHQL_VALIDATION_FAILED'])
    expect(await refusal(client(), `{ self { ${'hello '.repeat(2_100)} } }`)).toEqual(['QUERY_TOO_COMPLEX'])
    expect(await refusal(client(), 'subscription { expired }')).toEqual(['CURSOR_EXPIRED'])
  })

  test('hides what is internal', async () => {
    const text = JSON.stringify(await results(client(), '{ broken }'))
    expect(text).toMatch(/INTERNAL/)
    expect(text).not.toMatch(/hunter2/)
  })

  test('ends a silent subscription as soon as the client leaves it or goes', async () => {
    const leaving = client()
    const stop = leaving.subscribe(
      { query: 'subscription { silent }' },
      { next: () => undefined, error: () => undefined, complete: () => undefined },
    )
    await until(() => bench.streams.open === 1)
    stop()
    await until(() => bench.streams.open === 0)
    const socket = await raw()
    socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: 'subscription { silent }' } }))
    await until(() => bench.streams.open === 1)
    socket.terminate()
    await until(() => bench.streams.open === 0)
  })

  test('waits for a reader that pauses, and its going is no fault of ours', async () => {
    const logged = bench.logged.length
    const socket = await raw()
    socket.pause()
    const query = `subscription { ${'a'.repeat(9_000)}: count(to: 1000000) }`
    socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query } }))
    await until(() => bench.streams.open === 1)
    let before = -1
    while (before !== bench.streams.sent) {
      before = bench.streams.sent
      await new Promise((resolve) => setTimeout(resolve, 300))
    }
    // The network alone would take megabytes.
    expect(before * 9_000).toBeLessThan(1_000_000)
    socket.resume()
    await until(() => bench.streams.sent > 10 * before)
    socket.terminate()
    await until(() => bench.streams.open === 0)
    expect(bench.logged.slice(logged).filter((line) => !line.includes('"level":20'))).toEqual([])
  }, 20_000)

  test('lets a socket have ten live operations', async () => {
    const socket = await raw()
    const messages: string[] = []
    socket.on('message', (data: Buffer) => messages.push(data.toString()))
    for (let id = 1; id <= 11; id += 1) {
      const payload = { query: 'subscription { silent }' }
      socket.send(JSON.stringify({ id: String(id), type: 'subscribe', payload }))
    }
    await until(() => messages.length === 1)
    expect(messages[0]).toMatch(/"id":"11","type":"error".*RATE_LIMITED/)
    expect(bench.streams.open).toBe(10)
    socket.terminate()
    await until(() => bench.streams.open === 0)
  })

  test('closes a socket that floods it, and all of its operations', async () => {
    const logged = bench.logged.length
    const socket = await raw()
    const closed = closeCode(socket)
    for (let id = 1; id <= 2_000; id += 1) {
      const payload = { query: 'subscription { silent }' }
      socket.send(JSON.stringify({ id: String(id), type: 'subscribe', payload }))
    }
    expect(await closed).toBe(4429)
    await until(() => bench.streams.open === 0)
    // The answers to what came before have nowhere to go, which is no fault of ours.
    expect(bench.logged.slice(logged).filter((line) => !line.includes('"level":20'))).toEqual([])
  })

  test.each<[string, number, (socket: WebSocket) => void, boolean]>([
    [
      'a message larger than 64 KB',
      1009,
      (socket) => {
        socket.send('x'.repeat(65_537))
      },
      true,
    ],
    ['a message in more than 64 pieces', 1008, sendPieces, true],
    [
      'what is no message',
      4400,
      (socket) => {
        socket.send('{}')
      },
      true,
    ],
    [
      'an operation before the greeting',
      4401,
      (socket) => {
        socket.send('{"id":"1","type":"subscribe","payload":{"query":"{ hello }"}}')
      },
      false,
    ],
    [
      'a second greeting',
      4429,
      (socket) => {
        socket.send('{"type":"connection_init"}')
      },
      true,
    ],
  ])('closes for %s, and lives on', async (_what, code, send, init) => {
    const socket = await raw(init)
    const closed = closeCode(socket)
    const before = bench.logged.length
    send(socket)
    expect(await closed).toBe(code)
    expect(bench.logged.length - before).toBeLessThan(4)
    expect(await results(client(), '{ hello }')).toEqual([{ data: { hello: 'Hello you' } }])
  })

  test('closes for no greeting at all', async () => {
    expect(await closeCode(await raw(false))).toBe(4408)
  }, 10_000)

  test('does not upgrade elsewhere', async () => {
    const socket = new WebSocket(`${bench.url.replace('http', 'ws')}/other`, 'graphql-transport-ws')
    const [error] = z
      .tuple([z.instanceof(Error)])
      .parse(await once(socket, 'error').catch((reason: unknown) => [reason]))
    expect(error.message).toMatch(/404/)
  })
})

function sendPieces(socket: WebSocket): void {
  for (let piece = 0; piece < 70; piece += 1) socket.send('x', { fin: false })
}
