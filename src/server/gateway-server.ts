import type { AddressInfo } from 'node:net'
import { setTimeout as setTimeoutAsync } from 'node:timers/promises'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import type { Authenticate } from '../access/authenticate.js'
import { StartFailure } from '../settings/start-failure.js'
import { startApollo } from './graphql/apollo.js'
import { CompileTurns } from './graphql/compile-turns.js'
import { DirectQueries } from './graphql/direct-query.js'
import { HeavyTurns } from './graphql/heavy-turns.js'
import { KnownDocuments } from './graphql/known-documents.js'
import { Operations } from './graphql/operations.js'
import type { GraphQLService } from './graphql-service.js'
import { createApp } from './http/create-app.js'
import type { AnswersInCache } from './http/cached-answers.js'
import { serveGraphQL } from './http/graphql-route.js'
import { serveHealth } from './http/health-routes.js'
import { TrustedProxies } from './http/trusted-proxies.js'
import type { Metrics } from './metrics.js'
import { sendGraphiql, serveAssets } from './pages/assets.js'
import { serveHomePage } from './pages/home-page.js'
import type { Readiness } from './readiness.js'
import { serveEventStreams } from './sockets/event-stream.js'
import { serveWebSockets } from './sockets/web-socket-server.js'

export interface GatewayServerOptions {
  readonly service: GraphQLService
  readonly authenticate: Authenticate
  readonly readiness: Readiness
  readonly metrics: Metrics
  readonly log: FastifyBaseLogger
  /** Left out: every answer is made anew. */
  readonly answers?: AnswersInCache | undefined
  /**
   * How long it goes on answering once it is to end, telling clients that keep connections to open them elsewhere: a request that is on
   * its way must not meet a closed one. Left out: not at all.
   */
  readonly drainMs?: number
  /** Left out: nobody. */
  readonly proxies?: TrustedProxies
  /** Routes of other features: `/changes`, uploads, downloads. */
  readonly routes?: readonly ((app: FastifyInstance) => void)[]
}

export interface GatewayServer {
  /** Where it listens, without a slash at the end. */
  readonly url: string
  /** Takes no new requests, after the time to drain, lets those that run end, and then ends all that is open. */
  close(): Promise<void>
}

/** Everything that the gateway serves over HTTP and WebSocket. Throws StartFailure when it cannot listen there. */
export async function startGatewayServer(
  options: GatewayServerOptions,
  address: { readonly host: string; readonly port: number },
): Promise<GatewayServer> {
  const { service, authenticate, readiness, metrics, log, proxies = new TrustedProxies() } = options
  const known = new KnownDocuments()
  const turns = new HeavyTurns()
  const compiling = new CompileTurns()
  const operations = new Operations({ service, metrics, log, known, turns, compiling })
  const onOperation = (code: string): void => {
    metrics.operations.inc({ transport: 'http', code })
  }
  const apollo = await startApollo(service, known, onOperation)
  let isEnding = false
  const app = createApp(log, metrics, proxies)
  app.addHook('onRequest', (_request, reply, done) => {
    if (isEnding) void reply.header('connection', 'close')
    done()
  })
  serveHealth(app, readiness, metrics)
  let generation = 0
  service.onSchemaChange(() => {
    generation += 1
  })
  serveGraphQL(app, {
    apollo,
    direct: new DirectQueries(service, known, onOperation),
    turns,
    compiling,
    authenticate,
    page: sendGraphiql,
    answers: options.answers,
    generation: () => generation,
  })
  serveEventStreams(app, { operations, authenticate, metrics })
  serveAssets(app)
  serveHomePage(app, operations)
  for (const add of options.routes ?? []) add(app)
  const sockets = serveWebSockets(app.server, { operations, authenticate, metrics, log, proxies })
  const close = async (): Promise<void> => {
    isEnding = true
    sockets.close()
    if (options.drainMs !== undefined) await setTimeoutAsync(options.drainMs)
    // Streams would keep the server open for ever; requests get the time to end.
    const force = setTimeout(() => {
      app.server.closeAllConnections()
    }, 5_000)
    await app.close()
    clearTimeout(force)
    await apollo.stop()
  }
  try {
    await app.listen(address)
  } catch (error) {
    await close()
    throw listenFailure(error, address)
  }
  return { url: urlOf(app.server.address(), address.host), close }
}

function listenFailure(error: unknown, { host, port }: { readonly host: string; readonly port: number }): unknown {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
  switch (code) {
    case 'EADDRINUSE':
      return new StartFailure(
        `PORT: ${host}:${port} is taken by another program: stop it, or choose another PORT.`,
        error,
      )
    case 'EACCES':
      return new StartFailure(`PORT: listening on ${host}:${port} is not allowed: choose a PORT above 1023.`, error)
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new StartFailure(`HOST: ${host} is not an address of this machine.`, error)
    default:
      return error
  }
}

function urlOf(bound: AddressInfo | string | null, host: string): string {
  if (bound === null || typeof bound === 'string') throw new Error('The HTTP server has no port.')
  const shown = host === '0.0.0.0' || host === '::' ? 'localhost' : host
  return `http://${shown.includes(':') ? `[${shown}]` : shown}:${bound.port}`
}
