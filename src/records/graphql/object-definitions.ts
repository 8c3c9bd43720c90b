import { isToOne } from '../schema/field-kind.js'
import type { RecordType, ReverseField } from '../schema/record-type.js'
import type { Definition } from './definition.js'
import { bilingual, described, deprecation, fieldDescription, titled } from './description.js'
import { connectionArguments, scalarOf, type TypeInContext } from './field-types.js'

/** The interfaces of each record type. */
export const recordInterfaces = ['Record', 'Node'] as const

/** The type itself, its connection and its change. */
export function objectDefinitions(context: TypeInContext): Definition[] {
  const { type } = context
  const T = type.code
  return [
    { name: T, sdl: () => recordDefinition(context) },
    { name: `${T}Edge`, sdl: () => `type ${T}Edge { cursor: String! node: ${T}! }` },
    {
      name: `${T}Connection`,
      sdl: () => `type ${T}Connection {
  nodes: [${T}!]!
  edges: [${T}Edge!]!
  pageInfo: PageInfo!
  totalCount: Int!
  aggregate: ${T}Aggregate!
  groupBy(by: [${T}GroupBy!]!, having: ${T}Having, orderBy: [${T}GroupOrder!], first: Int = 100): [${T}Group!]!
  sources: [SourceState!]!
  "The change feed's position in this answer's snapshot."
  changesCursor: String!
}`,
    },
    {
      name: `${T}Change`,
      sdl: () =>
        `type ${T}Change { cursor: String! type: ChangeType! dataset: Dataset! record: ${T} previous: ${T} at: DateTime! }`,
    },
  ]
}

/** What a type brings to Query. */
export function queryFields(type: RecordType): Definition[] {
  const T = type.code
  const head = (name: string): string => `${described(bilingual(type.title))} ${name}`
  return [
    {
      name: type.plural,
      sdl: () => `${head(type.plural)}(${connectionArguments(type)}, asOf: DateTime): ${T}Connection`,
    },
    { name: type.singular, sdl: () => `${head(type.singular)}(key: String!, dataset: ID!, asOf: DateTime): ${T}` },
  ]
}

/** What a type brings to Subscription. */
export function subscriptionFields(type: RecordType): Definition[] {
  const T = type.code
  const name = `${type.singular}Changes`
  const sdl = (): string => `${described(bilingual(type.title))} ${name}(where: ${T}Where, after: String): ${T}Change!`
  return [{ name, sdl }]
}

function recordDefinition(context: TypeInContext): string {
  const { type, reverse } = context
  return `${titled(type.title, type.description)}
type ${type.code} implements ${recordInterfaces.join(' & ')} {
  id: ID!
  key: String!
  dataset: Dataset!
  updatedAt: DateTime!
  ${type.fields.map((field) => outputField(context, field)).join('\n  ')}
  ${reverse.map(reverseField).join('\n  ')}
}`
}

function outputField(context: TypeInContext, field: TypeInContext['type']['fields'][number]): string {
  const head = `${fieldDescription(field)} ${field.name}`
  if (field.reference === undefined) {
    return `${head}: ${field.list ? `[${scalarOf(field)}!]` : scalarOf(field)}${deprecation(field)}`
  }
  const target = context.target(field)
  if (isToOne(field)) return `${head}: ${target.code}${deprecation(field)}`
  return `${head}(${connectionArguments(target)}): ${target.code}Connection${deprecation(field)}`
}

function reverseField({ name, type, field, single }: ReverseField): string {
  const head = `${described(`${bilingual(type.title)} (${bilingual(field.title)})`)} ${name}`
  return single ? `${head}: ${type.code}` : `${head}(${connectionArguments(type)}): ${type.code}Connection`
}
