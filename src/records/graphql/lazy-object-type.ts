import { GraphQLObjectType, type FieldDefinitionNode, type GraphQLField, type GraphQLInterfaceType } from 'graphql'
import { lazyMap } from './lazy-map.js'
import { fieldConfig, type TypeNamed } from './field-config.js'

type Fields = ReturnType<GraphQLObjectType['getFields']>

interface LazyObject {
  readonly name: string
  readonly description: string | null | undefined
  readonly interfaces?: () => GraphQLInterfaceType[]
  readonly fieldNames: () => Iterable<string>
  /** Asked once for each of the names. */
  readonly fieldNamed: (name: string) => GraphQLField<unknown, unknown>
}

/** An object type each of whose fields is made when it is asked for: a district has a field for every type that refers to it. */
export class LazyObjectType extends GraphQLObjectType {
  private fields: Fields | undefined

  constructor(private readonly object: LazyObject) {
    const { name, description, interfaces = () => [] } = object
    super({ name, description, interfaces, fields: {} })
  }

  override getFields(): Fields {
    this.fields ??= lazyMap(this.object.fieldNames(), this.object.fieldNamed)
    return this.fields
  }
}

/** A field as a type would have it: of a type that has no other, so that it is graphql-js' own work. */
export function fieldOf(
  typeName: string,
  node: FieldDefinitionNode | undefined,
  typeNamed: TypeNamed,
): GraphQLField<unknown, unknown> {
  if (node === undefined) throw new Error(`${typeName} has no such field.`)
  const name = node.name.value
  const field = new GraphQLObjectType({ name: typeName, fields: { [name]: fieldConfig(node, typeNamed) } }).getFields()[
    name
  ]
  if (field === undefined) throw new Error(`${typeName} lost its field ${name}.`)
  return field
}
