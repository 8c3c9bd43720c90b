import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { createClient } from 'graphql-ws'
import WebSocket from 'ws'
import { z } from 'zod'
import { installationFolder } from './settings/installation.js'

/** How long anything here may take, also on a machine that does much else. */
const patienceMs = 240_000
jest.setTimeout(patienceMs + 30_000)

const main = join(installationFolder, 'dist', 'src', 'main.js')
const running = new Set<Gateway>()
let folder = ''

/** The gateway as an operator starts it, with what it printed. */
class Gateway {
  out = ''
  errors = ''
  private constructor(readonly child: ChildProcess) {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (this.out += text))
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.errors += text))
  }

  static start(environment: Record<string, string>, words: readonly string[] = []): Gateway {
    const env = { PATH: process.env['PATH'], PORT: '0', DATA_DIR: join(folder, 'data'), ...environment }
    const gateway = new Gateway(spawn(process.execPath, [main, ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] }))
    running.add(gateway)
    gateway.child.once('exit', () => running.delete(gateway))
    return gateway
  }

  async ready(): Promise<void> {
    await until(
      () => this.out.includes('is ready.') || this.child.exitCode !== null,
      () => this.errors,
    )
    if (this.child.exitCode !== null) throw new Error(this.errors)
  }

  get url(): string {
    return /Page +(http:\S+?)\/\n/.exec(this.out)?.[1] ?? ''
  }

  async ended(): Promise<number | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, 'exit')
    return this.child.exitCode
  }

  async query(query: string, headers: Record<string, string> = {}): Promise<unknown> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query }),
    })
    return response.json()
  }
}

async function until(condition: () => boolean | Promise<boolean>, why: () => string = () => ''): Promise<void> {
  const deadline = Date.now() + patienceMs
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`It did not happen within ${patienceMs / 1000} s. ${why()}`)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}

async function alive(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  )
}

const schoolsSchema = z.object({ data: z.object({ schools: z.object({ totalCount: z.number() }) }) })
const schools = '{ schools { totalCount } }'

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gateway-main-'))
  const build = spawn(process.execPath, [join(installationFolder, 'scripts', 'build.mjs')], { stdio: 'inherit' })
  await once(build, 'exit')
  expect(build.exitCode).toBe(0)
})
afterAll(async () => {
  for (const gateway of running) {
    gateway.child.kill('SIGTERM')
    await gateway.ended()
  }
  await rm(folder, { recursive: true, force: true })
})

describe('the gateway, started with nothing', () => {
  let gateway: Gateway
  let key = ''

  beforeAll(async () => {
    gateway = Gateway.start({})
    await gateway.ready()
    key = /odg_\S+/.exec(gateway.out)?.[0] ?? ''
  })

  test('answers with the data of its sample agencies, and says where each thing is', async () => {
    // The last of the first harvests go on behind.
    await until(async () => {
      const answer = schoolsSchema.safeParse(await gateway.query(schools))
      return answer.success && answer.data.data.schools.totalCount > 500
    })
    const addresses = [...gateway.out.matchAll(/http:\S+/g)].map(([address]) => address)
    expect(addresses.length).toBeGreaterThanOrEqual(9)
    for (const address of addresses.filter((each) => !each.endsWith('/stream'))) {
      expect([address, (await fetch(address)).status]).toEqual([address, address.endsWith('/graphql') ? 400 : 200])
    }
  })

  test('shows people the datasets, in their language, with the state of each source', async () => {
    const page = await (await fetch(`${gateway.url}/`)).text()
    expect(page).toMatch(/<html lang="vi">/)
    expect(page).toMatch(/Dữ liệu các trường tiểu học[\s\S]*dữ liệu mẫu[\s\S]*class="state fresh"/)
    const english = await (await fetch(`${gateway.url}/?lang=en&q=xe+buyt`)).text()
    expect(english).toMatch(/2 datasets match “xe buyt”/)
    expect(english).toMatch(/id="bus-network"/)
    expect(english).not.toMatch(/id="primary-schools"/)
    const escaped = await (await fetch(`${gateway.url}/?q=${encodeURIComponent('"><script>alert(1)</script>')}`)).text()
    expect(escaped.match(/<script[^>]*>/g)).toEqual(['<script src="/assets/page.js" defer>'])
  })

  test('offers queries that run', async () => {
    const page = await (await fetch(`${gateway.url}/`)).text()
    const queries = [...page.matchAll(/href="\/graphql\?query=([^"]+)"/g)].map(([, text]) =>
      decodeURIComponent((text ?? '').replaceAll('+', ' ')),
    )
    expect(queries.length).toBeGreaterThanOrEqual(15)
    for (const query of queries) expect(await gateway.query(query)).not.toHaveProperty('errors')
  })

  test('printed a key that lets the administrator in, and prints it once', async () => {
    expect(await gateway.query('{ keys { label } }')).toMatchObject({
      errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
    })
    expect(await gateway.query('{ keys { label } }', { authorization: `Bearer ${key}` })).toEqual(
      expect.objectContaining({ data: { keys: [{ label: 'First administrator' }] } }),
    )
  })

  test('sends live changes over WebSocket', async () => {
    const client = createClient({ url: `${gateway.url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket })
    const events = client.iterate({ query: 'subscription { vehiclePositionChanges { type record { vehicle } } }' })
    const first = events.next()
    await until(async () => {
      await gateway.query('{ vehiclePositions(first: 1) { totalCount } }')
      return Promise.race([first.then(() => true), new Promise<boolean>((resolve) => setTimeout(resolve, 500, false))])
    })
    expect((await first).value).toMatchObject({ data: { vehiclePositionChanges: { record: {} } } })
    await client.dispose()
  })

  test('refuses a second gateway on its data, in one sentence', async () => {
    const second = Gateway.start({})
    expect(await second.ended()).toBe(1)
    expect(second.errors).toMatch(/^Another gateway \(process \d+\) is running on .*\.\n$/)
  })

  test('refuses a port that is taken, in one sentence', async () => {
    const taken = Gateway.start({ PORT: new URL(gateway.url).port, DATA_DIR: join(folder, 'other') })
    expect(await taken.ended()).toBe(1)
    expect(taken.errors).toMatch(
      /PORT: 127\.0\.0\.1:\d+ is taken by another program: stop it, or choose another PORT\.\n$/,
    )
  })

  test('outlives its database, says that it is away, and goes on when it is back', async () => {
    const [pid] = (await readFile(join(folder, 'data', 'postgres', 'postmaster.pid'), 'utf8')).split('\n')
    process.kill(Number(pid), 'SIGKILL')
    const away = z.object({
      errors: z.array(z.object({ message: z.string(), extensions: z.object({ code: z.string() }) })),
    })
    const during = away.safeParse(await gateway.query(schools))
    if (during.success) expect(during.data.errors[0]?.message).not.toMatch(/ECONN|Connection|terminat/)
    await until(async () => schoolsSchema.safeParse(await gateway.query(schools)).success)
    await until(async () => (await fetch(`${gateway.url}/health/ready`)).status === 200)
    expect(gateway.child.exitCode).toBeNull()
  })

  test('leaves no sample behind when it is killed, and starts again with its data, from the first answer on', async () => {
    const samples = [...gateway.out.matchAll(/Sample agency \S+ +(\S+)/g)].map(([, address]) => address ?? '')
    expect(samples.length).toBeGreaterThanOrEqual(3)
    gateway.child.kill('SIGKILL')
    await gateway.ended()
    await until(async () => (await Promise.all(samples.map(alive))).every((answers) => !answers))
    const { port } = new URL(gateway.url)
    const ask = gateway.query.bind(gateway)
    gateway = Gateway.start({ SAMPLE_AGENCIES: 'off', PORT: port })
    const refusals: unknown[] = []
    await until(async () => {
      const answer = await ask(schools).catch(() => undefined)
      if (answer !== undefined && !schoolsSchema.safeParse(answer).success) refusals.push(answer)
      return gateway.out.includes('is ready.') || gateway.child.exitCode !== null
    })
    await gateway.ready()
    expect(refusals).toEqual([])
    expect(gateway.out).not.toMatch(/odg_|Sample agency/)
    expect(schoolsSchema.safeParse(await gateway.query(schools)).success).toBe(true)
  })

  test('stops within ten seconds on SIGTERM, its database and streams too', async () => {
    const client = createClient({
      url: `${gateway.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
    })
    const open = client.iterate({ query: 'subscription { schoolChanges { type } }' }).next()
    open.catch(() => undefined)
    const stream = await fetch(
      `${gateway.url}/graphql/stream?query=${encodeURIComponent('subscription { schoolChanges { type } }')}`,
      {
        headers: { accept: 'text/event-stream' },
      },
    )
    gateway.child.kill('SIGTERM')
    // Were it not done within 9.5 s, it would end itself with another status.
    expect(await gateway.ended()).toBe(0)
    await stream.body?.cancel()
    await expect(readFile(join(folder, 'data', 'postgres', 'postmaster.pid'))).rejects.toThrow(/ENOENT/)
  })
})

describe('a start that cannot be', () => {
  const refused = async (environment: Record<string, string>, words: readonly string[] = []): Promise<string> => {
    const gateway = Gateway.start({ DATA_DIR: join(folder, 'never'), SAMPLE_AGENCIES: 'off', ...environment }, words)
    expect(await gateway.ended()).toBe(1)
    return gateway.errors
  }
  const database = (change: (url: URL) => void): string => {
    const url = new URL(process.env['TEST_DATABASE_URL'] ?? '')
    change(url)
    return url.href
  }

  test('names the wrong variable', async () => {
    expect(await refused({ PORT: 'http' })).toBe(
      'PORT is "http"; allowed: a port number from 0 (any free one) to 65535.\n',
    )
    expect(await refused({}, ['--fields-win'])).toMatch(
      /^Unknown option '--fields-win'\. Allowed: --files-win, --accept-breaking\.\n$/,
    )
    expect(await refused({ OUTBOUND_ALLOW: '10.0.0.0/99' })).toMatch(/^OUTBOUND_ALLOW: .*\n$/)
  })

  test('says what is wrong with DATABASE_URL', async () => {
    const cases: [string, RegExp][] = [
      [
        database((url) => (url.password = 'wrong')),
        /^DATABASE_URL: Postgres at \S+ refuses the user gateway or its password\.\n$/,
      ],
      [database((url) => (url.pathname = '/none')), /^DATABASE_URL: there is no database none at \S+\.\n$/],
      ['postgres://a:b@127.0.0.1:1/c', /^DATABASE_URL: nothing answers at 127\.0\.0\.1:1\.\n$/],
      ['postgres://a:b@nowhere.invalid/c', /^DATABASE_URL: there is no host nowhere\.invalid\.\n$/],
    ]
    for (const [url, expected] of cases) expect(await refused({ DATABASE_URL: url })).toMatch(expected)
    // What it is sent has to be read: the connection would stay open.
    const other = createServer((socket) => socket.resume().end('HTTP/1.1 400 Bad Request\r\n\r\n'))
    other.listen(0, '127.0.0.1')
    await once(other, 'listening')
    try {
      const address = z.object({ port: z.number() }).parse(other.address())
      expect(await refused({ DATABASE_URL: `postgres://a:b@127.0.0.1:${address.port}/c` })).toMatch(
        /^DATABASE_URL: what answers at \S+ cannot be used as Postgres \(.*\)\.\n$/,
      )
    } finally {
      other.close()
    }
  })

  test('says that DATA_DIR cannot be written', async () => {
    await writeFile(join(folder, 'file'), '')
    expect(await refused({ DATA_DIR: join(folder, 'file') })).toMatch(
      /^DATA_DIR: the folder .* cannot be written \(EEXIST\)\.\n$/,
    )
    expect(await refused({ DATA_DIR: '/proc/x/y' })).toBe(
      'DATA_DIR: the folder /proc/x/y cannot be written (ENOENT).\n',
    )
    expect(await refused({ DATA_DIR: '/proc/x', DATABASE_URL: 'postgres://a:b@127.0.0.1:1/c' })).toBe(
      'DATA_DIR: the folder /proc/x cannot be written (ENOENT).\n',
    )
  })
})
