import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { FastifyBaseLogger } from 'fastify'
import { CloseCode, handleProtocols, makeServer } from 'graphql-ws'
import { WebSocket, WebSocketServer } from 'ws'
import type { Authenticate } from '../../access/authenticate.js'
import { GatewayError } from '../../errors/gateway-error.js'
import { toGraphQLError } from '../graphql/client-errors.js'
import type { Operations } from '../graphql/operations.js'
import type { TrustedProxies } from '../http/trusted-proxies.js'
import type { Metrics } from '../metrics.js'
import { ConnectionCaps } from './connection-caps.js'
import { MessageWriter } from './message-writer.js'
import { watchKey } from './watch-key.js'

export const socketLimits = {
  perAddress: 200,
  total: 5_000,
  /** Live operations of one socket. */
  operations: 10,
  /** Messages of one socket a minute. */
  messagesPerMinute: 300,
  payloadBytes: 65_536,
  fragments: 64,
  /** A dead peer is found within two of these. */
  pingMs: 12_000,
} as const

export interface WebSocketOptions {
  readonly operations: Operations
  readonly authenticate: Authenticate
  readonly metrics: Metrics
  readonly log: FastifyBaseLogger
  readonly proxies: TrustedProxies
}

interface Extra {
  readonly address: string
  /** The key that it came with. */
  header: string | undefined
  readonly live: Map<string, AbortController>
}

/** GraphQL over WebSocket at `/graphql` of an HTTP server. Its end closes every socket and every operation on them. */
export function serveWebSockets(http: Server, options: WebSocketOptions): { close(): void } {
  const { log, metrics } = options
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: socketLimits.payloadBytes,
    maxFragments: socketLimits.fragments,
    perMessageDeflate: false,
    handleProtocols,
  })
  const caps = new ConnectionCaps(socketLimits)
  const protocol = graphqlProtocol(options)

  const onUpgrade = (request: IncomingMessage, raw: Duplex, head: Buffer): void => {
    // Without a listener an error of the bare socket would end the process.
    raw.on('error', (error) => {
      log.debug({ err: error }, 'A socket failed while it was being upgraded')
    })
    if (URL.parse(request.url ?? '', 'http://gateway')?.pathname !== '/graphql') {
      refuse(raw, '404 Not Found')
      return
    }
    const address = options.proxies.clientOf({ remoteAddress: request.socket.remoteAddress, headers: request.headers })
    const leave = caps.enter(address)
    if (leave === undefined) {
      refuse(raw, '503 Service Unavailable')
      return
    }
    raw.once('close', leave)
    // The idle time-out of plain HTTP does not apply: a subscription may be silent for hours, pings find the dead.
    request.socket.setTimeout(0)
    sockets.handleUpgrade(request, raw, head, (socket) => {
      metrics.streams.inc({ transport: 'websocket' })
      socket.once('close', () => {
        metrics.streams.dec({ transport: 'websocket' })
      })
      open({ socket, raw, address }, protocol, options)
    })
  }
  http.on('upgrade', onUpgrade)
  return {
    close() {
      http.off('upgrade', onUpgrade)
      for (const socket of sockets.clients) socket.close(1001, 'The gateway stops.')
      sockets.close()
      // A peer that does not answer the close would keep the server open.
      setTimeout(() => {
        for (const socket of sockets.clients) socket.terminate()
      }, 2000).unref()
    },
  }
}

function refuse(raw: Duplex, status: string): void {
  raw.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

function open(
  { socket, raw, address }: { readonly socket: WebSocket; readonly raw: Duplex; readonly address: string },
  protocol: ReturnType<typeof graphqlProtocol>,
  options: WebSocketOptions,
): void {
  const { log } = options
  const extra: Extra = { address, header: undefined, live: new Map() }
  let messages = 0
  const minute = setInterval(() => {
    messages = 0
  }, 60_000)
  let alive = true
  const pings = setInterval(() => {
    if (!alive) {
      socket.terminate()
      return
    }
    alive = false
    socket.ping()
  }, socketLimits.pingMs)
  // A key that was revoked must not go on reading what its subscriptions bring.
  const unwatch = watchKey({
    authenticate: options.authenticate,
    key: () => extra.header,
    revoked: () => {
      socket.close(CloseCode.Forbidden, 'The key is not valid any more.')
    },
    log,
  })
  socket.on('pong', () => {
    alive = true
  })
  socket.on('error', (error) => {
    log.debug({ err: error }, 'A WebSocket failed')
  })
  const gone = new Promise<void>((resolve) => {
    socket.once('close', () => {
      resolve()
    })
  })
  const writer = new MessageWriter(socket, raw, gone)
  const closed = protocol.opened(
    {
      protocol: socket.protocol,
      send: (message) => writer.send(message),
      close: (code, reason) => {
        socket.close(code, reason)
      },
      onMessage: (handle) => {
        socket.on('message', (data) => {
          if (socket.readyState !== WebSocket.OPEN) return
          messages += 1
          if (messages > socketLimits.messagesPerMinute) {
            socket.close(CloseCode.TooManyInitialisationRequests, 'Too many messages a minute.')
            return
          }
          const text = Buffer.isBuffer(data) ? data.toString('utf8') : ''
          handle(text).catch((error: unknown) => {
            if (socket.readyState !== WebSocket.OPEN) {
              log.debug({ err: error }, 'A message of a WebSocket that was closed failed')
              return
            }
            log.error({ err: error }, 'A message of a WebSocket failed')
            socket.close(CloseCode.InternalServerError, 'Internal error.')
          })
        })
      },
    },
    extra,
  )
  socket.once('close', (code, reason) => {
    clearInterval(minute)
    clearInterval(pings)
    unwatch()
    for (const abort of extra.live.values()) abort.abort()
    closed(code, reason.toString('utf8')).catch((error: unknown) => {
      log.error({ err: error }, 'Closing a WebSocket failed')
    })
  })
}

function graphqlProtocol({ operations, authenticate }: WebSocketOptions) {
  return makeServer<Record<string, unknown>, Extra>({
    connectionInitWaitTimeout: 3_000,
    onConnect: async ({ connectionParams, extra }) => {
      const header = keyOf(connectionParams)
      try {
        await authenticate(header)
      } catch (error) {
        if (error instanceof GatewayError) return false
        throw error
      }
      extra.header = header
      return true
    },
    onSubscribe: async ({ connectionParams, extra }, id, payload) => {
      if (extra.live.size >= socketLimits.operations) {
        const message = `A socket may have ${socketLimits.operations} live operations: end one, or open another socket.`
        return [toGraphQLError(new GatewayError('RATE_LIMITED', message))]
      }
      const abort = new AbortController()
      extra.live.set(id, abort)
      const header = keyOf(connectionParams)
      const started = await operations.begin(
        { transport: 'websocket', address: extra.address },
        payload,
        () => authenticate(header),
        abort,
      )
      if (!('document' in started)) extra.live.delete(id)
      return started
    },
    execute: (args) => operations.execute(args),
    subscribe: (args) => operations.subscribe(args),
    onNext: (_context, _id, _payload, _args, result) => operations.forClient(result),
    onError: (_context, _id, _payload, errors) => operations.errorsForClient(errors),
    onComplete: ({ extra }, id) => {
      extra.live.get(id)?.abort()
      extra.live.delete(id)
    },
  })
}

function keyOf(params: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const value = params?.['authorization'] ?? params?.['Authorization']
  return typeof value === 'string' ? value : undefined
}
