import { randomUUID } from 'node:crypto'
import fastify, { LogController, type FastifyBaseLogger, type FastifyError, type FastifyInstance } from 'fastify'
import { isOurFault } from '../../errors/as-gateway-error.js'
import { errorCodes, GatewayError } from '../../errors/gateway-error.js'
import { codeOf, statusOf, toGraphQLError } from '../graphql/client-errors.js'
import type { Metrics } from '../metrics.js'
import { Arrivals } from './arrivals.js'
import { httpLimits } from './http-limits.js'
import { parseJsonStrictly } from './json-body.js'
import { refuseAddress, refuseUnreadable } from './refused-requests.js'
import { RequestTiming } from './request-timing.js'
import type { TrustedProxies } from './trusted-proxies.js'

/** An HTTP server without routes: its time-outs, request ids, logs, error answers and cross-origin headers. */
export function createApp(log: FastifyBaseLogger, metrics: Metrics, proxies: TrustedProxies): FastifyInstance {
  const app = fastify({
    loggerInstance: log,
    // Each request is logged once, when it is answered: see below.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    genReqId: (request) => acceptedId(request.headers['x-request-id']) ?? randomUUID(),
    trustProxy: (address) => proxies.trusts(address),
    bodyLimit: httpLimits.bodyBytes,
    // All of these are needed: any one alone leaves a slow sender connected for a minute or more.
    requestTimeout: httpLimits.longestRequestMs,
    http: { headersTimeout: httpLimits.headersMs, connectionsCheckingInterval: 1_000, maxHeaderSize: 16_384 },
    connectionTimeout: httpLimits.idleMs,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200 },
    // What comes on a connection that is kept is answered, and the connection then closed.
    return503OnClosing: false,
    clientErrorHandler: refuseUnreadable,
    frameworkErrors: (_error, _request, reply) => {
      refuseAddress(reply)
    },
  })
  const timing = new RequestTiming(metrics)
  const arrivals = new Arrivals()
  app.addHook('onClose', (_app, done) => {
    arrivals.dispose()
    done()
  })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, parseJsonStrictly)
  app.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id)
    void reply.header('x-content-type-options', 'nosniff')
    // Public data without cookies: every site may read it.
    void reply.header('access-control-allow-origin', '*')
    void reply.header('access-control-expose-headers', 'x-request-id, etag, retry-after')
    arrivals.limit(request)
    done()
  })
  app.options('/*', (_request, reply) =>
    reply
      .code(204)
      .header('access-control-allow-methods', 'GET, POST, PUT, DELETE, OPTIONS')
      .header(
        'access-control-allow-headers',
        // Clients add headers of their own, such as the name of the app. The star stands for all but the first, which old browsers
        // do not know.
        'authorization, content-type, accept, x-graphql-event-stream-token, if-none-match, apollo-require-preflight, *',
      )
      .header('access-control-max-age', '86400')
      .send(),
  )
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none'
    const status = String(reply.statusCode)
    timing.observe(request.method, route, status, reply.elapsedTime / 1000)
    const details = { method: request.method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }
    if (reply.statusCode >= 500) request.log.warn(details, 'Answered')
    else request.log.debug(details, 'Answered')
    done()
  })
  app.setErrorHandler<FastifyError | GatewayError | Error>((failure, request, reply) => {
    const { status, code, message } = answerTo(failure)
    if (status === 429 && !reply.hasHeader('retry-after')) void reply.header('retry-after', httpLimits.retryAfterS)
    if (isOurFault(code)) request.log.error({ err: failure }, 'A request failed')
    return reply.code(status).send({ errors: [{ message, extensions: { code } }] })
  })
  app.setNotFoundHandler((request, reply) => {
    const path = URL.parse(request.url, 'http://gateway')?.pathname.slice(0, 100) ?? ''
    const message = `There is nothing at ${request.method} ${path}.`
    return reply.code(404).send({ errors: [{ message, extensions: { code: 'NOT_FOUND' } }] })
  })
  return app
}

/** A proxy's id is taken over when it is harmless in a log. */
function acceptedId(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' && /^[\w.:-]{1,100}$/.test(header) ? header : undefined
}

function answerTo(failure: Error): { status: number; code: string; message: string } {
  if (failure instanceof GatewayError) {
    return { status: errorCodes[failure.code].status, code: failure.code, message: failure.message }
  }
  const status = 'statusCode' in failure && typeof failure.statusCode === 'number' ? failure.statusCode : 500
  if (status === 413) {
    const message = `The body is larger than ${httpLimits.bodyBytes / 1024} KB.`
    return { status, code: 'BAD_USER_INPUT', message }
  }
  if (status === 415) {
    return { status, code: 'BAD_USER_INPUT', message: 'The body must be application/json in UTF-8, not compressed.' }
  }
  if (status >= 400 && status < 500) return { status, code: 'BAD_USER_INPUT', message: failure.message }
  const error = toGraphQLError(failure)
  return { status: statusOf([error]), code: codeOf(error), message: error.message }
}
