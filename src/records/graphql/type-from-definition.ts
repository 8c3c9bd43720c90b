import {
  assertInterfaceType,
  getDirectiveValues,
  GraphQLEnumType,
  GraphQLInputObjectType,
  GraphQLOneOfDirective,
  Kind,
  type DefinitionNode,
  type GraphQLNamedType,
  type ObjectTypeDefinitionNode,
} from 'graphql'
import { byName, deprecationReason, inputConfig, type TypeNamed } from './field-config.js'
import { fieldOf, LazyObjectType } from './lazy-object-type.js'

/**
 * The type that a definition defines, as `buildASTSchema` would make it; but what it mentions is looked for only when its fields
 * are asked for, one type at a time. Only the kinds that record types bring.
 */
export function typeFromDefinition(node: DefinitionNode, typeNamed: TypeNamed): GraphQLNamedType {
  switch (node.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
      return objectType(node, typeNamed)
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

function objectType(node: ObjectTypeDefinitionNode, typeNamed: TypeNamed): LazyObjectType {
  const fields = new Map((node.fields ?? []).map((field) => [field.name.value, field]))
  return new LazyObjectType({
    name: node.name.value,
    description: node.description?.value,
    interfaces: () => (node.interfaces ?? []).map(({ name }) => assertInterfaceType(typeNamed(name.value))),
    fieldNames: () => fields.keys(),
    fieldNamed: (name) => fieldOf(node.name.value, fields.get(name), typeNamed),
  })
}
