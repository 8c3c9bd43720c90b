import {
  assertInputType,
  assertInterfaceType,
  assertNullableType,
  assertOutputType,
  getDirectiveValues,
  GraphQLDeprecatedDirective,
  GraphQLEnumType,
  GraphQLInputObjectType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLOneOfDirective,
  Kind,
  valueFromAST,
  type DefinitionNode,
  type EnumValueDefinitionNode,
  type FieldDefinitionNode,
  type GraphQLArgumentConfig,
  type GraphQLFieldConfig,
  type GraphQLInputFieldConfig,
  type GraphQLNamedType,
  type GraphQLType,
  type InputValueDefinitionNode,
  type TypeNode,
} from 'graphql'

/** Finds a type that a definition mentions. Throws when there is none. */
export type TypeNamed = (name: string) => GraphQLNamedType

/**
 * The type that a definition defines, as `buildASTSchema` would make it; but what it mentions is looked for only when its fields
 * are asked for, one type at a time. Only the kinds that record types bring.
 */
export function typeFromDefinition(node: DefinitionNode, typeNamed: TypeNamed): GraphQLNamedType {
  switch (node.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
      return new GraphQLObjectType({
        name: node.name.value,
        description: node.description?.value,
        interfaces: () => (node.interfaces ?? []).map(({ name }) => assertInterfaceType(typeNamed(name.value))),
        fields: () => byName(node.fields, (field) => fieldConfig(field, typeNamed)),
      })
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
      return new GraphQLInputObjectType({
        name: node.name.value,
        description: node.description?.value,
        fields: () => byName(node.fields, (field) => inputConfig(field, typeNamed)),
        isOneOf: getDirectiveValues(GraphQLOneOfDirective, node) !== undefined,
      })
    case Kind.ENUM_TYPE_DEFINITION:
      return new GraphQLEnumType({
        name: node.name.value,
        description: node.description?.value,
        values: byName(node.values, (value) => ({
          description: value.description?.value,
          deprecationReason: deprecationReason(value),
        })),
      })
    default:
      throw new Error(`Record types define no ${node.kind}.`)
  }
}

export function fieldConfig(node: FieldDefinitionNode, typeNamed: TypeNamed): GraphQLFieldConfig<unknown, unknown> {
  return {
    type: assertOutputType(wrapped(node.type, typeNamed)),
    description: node.description?.value,
    args: byName(node.arguments, (argument) => inputConfig(argument, typeNamed)),
    deprecationReason: deprecationReason(node),
  }
}

function inputConfig(
  node: InputValueDefinitionNode,
  typeNamed: TypeNamed,
): GraphQLInputFieldConfig & GraphQLArgumentConfig {
  const type = assertInputType(wrapped(node.type, typeNamed))
  return {
    type,
    description: node.description?.value,
    defaultValue: valueFromAST(node.defaultValue, type),
    deprecationReason: deprecationReason(node),
  }
}

function wrapped(node: TypeNode, typeNamed: TypeNamed): GraphQLType {
  switch (node.kind) {
    case Kind.NAMED_TYPE:
      return typeNamed(node.name.value)
    case Kind.LIST_TYPE:
      return new GraphQLList(wrapped(node.type, typeNamed))
    case Kind.NON_NULL_TYPE:
      return new GraphQLNonNull(assertNullableType(wrapped(node.type, typeNamed)))
  }
}

function deprecationReason(
  node: FieldDefinitionNode | InputValueDefinitionNode | EnumValueDefinitionNode,
): string | undefined {
  const reason = getDirectiveValues(GraphQLDeprecatedDirective, node)?.['reason']
  return typeof reason === 'string' ? reason : undefined
}

function byName<Node extends { readonly name: { readonly value: string } }, Config>(
  nodes: readonly Node[] | undefined,
  config: (node: Node) => Config,
): Record<string, Config> {
  return Object.fromEntries((nodes ?? []).map((node) => [node.name.value, config(node)]))
}
