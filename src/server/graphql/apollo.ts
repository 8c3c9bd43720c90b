import { ApolloServer, HeaderMap, type ApolloServerPlugin, type HTTPGraphQLRequest } from '@apollo/server'
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled'
import { GraphQLError } from 'graphql'
import type { FastifyBaseLogger } from 'fastify'
import type { AnswerFreshness } from '../../records/query/cache/answer-freshness.js'
import type { Viewer } from '../../access/viewer.js'
import type { ErrorCode } from '../../errors/gateway-error.js'
import type { GraphQLService } from '../graphql-service.js'
import { statusWithoutData } from './answer-status.js'
import { apolloError, clientError, codeOf, toGraphQLError } from './client-errors.js'
import type { KnownDocuments } from './known-documents.js'
import { logOurFaults } from './our-faults.js'
import { brokenLimit, checkVariables, parseOptions, tooLong, tooManyTokens } from './document-limits.js'

/** What Apollo's plugins and our executor are told of one HTTP request. */
export interface HttpContext {
  readonly viewer: Viewer
  readonly signal: AbortSignal
  readonly log: FastifyBaseLogger
  /** Told what the answer was made of when it may be used again. */
  readonly observe: ((freshness: AnswerFreshness) => void) | undefined
  readonly admit: (cost: number) => Promise<void>
}

/** Apollo keeps the HTTP protocol of GraphQL, parsing, validation and persisted queries; the service answers. Stop it when done. */
export async function startApollo(
  service: GraphQLService,
  known: KnownDocuments,
  onOperation: (code: string) => void,
): Promise<ApolloServer<HttpContext>> {
  const apollo = new ApolloServer<HttpContext>({
    gateway: {
      load: () =>
        Promise.resolve({
          executor: ({ schema, document, request, context }) =>
            service.execute({
              schema,
              document,
              operationName: request.operationName,
              variables: request.variables ?? {},
              viewer: contextOf(context).viewer,
              signal: contextOf(context).signal,
              observe: contextOf(context).observe,
              admit: contextOf(context).admit,
            }),
        }),
      onSchemaLoadOrUpdate: (update) => {
        const publish = (apiSchema: ReturnType<GraphQLService['schema']>): void => {
          update({ apiSchema, coreSupergraphSdl: '' })
        }
        publish(service.schema())
        return service.onSchemaChange(publish)
      },
      stop: () => Promise.resolve(),
    },
    introspection: true,
    // Nothing is sent with a request by a browser of its own accord: there are no cookies. See `asApolloRequest`.
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    parseOptions,
    validationOptions: { maxErrors: 20 },
    formatError: apolloError,
    stringifyResult: (result) => service.stringify(result),
    // Its own cache control reads every field of every new schema, and how old an answer may be is not for it to say.
    plugins: [ApolloServerPluginCacheControlDisabled(), limits(known), answers(onOperation)],
    nodeEnv: 'production',
  })
  await apollo.start()
  return apollo
}

/**
 * Apollo's guard against forged requests asks simple GETs for a header. Ours carry no cookies, run only queries and may be
 * read by anybody, so a GET gets the header here; a POST still must be JSON.
 */
export function asApolloRequest(request: {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly body: unknown
}): HTTPGraphQLRequest {
  const headers = new HeaderMap()
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, typeof value === 'string' ? value : value.join(', '))
  }
  if (request.method === 'GET') headers.set('apollo-require-preflight', 'true')
  const search = URL.parse(request.url, 'http://gateway')?.search ?? ''
  return { method: request.method, headers, search, body: request.body }
}

function limits(known: KnownDocuments): ApolloServerPlugin<HttpContext> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        didResolveOperation: ({ schema, source, document, request }) => {
          const broken = tooLong(source) ?? brokenLimit(document)
          if (broken !== undefined) throw broken
          known.add(schema, source, document)
          try {
            checkVariables(request.variables)
          } catch (error) {
            throw toGraphQLError(error)
          }
          return Promise.resolve()
        },
      }),
  }
}

/** Logs what is our own fault, and gives an answer without data the HTTP status of its error. */
function answers(onOperation: (code: string) => void): ApolloServerPlugin<HttpContext> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        didEncounterErrors: ({ errors, contextValue }) => {
          logOurFaults(errors, contextValue.log)
          return Promise.resolve()
        },
        willSendResponse: ({ response, request, source }) => {
          const { body, http } = response
          if (body.kind !== 'single') return Promise.resolve()
          const { errors = [], data } = body.singleResult
          onOperation(errors[0] === undefined ? 'OK' : codeOf(errors[0]))
          if (data !== undefined || errors.length === 0) return Promise.resolve()
          const [first] = errors
          if (first !== undefined && codeOf(first) === 'GRAPHQL_PARSE_FAILED') {
            // Graphql-js stops at the limit with an error of syntax; the client should hear that it is a limit.
            const limit = tooManyTokens(source)
            if (limit !== undefined) body.singleResult = { errors: [clientError(limit.toJSON())] }
          }
          const keep = http.status !== undefined && http.status !== 400 && http.status !== 500
          const accept = request.http?.headers.get('accept') ?? ''
          if (!keep) http.status = statusWithoutData(accept, body.singleResult.errors ?? errors)
          return Promise.resolve()
        },
      }),
  }
}

function contextOf(context: unknown): HttpContext {
  if (isHttpContext(context)) return context
  throw new GraphQLError('An operation came without its HTTP request.', {
    extensions: { code: 'INTERNAL' satisfies ErrorCode },
  })
}

function isHttpContext(context: unknown): context is HttpContext {
  return typeof context === 'object' && context !== null && 'viewer' in context && 'signal' in context
}
