import { once } from 'node:events'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { afterEach } from '@jest/globals'
import type { Source } from '../../connectors/drivers/driver.js'
import { createOutbound } from '../../src/connectors/outbound/outbound.js'
import { createSource } from '../../src/connectors/outbound/source.js'

export interface SeenRequest {
  readonly method: string
  readonly url: URL
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

export interface ServerAnswer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** A string is sent as it is, anything else as JSON. */
  readonly body: unknown
}

/** An agency's server on loopback, and the guarded way to it that a driver gets in a run. */
export interface SourceServer {
  readonly url: string
  readonly requests: readonly SeenRequest[]
  source<Options>(options: Options): Source<Options>
  /** Lets the sources reach another server too. */
  allow(url: string): void
  close(): Promise<void>
}

/** For the top of a test file: what starts a server with, which is closed after the test that started it. */
export function sourceServers(): (answer: (request: SeenRequest) => ServerAnswer) => Promise<SourceServer> {
  const running: SourceServer[] = []
  afterEach(async () => {
    for (const server of running.splice(0)) await server.close()
  })
  return async (answer) => {
    const server = await startSourceServer(answer)
    running.push(server)
    return server
  }
}

export async function startSourceServer(answer: (request: SeenRequest) => ServerAnswer): Promise<SourceServer> {
  const requests: SeenRequest[] = []
  const runs: AsyncDisposable[] = []
  const server = createServer((request, response) => {
    text(request)
      .then((body) => {
        const url = new URL(request.url ?? '/', `http://${request.headers.host ?? 'localhost'}`)
        const seen = { method: request.method ?? '', url, headers: request.headers, body }
        requests.push(seen)
        const given = answer(seen)
        response.writeHead(given.status ?? 200, { 'content-type': 'application/json', ...given.headers })
        response.end(typeof given.body === 'string' ? given.body : JSON.stringify(given.body))
      })
      .catch((error: unknown) => response.destroy(error instanceof Error ? error : new Error(String(error))))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The source server has no port.')
  const url = `http://127.0.0.1:${address.port}`
  const outbound = createOutbound()
  outbound.allow(url)
  return {
    url,
    requests,
    source(options) {
      const source = createSource({
        outbound,
        options,
        resolver: { sample: () => undefined, file: () => Promise.resolve(undefined) },
        signal: new AbortController().signal,
        limits: { pauseMs: 1 },
      })
      runs.push(source)
      return source
    },
    allow(other) {
      outbound.allow(other)
    },
    async close() {
      for (const run of runs) await run[Symbol.asyncDispose]()
      await outbound[Symbol.asyncDispose]()
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}
