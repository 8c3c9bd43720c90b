import type { IncomingMessage } from 'node:http'
import type { FastifyRequest } from 'fastify'
import { httpLimits } from './http-limits.js'

const checkEveryMs = 500

/**
 * Ends requests that do not arrive whole in their route's time. Node's own limit holds for all routes; a query must arrive in
 * seconds where an upload may take an hour. One timer for all, since most requests have arrived when they are first seen.
 */
export class Arrivals {
  private readonly expected = new Map<IncomingMessage, number>()
  private readonly timer: NodeJS.Timeout

  constructor() {
    this.timer = setInterval(() => {
      this.end(performance.now())
    }, checkEveryMs)
    this.timer.unref()
  }

  limit({ raw, routeOptions }: FastifyRequest): void {
    if (raw.headers['content-length'] === undefined && raw.headers['transfer-encoding'] === undefined) return
    const most = routeOptions.config.requestMs ?? httpLimits.requestMs
    this.expected.set(raw, performance.now() + most)
    raw.once('close', () => {
      this.expected.delete(raw)
    })
  }

  dispose(): void {
    clearInterval(this.timer)
  }

  private end(now: number): void {
    for (const [raw, latest] of this.expected) {
      if (raw.complete) this.expected.delete(raw)
      if (raw.complete || now < latest) continue
      this.expected.delete(raw)
      raw.socket.end('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
      // What is not read any more must not keep the socket open.
      raw.socket.destroySoon()
    }
  }
}
