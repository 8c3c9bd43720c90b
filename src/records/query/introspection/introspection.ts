import { execute, type DocumentNode, type GraphQLError, type GraphQLSchema } from 'graphql'
import type { RecordTypes } from '../../schema/record-type.js'

/** One operation that asks of the public schema only what it is like. */
export interface IntrospectionQuery {
  readonly schema: GraphQLSchema
  /** What the schema was made from. */
  readonly types: RecordTypes
  readonly document: DocumentNode
  readonly variables: Readonly<Record<string, unknown>>
}

export interface IntrospectionAnswer {
  /** By response key; JSON, or `RawJson`. */
  readonly data: Readonly<Record<string, unknown>>
  readonly errors: readonly GraphQLError[]
}

export type Introspect = (query: IntrospectionQuery) => Promise<IntrospectionAnswer>

/** Answers in this thread, which for the whole of a large schema is busy for seconds. */
export const introspectHere: Introspect = async ({ schema, document, variables }) => {
  const { data, errors = [] } = await execute({ schema, document, variableValues: variables })
  return { data: data ?? {}, errors }
}
