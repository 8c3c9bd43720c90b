import { describe, expect, test } from '@jest/globals'
import {
  buildSchema,
  findBreakingChanges,
  GraphQLError,
  parse,
  validate,
  validateSchema,
  type GraphQLSchema,
  isScalarType,
  Kind,
} from 'graphql'
import { bedAvailabilitySchema, busStopSchema, smallTypes } from '../schema/small-types.fixture.js'
import { mergeSchemas, stableSdl, takenNamesOf } from './merge-schemas.js'
import { recordTypeDefinitions } from './record-type-definitions.js'

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
    expect(validateSchema(schema)).toEqual([])
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

test('a change prints only the types that it touches again', () => {
  const before = smallTypes()
  const first = new Set(recordTypeDefinitions(before).definitions)
  const again = recordTypeDefinitions(before).definitions
  const fresh = again.filter((node) => !first.has(node))
  // The two extensions that belong to no type.
  expect(fresh).toHaveLength(2)
  const other = smallTypes([busStopSchema, bedAvailabilitySchema], 2)
  expect(recordTypeDefinitions(other).definitions.some((node) => first.has(node))).toBe(true)
})

test('the names of a control schema are taken', () => {
  const taken = takenNamesOf(control)
  expect(taken.types.has('Colour')).toBe(true)
  expect(taken.queryFields.has('datasets')).toBe(true)
})

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
