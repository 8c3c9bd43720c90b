import {
  GraphQLObjectType,
  GraphQLSchema,
  isUnionType,
  Kind,
  parse,
  type DefinitionNode,
  type FieldDefinitionNode,
  type GraphQLAbstractType,
  type GraphQLInterfaceType,
  type GraphQLNamedType,
} from 'graphql'
import type { RecordTypes } from '../schema/record-type.js'
import type { Definition } from './definition.js'
import { lazyMap } from './lazy-map.js'
import { queryFields, recordInterfaces, subscriptionFields } from './object-definitions.js'
import { codeListDefinitions, typeDefinitions } from './record-type-definitions.js'
import type { TypeNamed } from './field-config.js'
import { fieldOf, LazyObjectType } from './lazy-object-type.js'
import { typeFromDefinition } from './type-from-definition.js'

type Implementations = ReturnType<GraphQLSchema['getImplementations']>

/**
 * A public schema of which nothing is made before somebody asks for it: another one, with a type more, costs as much whether there
 * are five types or five hundred. What does not depend on record types it shares with all others of the same base. Who asks for
 * everything (introspection, a print) gets everything.
 */
export class LazySchema extends GraphQLSchema {
  private readonly made = new Map<string, GraphQLNamedType>()
  private readonly implementations = new Map<string, Implementations>()
  private readonly query: LazyObjectType
  private readonly subscription: LazyObjectType
  private definitions: ReadonlyMap<string, () => readonly Definition[]> | undefined
  private typeMap: Record<string, GraphQLNamedType> | undefined

  /** `base` has a Query and a Subscription, and defines what all record types mention. */
  constructor(
    private readonly base: GraphQLSchema,
    private readonly types: RecordTypes,
  ) {
    // Record types were checked when they were built; a test validates what is made of them.
    super({ description: base.description, directives: base.getDirectives(), assumeValid: true })
    const all = (of: typeof queryFields) => (): Definition[] => [...types.types.values()].flatMap(of)
    this.query = rootType(base.getQueryType(), all(queryFields), this.typeNamed)
    this.subscription = rootType(base.getSubscriptionType(), all(subscriptionFields), this.typeNamed)
    for (const root of [this.query, this.subscription]) this.made.set(root.name, root)
  }

  override getQueryType(): LazyObjectType {
    return this.query
  }

  override getMutationType(): ReturnType<GraphQLSchema['getMutationType']> {
    return this.base.getMutationType()
  }

  override getSubscriptionType(): LazyObjectType {
    return this.subscription
  }

  override getType(name: string): GraphQLNamedType | undefined {
    let type = this.made.get(name) ?? this.base.getType(name)
    if (type === undefined) {
      const definition = this.definitionsByName()
        .get(name)?.()
        .find((each) => each.name === name)
      if (definition === undefined) return undefined
      type = typeFromDefinition(parsed(definition.sdl()), this.typeNamed)
      this.made.set(name, type)
    }
    return type
  }

  override getTypeMap(): Record<string, GraphQLNamedType> {
    if (this.typeMap === undefined) {
      // Those of introspection come last, as in any schema of graphql-js.
      const [own, ofIntrospection] = partition(Object.keys(this.base.getTypeMap()))
      this.typeMap = lazyMap([...own, ...this.definitionsByName().keys(), ...ofIntrospection], this.typeNamed)
    }
    return this.typeMap
  }

  override getImplementations(type: GraphQLInterfaceType): Implementations {
    let found = this.implementations.get(type.name)
    if (found === undefined) {
      const { objects, interfaces } = this.base.getImplementations(type)
      const records = recordInterfaces.some((name) => name === type.name) ? this.recordObjects() : []
      found = { objects: [...objects, ...records], interfaces }
      this.implementations.set(type.name, found)
    }
    return found
  }

  /** Asks the type itself, so that the others need not be made. */
  override isSubType(abstract: GraphQLAbstractType, type: GraphQLObjectType | GraphQLInterfaceType): boolean {
    const above = isUnionType(abstract) ? abstract.getTypes() : undefined
    if (above !== undefined) return above.some(({ name }) => name === type.name)
    return type.getInterfaces().some(({ name }) => name === abstract.name)
  }

  private readonly typeNamed: TypeNamed = (name) => {
    const type = this.getType(name)
    if (type === undefined) throw new Error(`The public schema has no type ${name}.`)
    return type
  }

  private recordObjects(): GraphQLObjectType[] {
    return [...this.types.types.keys()].map((code) => {
      const type = this.typeNamed(code)
      if (type instanceof GraphQLObjectType) return type
      throw new Error(`The record type ${code} is no object type.`)
    })
  }

  private definitionsByName(): ReadonlyMap<string, () => readonly Definition[]> {
    this.definitions ??= this.indexDefinitions()
    return this.definitions
  }

  private indexDefinitions(): ReadonlyMap<string, () => readonly Definition[]> {
    const { codeLists, types } = this.types
    const index = new Map<string, () => readonly Definition[]>()
    const sources = [
      ...[...codeLists.values()].map((list) => () => codeListDefinitions(list)),
      ...[...types.values()].map((type) => () => typeDefinitions(this.types, type)),
    ]
    for (const source of sources) for (const { name } of source()) index.set(name, source)
    return index
  }
}

/** Query or Subscription: the base's fields and those of record types. */
function rootType(
  base: GraphQLObjectType | null | undefined,
  all: () => readonly Definition[],
  typeNamed: TypeNamed,
): LazyObjectType {
  if (!base) throw new Error('The base of a public schema has a Query and a Subscription.')
  const { name, description } = base
  const own = base.getFields()
  let definitions: ReadonlyMap<string, Definition> = new Map()
  return new LazyObjectType({
    name,
    description,
    fieldNames: () => {
      definitions = new Map(all().map((definition) => [definition.name, definition]))
      return [...Object.keys(own), ...definitions.keys()]
    },
    fieldNamed: (field) => own[field] ?? fieldOf(name, parsedField(definitions.get(field)), typeNamed),
  })
}

function parsedField(definition: Definition | undefined): FieldDefinitionNode | undefined {
  const type = definition === undefined ? undefined : parsed(`type Root { ${definition.sdl()} }`)
  return type?.kind === Kind.OBJECT_TYPE_DEFINITION ? type.fields?.[0] : undefined
}

function parsed(sdl: string): DefinitionNode {
  const [definition] = parse(sdl, { noLocation: true }).definitions
  if (definition === undefined) throw new Error('There is no definition in what was printed.')
  return definition
}

function partition(names: readonly string[]): readonly [readonly string[], readonly string[]] {
  const ofIntrospection = (name: string): boolean => name.startsWith('__')
  return [names.filter((name) => !ofIntrospection(name)), names.filter(ofIntrospection)]
}
