import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Handler = (request: IncomingMessage, response: ServerResponse, url: URL) => void

/** An agency's system for tests, over real HTTP: what each path answers can be changed while it runs. */
export class Upstream {
  /** Paths with their queries, in the order in which they came. */
  readonly requests: string[] = []
  readonly #handlers = new Map<string, Handler>()
  readonly #server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', this.url)
    this.requests.push(url.pathname + url.search)
    const handler = this.#handlers.get(url.pathname)
    if (handler === undefined) response.writeHead(404).end()
    else handler(request, response, url)
  })

  static async open(): Promise<Upstream> {
    const upstream = new Upstream()
    upstream.#server.listen(0, '127.0.0.1')
    await once(upstream.#server, 'listening')
    return upstream
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  on(path: string, handler: Handler): void {
    this.#handlers.set(path, handler)
  }

  /** The path answers with this text from now on. */
  serve(path: string, body: string, headers: Record<string, string> = {}): void {
    this.on(path, (request, response) => {
      const { etag } = headers
      if (etag !== undefined && request.headers['if-none-match'] === etag) response.writeHead(304, headers).end()
      else response.writeHead(200, headers).end(body)
    })
  }

  serveJson(path: string, value: unknown): void {
    this.serve(path, JSON.stringify(value), { 'content-type': 'application/json' })
  }

  fail(path: string, status = 500): void {
    this.on(path, (_request, response) => {
      response.writeHead(status).end()
    })
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, 'close')
  }

  get #port(): number {
    const address: AddressInfo | string | null = this.#server.address()
    return typeof address === 'object' && address !== null ? address.port : 0
  }
}
