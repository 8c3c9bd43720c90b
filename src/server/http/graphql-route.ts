import type { ApolloServer } from '@apollo/server'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Authenticate } from '../../access/authenticate.js'
import { GatewayError } from '../../errors/gateway-error.js'
import type { AnswerFreshness } from '../../records/query/cache/answer-freshness.js'
import { etagOf, operationKey, sendAnswer, type AnswersInCache } from './cached-answers.js'
import type { DirectAnswer, DirectQueries } from '../graphql/direct-query.js'
import { asApolloRequest, type HttpContext } from '../graphql/apollo.js'
import type { CompileTurns } from '../graphql/compile-turns.js'
import { OperationTurn, type HeavyTurns } from '../graphql/heavy-turns.js'
import { addressGroup } from '../address-group.js'
import { httpLimits } from './http-limits.js'

/** Shorter than a socket may be idle: whoever waits must still be told. */
const operationMs = 25_000
/** Of a small text with small variables, in bytes. */
const smallBody = 4_096

/** `POST /graphql` and `GET /graphql`; a browser that opens the address gets `page` instead. */
export function serveGraphQL(
  app: FastifyInstance,
  options: {
    readonly apollo: ApolloServer<HttpContext>
    readonly direct: DirectQueries
    readonly turns: HeavyTurns
    readonly compiling: CompileTurns
    readonly authenticate: Authenticate
    readonly page: (reply: FastifyReply) => Promise<FastifyReply>
    /** Undefined: every answer is made anew. */
    readonly answers: AnswersInCache | undefined
    /** Grows with each schema: the same text may be another operation then. */
    readonly generation: () => number
  },
): void {
  const { apollo, direct, turns, compiling, authenticate, page, answers, generation } = options
  app.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    // Apollo answers for itself what is wrong with a method or a body.
    exposeHeadRoute: false,
    handler: async (request, reply) => {
      if (request.method === 'GET' && isBrowser(request)) return page(reply)
      const viewer = await authenticate(request.headers.authorization)
      const key = answers === undefined ? '' : operationKey(request, viewer, generation())
      const found = answers?.cache.find(key)
      if (found !== undefined) return sendAnswer(request, reply, viewer, found.answer, found.goodForMs)
      let freshness: AnswerFreshness | undefined
      const observe =
        answers === undefined
          ? undefined
          : (observed: AnswerFreshness): void => {
              freshness = observed
            }
      const { signal, done } = untilLeft(reply)
      try {
        const answer = await inTurn(request, reply, { viewer, signal, observe })
        if (answers !== undefined && freshness !== undefined && answer.status === 200) {
          const kept = { ...answer, etag: etagOf(key, freshness), freshness }
          answers.cache.store(key, kept)
          return await sendAnswer(request, reply, viewer, kept, answers.clock.goodFor(freshness) ?? 0)
        }
        if (answer.status === 429) void reply.header('retry-after', httpLimits.retryAfterS)
        void reply.headers({ 'cache-control': 'no-store', 'content-type': answer.contentType, ...answer.headers })
        return await reply.code(answer.status).send(answer.body)
      } finally {
        done()
      }
    },
  })

  /** The turn of a heavy operation lasts until its answer was taken. */
  async function inTurn(
    request: FastifyRequest,
    { raw }: FastifyReply,
    asked: Omit<Asked, 'admit'>,
  ): Promise<MadeAnswer> {
    const turn = new OperationTurn(turns, addressGroup(request.ip), asked.signal)
    try {
      return await answerTo(request, { ...asked, admit: (cost) => turn.admit(cost) })
    } finally {
      const leave = turn.read()
      if (raw.closed) leave?.()
      else if (leave !== undefined) raw.once('close', leave)
    }
  }

  async function answerTo(request: FastifyRequest, asked: Asked): Promise<MadeAnswer> {
    const accept = request.headers.accept ?? ''
    const query = request.method === 'POST' ? direct.find(accept, request.body) : undefined
    if (query?.isSmall !== true || !isSmall(request)) await compiling.enter(addressGroup(request.ip), asked.signal)
    if (query !== undefined) return direct.answer(query, accept, request.log, asked)
    const {
      status = 200,
      headers,
      body,
    } = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: asApolloRequest(request),
      context: () => Promise.resolve({ ...asked, log: request.log }),
    })
    if (body.kind !== 'complete') throw new Error('Apollo answered in parts.')
    const contentType = headers.get('content-type') ?? 'application/json; charset=utf-8'
    return { status, contentType, headers: Object.fromEntries(headers), body: Buffer.from(body.string) }
  }
}

type Asked = Pick<HttpContext, 'viewer' | 'signal' | 'observe' | 'admit'>

interface MadeAnswer extends DirectAnswer {
  readonly headers?: Readonly<Record<string, string>>
}

function isSmall({ headers }: FastifyRequest): boolean {
  return Number(headers['content-length'] ?? Infinity) <= smallBody
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
