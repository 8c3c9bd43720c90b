import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { afterEach, describe, expect, test } from '@jest/globals'
import { agencyServer, type AgencyServer } from './agency-server.fixture.js'
import type { Limits } from './limits.js'
import { createOutbound } from './outbound.js'
import { createSource, type RunSource } from './source.js'

const cleanups: AsyncDisposable[] = []
afterEach(async () => {
  for (const one of cleanups.splice(0).reverse()) await one[Symbol.asyncDispose]()
})

async function open(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  limits: Partial<Limits> = {},
): Promise<{ server: AgencyServer; source: RunSource<unknown> }> {
  const server = await agencyServer(answer)
  const outbound = createOutbound({ allow: '127.0.0.0/8' })
  const source = createSource<unknown>({
    outbound,
    options: { url: server.url },
    resolver: { sample: () => undefined, file: () => Promise.resolve(undefined) },
    signal: new AbortController().signal,
    limits: { attempts: 1, pauseMs: 1, ...limits },
  })
  cleanups.push(server, outbound, source)
  return { server, source }
}

const encoded = (coding: string, body: Uint8Array) => (_request: IncomingMessage, response: ServerResponse) =>
  response.writeHead(200, { 'content-encoding': coding }).end(body)

describe('a compressed body', () => {
  const text = Buffer.from('Quy Nhơn, Bình Định\n'.repeat(50))
  test.each([
    ['gzip', gzipSync(text)],
    ['x-gzip', gzipSync(text)],
    ['deflate', deflateSync(text)],
    ['deflate', deflateRawSync(text)],
    ['br', brotliCompressSync(text)],
    ['gzip, br', brotliCompressSync(gzipSync(text))],
    ['identity', text],
  ])('in %s is unpacked', async (coding, body) => {
    const { server, source } = await open(encoded(coding, body))
    expect(await (await source.request(server.url)).text()).toBe(text.toString())
  })

  test.each([
    ['gzip, gzip, gzip', gzipSync(gzipSync(gzipSync(text))), 'NOT_DATA'],
    ['zstd', text, 'NOT_DATA'],
    ['gzip', text, 'NOT_DATA'],
    ['br', text, 'NOT_DATA'],
    ['gzip', gzipSync(text).subarray(0, -10), 'TRUNCATED'],
    ['deflate', deflateSync(text).subarray(0, -5), 'TRUNCATED'],
    ['br', brotliCompressSync(text).subarray(0, -3), 'TRUNCATED'],
  ])('said to be %s that cannot be unpacked is refused', async (coding, body, code) => {
    const { server, source } = await open(encoded(coding, body))
    await expect(source.request(server.url).then((answer) => answer.bytes())).rejects.toMatchObject({ code })
  })

  const bomb = Buffer.alloc(40 * 1024 ** 2)
  test.each([
    ['gzip', gzipSync(bomb)],
    ['br', brotliCompressSync(bomb)],
    ['gzip, gzip', gzipSync(gzipSync(bomb))],
  ])('in %s that grows without measure is cut off soon', async (coding, body) => {
    expect(body.length).toBeLessThan(200_000)
    for (const limits of [{}, { ratio: 1e9, bodyBytes: 5 * 1024 ** 2 }]) {
      const { server, source } = await open(encoded(coding, body), limits)
      let read = 0
      const reading = async (): Promise<void> => {
        for await (const chunk of (await source.request(server.url)).body) read += chunk.length
      }
      await expect(reading()).rejects.toMatchObject({ code: 'TOO_LARGE' })
      expect(read).toBeLessThanOrEqual(6 * 1024 ** 2)
    }
  })
})

describe('a body', () => {
  test('larger than the limit, or than the driver expects, is refused', async () => {
    const big = (_request: IncomingMessage, response: ServerResponse): void => void response.end(Buffer.alloc(5000))
    const one = await open(big, { bodyBytes: 4999 })
    await expect(one.source.request(one.server.url).then((answer) => answer.bytes())).rejects.toMatchObject({
      code: 'TOO_LARGE',
    })
    const two = await open(big)
    const answer = await two.source.request(two.server.url, { maxBytes: 4999 })
    await expect(answer.bytes()).rejects.toMatchObject({ code: 'TOO_LARGE' })
    expect(await (await two.source.request(two.server.url, { maxBytes: 5000 })).bytes()).toHaveLength(5000)
  })

  test('that never ends stops at the limit', async () => {
    const { server, source } = await open(
      (_request, response) => {
        const more = (): void => {
          if (!response.destroyed) response.write(Buffer.alloc(65_536), () => setImmediate(more))
        }
        more()
      },
      { bodyBytes: 1024 ** 2 },
    )
    await expect(source.request(server.url).then((answer) => answer.bytes())).rejects.toMatchObject({
      code: 'TOO_LARGE',
    })
  })

  test.each([
    ['shorter than announced', { 'content-length': '1000' }],
    ['cut within a chunk', { 'transfer-encoding': 'chunked' }],
  ])('%s is cut off', async (_what, headers) => {
    const { server, source } = await open((_request, response) => {
      response.writeHead(200, headers)
      response.write('half', () => response.destroy())
    })
    await expect(source.request(server.url).then((answer) => answer.bytes())).rejects.toMatchObject({
      code: 'TRUNCATED',
    })
  })

  test('that trickles is too slow, whatever the pause between its bytes', async () => {
    const { server, source } = await open(
      (_request, response) => {
        const timer = setInterval(() => response.write('a'), 5)
        response.on('close', () => {
          clearInterval(timer)
        })
      },
      { slowBytes: 1024, slowMs: 100 },
    )
    await expect(source.request(server.url).then((answer) => answer.bytes())).rejects.toMatchObject({
      code: 'TOO_SLOW',
    })
  })

  test('that is read slowly is not too slow', async () => {
    const { server, source } = await open((_request, response) => response.end(Buffer.alloc(300_000)), {
      slowBytes: 10_000,
      slowMs: 60,
    })
    let read = 0
    for await (const chunk of (await source.request(server.url)).body) {
      read += chunk.length
      await new Promise((resume) => setTimeout(resume, 30))
    }
    expect(read).toBe(300_000)
  })

  test('or an answer that does not come by the deadline is a time-out', async () => {
    const silent = await open(() => undefined, { requestMs: 80 })
    await expect(silent.source.request(silent.server.url)).rejects.toMatchObject({ code: 'TIMEOUT' })
    const stalled = await open((_request, response) => response.writeHead(200).write('a'), { requestMs: 80 })
    const body = stalled.source.request(stalled.server.url).then((answer) => answer.bytes())
    await expect(body).rejects.toMatchObject({ code: 'TIMEOUT' })
  })
})

describe('a server', () => {
  test('that takes a request and says nothing is waited for once', async () => {
    let asked = 0
    const hanging = await open(
      () => {
        asked += 1
      },
      { answerMs: 1_000, attempts: 3 },
    )
    await expect(hanging.source.request(hanging.server.url)).rejects.toMatchObject({ code: 'TIMEOUT' })
    expect(asked).toBe(1)
  })

  test('that does not listen, hangs up or talks nonsense is a fault of the source', async () => {
    const gone = await open((_request, response) => response.end())
    await gone.server[Symbol.asyncDispose]()
    cleanups.splice(cleanups.indexOf(gone.server), 1)
    await expect(gone.source.request(gone.server.url)).rejects.toMatchObject({ code: 'UNREACHABLE' })
    const rude = await open((request) => request.socket.destroy())
    await expect(rude.source.request(rude.server.url)).rejects.toMatchObject({ code: 'UNREACHABLE' })
    const odd = await open((request) => request.socket.end('SSH-2.0-OpenSSH\r\n\r\n'))
    await expect(odd.source.request(odd.server.url)).rejects.toMatchObject({ name: 'SourceFault' })
  })
})
