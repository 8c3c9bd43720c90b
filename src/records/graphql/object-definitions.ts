import { isToOne } from '../schema/field-kind.js'
import type { ReverseField } from '../schema/record-type.js'
import { bilingual, described, deprecation, fieldDescription, titled } from './description.js'
import { connectionArguments, scalarOf, type TypeInContext } from './field-types.js'

/** The type itself, its connection and its change. */
export function objectDefinitions(context: TypeInContext): string[] {
  const { type, reverse } = context
  const T = type.code
  return [
    `${titled(type.title, type.description)}
type ${T} implements Record & Node {
  id: ID!
  key: String!
  dataset: Dataset!
  updatedAt: DateTime!
  ${type.fields.map((field) => outputField(context, field)).join('\n  ')}
  ${reverse.map(reverseField).join('\n  ')}
}`,
    `type ${T}Edge { cursor: String! node: ${T}! }`,
    `type ${T}Connection {
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
    `type ${T}Change { cursor: String! type: ChangeType! dataset: Dataset! record: ${T} previous: ${T} at: DateTime! }`,
    `extend type Query {
  ${described(bilingual(type.title))}
  ${type.plural}(${connectionArguments(type)}, asOf: DateTime): ${T}Connection
  ${described(bilingual(type.title))}
  ${type.singular}(key: String!, dataset: ID!, asOf: DateTime): ${T}
}`,
    `extend type Subscription {
  ${described(bilingual(type.title))}
  ${type.singular}Changes(where: ${T}Where, after: String): ${T}Change!
}`,
  ]
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
