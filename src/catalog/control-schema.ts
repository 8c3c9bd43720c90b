import 'reflect-metadata'
import { GraphQLInputObjectType, type GraphQLSchema } from 'graphql'
import { buildSchemaSync } from 'type-graphql'
import { KeyResolver } from '../access/key-resolver.js'
import { countObjects } from '../records/query/run/control-cost.js'
import { CodeValueResolver, RecordFieldResolver, RecordTypeResolver } from './record-types/record-type-resolvers.js'
import { AgencyResolver } from './resolvers/agency-resolver.js'
import { DatasetConnectionResolver } from './resolvers/dataset-connection-resolver.js'
import { DatasetQueries } from './resolvers/dataset-queries.js'
import { DatasetRecordsResolver } from './resolvers/dataset-records-resolver.js'
import { DatasetResolver } from './resolvers/dataset-resolver.js'
import { NodeResolver } from './resolvers/node-resolver.js'
import { PlanResolver } from './resolvers/plan-resolver.js'
import { ResourceResolver, SourceErrorResolver, SourceStateResolver } from './resolvers/resource-resolver.js'
import { ThemeResolver } from './resolvers/theme-resolver.js'
import { VersionConnectionResolver, VersionResolver } from './resolvers/version-resolver.js'

// eslint wants no Function type, which is how TypeGraphQL spells a class.
type ResolverClass = abstract new (...dependencies: never[]) => object

const catalogue = [
  NodeResolver,
  PlanResolver,
  ThemeResolver,
  AgencyResolver,
  DatasetQueries,
  DatasetConnectionResolver,
  DatasetResolver,
  DatasetRecordsResolver,
  VersionResolver,
  VersionConnectionResolver,
  ResourceResolver,
  SourceStateResolver,
  SourceErrorResolver,
  RecordTypeResolver,
  RecordFieldResolver,
  CodeValueResolver,
  KeyResolver,
] as const

/** The schema of the control plane, with the resolvers of other features beside its own. Its context is a ControlContext. */
export function buildControlSchema(options: { readonly resolvers?: readonly ResolverClass[] } = {}): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: [...catalogue, ...(options.resolvers ?? [])],
    validate: false,
    // The schema is checked by its tests; at a start this only takes time.
    skipCheck: true,
  })
  for (const type of Object.values(schema.getTypeMap())) {
    // TypeGraphQL does not know of @oneOf: a class says `@Extensions({ oneOf: true })`.
    if (type instanceof GraphQLInputObjectType && type.extensions['oneOf'] === true) type.isOneOf = true
  }
  return countObjects(schema)
}
