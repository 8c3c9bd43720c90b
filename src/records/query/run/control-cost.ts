import {
  defaultFieldResolver,
  getNamedType,
  getNullableType,
  isCompositeType,
  isIntrospectionType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLFieldResolver,
  type GraphQLSchema,
} from 'graphql'

const perObject = 4

/** Spends a cost; false when more was spent than may be. */
export type Spend = (cost: number) => boolean

const spenders = new WeakMap<object, Spend>()

/**
 * Tells an operation's budget of each object that graphql-js is about to answer with, which costs four times as much as a record.
 * How long the lists of the catalogue are is not known before (a theme has 5 datasets or 20), and counted at their longest an
 * honest question such as the whole plan would be refused; so they are counted as they come. Once there are too many, no resolver
 * is asked where the schema allows for nothing, without an error for each field: the operation as a whole is refused then.
 */
export function countObjects(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || isIntrospectionType(type)) continue
    for (const field of Object.values(type.getFields())) {
      if (!isCompositeType(getNamedType(field.type))) continue
      const nothing = isListType(getNullableType(field.type)) ? [] : isNonNullType(field.type) ? undefined : null
      field.resolve = counted(field.resolve ?? defaultFieldResolver, nothing)
    }
  }
  return schema
}

/** Whom to tell of the objects of an execution. */
export function spendObjectsOf(context: object, spend: Spend): void {
  spenders.set(context, spend)
}

type Resolver = GraphQLFieldResolver<unknown, unknown>

/** `nothing`: what may stand for a value that is not asked for any more; undefined when the schema wants one. */
function counted(resolve: Resolver, nothing: readonly never[] | null | undefined): Resolver {
  return (source, args, context, info) => {
    const spend = typeof context === 'object' && context !== null ? spenders.get(context) : undefined
    if (spend === undefined) return resolve(source, args, context, info)
    if (nothing !== undefined && !spend(0)) return nothing
    const count = (settled: unknown): unknown => {
      const objects = Array.isArray(settled) ? settled.length : settled === null || settled === undefined ? 0 : 1
      return spend(objects * perObject) || nothing === undefined ? settled : nothing
    }
    const value: unknown = resolve(source, args, context, info)
    return value instanceof Promise ? value.then(count) : count(value)
  }
}
