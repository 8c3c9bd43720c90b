import type { LookupAddress } from 'node:dns'
import { isIP } from 'node:net'
import { networkInterfaces } from 'node:os'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { SourceFault } from '../../errors/source-fault.js'
import { agencyServer, type AgencyServer } from './agency-server.fixture.js'
import { createOutbound } from './outbound.js'
import { createSource } from './source.js'

/** Whatever reaches one of these has got past the guard. */
let canary: AgencyServer
let canary6: AgencyServer
let answers: LookupAddress[][] = []

beforeAll(async () => {
  canary = await agencyServer((_request, response) => response.end('secret'))
  canary6 = await agencyServer((_request, response) => response.end('secret'), '::1')
})
afterAll(async () => {
  await canary[Symbol.asyncDispose]()
  await canary6[Symbol.asyncDispose]()
})
beforeEach(() => {
  answers = []
})

const port = (server = canary): string => new URL(server.url).port
const resolve = (): Promise<LookupAddress[]> => {
  const next = answers.length > 1 ? answers.shift() : answers[0]
  return next === undefined
    ? Promise.reject(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }))
    : Promise.resolve(next)
}

/** Asks from inside a manifest that names the URL itself, which allows its port. */
async function ask(url: string, allow?: string): Promise<string> {
  const got = await textOrError(url, allow)
  return got instanceof SourceFault ? got.code : String(got)
}

async function textOrError(url: string, allow?: string): Promise<unknown> {
  await using outbound = createOutbound({ allow, resolve })
  await using source = createSource({
    outbound,
    options: { url },
    resolver: { sample: () => undefined, file: () => Promise.resolve(undefined) },
    signal: new AbortController().signal,
    limits: { attempts: 1 },
  })
  try {
    return await (await source.request(url)).text()
  } catch (error) {
    return error
  }
}

const spellings = `127.0.0.1 127.1 127.0.1 2130706433 0x7f000001 0x7f.0.0.1 0177.0.0.1 017700000001 127.0.0.1. ①②⑦.⓪.⓪.①
  127。0。0。1 １２７.0.0.1 0x7F.1 127.255.255.254 0 0.0.0.0 0x0 00000000000 10.0.0.1 0xa000001 012.0.0.1 192.168.1.1 3232235777
  172.16.0.1 172.31.255.255 169.254.169.254 2852039166 0xa9fea9fe 0251.0376.0251.0376 169.254.170.2 100.100.100.200 100.64.0.1
  192.0.0.192 168.63.129.16 2822734096 198.18.0.1 224.0.0.1 240.0.0.1 255.255.255.255
  [::1] [0:0:0:0:0:0:0:1] [::] [::127.0.0.1] [::7f00:1] [::ffff:127.0.0.1] [::ffff:7f00:1] [0:0:0:0:0:ffff:127.0.0.1]
  [::FFFF:127.0.0.1] [::ffff:169.254.169.254] [::ffff:10.0.0.1] [::ffff:0:127.0.0.1] [64:ff9b::127.0.0.1] [64:ff9b::7f00:1]
  [64:ff9b:1::7f00:1] [2002:7f00:1::] [2002:7f00:0001::1] [2001:0:7f00:1::] [2001::] [2001:db8::1] [fc00::1] [fd00:ec2::254]
  [fe80::1] [fec0::1] [ff02::1] [100::1] [3fff::1] [5f00::1] [::a83f:8110] [::ffff:a83f:8110]`
  .trim()
  .split(/\s+/)

describe('a literal address', () => {
  test.each(spellings)('http://%s is refused without a connection', async (host) => {
    expect(await ask(`http://${host}:${port()}/`)).toBe('ADDRESS_REFUSED')
    expect(await ask(`http://${host}:${port(canary6)}/`)).toBe('ADDRESS_REFUSED')
    expect([canary.connections, canary6.connections]).toEqual([0, 0])
  })

  test.each([
    'file:///etc/passwd',
    'ftp://example.org/a',
    'gopher://127.0.0.1/',
    'data:text/plain,a',
    'blob:http://a/b',
    'unix:/run/a',
  ])('%s is refused', async (url) => {
    expect(await ask(url)).toBe('ADDRESS_REFUSED')
  })

  test('a URL with a user in it is refused: nothing tells a password from a trick', async () => {
    expect(await ask(`http://example.org@127.0.0.1:${port()}/`)).toBe('ADDRESS_REFUSED')
    expect(await ask('http://user:pass@example.org/')).toBe('ADDRESS_REFUSED')
  })

  test('is reached when the operator allows it', async () => {
    expect(await ask(`http://127.0.0.1:${port()}/`, `127.0.0.1:${port()}`)).toBe('secret')
    expect(await ask(`http://127.0.0.1:${port()}/`, '127.0.0.0/8')).toBe('secret')
    expect(await ask(`http://[::1]:${port(canary6)}/`, `[::1]:${port(canary6)}`)).toBe('secret')
    expect(await ask(`http://[::ffff:127.0.0.1]:${port()}/`, '127.0.0.0/8')).toBe('secret')
  })
})

describe('a name', () => {
  const loopback: LookupAddress = { address: '127.0.0.1', family: 4 }
  const loopback6: LookupAddress = { address: '::1', family: 6 }
  const elsewhere: LookupAddress = { address: '8.8.8.8', family: 4 }

  test.each([
    ['a private address', [loopback]],
    ['a private IPv6 address', [loopback6]],
    ['an IPv4 address written as IPv6', [{ address: '::ffff:127.0.0.1', family: 6 }]],
    ['a public and a private address', [elsewhere, loopback]],
    ['no address', []],
  ])('that resolves to %s is refused without a connection', async (_what, addresses) => {
    const before = canary.connections + canary6.connections
    answers = [addresses]
    expect(await ask(`http://rebind.test:${port()}/`)).toBe('UNREACHABLE')
    expect(await ask(`http://rebind.test:${port(canary6)}/`)).toBe('UNREACHABLE')
    expect(canary.connections + canary6.connections).toBe(before)
  })

  test('of something inside is to the reader as one that does not exist; only the log knows', async () => {
    answers = [[loopback]]
    const inside = await textOrError(`http://rebind.test:${port()}/`)
    answers = []
    const nowhere = await textOrError(`http://rebind.test:${port()}/`)
    for (const error of [inside, nowhere]) {
      expect(error).toMatchObject({ code: 'UNREACHABLE', message: 'The source does not answer.', details: {} })
    }
    expect(inside).toHaveProperty('cause.message', 'rebind.test leads to an address that is not allowed.')
    expect(nowhere).toHaveProperty('cause.code', 'ENOTFOUND')
  })

  test('is resolved once a connection, and what was checked is what is connected to', async () => {
    const before = canary.connections
    for (let round = 0; round < 50; round += 1) {
      answers = [[loopback], [elsewhere]]
      expect(await ask(`http://rebind.test:${port()}/`)).toBe('UNREACHABLE')
    }
    expect(canary.connections).toBe(before)
  })

  test('that the operator allows may resolve to a private address', async () => {
    answers = [[loopback]]
    expect(await ask(`http://data.internal:${port()}/`, `data.internal:${port()}`)).toBe('secret')
  })

  test('that does not resolve does not answer', async () => {
    expect(await ask('http://nowhere.test/')).toBe('UNREACHABLE')
  })
})

describe("the gateway's own database", () => {
  const own = Object.values(networkInterfaces()).flatMap((found = []) => found.map((one) => one.address))

  /** Asks with everything allowed and the canary for the database; `childs`: as a child process would, by what its parent allows. */
  async function askDatabase(host: string, childs: boolean): Promise<string> {
    const allow = `0.0.0.0/0, ::/0, data.internal, ${host}`
    await using parent = createOutbound({ allow, resolve })
    await parent.refuse(`postgres://gateway:secret@127.0.0.1:${port()}/postgres`)
    await using outbound = createOutbound({ allow: childs ? parent.allowed() : allow, resolve })
    if (!childs) await outbound.refuse(`postgres://gateway:secret@127.0.0.1:${port()}/postgres`)
    const url = `http://${host}:${port()}/`
    await using source = createSource({
      outbound,
      options: { url },
      resolver: { sample: () => undefined, file: () => Promise.resolve(undefined) },
      signal: new AbortController().signal,
      limits: { attempts: 1 },
    })
    return await source.request(url).then(
      (answer) => answer.text(),
      (error: unknown) => (error instanceof SourceFault ? error.code : String(error)),
    )
  }

  test.each(['127.0.0.1', '127.0.0.2', '0', '[::1]', '[::ffff:127.0.0.1]', 'data.internal', 'localhost'])(
    'is never reached at %s, whatever is allowed',
    async (host) => {
      answers = [[{ address: '127.0.0.1', family: 4 }]]
      const before = canary.connections
      const refused = /[a-z]{2}/.test(host.replace('ffff', '')) ? 'UNREACHABLE' : 'ADDRESS_REFUSED'
      expect(await askDatabase(host, false)).toBe(refused)
      expect(await askDatabase(host, true)).toBe(refused)
      expect(canary.connections).toBe(before)
    },
  )

  test("is not reached by the machine's other addresses either; other ports are", async () => {
    await using outbound = createOutbound({ allow: '0.0.0.0/0, ::/0', resolve })
    await outbound.refuse('postgres://gateway@127.0.0.1/data')
    const places = outbound.allowed()
    for (const one of own) expect(places).toContain(isIP(one) === 6 && one !== '::1' ? `![${one}]:5432` : ':5432')
    expect(await ask(`http://127.0.0.1:${port()}/`, places)).toBe('secret')
  })

  test('is known by all addresses of its name', async () => {
    answers = [
      [
        { address: '10.1.0.5', family: 4 },
        { address: 'fd00::5', family: 6 },
      ],
    ]
    await using outbound = createOutbound({ resolve })
    await outbound.refuse('postgres://gateway@db.internal:6432/data')
    expect(outbound.allowed()).toBe('!10.1.0.5:6432,![fd00::5]:6432')
  })
})

describe('each guard holds by itself', () => {
  const code = (error: unknown): unknown => (error instanceof SourceFault ? error.code : error)

  test.each(['127.0.0.1', '[::ffff:127.0.0.1]', '[::127.0.0.1]'])('the one at the connection, for %s', async (host) => {
    const before = canary.connections
    await using outbound = createOutbound({ resolve })
    const request = outbound.agent.request({ origin: `http://${host}:${port()}`, path: '/', method: 'GET' })
    expect(await request.catch(code)).toBe('ADDRESS_REFUSED')
    expect(canary.connections).toBe(before)
  })

  test.each(['http://127.0.0.1/', 'http://[::1]/', 'https://example.org:22/', 'ftp://example.org/'])(
    'the one before it, for %s',
    async (url) => {
      await using outbound = createOutbound({ resolve })
      expect(() => {
        outbound.admit(new URL(url), new Set())
      }).toThrow('not allowed')
    },
  )
})

test('only the ports of the web and those that the manifest names are used', async () => {
  await using outbound = createOutbound({ allow: '127.0.0.0/8', resolve })
  await using source = createSource({
    outbound,
    options: { url: 'http://127.0.0.1/' },
    resolver: { sample: () => undefined, file: () => Promise.resolve(undefined) },
    signal: new AbortController().signal,
  })
  await expect(source.request(`http://127.0.0.1:${port()}/`)).rejects.toMatchObject({ code: 'ADDRESS_REFUSED' })
})
