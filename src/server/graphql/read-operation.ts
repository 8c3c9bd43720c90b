import {
  getOperationAST,
  GraphQLError,
  parse,
  validate,
  type DocumentNode,
  type GraphQLSchema,
  type OperationTypeNode,
} from 'graphql'
import { GatewayError } from '../../errors/gateway-error.js'
import { toGraphQLError } from './client-errors.js'
import type { KnownDocuments } from './known-documents.js'
import { brokenLimit, checkVariables, parseOptions, tooLong, tooManyTokens } from './document-limits.js'

export interface ReadOperation {
  readonly schema: GraphQLSchema
  readonly document: DocumentNode
  readonly operationName: string | undefined
  readonly variables: Readonly<Record<string, unknown>>
  readonly type: OperationTypeNode
}

export interface OperationText {
  readonly query: string
  readonly operationName?: string | null | undefined
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined
}

/** In characters of JSON. */
const smallVariables = 2_048

/** Parses and validates what did not come through Apollo, under the same limits. */
export class OperationReader {
  constructor(private readonly known: KnownDocuments) {}

  /** Whether it came before, and is planned in no time. */
  isSmall(schema: GraphQLSchema, { query, variables }: OperationText): boolean {
    const isKnown = this.known.find(schema, query)?.isSmall === true
    return isKnown && JSON.stringify(variables ?? {}).length <= smallVariables
  }

  /** The operation, or what is wrong with it. */
  read(schema: GraphQLSchema, text: OperationText): ReadOperation | readonly GraphQLError[] {
    const document = this.known.find(schema, text.query)?.document ?? this.validated(schema, text.query)
    if (!('kind' in document)) return document
    const operation = getOperationAST(document, text.operationName)
    if (!operation) {
      return [toGraphQLError(new GatewayError('BAD_USER_INPUT', 'Say with operationName which operation to run.'))]
    }
    try {
      checkVariables(text.variables)
    } catch (error) {
      return [toGraphQLError(error)]
    }
    return {
      schema,
      document,
      operationName: text.operationName ?? undefined,
      variables: text.variables ?? {},
      type: operation.operation,
    }
  }

  private validated(schema: GraphQLSchema, query: string): DocumentNode | readonly GraphQLError[] {
    const long = tooLong(query)
    if (long !== undefined) return [long]
    let document: DocumentNode
    try {
      document = parse(query, parseOptions)
    } catch (error) {
      return [tooManyTokens(query) ?? coded(error, 'GRAPHQL_PARSE_FAILED')]
    }
    const errors = validate(schema, document, undefined, { maxErrors: 20 })
    if (errors.length > 0) return errors.map((error) => coded(error, 'GRAPHQL_VALIDATION_FAILED'))
    const broken = brokenLimit(document)
    if (broken !== undefined) return [broken]
    this.known.add(schema, query, document)
    return document
  }
}

function coded(error: unknown, code: 'GRAPHQL_PARSE_FAILED' | 'GRAPHQL_VALIDATION_FAILED'): GraphQLError {
  if (!(error instanceof GraphQLError)) return toGraphQLError(error)
  return new GraphQLError(error.message, {
    nodes: error.nodes ?? null,
    source: error.source ?? null,
    positions: error.positions ?? null,
    extensions: { code },
  })
}
