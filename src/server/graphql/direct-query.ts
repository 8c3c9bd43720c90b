import type { DocumentNode, GraphQLSchema } from 'graphql'
import type { FastifyBaseLogger } from 'fastify'
import { z } from 'zod'
import type { GraphQLService, OperationRequest } from '../graphql-service.js'
import { statusWithoutData } from './answer-status.js'
import { clientError, codeOf, toGraphQLError } from './client-errors.js'
import { checkVariables } from './document-limits.js'
import { logOurFaults } from './our-faults.js'
import type { KnownDocuments } from './known-documents.js'

export interface DirectAnswer {
  readonly status: number
  readonly contentType: string
  readonly body: Buffer
}

export interface DirectQuery {
  /** The one that the document was validated against. */
  readonly schema: GraphQLSchema
  readonly document: DocumentNode
  readonly variables: Readonly<Record<string, unknown>>
  readonly contentType: string
  /** As of the document that is known. */
  readonly isSmall: boolean
}

const json = 'application/json; charset=utf-8'
const graphqlResponse = 'application/graphql-response+json; charset=utf-8'

/** What clients of GraphQL accept, as they write it, and what is chosen of it. Who writes it otherwise goes the long way. */
export const acceptedTypes: ReadonlyMap<string, string> = new Map([
  ['', json],
  ['*/*', json],
  ['application/json', json],
  ['application/json, text/plain, */*', json],
  ['application/json, multipart/mixed', json],
  ['application/graphql-response+json', graphqlResponse],
  ['application/graphql-response+json, application/json', graphqlResponse],
  ['application/graphql-response+json, application/json;q=0.9', graphqlResponse],
])

const bodySchema = z.strictObject({
  query: z.string(),
  operationName: z.string().nullish(),
  variables: z.record(z.string(), z.unknown()).nullish(),
})

/**
 * Answers queries that have come before without Apollo: their text is parsed, validated and judged already. What depends on the
 * request (its variables, its cost, its deadline, who asks) is checked as for any other.
 */
export class DirectQueries {
  constructor(
    private readonly service: GraphQLService,
    private readonly known: KnownDocuments,
    private readonly onOperation: (code: string) => void,
  ) {}

  /** Undefined: a request for Apollo, which answers anything. */
  find(accept: string, body: unknown): DirectQuery | undefined {
    const contentType = acceptedTypes.get(accept)
    if (contentType === undefined) return undefined
    const parsed = bodySchema.safeParse(body)
    if (!parsed.success) return undefined
    const { query, operationName, variables } = parsed.data
    const schema = this.service.schema()
    const known = this.known.find(schema, query)
    if (known?.query === undefined || (operationName ?? known.query.name) !== known.query.name) return undefined
    return { schema, document: known.document, variables: variables ?? {}, contentType, isSmall: known.isSmall }
  }

  async answer(
    query: DirectQuery,
    accept: string,
    log: FastifyBaseLogger,
    request: Pick<OperationRequest, 'viewer' | 'signal' | 'observe' | 'admit'>,
  ): Promise<DirectAnswer> {
    const { errors = [], data, extensions } = await this.execute(query, request)
    logOurFaults(errors, log)
    this.onOperation(errors[0] === undefined ? 'OK' : codeOf(errors[0]))
    const shown = errors.map((error) => clientError(error.toJSON()))
    const body = this.service.encode({ ...(shown.length === 0 ? {} : { errors: shown }), data, extensions })
    const status = data === undefined && shown.length > 0 ? statusWithoutData(accept, shown) : 200
    return { status, contentType: query.contentType, body }
  }

  private async execute(
    { schema, document, variables }: DirectQuery,
    request: Pick<OperationRequest, 'viewer' | 'signal' | 'observe' | 'admit'>,
  ): ReturnType<GraphQLService['execute']> {
    try {
      checkVariables(variables)
    } catch (error) {
      return { errors: [toGraphQLError(error)] }
    }
    return this.service.execute({
      schema,
      document,
      operationName: undefined,
      variables,
      ...request,
    })
  }
}
