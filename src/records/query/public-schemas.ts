import type { GraphQLSchema } from 'graphql'
import type { RecordTypes } from '../schema/record-type.js'

/** The public schema and the record types that it was made from: what an operation is validated and answered with. */
export interface PublicSchema {
  readonly schema: GraphQLSchema
  readonly types: RecordTypes
}

/** The public schema as it is replaced. */
export interface PublicSchemas {
  readonly current: () => PublicSchema
  readonly onReplaced: TypesListening
}

/** Calls the listener with the record types that replace others; the answer ends that. */
export type TypesListening = (listener: (types: RecordTypes) => void) => () => void
