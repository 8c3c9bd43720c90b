import { lexicographicSortSchema, printSchema, type GraphQLSchema } from 'graphql'
import type { TakenNames } from '../schema/names.js'
import type { RecordTypes } from '../schema/record-type.js'
import { baseSchemaOf, sharedNames } from './base-schema.js'
import { LazySchema } from './lazy-schema.js'

/** The public schema: the control schema with the record plane. It validates and is introspected; it has no resolvers. */
export function mergeSchemas(control: GraphQLSchema, types: RecordTypes): GraphQLSchema {
  return new LazySchema(baseSchemaOf(control), types)
}

/** The schema as text that is the same for equal schemas, for `schema/schema.graphql`. */
export function stableSdl(schema: GraphQLSchema): string {
  return `${printSchema(lexicographicSortSchema(schema))}\n`
}

/** The names that a control schema takes from record types. */
export function takenNamesOf(control: GraphQLSchema): TakenNames {
  const shared = sharedNames()
  return {
    types: new Set([...Object.keys(control.getTypeMap()).filter((name) => !name.startsWith('__')), ...shared]),
    queryFields: new Set(Object.keys(control.getQueryType()?.getFields() ?? {})),
    subscriptionFields: new Set(Object.keys(control.getSubscriptionType()?.getFields() ?? {})),
  }
}
