import fc from 'fast-check'
import { hostileText } from './hostile-texts.js'

export interface HostileRequest {
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
}

const quoted = (text: string): string => JSON.stringify(text)
const base64url = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')

/** Where a text can be put that is a name to GraphQL. */
const names: readonly ((text: string) => string)[] = [
  (name) => `{ ${name} { totalCount } }`,
  (name) => `{ ${name}: schools { totalCount nodes { name } } }`,
  (name) => `{ schools { ${name} nodes { ${name}: key } } }`,
  (name) => `{ schools { nodes { ${name} } } }`,
  (name) => `{ schools { nodes { ${name}: name d: district { ${name}: name } } } }`,
  (name) => `{ schools { edges { ${name}: cursor node { ${name}: dataset { code } } } } }`,
  (name) => `{ schools(${name}: 1) { totalCount } }`,
  (name) => `{ schools(where: { ${name}: { eq: "a" } }) { totalCount } }`,
  (name) => `{ schools(where: { name: { ${name}: "a" } }) { totalCount } }`,
  (name) => `{ schools(where: { district: { ${name}: { eq: "a" } } }) { totalCount } }`,
  (name) => `{ schools(where: { level: { eq: ${name} } }) { totalCount } }`,
  (name) => `{ schools(orderBy: [{ ${name}: ASC }]) { nodes { key } } }`,
  (name) => `{ schools(orderBy: [{ name: ${name} }]) { nodes { key } } }`,
  (name) => `{ schools(orderBy: [{ district: { ${name}: ASC } }]) { nodes { key } } }`,
  (name) => `{ schools { groupBy(by: [{ field: ${name} }]) { count } } }`,
  (name) => `{ schools { groupBy(by: [{ field: OPENED_ON, bucket: ${name} }]) { count key { ${name}: openedOn } } } }`,
  (name) => `{ schools { groupBy(by: [{ field: LEVEL }], having: { ${name}: { gt: 1 } }) { count } } }`,
  (name) => `{ schools { groupBy(by: [{ field: LEVEL }], orderBy: [{ key: { ${name}: ASC } }]) { ${name}: count } } }`,
  (name) => `{ schools { aggregate { ${name} { pupils } sum { ${name} } max { ${name}: name } } } }`,
  (name) => `{ dataset(code: "primary-schools") { records { nodes { ... on ${name} { key } ${name}: key } } } }`,
  (name) => `query ($${name}: String) { schools(search: $${name}) { totalCount } }`,
  (name) => `{ schools { ...${name} } } fragment ${name} on SchoolConnection { totalCount }`,
  (name) => `query ${name} { schools { totalCount } }`,
  (name) => `{ schools @${name} { totalCount } }`,
]

/** Where it can be a value: each once in the text and once in a variable. */
const values: readonly { readonly type: string; readonly query: (place: string) => string }[] = [
  { type: 'String', query: (place) => `schools(search: ${place}) { totalCount nodes { name } }` },
  {
    type: 'String',
    query: (place) => `schools(search: ${place}, orderBy: [{ relevance: ASC }], first: 2) { edges { cursor } }`,
  },
  { type: 'String', query: (place) => `schools(where: { name: { contains: ${place} } }) { totalCount }` },
  {
    type: 'String',
    query: (place) => `schools(where: { name: { startsWith: ${place}, ne: ${place} } }) { totalCount }`,
  },
  {
    type: 'String!',
    query: (place) => `schools(where: { code: { in: [${place}], notIn: [${place}, ${place}] } }) { totalCount }`,
  },
  {
    type: 'String',
    query: (place) => `schools(where: { name: { lt: ${place} }, key: { gte: ${place} } }) { totalCount }`,
  },
  { type: 'String', query: (place) => `schools(where: { district: { code: { eq: ${place} } } }) { nodes { name } }` },
  { type: 'ID!', query: (place) => `schools(dataset: [${place}]) { totalCount }` },
  { type: 'String!', query: (place) => `school(key: ${place}, dataset: "primary-schools") { name }` },
  { type: 'ID!', query: (place) => `school(key: "A", dataset: ${place}) { name }` },
  { type: 'ID!', query: (place) => `record(id: ${place}) { key }` },
  { type: 'ID!', query: (place) => `node(id: ${place}) { id }` },
  { type: 'ID!', query: (place) => `dataset(code: ${place}) { title records { totalCount } }` },
  {
    type: 'ID',
    query: (place) => `dataset(code: "primary-schools") { records(resource: ${place}) { nodes { key } } }`,
  },
  {
    type: 'String',
    query: (place) => `dataset(code: "primary-schools") { records(after: ${place}) { nodes { key } } }`,
  },
  { type: 'String', query: (place) => `schools(after: ${place}) { nodes { key } }` },
  {
    type: 'String',
    query: (place) => `schools(before: ${place}, last: 2, orderBy: [{ name: DESC }]) { nodes { key } }`,
  },
  { type: 'Date', query: (place) => `schools(where: { openedOn: { lt: ${place} } }) { totalCount }` },
  { type: 'DateTime', query: (place) => `schools(where: { updatedAt: { gt: ${place} } }) { totalCount }` },
  { type: 'DateTime', query: (place) => `schools(asOf: ${place}) { totalCount }` },
  { type: 'Decimal', query: (place) => `schools(where: { budget: { gt: ${place} } }) { totalCount }` },
  { type: 'BigInt', query: (place) => `schools(where: { seats: { eq: ${place} } }) { totalCount }` },
  { type: 'Int', query: (place) => `schools(where: { pupils: { eq: ${place} } }) { totalCount }` },
  { type: 'SchoolLevel', query: (place) => `schools(where: { level: { eq: ${place} } }) { totalCount }` },
]

/** Names of fields that come as keys of a variable. */
const keys: readonly {
  readonly type: string
  readonly argument: string
  readonly wrap: (name: string, value: string) => unknown
}[] = [
  { type: 'SchoolWhere', argument: 'where', wrap: (name, value) => ({ [name]: { eq: value } }) },
  { type: 'SchoolWhere', argument: 'where', wrap: (name, value) => ({ name: { [name]: value } }) },
  {
    type: 'SchoolWhere',
    argument: 'where',
    wrap: (name, value) => ({ or: [{ district: { [name]: { contains: value } } }] }),
  },
  { type: '[SchoolOrder!]', argument: 'orderBy', wrap: (name) => [{ [name]: 'ASC' }] },
  { type: '[SchoolOrder!]', argument: 'orderBy', wrap: (name, value) => [{ name: value }, { [name]: 'DESC' }] },
  { type: 'Near', argument: 'near', wrap: (name, value) => ({ latitude: 13, longitude: 109, km: 1, [name]: value }) },
]

/** Cursors of the right form with foreign values: `fingerprints` are of real cursors. */
function forgedCursor(fingerprints: readonly string[]): fc.Arbitrary<string> {
  const part = fc.oneof(hostileText, fc.integer(), fc.double(), fc.constant(null))
  return fc.oneof(
    fc
      .tuple(fc.constantFrom(...fingerprints), fc.array(part, { maxLength: 4 }))
      .map(([of, parts]) => base64url([of, ...parts])),
    hostileText.map(base64url),
    hostileText,
  )
}

export function hostileRequest(fingerprints: readonly string[]): fc.Arbitrary<HostileRequest> {
  return fc.oneof(
    fc.tuple(fc.constantFrom(...names), hostileText).map(([write, name]) => ({ query: write(name), variables: {} })),
    fc
      .tuple(fc.constantFrom(...values), hostileText, fc.boolean())
      .map(([{ type, query }, text, inText]) =>
        inText
          ? { query: `{ ${query(quoted(text))} }`, variables: {} }
          : { query: `query ($v: ${type}) { ${query('$v')} }`, variables: { v: text } },
      ),
    fc.tuple(fc.constantFrom(...keys), hostileText, hostileText).map(([{ type, argument, wrap }, name, value]) => ({
      query: `query ($v: ${type}) { schools(${argument}: $v) { totalCount nodes { key } } }`,
      variables: { v: wrap(name, value) },
    })),
    fc
      .tuple(
        forgedCursor(fingerprints),
        fc.constantFrom('after', 'before'),
        fc.constantFrom('', ', orderBy: [{ name: ASC }, { pupils: DESC }]'),
      )
      .map(([cursor, side, order]) => ({
        query: `query ($v: String) { schools(${side}: $v${order}) { nodes { key } pageInfo { hasNextPage hasPreviousPage } } }`,
        variables: { v: cursor },
      })),
  )
}
