import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createClient } from 'graphql-sse'
import { ServerBench, until } from '../server.fixture.js'

let bench: ServerBench

beforeAll(async () => {
  bench = await ServerBench.open()
})
afterAll(async () => {
  await bench.close()
})

const address = (): string => `${bench.url}/graphql/stream`

async function results(query: string, singleConnection = false): Promise<unknown[]> {
  const client = createClient({ url: address(), retryAttempts: 0, ...(singleConnection ? { singleConnection } : {}) })
  const found: unknown[] = []
  try {
    for await (const result of client.iterate({ query })) found.push(result)
  } finally {
    client.dispose()
  }
  return found
}

async function open(
  query: string,
  headers: Record<string, string> = {},
): Promise<{ text: () => string; leave: () => void }> {
  const abort = new AbortController()
  const response = await fetch(`${address()}?query=${encodeURIComponent(query)}`, {
    headers: { accept: 'text/event-stream', ...headers },
    signal: abort.signal,
  })
  let text = ''
  const read = async (): Promise<void> => {
    for await (const chunk of response.body ?? []) text += Buffer.from(chunk).toString('utf8')
  }
  void read().catch(() => undefined)
  return {
    text: () => text,
    leave: () => {
      abort.abort()
    },
  }
}

describe('GraphQL over server-sent events', () => {
  test.each([
    ['a stream for each operation', false],
    ['one stream for all', true],
  ])('answers in %s', async (_mode, single) => {
    const counted = [{ data: { count: 1 } }, { data: { count: 2 } }, { data: { count: 3 } }]
    expect(await results('subscription { count(to: 3) }', single)).toEqual(counted)
    expect(await results('{ hello }', single)).toEqual([{ data: { hello: 'Hello you' } }])
  })

  test('sends more events than it queues, in order', async () => {
    const found = await results('subscription { count(to: 500) }')
    expect(found).toEqual(Array.from({ length: 500 }, (_, index) => ({ data: { count: index + 1 } })))
  })

  test('says what is wrong in the stream, with the codes of HTTP', async () => {
    const nested = `{ ${'self { '.repeat(20)}hello${' }'.repeat(20)} }`
    for (const [query, code] of [
      [nested, 'QUERY_TOO_DEEP'],
      ['{ nothing }', 'GRAPHQL_VALIDATION_FAILED'],
      ['subscription { expired }', 'CURSOR_EXPIRED'],
      ['{ secret }', 'FORBIDDEN'],
      ['{ broken }', 'INTERNAL'],
    ] as const) {
      const stream = await open(query)
      await until(() => stream.text().includes('event: complete'))
      expect(stream.text()).toMatch(new RegExp(`event: next\\ndata: .*"code":"${code}"`))
      expect(stream.text()).not.toMatch(/hunter2/)
    }
  })

  test('lets a key in, and refuses one that is not valid', async () => {
    bench.keys.set('Bearer right', { role: 'ADMIN', agencyCode: undefined, keyId: undefined })
    const right = await open('{ role }', { authorization: 'Bearer right' })
    await until(() => right.text().includes('"role":"ADMIN"'))
    const wrong = await open('{ role }', { authorization: 'Bearer wrong' })
    await until(() => wrong.text().includes('UNAUTHENTICATED'))
  })

  test('ends within seconds when its key is revoked', async () => {
    bench.keys.set('Bearer short', { role: 'ADMIN', agencyCode: undefined, keyId: 2 })
    await open('subscription { silent }', { authorization: 'Bearer short' })
    await until(() => bench.streams.open === 1)
    bench.keys.delete('Bearer short')
    await until(() => bench.streams.open === 0)
  }, 10_000)

  test('ends a silent subscription when its reader goes', async () => {
    const stream = await open('subscription { silent }')
    await until(() => bench.streams.open === 1)
    stream.leave()
    await until(() => bench.streams.open === 0)
  })

  test('runs no mutation by GET', async () => {
    const writes = bench.writes
    const response = await fetch(`${address()}?query=${encodeURIComponent('mutation { write }')}`, {
      headers: { accept: 'text/event-stream' },
    })
    expect(response.status).toBe(405)
    expect(bench.writes).toBe(writes)
  })

  test.each<[string, string, RequestInit, number, string]>([
    ['no query', '', { headers: { accept: 'text/event-stream' } }, 400, 'BAD_USER_INPUT'],
    ['a stream that is not there', '?token=none', { headers: { accept: 'application/json' } }, 404, 'NOT_FOUND'],
    [
      'a mutation by GET',
      `?query=${encodeURIComponent('mutation { write }')}`,
      { headers: { accept: 'text/event-stream' } },
      405,
      'BAD_USER_INPUT',
    ],
  ])('refuses %s with a code', async (_what, query, init, status, code) => {
    const response = await fetch(`${address()}${query}`, init)
    expect(response.headers.get('content-type')).toMatch(/^application\/json/)
    expect([response.status, await response.json()]).toMatchObject([status, { errors: [{ extensions: { code } }] }])
  })

  test('a reserved stream is only for who has its token', async () => {
    const reserve = await fetch(address(), { method: 'PUT' })
    expect(reserve.status).toBe(201)
    const token = await reserve.text()
    expect(token).toMatch(/^[0-9a-f-]{36}$/)
    const stranger = await fetch(address(), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-graphql-event-stream-token': 'undefined' },
      body: JSON.stringify({ query: '{ hello }', extensions: { operationId: '1' } }),
    })
    expect(stranger.status).toBe(404)
  })

  test('one address cannot reserve streams without end', async () => {
    const answers = await Promise.all(Array.from({ length: 30 }, () => fetch(address(), { method: 'PUT' })))
    expect(answers.some(({ status }) => status === 429)).toBe(true)
  })
})
