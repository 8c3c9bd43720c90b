import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { serverAudits } from 'graphql-http'
import { z } from 'zod'
import { ServerBench } from '../server.fixture.js'

let bench: ServerBench

beforeAll(async () => {
  bench = await ServerBench.open()
})
afterAll(async () => {
  await bench.close()
})

const nested = (depth: number): string => `{ ${'self { '.repeat(depth - 1)}hello${' }'.repeat(depth - 1)} }`
const answerSchema = z.object({ errors: z.array(z.object({ extensions: z.object({ code: z.string() }) })) })
const codeOf = (body: unknown): string | undefined => answerSchema.safeParse(body).data?.errors[0]?.extensions.code

describe('GraphQL over HTTP', () => {
  test('passes all of the GraphQL-over-HTTP audit', async () => {
    const results = await Promise.all(
      serverAudits({ url: `${bench.url}/graphql`, fetchFn: fetch }).map((audit) => audit.fn()),
    )
    const failed = results
      .filter(({ status }) => status !== 'ok')
      .map(({ id, name, status }) => `${status} ${id} ${name}`)
    expect(failed).toEqual([])
    expect(results.length).toBeGreaterThanOrEqual(61)
  })

  test('answers queries by POST and by GET', async () => {
    const { status, body } = await bench.post({ query: '{ hello(name: "Đá") }' })
    expect([status, body]).toEqual([200, { data: { hello: 'Hello Đá' } }])
    const got = await fetch(`${bench.url}/graphql?query=${encodeURIComponent('{ hello }')}`)
    expect([got.status, await got.json()]).toEqual([200, { data: { hello: 'Hello you' } }])
  })

  test.each([
    ['GRAPHQL_PARSE_FAILED', '{ hello'],
    ['GRAPHQL_VALIDATION_FAILED', '{ nothing }'],
    ['BAD_USER_INPUT', 'query ($value: Int!) { number(value: $value) }'],
  ])('says %s with the status that the media type asks for', async (code, query) => {
    const old = await bench.post({ query }, { accept: 'application/json' })
    expect([old.status, codeOf(old.body)]).toEqual([200, code])
    const fresh = await bench.post({ query }, { accept: 'application/graphql-response+json' })
    expect([fresh.status, codeOf(fresh.body)]).toEqual([400, code])
    const either = await bench.post({ query })
    expect(either.status).toBe(400)
  })

  test('refuses a key that is not valid, and lets one in that is', async () => {
    const wrong = await bench.post({ query: '{ role }' }, { authorization: 'Bearer wrong' })
    expect([wrong.status, codeOf(wrong.body)]).toEqual([401, 'UNAUTHENTICATED'])
    bench.keys.set('Bearer right', { role: 'COORDINATOR', agencyCode: undefined, keyId: 1 })
    expect((await bench.post({ query: '{ role }' }, { authorization: 'Bearer right' })).body).toEqual({
      data: { role: 'COORDINATOR' },
    })
  })

  test('costs a field its own failure, and shows nothing of the inside', async () => {
    const { status, body } = await bench.post({ query: '{ hello secret broken }' })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      data: { hello: 'Hello you', secret: null, broken: null },
      errors: [
        { path: ['secret'], message: 'This is not for you.', extensions: { code: 'FORBIDDEN' } },
        { path: ['broken'], extensions: { code: 'INTERNAL' } },
      ],
    })
    expect(JSON.stringify(body)).not.toMatch(/hunter2|gateway\.ts|stack/i)
    expect(bench.logged.join('')).toMatch(/hunter2/)
  })

  test('keeps a harmless request id, replaces another, and logs with it', async () => {
    const kept = await bench.post({ query: '{ broken }' }, { 'x-request-id': 'abc-123' })
    expect(kept.headers.get('x-request-id')).toBe('abc-123')
    expect(
      bench.logged.some((line) => line.includes('"requestId":"abc-123"') && line.includes('An operation failed')),
    ).toBe(true)
    const replaced = await bench.post({ query: '{ hello }' }, { 'x-request-id': 'a b"c' })
    expect(replaced.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  })
})

describe('what must not pass', () => {
  test('a batch', async () => {
    for (const count of [1, 2, 1000]) {
      const { status, body } = await bench.post(Array(count).fill({ query: '{ hello }' }))
      expect([status, codeOf(body)]).toEqual([400, 'BAD_USER_INPUT'])
    }
  })

  test('a mutation by GET, or by a form', async () => {
    const writes = bench.writes
    const byGet = await fetch(`${bench.url}/graphql?query=${encodeURIComponent('mutation { write }')}`)
    expect(byGet.status).toBe(405)
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', '']) {
      const body = JSON.stringify({ query: 'mutation { write }' })
      const response = await fetch(`${bench.url}/graphql`, { method: 'POST', headers: { 'content-type': type }, body })
      expect([400, 415]).toContain(response.status)
    }
    expect(bench.writes).toBe(writes)
    expect((await bench.post({ query: 'mutation { write }' })).status).toBe(200)
    expect(bench.writes).toBe(writes + 1)
  })

  test('a body that is larger than 256 KB, also when its length is not told', async () => {
    const body = (size: number): string => {
      const empty = JSON.stringify({ query: '{ hello }', variables: { pad: '' } })
      return JSON.stringify({ query: '{ hello }', variables: { pad: 'x'.repeat(size - empty.length) } })
    }
    expect((await bench.post(body(262_144))).status).toBe(200)
    expect((await bench.post(body(262_145))).status).toBe(413)
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const sent = httpRequest(`${bench.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'transfer-encoding': 'chunked' },
      })
      sent.on('response', (response) => {
        response.resume()
        resolve(response.statusCode)
      })
      sent.on('error', reject)
      sent.end(body(262_145))
    })
    expect(status).toBe(413)
  })

  test.each([
    'application/json; charset=latin1',
    'application/json; charset=utf-7',
    'application/json; charset=utf-32',
    'application/json\t; charset=x',
    'application/json; foo=bar',
    'application/jsonx',
  ])('the content type %s', async (type) => {
    expect((await bench.post({ query: '{ hello }' }, { 'content-type': type })).status).toBe(415)
  })

  test('a compressed body, one that is not UTF-8, and keys that poison', async () => {
    expect((await bench.post({ query: '{ hello }' }, { 'content-encoding': 'gzip' })).status).toBe(415)
    const response = await fetch(`${bench.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: Buffer.concat([
        Buffer.from('{"query":"{ hello(name: \\"'),
        Buffer.from([0xff, 0xfe]),
        Buffer.from('\\") }"}'),
      ]),
    })
    expect(response.status).toBe(400)
    expect((await bench.post('{"query":"{ hello }","__proto__":{"admin":true}}')).status).toBe(400)
  })

  test('a persisted query that is not the text of its hash', async () => {
    const extensions = { persistedQuery: { version: 1, sha256Hash: '0'.repeat(64) } }
    const { status, body } = await bench.post({ query: '{ hello }', extensions })
    expect([status, codeOf(body)]).toEqual([400, 'BAD_USER_INPUT'])
    expect(JSON.stringify(body)).toContain('provided sha does not match query')
  })

  test('texts that no record can hold', async () => {
    for (const name of ['a\0b', 'a\ud800b']) {
      const variables = await bench.post({ query: 'query ($n: String) { hello(name: $n) }', variables: { n: name } })
      expect([variables.status, codeOf(variables.body)]).toEqual([400, 'BAD_USER_INPUT'])
    }
    const literal = await bench.post({ query: '{ hello(name: "\\u0000") }' })
    expect([literal.status, codeOf(literal.body)]).toEqual([400, 'BAD_USER_INPUT'])
  })
})

describe('the limits of documents', () => {
  const fields = (count: number, text: (index: number) => string): string =>
    `{ ${Array.from({ length: count }, (_, index) => text(index)).join(' ')} }`

  test.each<[string, string, number, string | undefined]>([
    ['20 levels', nested(20), 200, undefined],
    ['21 levels', nested(21), 400, 'QUERY_TOO_DEEP'],
    [
      '21 levels through a fragment',
      `query { self { ...f } } fragment f on Query ${nested(20)}`,
      400,
      'QUERY_TOO_DEEP',
    ],
    ['21 levels through an inline fragment', `{ self { ... on Query ${nested(20)} } }`, 400, 'QUERY_TOO_DEEP'],
    ['5,000 levels', nested(5_000), 400, 'QUERY_TOO_COMPLEX'],
    [
      '30 aliases of a field',
      `{ self { ${Array.from({ length: 30 }, (_, i) => `a${i}: hello`).join(' ')} } }`,
      200,
      undefined,
    ],
    [
      '31 aliases of a field',
      `{ self { ${Array.from({ length: 31 }, (_, i) => `a${i}: hello`).join(' ')} } }`,
      400,
      'QUERY_TOO_COMPLEX',
    ],
    ['20 root fields', fields(20, (i) => `a${i}: hello`), 200, undefined],
    ['21 root fields', fields(21, (i) => `a${i}: hello`), 400, 'QUERY_TOO_COMPLEX'],
    [
      '50 directives',
      `{ self { ${Array.from({ length: 50 }, () => 'hello @include(if: true)').join(' ')} } }`,
      200,
      undefined,
    ],
    [
      '51 directives',
      `{ self { ${Array.from({ length: 51 }, () => 'hello @include(if: true)').join(' ')} } }`,
      400,
      'QUERY_TOO_COMPLEX',
    ],
    ['2,100 tokens', `{ self { ${'hello '.repeat(2_100)} } }`, 400, 'QUERY_TOO_COMPLEX'],
    ['33,000 characters', `{ hello } #${'x'.repeat(33_000)}`, 400, 'QUERY_TOO_COMPLEX'],
    ['a list of 900 levels', `{ hello(name: ${'['.repeat(900)}${']'.repeat(900)}) }`, 400, 'GRAPHQL_VALIDATION_FAILED'],
  ])('%s', async (_what, query, status, code) => {
    const answer = await bench.post({ query })
    expect(answer.status).toBe(status)
    if (code !== undefined) expect(codeOf(answer.body)).toBe(code)
    expect(JSON.stringify(answer.body)).not.toMatch(/call stack/)
    expect(JSON.stringify(answer.body).length).toBeLessThan(6_000)
  })

  test('fragments that double are counted as if they were written out, at once', async () => {
    const levels = 25
    const fragments = Array.from(
      { length: levels },
      (_, level) =>
        `fragment f${level} on Query { ${level === levels - 1 ? 'hello' : `...f${level + 1} ...f${level + 1}`} }`,
    )
    const started = performance.now()
    const { status, body } = await bench.post({ query: `{ ...f0 } ${fragments.join(' ')}` })
    expect([status, codeOf(body)]).toEqual([400, 'QUERY_TOO_COMPLEX'])
    expect(performance.now() - started).toBeLessThan(500)
  })

  test('a ring of fragments is refused', async () => {
    const query = '{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }'
    expect((await bench.post({ query })).status).toBe(400)
  })

  test('the introspection of tools is let through, and one without end is not', async () => {
    const { getIntrospectionQuery } = await import('graphql')
    const query = getIntrospectionQuery({ descriptions: true, inputValueDeprecation: true, oneOf: true })
    expect((await bench.post({ query })).status).toBe(200)
    const deep = `{ __schema { types { ${'fields { type { '.repeat(12)} name ${'} } '.repeat(12)} } } }`
    expect((await bench.post({ query: deep })).status).toBe(400)
  })
})

describe('the rest of what is served', () => {
  test('GraphiQL for a browser, all of it from here', async () => {
    const page = await fetch(`${bench.url}/graphql`, {
      headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' },
    })
    const html = await page.text()
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
    const links = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link]) => link ?? '')
    expect(links.length).toBeGreaterThanOrEqual(6)
    for (const link of links) {
      expect(link).toMatch(/^\/assets\//)
      expect((await fetch(`${bench.url}${link}`)).status).toBe(200)
    }
    expect(html).not.toMatch(/https?:\/\//)
  })

  test.each(['/assets/..%2f..%2fpackage.json', '/assets/constructor', '/nothing'])('nothing at %s', async (path) => {
    const response = await fetch(`${bench.url}${path}`)
    expect([response.status, codeOf(await response.json())]).toEqual([404, 'NOT_FOUND'])
  })

  test.each<[string, string, number]>([
    ['two lengths', 'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 5\r\n\r\n{}', 400],
    [
      'a length and chunks',
      'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
    ],
    [
      'a coding that nobody knows',
      'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: xchunked\r\n\r\n',
      400,
    ],
    ['lines without carriage returns', 'GET / HTTP/1.1\nHost: x\n\n', 400],
    ['what is no HTTP', '\x16\x03\x01\x02\x00', 400],
    [
      'a query of a megabyte in the address',
      `GET /graphql?query=${'a'.repeat(1_000_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
      431,
    ],
    ['headers without end', `GET / HTTP/1.1\r\nHost: x\r\n${'x: 1\r\n'.repeat(5_000)}\r\n`, 431],
    ['an address that cannot be decoded', 'GET /%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 400],
  ])('refuses %s with a code, and ends the connection', async (_what, sent, status) => {
    const logged = bench.logged.length
    const answer = await exchange(sent)
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
    expect(codeOf(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n'))))).toBe('BAD_USER_INPUT')
    expect(bench.logged.slice(logged).filter((line) => !line.includes('"level":20'))).toEqual([])
  })

  test('whether it lives and is ready, and why not', async () => {
    expect((await fetch(`${bench.url}/health/live`)).status).toBe(200)
    expect((await fetch(`${bench.url}/health/ready`)).status).toBe(200)
    bench.ready = () => Promise.reject(new Error('no'))
    const away = await fetch(`${bench.url}/health/ready`)
    expect([away.status, await away.json()]).toEqual([
      503,
      { status: 'not ready', reason: 'The database does not answer.' },
    ])
    bench.ready = () => Promise.resolve()
  })

  test('metrics for Prometheus', async () => {
    await bench.post({ query: '{ hello }' })
    const text = await (await fetch(`${bench.url}/metrics`)).text()
    expect(text).toMatch(/gateway_graphql_operations_total\{transport="http",code="OK"\} \d+/)
    expect(text).toMatch(
      /gateway_http_request_duration_seconds_count\{method="POST",route="\/graphql",status="200"\} \d+/,
    )
  })

  test('any other site may read it', async () => {
    const preflight = await fetch(`${bench.url}/graphql`, {
      method: 'OPTIONS',
      headers: { origin: 'https://example.org' },
    })
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*')
    expect(preflight.headers.get('access-control-allow-credentials')).toBeNull()
    // A star does not stand for this one.
    expect(preflight.headers.get('access-control-allow-headers')).toMatch(/^authorization, .*\*$/)
  })

  test('a sender of one byte at a time is cut off within 15 s', async () => {
    const { port } = new URL(bench.url)
    const started = Date.now()
    const socket = connect(Number(port), '127.0.0.1')
    socket.write(
      'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n',
    )
    const drip = setInterval(() => socket.write(' '), 200)
    await new Promise<void>((resolve) => {
      socket.on('error', () => undefined)
      socket.on('close', () => {
        resolve()
      })
      socket.resume()
    })
    clearInterval(drip)
    expect(Date.now() - started).toBeLessThan(15_000)
  }, 30_000)
})

/** All that is answered to these bytes until the connection ends. */
async function exchange(sent: string): Promise<string> {
  const socket = connect(Number(new URL(bench.url).port), '127.0.0.1')
  let answer = ''
  socket.setEncoding('utf8').on('data', (text: string) => (answer += text))
  socket.write(sent, 'latin1')
  await new Promise<void>((resolve) => {
    // What is refused before all of it was read may end so.
    socket.on('error', () => undefined)
    socket.on('close', () => {
      resolve()
    })
  })
  return answer
}
