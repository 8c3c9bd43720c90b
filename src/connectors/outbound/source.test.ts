import { readdir, mkdtemp, rm, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { NotModified } from '../../../connectors/drivers/driver.js'
import { agencyServer, type AgencyServer } from './agency-server.fixture.js'
import { Downloads } from './downloads.js'
import { createOutbound } from './outbound.js'
import { createSource, type RunSource, type SourceSettings } from './source.js'

type Handler = (request: IncomingMessage, response: ServerResponse) => void

const cleanups: AsyncDisposable[] = []
afterEach(async () => {
  for (const one of cleanups.splice(0).reverse()) await one[Symbol.asyncDispose]()
})

async function serve(answer: Handler): Promise<AgencyServer> {
  const server = await agencyServer(answer)
  cleanups.push(server)
  return server
}

function open(server: AgencyServer, settings: Partial<SourceSettings<unknown>> = {}): RunSource<unknown> {
  const outbound = createOutbound({ allow: '127.0.0.1' })
  const source = createSource<unknown>({
    outbound,
    options: { url: server.url },
    resolver: { sample: () => undefined, file: () => Promise.resolve(undefined) },
    signal: new AbortController().signal,
    ...settings,
    limits: { pauseMs: 1, ...settings.limits },
  })
  cleanups.push(outbound, source)
  return source
}

describe('a status', () => {
  test.each([
    [401, {}, 'UNAUTHORISED', 1],
    [403, {}, 'UNAUTHORISED', 1],
    [404, {}, 'NOT_FOUND', 1],
    [410, {}, 'NOT_FOUND', 1],
    [400, {}, 'BAD_STATUS', 1],
    [500, {}, 'BAD_STATUS', 3],
    [502, {}, 'BAD_STATUS', 3],
    [429, { 'retry-after': '120' }, 'BUSY', 1],
    [503, { 'retry-after': '99999999' }, 'BUSY', 1],
    [503, { 'retry-after': '0' }, 'BUSY', 3],
    [503, { 'retry-after': 'soon' }, 'BAD_STATUS', 3],
    [503, {}, 'BAD_STATUS', 3],
  ])('%i %j becomes %s after %i tries', async (status, headers, code, tries) => {
    const server = await serve((_request, response) => response.writeHead(status, headers).end())
    await expect(open(server).request(`${server.url}/a?key=secret`)).rejects.toMatchObject({ code })
    expect(server.requests).toHaveLength(tries)
  })

  test('Retry-After is at most a day, and a fault shows no query', async () => {
    const server = await serve((_request, response) => response.writeHead(503, { 'retry-after': '99999999' }).end())
    await expect(open(server).request(server.url)).rejects.toMatchObject({ details: { seconds: 86_400 } })
    const missing = await serve((_request, response) => response.writeHead(404).end())
    await expect(open(missing).request(`${missing.url}/a?key=secret`)).rejects.not.toThrow('secret')
  })

  test('is an answer when the driver accepts it', async () => {
    const server = await serve((_request, response) => response.writeHead(404).end('{"found":false}'))
    const answer = await open(server).request(server.url, { accept: [404] })
    expect(answer.status).toBe(404)
    expect(await answer.text()).toBe('{"found":false}')
  })

  test('a failure that passes is not noticed', async () => {
    const server = await serve((_request, response) =>
      response.writeHead(server.requests.length < 3 ? 500 : 200).end('ok'),
    )
    expect(await (await open(server).request(server.url)).text()).toBe('ok')
  })

  test('a POST is sent once only', async () => {
    const server = await serve((_request, response) => response.writeHead(500).end())
    await expect(open(server).request(server.url, { method: 'POST', body: 'a' })).rejects.toMatchObject({
      code: 'BAD_STATUS',
    })
    expect(server.requests).toHaveLength(1)
  })
})

describe('a redirect', () => {
  const to =
    (location: string): Handler =>
    (_request, response) =>
      response.writeHead(302, { location }).end()

  test('is followed three times, not four', async () => {
    const server = await serve((request, response) => {
      const left = Number(request.url?.slice(1))
      if (left === 0) response.end('there')
      else response.writeHead(302, { location: `/${left - 1}` }).end()
    })
    const answer = await open(server).request(`${server.url}/3`)
    expect([await answer.text(), answer.url]).toEqual(['there', `${server.url}/0`])
    await expect(open(server).request(`${server.url}/4`)).rejects.toMatchObject({ code: 'BAD_STATUS' })
  })

  test.each([
    'http://169.254.169.254/latest',
    'file:///etc/passwd',
    'http://[::ffff:10.0.0.1]/',
    'http://user:a@example.org/',
  ])('to %s is refused', async (location) => {
    const server = await serve(to(location))
    await expect(open(server).request(server.url)).rejects.toMatchObject({ code: 'ADDRESS_REFUSED' })
  })

  test('to another host takes no credentials and no header of the driver along', async () => {
    const other = await serve((_request, response) => response.end('ok'))
    const server = await serve(to(other.url))
    const source = open(server, { credentials: { kind: 'header', name: 'X-Api-Key', value: 'secret' } })
    await (await source.request(server.url, { headers: { 'X-Token': 'secret', Accept: 'text/csv' } })).text()
    expect(server.requests[0]?.headers).toMatchObject({ 'x-api-key': 'secret', 'x-token': 'secret' })
    expect(JSON.stringify(other.requests[0]?.headers)).not.toContain('secret')
    expect(other.requests[0]?.headers.accept).toBe('text/csv')
  })
})

describe('credentials', () => {
  test('go only where the manifest leads', async () => {
    const other = await serve((_request, response) => response.end('ok'))
    const server = await serve((_request, response) => response.end('ok'))
    const source = open(server, {
      credentials: { kind: 'bearer', token: 'secret' },
      options: { urls: [server.url, other.url] },
    })
    await (await source.request(`${server.url}/a`)).text()
    expect(server.requests[0]?.headers.authorization).toBe('Bearer secret')
    await (await source.withOptions({ url: server.url }).request(`${other.url}/next`)).text()
    expect(other.requests.map(({ headers }) => headers.authorization)).not.toContain('Bearer secret')
  })

  test.each([
    [{ kind: 'basic', user: 'a', password: 'b' } as const, 'authorization', 'Basic YTpi'],
    [{ kind: 'header', name: 'X-Key', value: 'k' } as const, 'x-key', 'k'],
  ])('%j are sent as a header', async (credentials, name, value) => {
    const server = await serve((_request, response) => response.end())
    await (await open(server, { credentials }).request(server.url)).bytes()
    expect(server.requests[0]?.headers[name]).toBe(value)
  })

  test('in the query are sent, and not shown in the answer', async () => {
    const server = await serve((_request, response) => response.end())
    const source = open(server, { credentials: { kind: 'query', name: 'key', value: 'secret' } })
    const answer = await source.request(`${server.url}/a?b=1`)
    expect(server.requests[0]?.url).toBe('/a?b=1&key=secret')
    expect(answer.url).toBe(`${server.url}/a?b=1`)
  })
})

describe('a source that has not changed', () => {
  const conditional = { fingerprint: 'one' }
  let files: Record<string, string>
  beforeEach(() => {
    files = { '/a': '1', '/b': '1' }
  })
  const versioned: Handler = (request, response) => {
    const tag = `"${files[request.url ?? ''] ?? ''}"`
    if (request.headers['if-none-match'] === tag) response.writeHead(304).end()
    else response.writeHead(200, { etag: tag }).end(tag)
  }
  async function run(
    server: AgencyServer,
    memory: Readonly<Record<string, string>>,
    fingerprint = 'one',
  ): Promise<RunSource<unknown>> {
    const source = open(server, { conditional: { fingerprint }, memory })
    await (await source.request(`${server.url}/a`)).text()
    await source.download(`${server.url}/b`)
    return source
  }

  test('ends the run when all its files are the same', async () => {
    const server = await serve(versioned)
    const memory = (await run(server, {})).memory()
    await expect(run(server, memory)).rejects.toBeInstanceOf(NotModified)
    expect(server.requests.slice(2).map(({ url }) => url)).toEqual(['/a', '/b'])
  })

  test('is noticed by each resource that shares a download with another', async () => {
    const server = await serve(versioned)
    const downloads = new Downloads()
    cleanups.push(downloads)
    const read = async (memory: Readonly<Record<string, string>>): Promise<Readonly<Record<string, string>>> => {
      const source = open(server, { conditional, memory, downloads })
      await source.download(`${server.url}/a`)
      return source.memory()
    }
    const [one, two] = [await read({}), await read({})]
    expect(server.requests).toHaveLength(1)
    await expect(read(one)).rejects.toBeInstanceOf(NotModified)
    await expect(read(two)).rejects.toBeInstanceOf(NotModified)
  })

  test('is read as a whole when only its last file has changed', async () => {
    const server = await serve(versioned)
    const memory = (await run(server, {})).memory()
    files['/b'] = '2'
    const again = await run(server, memory)
    await expect(run(server, again.memory())).rejects.toBeInstanceOf(NotModified)
  })

  test('is read when it would be read differently, or when it begins elsewhere', async () => {
    const server = await serve(versioned)
    const memory = (await run(server, {})).memory()
    await run(server, memory, 'two')
    const source = open(server, { conditional, memory })
    expect(await (await source.request(`${server.url}/b`)).text()).toBe('"1"')
  })

  test('is read when one of its files cannot be asked', async () => {
    const server = await serve((request, response) => {
      if (request.url === '/b') response.end('no tag')
      else versioned(request, response)
    })
    const first = await run(server, {})
    expect(first.memory()).toEqual({})
  })
})

describe('what a run remembers', () => {
  test('comes back in the next run', async () => {
    const server = await serve((_request, response) => response.end())
    const source = open(server, { memory: { cursor: '5' } })
    expect(source.recall('cursor')).toBe('5')
    source.remember('cursor', '9')
    expect(source.memory()).toEqual({ cursor: '9' })
  })
})

describe('a download', () => {
  test('is made once for all who ask, and gone with the run', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'downloads-'))
    try {
      const server = await serve((_request, response) => response.end('content'))
      const downloads = new Downloads(folder)
      const source = open(server, { downloads })
      const [one, two] = await Promise.all([
        source.download(server.url),
        open(server, { downloads }).download(server.url),
      ])
      expect(one).toBe(two)
      expect(await readFile(one.path, 'utf8')).toBe('content')
      expect([one.size, server.requests.length]).toEqual([7, 1])
      await downloads[Symbol.asyncDispose]()
      expect(await readdir(folder)).toEqual([])
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  test('that breaks off is tried again', async () => {
    const server = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '7' })
      if (server.requests.length > 2) response.end('content')
      else response.write('con', () => response.destroy())
    })
    expect((await open(server).download(server.url)).size).toBe(7)
  })
})

test('an aborted run closes its connections and says why', async () => {
  const server = await serve((_request, response) => response.writeHead(200).write('begin'))
  const end = new AbortController()
  const source = open(server, { signal: end.signal })
  const body = (await source.request(server.url)).bytes()
  end.abort(new Error('deadline of the run'))
  await expect(body).rejects.toThrow('deadline of the run')
  await expect(source.request(server.url)).rejects.toThrow('deadline of the run')
})

test('a run that ends without reading an answer leaves no connection open', async () => {
  const server = await serve((_request, response) => response.writeHead(200).write('begin'))
  const source = open(server)
  await source.request(server.url)
  await source[Symbol.asyncDispose]()
  while (server.openConnections > 0) await new Promise(setImmediate)
  expect(server.openConnections).toBe(0)
})
