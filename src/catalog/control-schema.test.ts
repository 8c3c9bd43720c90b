import { expect, test } from '@jest/globals'
import {
  buildSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  printSchema,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql'
import { buildControlSchema } from './control-schema.js'

// Written out a second time on purpose: people outside rely on these names, nullabilities and defaults.
const contract = buildSchema(`
  scalar Date
  scalar DateTime
  scalar RecordConnection
  enum Language { VI EN }
  enum OrderDirection { ASC DESC ASC_NULLS_FIRST DESC_NULLS_FIRST }
  enum SourceStatus { FRESH STALE FAILED NEVER_FETCHED }
  enum SourceMode { SNAPSHOT LIVE LOOKUP PUSHED }
  enum DatasetStatus { PLANNED ASSIGNED CONNECTED PUBLISHED LATE RETIRED }
  enum Frequency { CONTINUOUS DAILY WEEKLY MONTHLY QUARTERLY HALF_YEARLY YEARLY PER_EVENT }
  interface Node { id: ID! }
  type PageInfo { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
  type Theme implements Node {
    id: ID!
    code: ID!
    number: String!
    name(lang: Language = VI): String!
    leadAgencies: [Agency!]!
    datasets(where: DatasetWhere, search: String, orderBy: [DatasetOrder!], first: Int, last: Int, after: String, before: String): DatasetConnection!
  }
  type Agency implements Node {
    id: ID!
    code: ID!
    name(lang: Language = VI): String!
    validFrom: Date
    validTo: Date
    predecessors: [Agency!]!
    successors: [Agency!]!
    datasets(where: DatasetWhere, search: String, orderBy: [DatasetOrder!], first: Int, last: Int, after: String, before: String): DatasetConnection!
  }
  type Dataset implements Node {
    id: ID!
    code: ID!
    planRow: Int
    title(lang: Language = VI): String!
    description(lang: Language = VI): String
    theme: Theme
    agency: Agency
    candidateAgencies: [Agency!]!
    status: DatasetStatus!
    duplicateOf: Dataset
    related: [Dataset!]!
    license: String!
    sample: Boolean!
    frequency: Frequency
    firstPublishedOn: Date
    recordCount: Int!
    resources: [Resource!]!
    version: DatasetVersion
    versions(first: Int, last: Int, after: String, before: String): DatasetVersionConnection!
    records(resource: ID, first: Int, last: Int, after: String, before: String): RecordConnection
  }
  type Resource { name: ID! recordType: RecordType! recordCount: Int! source: SourceState! }
  type DatasetVersion { number: Int! publishedAt: DateTime! fetchedAt: DateTime! recordCount: Int! added: Int! changed: Int! removed: Int! setAside: Int! }
  type DatasetVersionEdge { cursor: String! node: DatasetVersion! }
  type DatasetVersionConnection { nodes: [DatasetVersion!]! edges: [DatasetVersionEdge!]! pageInfo: PageInfo! totalCount: Int! }
  type DatasetEdge { cursor: String! node: Dataset! }
  type DatasetConnection { nodes: [Dataset!]! edges: [DatasetEdge!]! pageInfo: PageInfo! totalCount: Int! }
  input DatasetWhere {
    and: [DatasetWhere!]
    or: [DatasetWhere!]
    not: DatasetWhere
    code: StringFilter
    planRow: IntFilter
    theme: StringFilter
    agency: StringFilter
    status: DatasetStatusFilter
  }
  input DatasetStatusFilter { eq: DatasetStatus ne: DatasetStatus in: [DatasetStatus!] notIn: [DatasetStatus!] }
  input DatasetOrder @oneOf { code: OrderDirection title: OrderDirection planRow: OrderDirection publishedAt: OrderDirection relevance: OrderDirection }
  type SourceState { dataset: Dataset! resource: ID! state: SourceStatus! mode: SourceMode! fetchedAt: DateTime ageSeconds: Int version: Int error: SourceError }
  type SourceError { code: String! message(lang: Language = VI): String! at: DateTime! }
  type RecordType { code: ID! plural: String! title(lang: Language = VI): String! fields: [RecordField!]! }
  type RecordField { name: ID! title(lang: Language = VI): String! type: String! unit: String values: [CodeValue!] }
  type CodeValue { value: String! label(lang: Language = VI): String! }
  input StringFilter { eq: String ne: String in: [String!] notIn: [String!] lt: String lte: String gt: String gte: String contains: String startsWith: String isNull: Boolean }
  input IntFilter { eq: Int ne: Int in: [Int!] notIn: [Int!] lt: Int lte: Int gt: Int gte: Int isNull: Boolean }
  type Query {
    node(id: ID!): Node
    plan: Plan!
    themes: [Theme!]!
    theme(code: ID!): Theme
    agencies(validOn: Date): [Agency!]!
    agency(code: ID!): Agency
    datasets(where: DatasetWhere, search: String, orderBy: [DatasetOrder!], first: Int, last: Int, after: String, before: String): DatasetConnection!
    dataset(code: ID!): Dataset
    recordTypes: [RecordType!]!
    recordType(code: ID!): RecordType
  }
  type Plan { code: ID! title(lang: Language = VI): String! themes: [Theme!]! agencies(validOn: Date): [Agency!]! }
`)

const schema = buildControlSchema()

test('has everything of the public contract, exactly as it stands there', () => {
  const promised = statements(contract)
  const kept = new Set(statements(schema))
  expect(promised.filter((statement) => !kept.has(statement))).toEqual([])
})

test('inputs and enums of the contract have no more than it says, but for what readers may ignore', () => {
  const closed = (one: GraphQLSchema) =>
    statements(one).filter((statement) => /^(input|enum) /.test(statement) && !/CreateKeyInput|Role/.test(statement))
  expect(closed(schema).sort()).toEqual(closed(contract).sort())
})

test('prints input objects of which one field is given as such', () => {
  expect(printSchema(schema)).toContain('input DatasetOrder @oneOf {')
})

test('describes every type, in English and in Vietnamese', () => {
  const own = Object.values(schema.getTypeMap()).filter(
    (type) => (isObjectType(type) || isEnumType(type)) && !/^__|^(Query|Mutation)$|Edge$/.test(type.name),
  )
  expect(own.filter(({ description }) => !description?.includes('vi: ')).map(({ name }) => name)).toEqual([])
})

test('can be built again, as for a change at run time', () => {
  expect(printSchema(buildControlSchema())).toBe(printSchema(schema))
})

/** One line for each thing that can be relied on. */
function statements(one: GraphQLSchema): string[] {
  return Object.values(one.getTypeMap())
    .filter(({ name }) => !name.startsWith('__'))
    .flatMap(describeType)
}

function describeType(type: GraphQLNamedType): string[] {
  if (isEnumType(type)) return type.getValues().map(({ name }) => `enum ${type.name}.${name}`)
  if (isInputObjectType(type)) {
    const oneOf = type.isOneOf ? ' @oneOf' : ''
    return Object.values(type.getFields()).map(
      (field) => `input ${type.name}${oneOf}.${field.name}: ${String(field.type)}`,
    )
  }
  if (!isObjectType(type) && !isInterfaceType(type)) return [`scalar ${type.name}`]
  return [
    ...type.getInterfaces().map(({ name }) => `${type.name} implements ${name}`),
    ...Object.values(type.getFields()).flatMap((field) => [
      `${type.name}.${field.name}: ${String(field.type)}`,
      ...field.args.map(
        (arg) => `${type.name}.${field.name}(${arg.name}: ${String(arg.type)} = ${JSON.stringify(arg.defaultValue)})`,
      ),
    ]),
  ]
}
