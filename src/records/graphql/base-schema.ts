import {
  buildASTSchema,
  isScalarType,
  isSpecifiedScalarType,
  Kind,
  parse,
  printSchema,
  type DefinitionNode,
  type GraphQLSchema,
} from 'graphql'
import { equipScalar } from './scalars.js'
import { sharedDefinitions } from './shared-definitions.js'

const bases = new WeakMap<GraphQLSchema, GraphQLSchema>()
let shared: readonly DefinitionNode[] | undefined

/**
 * What every public schema has, whatever the record types: the control schema, in which records are scalars, with what the record
 * plane defines for all in their place. It has no resolvers. Scalars read values exactly (a `DateTime` as a Moment).
 */
export function baseSchemaOf(control: GraphQLSchema): GraphQLSchema {
  let base = bases.get(control)
  if (base === undefined) {
    base = buildBase(control)
    bases.set(control, base)
  }
  return base
}

/** The names that the record plane defines for all; a control schema's own definition of one gives way. */
export function sharedNames(): ReadonlySet<string> {
  shared ??= definitionsIn(sharedDefinitions)
  return new Set(shared.flatMap((node) => ('name' in node ? [node.name.value] : [])))
}

/** The definitions of the base, which those of record types add to. */
export function baseDefinitionsOf(control: GraphQLSchema): readonly DefinitionNode[] {
  shared ??= definitionsIn(sharedDefinitions)
  const names = sharedNames()
  return [
    ...definitionsIn(printSchema(control)).filter((node) => !('name' in node && names.has(node.name.value))),
    ...(control.getSubscriptionType() ? [] : definitionsIn('type Subscription')),
    ...shared,
    ...definitionsIn('extend type Query { record(id: ID!): Record }'),
    ...definitionsIn('extend type Subscription { changes(datasets: [ID!], themes: [ID!], after: String): Change! }'),
  ]
}

function buildBase(control: GraphQLSchema): GraphQLSchema {
  const schema = buildASTSchema(
    { kind: Kind.DOCUMENT, definitions: baseDefinitionsOf(control) },
    // The control schema is the program's own; a test validates what is made of it.
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

function definitionsIn(sdl: string): readonly DefinitionNode[] {
  return parse(sdl, { noLocation: true }).definitions
}
