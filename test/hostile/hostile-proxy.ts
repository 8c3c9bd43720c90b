import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { sendBody, type Behaviour, type Elsewhere } from './behaviour.js'
import { selfSignedCertificate } from './certificate.js'

/** Stands before an agency's system and answers in its place, well or badly. */
export class HostileProxy implements AsyncDisposable {
  readonly #server: Server
  readonly #elsewhere: Elsewhere
  readonly url: string
  #behaviour: Behaviour | undefined
  #target = ''
  /** Requests since the behaviour was changed. */
  requests = 0

  private constructor(server: Server, url: string, elsewhere: Elsewhere) {
    this.#server = server
    this.url = url
    this.#elsewhere = elsewhere
    // Once for a connection, which may carry many requests.
    server.on('connection', (socket) => {
      socket.on('error', () => undefined)
    })
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      this.#answer(request, response).catch((error: unknown) => {
        response.destroy(error instanceof Error ? error : new Error(String(error)))
      })
    })
  }

  static async open(elsewhere: Elsewhere): Promise<HostileProxy> {
    const server = createServer()
    return new HostileProxy(server, await listening(server, 'http'), elsewhere)
  }

  /** Answers as that system from now on, whose address is like `http://127.0.0.1:1`. */
  standBefore(target: string): void {
    this.#target = target
  }

  behave(behaviour: Behaviour | undefined): void {
    this.#behaviour = behaviour
    this.requests = 0
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await closed(this.#server)
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.on('error', () => undefined)
    const nth = ++this.requests
    const target = await fetch(`${this.#target}${request.url ?? '/'}`)
    const good = {
      contentType: target.headers.get('content-type') ?? 'application/octet-stream',
      body: Buffer.from(await target.arrayBuffer()),
    }
    const play = { request, response, good, nth, elsewhere: this.#elsewhere }
    if (this.#behaviour === undefined) sendBody(play, good.body)
    else this.#behaviour.play(play)
  }
}

export interface OpenElsewhere extends Elsewhere, AsyncDisposable {
  /** Requests that the canary got. */
  hits(): number
}

export async function openElsewhere(): Promise<OpenElsewhere> {
  let hits = 0
  const canary = createServer((_request, response) => {
    hits++
    response.end('a secret')
  })
  const year = 365 * 86_400_000
  const answer = (_request: IncomingMessage, response: ServerResponse): void => {
    hits++
    response.end('code,name\na,b\n')
  }
  const selfSigned = createTlsServer(selfSignedCertificate(new Date(Date.now() - 86_400_000)), answer)
  const expired = createTlsServer(selfSignedCertificate(new Date(Date.now() - 2 * year)), answer)
  return {
    canary: await listening(canary, 'http'),
    selfSigned: await listening(selfSigned, 'https'),
    expired: await listening(expired, 'https'),
    hits: () => hits,
    async [Symbol.asyncDispose]() {
      await Promise.all([closed(canary), closed(selfSigned), closed(expired)])
    },
  }
}

async function listening(server: Server, scheme: 'http' | 'https'): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port.')
  return `${scheme}://127.0.0.1:${address.port}`
}

async function closed(server: Server): Promise<void> {
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
}
