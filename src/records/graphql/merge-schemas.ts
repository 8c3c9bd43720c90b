import {
  buildASTSchema,
  isScalarType,
  isSpecifiedScalarType,
  Kind,
  lexicographicSortSchema,
  parse,
  printSchema,
  type DefinitionNode,
  type GraphQLSchema,
} from 'graphql'
import type { TakenNames } from '../schema/names.js'
import type { RecordTypes } from '../schema/record-type.js'
import { recordTypeDefinitions, sharedNames } from './record-type-definitions.js'
import { equipScalar } from './scalars.js'

const controlDefinitions = new WeakMap<GraphQLSchema, readonly DefinitionNode[]>()

/**
 * The public schema: the control schema, in which records are scalars, with the record plane in their place. It validates and
 * is introspected; it has no resolvers. Scalars read values exactly (a `DateTime` as a Moment).
 */
export function mergeSchemas(control: GraphQLSchema, types: RecordTypes): GraphQLSchema {
  const schema = buildASTSchema(
    {
      kind: Kind.DOCUMENT,
      definitions: [...definitionsOf(control), ...recordTypeDefinitions(types).definitions],
    },
    // The record types were checked when they were built and the control schema is the program's own; a test validates both.
    { assumeValid: true, assumeValidSDL: true },
  )
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isScalarType(type) || isSpecifiedScalarType(type) || equipScalar(type)) continue
    const own = control.getType(type.name)
    if (isScalarType(own)) {
      type.serialize = own.serialize.bind(own)
      type.parseValue = own.parseValue.bind(own)
      type.parseLiteral = own.parseLiteral.bind(own)
    }
  }
  return schema
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

function definitionsOf(control: GraphQLSchema): readonly DefinitionNode[] {
  let definitions = controlDefinitions.get(control)
  if (definitions === undefined) {
    const shared = sharedNames()
    const printed = parse(printSchema(control), { noLocation: true }).definitions
    definitions = printed.filter((node) => !('name' in node && shared.has(node.name.value)))
    if (!control.getSubscriptionType()) {
      definitions = [...definitions, ...parse('type Subscription', { noLocation: true }).definitions]
    }
    controlDefinitions.set(control, definitions)
  }
  return definitions
}
