import type { ApolloServer } from '@apollo/server'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Authenticate } from '../../access/authenticate.js'
import { GatewayError } from '../../errors/gateway-error.js'
import type { AnswerFreshness } from '../../records/query/cache/answer-freshness.js'
import { etagOf, operationKey, sendAnswer, type AnswersInCache } from './cached-answers.js'
import { asApolloRequest, type HttpContext } from '../graphql/apollo.js'

const operationMs = 30_000

/** `POST /graphql` and `GET /graphql`; a browser that opens the address gets `page` instead. */
export function serveGraphQL(
  app: FastifyInstance,
  options: {
    readonly apollo: ApolloServer<HttpContext>
    readonly authenticate: Authenticate
    readonly page: (reply: FastifyReply) => Promise<FastifyReply>
    /** Undefined: every answer is made anew. */
    readonly answers: AnswersInCache | undefined
    /** Grows with each schema: the same text may be another operation then. */
    readonly generation: () => number
  },
): void {
  const { apollo, authenticate, page, answers, generation } = options
  app.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    // Apollo answers for itself what is wrong with a method or a body.
    exposeHeadRoute: false,
    handler: async (request, reply) => {
      if (request.method === 'GET' && isBrowser(request)) return page(reply)
      const viewer = await authenticate(request.headers.authorization)
      const key = operationKey(request, viewer, generation())
      const found = answers?.cache.find(key)
      if (found !== undefined) return sendAnswer(request, reply, viewer, found.answer, found.goodForMs)
      let freshness: AnswerFreshness | undefined
      const observe = (observed: AnswerFreshness): void => {
        freshness = observed
      }
      const { signal, done } = untilLeft(reply)
      try {
        const answer = await apollo.executeHTTPGraphQLRequest({
          httpGraphQLRequest: asApolloRequest(request),
          context: () => Promise.resolve({ viewer, signal, log: request.log, observe }),
        })
        if (answer.body.kind !== 'complete') throw new Error('Apollo answered in parts.')
        for (const [name, value] of answer.headers) void reply.header(name, value)
        if (answers !== undefined && freshness !== undefined && (answer.status ?? 200) === 200) {
          const contentType = answer.headers.get('content-type') ?? 'application/json; charset=utf-8'
          const kept = { body: answer.body.string, etag: etagOf(key, freshness), contentType, freshness }
          answers.cache.store(key, kept)
          return await sendAnswer(request, reply, viewer, kept, answers.clock.goodFor(freshness) ?? 0)
        }
        return await reply.code(answer.status ?? 200).send(answer.body.string)
      } finally {
        done()
      }
    },
  })
}

/** Opened as a page: a browser asks for HTML before anything else. */
function isBrowser(request: FastifyRequest): boolean {
  const accept = request.headers.accept ?? ''
  return accept.startsWith('text/html')
}

/** Aborts when the client has gone or the time is over: nobody's query needs to run on. */
function untilLeft(reply: FastifyReply): { signal: AbortSignal; done: () => void } {
  const abort = new AbortController()
  const timer = setTimeout(() => {
    abort.abort(new GatewayError('TIMEOUT', `The operation took longer than ${operationMs / 1000} s.`))
  }, operationMs)
  const onClose = (): void => {
    abort.abort(new GatewayError('TIMEOUT', 'The client has left.'))
  }
  reply.raw.once('close', onClose)
  return {
    signal: abort.signal,
    done: () => {
      clearTimeout(timer)
      reply.raw.off('close', onClose)
    },
  }
}
