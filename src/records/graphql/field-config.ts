import {
  assertInputType,
  assertNullableType,
  assertOutputType,
  getDirectiveValues,
  GraphQLDeprecatedDirective,
  GraphQLList,
  GraphQLNonNull,
  Kind,
  valueFromAST,
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

export function fieldConfig(node: FieldDefinitionNode, typeNamed: TypeNamed): GraphQLFieldConfig<unknown, unknown> {
  return {
    type: assertOutputType(wrapped(node.type, typeNamed)),
    description: node.description?.value,
    args: byName(node.arguments, (argument) => inputConfig(argument, typeNamed)),
    deprecationReason: deprecationReason(node),
  }
}

export function inputConfig(
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

export function deprecationReason(
  node: FieldDefinitionNode | InputValueDefinitionNode | EnumValueDefinitionNode,
): string | undefined {
  const reason = getDirectiveValues(GraphQLDeprecatedDirective, node)?.['reason']
  return typeof reason === 'string' ? reason : undefined
}

export function byName<Node extends { readonly name: { readonly value: string } }, Config>(
  nodes: readonly Node[] | undefined,
  config: (node: Node) => Config,
): Record<string, Config> {
  return Object.fromEntries((nodes ?? []).map((node) => [node.name.value, config(node)]))
}
