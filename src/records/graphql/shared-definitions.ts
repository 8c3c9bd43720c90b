import type { ValueKind } from '../schema/record-type.js'
import { scalarDefinitions } from './scalars.js'

/** The GraphQL scalar of a kind; a code's is its list's enum. */
export const scalarOfKind: Readonly<Record<Exclude<ValueKind, 'code'>, string>> = {
  text: 'String',
  url: 'URL',
  integer: 'Int',
  bigInteger: 'BigInt',
  decimal: 'Decimal',
  float: 'Float',
  boolean: 'Boolean',
  date: 'Date',
  dateTime: 'DateTime',
  json: 'JSON',
}

/** The filter of single values of a kind. */
export const filterOfKind: Readonly<Record<Exclude<ValueKind, 'code'>, string>> = {
  text: 'StringFilter',
  url: 'StringFilter',
  integer: 'IntFilter',
  bigInteger: 'BigIntFilter',
  decimal: 'DecimalFilter',
  float: 'FloatFilter',
  boolean: 'BooleanFilter',
  date: 'DateFilter',
  dateTime: 'DateTimeFilter',
  json: 'JSONFilter',
}

const comparable = ['Int', 'BigInt', 'Decimal', 'Float', 'Date', 'DateTime']

const equality = (scalar: string) => `eq: ${scalar} ne: ${scalar} in: [${scalar}!] notIn: [${scalar}!]`
const ranges = (scalar: string) => `lt: ${scalar} lte: ${scalar} gt: ${scalar} gte: ${scalar}`

export function listFilter(name: string, scalar: string): string {
  return `input ${name} { contains: ${scalar} containsAny: [${scalar}!] containsAll: [${scalar}!] isNull: Boolean }`
}

export function codeFilter(name: string, scalar: string): string {
  return `input ${name} { ${equality(scalar)} isNull: Boolean }`
}

/** What the record plane gives to the whole public schema, whatever the record types. The control schema has the rest. */
export const sharedDefinitions = `
${scalarDefinitions}
"Thứ tự — Nulls come last unless said."
enum OrderDirection { ASC DESC ASC_NULLS_FIRST DESC_NULLS_FIRST }
"Khoảng thời gian — In the province's time zone."
enum TimeBucket { YEAR QUARTER MONTH DAY }
"Loại thay đổi — What happened to a record."
enum ChangeType {
  ADDED
  CHANGED
  REMOVED
  "A first or a pruned load: read the dataset."
  LOADED
}
"Bản ghi — A record of any type."
interface Record implements Node { id: ID! key: String! dataset: Dataset! updatedAt: DateTime! }
type RecordEdge { cursor: String! node: Record! }
type RecordConnection {
  nodes: [Record!]!
  edges: [RecordEdge!]!
  pageInfo: PageInfo!
  totalCount: Int!
  sources: [SourceState!]!
  "The change feed's position in this answer's snapshot."
  changesCursor: String!
}
"Thay đổi — A change of a record of any type."
type Change { cursor: String! type: ChangeType! dataset: Dataset! record: Record previous: Record at: DateTime! }
"Lân cận — At most so many kilometres from a point."
input Near { latitude: Float! longitude: Float! km: Float! }
"A comparison with a null matches nothing. \`contains\` and \`startsWith\` ignore case, and diacritics that the operand has not."
input StringFilter {
  ${equality('String')} ${ranges('String')} contains: String startsWith: String isNull: Boolean
}
input BooleanFilter { eq: Boolean ne: Boolean isNull: Boolean }
input JSONFilter { isNull: Boolean }
${comparable.map((scalar) => `input ${scalar}Filter { ${equality(scalar)} ${ranges(scalar)} isNull: Boolean }`).join('\n')}
${[...comparable, 'String', 'Boolean', 'URL'].map((scalar) => listFilter(`${scalar}ListFilter`, scalar)).join('\n')}
`
