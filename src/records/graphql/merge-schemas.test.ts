import { describe, expect, test } from '@jest/globals'
import {
  buildASTSchema,
  buildSchema,
  findBreakingChanges,
  GraphQLError,
  introspectionFromSchema,
  parse,
  printSchema,
  validate,
  validateSchema,
  GraphQLSchema,
  isScalarType,
  Kind,
} from 'graphql'
import type { RecordTypes } from '../schema/record-type.js'
import { smallTypes } from '../schema/small-types.fixture.js'
import { baseDefinitionsOf } from './base-schema.js'
import { mergeSchemas, stableSdl, takenNamesOf } from './merge-schemas.js'
import { queryFields, subscriptionFields } from './object-definitions.js'
import { codeListDefinitions, typeDefinitions } from './record-type-definitions.js'

const control = buildSchema(`
  interface Node { id: ID! }
  type PageInfo { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
  scalar RecordConnection
  scalar Record
  scalar DateTime
  scalar Colour
  enum OrderDirection { ASC DESC }
  input StringFilter { eq: String }
  type Dataset implements Node { id: ID! code: ID! records(first: Int): RecordConnection publishedAt: DateTime }
  type SourceState { dataset: Dataset! resource: ID! }
  type Query { node(id: ID!): Node datasets(code: StringFilter, order: OrderDirection, colour: Colour): [Dataset!]! }
`)

/** What the public contract promises of two record types, in its words. */
const promised = buildSchema(`
  scalar Date
  scalar DateTime
  scalar BigInt
  scalar Decimal
  scalar JSON
  scalar URL
  enum OrderDirection { ASC DESC ASC_NULLS_FIRST DESC_NULLS_FIRST }
  enum TimeBucket { YEAR QUARTER MONTH DAY }
  enum ChangeType { ADDED CHANGED REMOVED LOADED }
  interface Node { id: ID! }
  type PageInfo { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
  type Dataset implements Node { id: ID! code: ID! records(first: Int): RecordConnection }
  type SourceState { dataset: Dataset! resource: ID! }
  interface Record implements Node { id: ID! key: String! dataset: Dataset! updatedAt: DateTime! }
  type RecordEdge { cursor: String! node: Record! }
  type RecordConnection { nodes: [Record!]! edges: [RecordEdge!]! pageInfo: PageInfo! totalCount: Int! sources: [SourceState!]! changesCursor: String! }
  input StringFilter { eq: String ne: String in: [String!] notIn: [String!] lt: String lte: String gt: String gte: String contains: String startsWith: String isNull: Boolean }
  input IntFilter { eq: Int ne: Int in: [Int!] notIn: [Int!] lt: Int lte: Int gt: Int gte: Int isNull: Boolean }
  input Near { latitude: Float! longitude: Float! km: Float! }
  type AdministrativeUnit implements Record & Node {
    id: ID! key: String! dataset: Dataset! updatedAt: DateTime!
    code: String name: String validFrom: Date validTo: Date parent: AdministrativeUnit
    schools(dataset: [ID!], where: SchoolWhere, search: String, near: Near, orderBy: [SchoolOrder!], first: Int, last: Int, after: String, before: String): SchoolConnection
  }
  input AdministrativeUnitWhere {
    and: [AdministrativeUnitWhere!] or: [AdministrativeUnitWhere!] not: AdministrativeUnitWhere isNull: Boolean validOn: Date
    code: StringFilter name: StringFilter schools: SchoolListWhere
  }
  input AdministrativeUnitOrder @oneOf { code: OrderDirection name: OrderDirection }
  enum SchoolLevel { NURSERY KINDERGARTEN PRIMARY LOWER_SECONDARY UPPER_SECONDARY }
  input SchoolLevelFilter { eq: SchoolLevel ne: SchoolLevel in: [SchoolLevel!] notIn: [SchoolLevel!] isNull: Boolean }
  type School implements Record & Node {
    id: ID! key: String! dataset: Dataset! updatedAt: DateTime!
    code: String name: String level: SchoolLevel pupils: Int openedOn: Date district: AdministrativeUnit
  }
  input SchoolWhere {
    and: [SchoolWhere!] or: [SchoolWhere!] not: SchoolWhere
    name: StringFilter level: SchoolLevelFilter pupils: IntFilter district: AdministrativeUnitWhere
  }
  input SchoolListWhere { some: SchoolWhere none: SchoolWhere every: SchoolWhere }
  input SchoolOrder @oneOf {
    key: OrderDirection name: OrderDirection pupils: OrderDirection district: AdministrativeUnitOrder
    distance: OrderDirection relevance: OrderDirection
  }
  enum SchoolGroupField { LEVEL OPENED_ON DISTRICT DATASET }
  input SchoolGroupBy { field: SchoolGroupField! bucket: TimeBucket }
  type SchoolGroupKey { level: SchoolLevel openedOn: Date district: AdministrativeUnit dataset: Dataset }
  type SchoolSum { pupils: BigInt }
  type SchoolAvg { pupils: Float }
  type SchoolMinMax { name: String pupils: Int openedOn: Date }
  type SchoolCountDistinct { name: Int district: Int }
  type SchoolAggregate { count: Int! sum: SchoolSum avg: SchoolAvg min: SchoolMinMax max: SchoolMinMax countDistinct: SchoolCountDistinct }
  type SchoolGroup { key: SchoolGroupKey! count: Int! sum: SchoolSum avg: SchoolAvg min: SchoolMinMax max: SchoolMinMax countDistinct: SchoolCountDistinct }
  input SchoolHavingNumbers { pupils: IntFilter }
  input SchoolHaving { count: IntFilter sum: SchoolHavingNumbers avg: SchoolHavingNumbers }
  input SchoolGroupOrder @oneOf { count: OrderDirection key: SchoolOrder sum: SchoolOrder }
  type SchoolEdge { cursor: String! node: School! }
  type SchoolConnection {
    nodes: [School!]! edges: [SchoolEdge!]! pageInfo: PageInfo! totalCount: Int! aggregate: SchoolAggregate!
    groupBy(by: [SchoolGroupBy!]!, having: SchoolHaving, orderBy: [SchoolGroupOrder!], first: Int = 100): [SchoolGroup!]!
    sources: [SourceState!]! changesCursor: String!
  }
  type SchoolChange { cursor: String! type: ChangeType! record: School previous: School at: DateTime! }
  type Change { cursor: String! type: ChangeType! dataset: Dataset! record: Record previous: Record at: DateTime! }
  type Query {
    node(id: ID!): Node
    record(id: ID!): Record
    schools(dataset: [ID!], where: SchoolWhere, search: String, near: Near, orderBy: [SchoolOrder!], first: Int, last: Int, after: String, before: String, asOf: DateTime): SchoolConnection
    school(key: String!, dataset: ID!, asOf: DateTime): School
  }
  type Subscription {
    changes(datasets: [ID!], themes: [ID!], after: String): Change!
    schoolChanges(where: SchoolWhere, after: String): SchoolChange!
  }
`)

describe('the public schema of small record types', () => {
  const schema = mergeSchemas(control, smallTypes())

  test('is a valid schema', () => {
    // Its own word for it, `assumeValid`, is what is tried.
    expect(validateSchema(new GraphQLSchema({ ...schema.toConfig(), assumeValid: false }))).toEqual([])
  })

  test('breaks nothing that the contract promises', () => {
    expect(findBreakingChanges(promised, schema)).toEqual([])
  })

  test('survives being printed and read again, the same each time', () => {
    const text = stableSdl(schema)
    expect(stableSdl(buildSchema(text))).toBe(text)
    expect(stableSdl(mergeSchemas(control, smallTypes()))).toBe(text)
    expect(text).toContain('input SchoolOrder @oneOf')
  })

  test('describes fields in both languages with their unit, and says what is deprecated', () => {
    const fields = fieldsOf(schema, 'School')
    expect(fields['name']?.description).toBe('Tên trường — School name')
    expect(fields['pupils']?.description).toBe('pupils (people)')
    expect(fields['phone']?.deprecationReason).toBe('Use website.')
  })

  test.each([
    ['School', 'tags', '[String!]'],
    ['School', 'levels', '[SchoolLevel!]'],
    ['School', 'budget', 'Decimal'],
    ['School', 'website', 'URL'],
    ['School', 'extra', 'JSON'],
    ['SchoolSum', 'budget', 'Decimal'],
    ['SchoolSum', 'seats', 'BigInt'],
    ['SchoolSum', 'latitude', 'Float'],
    ['SchoolAvg', 'seats', 'Float'],
    ['AdministrativeUnit', 'children', 'AdministrativeUnitConnection'],
    ['BusRoute', 'stops', 'BusStopConnection'],
    ['BusStop', 'routes', 'BusRouteConnection'],
    ['BusStop', 'freeBeds', 'BedAvailability'],
    ['BedAvailability', 'stop', 'BusStop'],
    ['BusRouteGroupKey', 'dataset', 'Dataset'],
  ])('%s.%s is %s', (type, field, expected) => {
    expect(String(fieldsOf(schema, type)[field]?.type)).toBe(expected)
  })

  test.each([
    ['SchoolWhere', 'tags', 'StringListFilter'],
    ['SchoolWhere', 'levels', 'SchoolLevelListFilter'],
    ['SchoolWhere', 'extra', 'JSONFilter'],
    ['SchoolWhere', 'public', 'BooleanFilter'],
    ['SchoolWhere', 'key', 'StringFilter'],
    ['SchoolWhere', 'updatedAt', 'DateTimeFilter'],
    ['BusRouteWhere', 'stops', 'BusStopListWhere'],
    ['BusStopWhere', 'freeBeds', 'BedAvailabilityWhere'],
    ['BusStopOrder', 'freeBeds', 'BedAvailabilityOrder'],
  ])('%s.%s is %s', (type, field, expected) => {
    expect(String(fieldsOf(schema, type)[field]?.type)).toBe(expected)
  })

  test('offers nothing that no field could answer', () => {
    expect(schema.getType('BusStopSum')).toBeUndefined()
    expect(Object.keys(fieldsOf(schema, 'BusStopAggregate'))).toEqual(['count', 'min', 'max', 'countDistinct'])
    expect(Object.keys(fieldsOf(schema, 'BusStopOrder'))).toEqual(['key', 'updatedAt', 'code', 'name', 'freeBeds'])
    expect(Object.keys(fieldsOf(schema, 'BusStopWhere'))).not.toContain('validOn')
    expect(
      schema
        .getQueryType()
        ?.getFields()
        ['busStops']?.args.map(({ name }) => name),
    ).not.toContain('near')
  })

  test('keeps the scalars of the control schema and reads a query over both planes', () => {
    const query = parse(
      '{ datasets(colour: "red") { code records(first: 1) { nodes { key } } } schools(asOf: "2025-06-30", where: { openedOn: { gte: "2000-01-01" } }) { totalCount } }',
    )
    expect(validate(schema, query)).toEqual([])
  })
})

describe('scalars read values exactly', () => {
  const schema = mergeSchemas(control, smallTypes())
  const value = (name: string, input: unknown) => scalar(schema, name).parseValue(input)
  const literal = (name: string, kind: Kind.INT | Kind.FLOAT | Kind.STRING, text: string) =>
    scalar(schema, name).parseLiteral({ kind, value: text })

  test.each([
    ['Date', '2024-02-29', '2024-02-29'],
    ['DateTime', '2025-06-30', { date: '2025-06-30' }],
    ['DateTime', '2025-06-30T23:59:59.1234567+07:00', { instant: '2025-06-30T16:59:59.123456Z' }],
    ['BigInt', '9223372036854775807', '9223372036854775807'],
    ['BigInt', 12, '12'],
    ['Decimal', '1234567890123456789.10', '1234567890123456789.1'],
    ['Decimal', 0.1, '0.1'],
    ['URL', 'https://example.vn/a', 'https://example.vn/a'],
  ])('%s %j', (name, input, expected) => {
    expect(value(name, input)).toEqual(expected)
  })

  test.each([
    ['Date', '2023-02-29'],
    ['Date', 20230101],
    ['DateTime', '2025-06-30T10:00:00'],
    ['DateTime', 'yesterday'],
    ['BigInt', '9223372036854775808'],
    ['BigInt', 2 ** 60],
    ['BigInt', 1.5],
    ['Decimal', '1,5'],
    ['Decimal', Number.NaN],
    ['Decimal', true],
    ['URL', 'no address'],
  ])('%s refuses %j with a sentence', (name, input) => {
    expect(() => value(name, input)).toThrow(GraphQLError)
    expect(() => value(name, input)).toThrow(`${name} must be`)
  })

  test('a literal keeps the digits that were written', () => {
    expect(literal('BigInt', Kind.INT, '9007199254740993')).toBe('9007199254740993')
    expect(literal('Decimal', Kind.FLOAT, '0.10000000000000000001')).toBe('0.10000000000000000001')
    expect(() => literal('Date', Kind.INT, '2025')).toThrow('Date must be written as a string.')
  })
})

describe('a schema whose parts are made when they are asked for', () => {
  const types = smallTypes()
  const eager = buildASTSchema({
    kind: Kind.DOCUMENT,
    definitions: [...baseDefinitionsOf(control), ...parse(sdlOf(types), { noLocation: true }).definitions],
  })

  test('prints and introspects as one that was made at once', () => {
    expect(printSchema(mergeSchemas(control, types))).toBe(printSchema(eager))
    expect(introspectionFromSchema(mergeSchemas(control, types))).toEqual(introspectionFromSchema(eager))
  })

  test.each([
    '{ schools(where: { nane: { eq: 1 } }, first: "x") { nodes { nam distric { code } } } }',
    '{ school { name } clinics { nodes { key } } }',
    '{ node(id: 1) { ... on Record { key ... on School { nam } ... on BusStop { code } ... on Where { a } } ... on Scool { key } } }',
    '{ schools { nodes { ... on BusStop { code } ... on Record { key } ... on Dataset { code } } } }',
    'query ($w: SchoolWher, $o: [SchoolOrder!]) { schools(where: $w, orderBy: $o) { totalCount } __typename }',
    'subscription { schoolChange { cursor } schoolChanges(where: { level: { eq: "PRIMARY" } }) { type } }',
    '{ schools { groupBy(by: { field: LEVELS }) { key { level } sum { name } } } }',
  ])('finds the same mistakes in %s', (text) => {
    const messages = (schema: GraphQLSchema) => validate(schema, parse(text)).map(({ message }) => message)
    expect(messages(mergeSchemas(control, types))).toEqual(messages(eager))
    expect(messages(eager)).not.toEqual([])
  })

  test('shares with another what does not depend on record types, and nothing else', () => {
    const first = mergeSchemas(control, types)
    const second = mergeSchemas(control, types)
    expect(first.getType('Dataset')).toBe(second.getType('Dataset'))
    expect(first.getType('School')).not.toBe(second.getType('School'))
    expect(first.getType('School')).toBe(first.getType('School'))
  })

  test('has no type for what is no name of a type', () => {
    const schema = mergeSchemas(control, types)
    for (const name of ['constructor', '__proto__', 'toString', 'SchoolX']) {
      expect(schema.getType(name)).toBeUndefined()
      expect(schema.getTypeMap()[name]).toBeUndefined()
      expect(schema.getQueryType()?.getFields()[name]).toBeUndefined()
    }
  })
})

test('the names of a control schema are taken', () => {
  const taken = takenNamesOf(control)
  expect(taken.types.has('Colour')).toBe(true)
  expect(taken.queryFields.has('datasets')).toBe(true)
})

function sdlOf(types: RecordTypes): string {
  const all = [...types.types.values()]
  return [
    ...[...types.codeLists.values()].flatMap(codeListDefinitions),
    ...all.flatMap((type) => typeDefinitions(types, type)),
    ...all.flatMap(queryFields).map(({ sdl }) => ({ sdl: () => `extend type Query { ${sdl()} }` })),
    ...all.flatMap(subscriptionFields).map(({ sdl }) => ({ sdl: () => `extend type Subscription { ${sdl()} }` })),
  ]
    .map((definition) => definition.sdl())
    .join('\n')
}

function fieldsOf(schema: GraphQLSchema, name: string) {
  const type = schema.getType(name)
  if (type === undefined || !('getFields' in type)) throw new Error(`No type ${name} with fields.`)
  return type.getFields()
}

function scalar(schema: GraphQLSchema, name: string) {
  const type = schema.getType(name)
  if (!isScalarType(type)) throw new Error(`No scalar ${name}.`)
  return type
}
