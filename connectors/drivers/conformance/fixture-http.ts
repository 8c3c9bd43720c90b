import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import type { FixtureAnswer, FixtureServer, Scenario, SeenRequest } from './driver-fixture.js'

export interface ScenarioServer {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  readonly url: string
  /** Spread it into the fixture's `FixtureServer`: `server.as({ options, selection })`. */
  as<Options, Selection>(given: { options: Options; selection: Selection }): FixtureServer<Options, Selection>
}

/** A row of the scenario with the time of its last change. */
export interface TimedRow {
  readonly row: Readonly<Record<string, string>>
  readonly changedAt: string
}

/** The rows of the scenario; those that changed later when a time is given. */
export function rowsSince({ rows, changedAt }: Scenario, since: string | undefined): TimedRow[] {
  const after = since === undefined ? -Infinity : Date.parse(since)
  if (Number.isNaN(after)) throw new Error(`${since} is no time.`)
  return rows
    .map((row, at) => ({ row, changedAt: changedAt?.[at] ?? '2025-06-01T08:00:00.000Z' }))
    .filter((one) => Date.parse(one.changedAt) > after)
}

/**
 * A real HTTP server for one scenario. `answer` writes the protocol's good answers; the scenario's faults, ETags, counting
 * and the closing of sockets are played here, the same for every driver.
 */
export async function serveScenario(
  scenario: Scenario,
  answer: (request: SeenRequest, serverUrl: string) => FixtureAnswer | Promise<FixtureAnswer>,
  errorWith200?: FixtureAnswer,
): Promise<ScenarioServer> {
  const requests: SeenRequest[] = []
  const sockets = new Set<Socket>()
  let url = ''
  const server = createServer((request, response) => {
    play(request, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : new Error(String(error)))
    })
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })

  async function play(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const seen: SeenRequest = {
      method: request.method ?? '',
      url: request.url ?? '',
      headers: request.headers,
      body: await text(request),
    }
    requests.push(seen)
    const fault =
      scenario.fault !== undefined && requests.length > scenario.fault.after ? scenario.fault.kind : undefined
    const good = await answer(seen, url)
    const bytes = Buffer.from(good.body)
    switch (fault) {
      case undefined:
        sendWhole(seen, response, good, bytes)
        return
      case 'truncated':
        response.writeHead(200, { 'content-type': good.contentType, 'content-length': bytes.length + 1000 })
        response.write(bytes.subarray(0, Math.ceil(bytes.length / 2)), () => response.destroy())
        return
      case 'stall':
        response.writeHead(200, { 'content-type': good.contentType, 'content-length': bytes.length + 1000 })
        response.write(bytes.subarray(0, Math.ceil(bytes.length / 2)))
        return
      case 'half':
        send(response, { ...good, body: bytes.subarray(0, Math.ceil(bytes.length / 2)) })
        return
      case 'html':
        send(response, { contentType: 'text/html; charset=utf-8', body: maintenancePage })
        return
      case 'error-with-200':
        if (errorWith200 === undefined) throw new Error('This fixture has no errorWith200: pass it to serveScenario.')
        send(response, errorWith200)
        return
      case 'error-status':
        send(response, { status: 500, contentType: good.contentType, body: bytes })
        return
      case 'unauthorised':
        send(response, { status: 401, contentType: 'text/plain', body: 'who are you' })
        return
    }
  }

  function sendWhole(seen: SeenRequest, response: ServerResponse, good: FixtureAnswer, bytes: Buffer): void {
    if (scenario.conditional !== true) {
      send(response, good)
      return
    }
    const tag = `"${createHash('sha256').update(bytes).digest('hex').slice(0, 16)}"`
    if (seen.headers['if-none-match'] === tag) {
      response.writeHead(304, { etag: tag }).end()
      return
    }
    response.setHeader('etag', tag)
    send(response, good)
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The fixture server has no port.')
  url = `http://127.0.0.1:${address.port}`
  return {
    url,
    as: ({ options, selection }) => ({
      options,
      selection,
      requests,
      get openConnections() {
        return sockets.size
      },
      async close() {
        server.close()
        for (const socket of sockets) socket.destroy()
        await once(server, 'close')
      },
    }),
  }
}

function send(response: ServerResponse, answer: FixtureAnswer): void {
  const bytes = Buffer.from(answer.body)
  response.writeHead(answer.status ?? 200, { 'content-type': answer.contentType, 'content-length': bytes.length })
  response.end(bytes)
}

const maintenancePage =
  '<!DOCTYPE html>\n<html><head><title>Bảo trì</title></head><body><p>Hệ thống đang bảo trì, vui lòng quay lại sau.</p></body></html>\n'
