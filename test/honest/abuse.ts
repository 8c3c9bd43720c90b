/** A request that nobody means honestly, or a mistake of the same size. */
export interface Abuse {
  readonly what: string
  readonly body: string
  readonly contentType?: string
  /** The codes that it may be refused with. */
  readonly codes: readonly string[]
}

const tooComplex = ['QUERY_TOO_COMPLEX']
const tooDeep = ['QUERY_TOO_DEEP']
const badInput = ['BAD_USER_INPUT']
const invalid = ['GRAPHQL_VALIDATION_FAILED']

function times(count: number, make: (index: number) => string, between = ' '): string {
  return Array.from({ length: count }, (_, index) => make(index)).join(between)
}

function asked(what: string, query: string, codes: readonly string[], variables?: unknown): Abuse {
  return { what, body: JSON.stringify({ query, variables }), codes }
}

/** A JSON text that `JSON.stringify` could not write without overflowing the stack itself. */
function raw(what: string, query: string, variables: string, codes: readonly string[]): Abuse {
  return { what, body: `{"query":${JSON.stringify(query)},"variables":${variables}}`, codes }
}

const filtered = 'query ($where: SchoolWhere) { schools(where: $where) { totalCount } }'
const searched = 'query ($text: String) { schools(search: $text) { totalCount } }'
const page = 'query ($after: String) { schools(after: $after) { totalCount } }'

function nested(levels: number, open: string, inside: string, close: string): string {
  return open.repeat(levels) + inside + close.repeat(levels)
}

function doubling(levels: number, width: number): string {
  const spreads = (level: number): string => times(width, () => `...f${level}`)
  const last = `fragment f${levels} on Query { plan { code } }`
  return `{ ${spreads(0)} } ${times(levels, (level) => `fragment f${level} on Query { ${spreads(level + 1)} }`)} ${last}`
}

/** Relations that lead back, so that they can go on for ever; each step is a page. */
function backAndForth(steps: number, size: number): string {
  const pair = `nodes { district { schools(first: ${size}) { `
  return `{ schools(first: ${size}) { ${nested(steps, pair, 'nodes { name }', ' } } }')} } }`
}

const texts: readonly Abuse[] = [
  asked('fragments that double 25 times', doubling(25, 2), tooComplex),
  asked('fragments that double 18 times, 850 bytes', doubling(18, 2), tooComplex),
  asked('six levels of six fragments', doubling(6, 6), tooComplex),
  asked('a ring of fragments', '{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }', invalid),
  asked(
    'a ring of 1,000 fragments',
    `{ ...f0 } ${times(1000, (i) => `fragment f${i} on Query { ...f${(i + 1) % 1000} }`)}`,
    tooComplex,
  ),
  asked(
    'a ring of 200 fragments',
    `{ ...f0 } ${times(200, (i) => `fragment f${i} on Query { ...f${(i + 1) % 200} }`)}`,
    invalid,
  ),
  asked(
    'a list of 10,000 in the text',
    `{ schools(where: { code: { in: [${times(10_000, (i) => `"${i}"`)}] } }) { totalCount } }`,
    tooComplex,
  ),
  asked('10,000 aliases', `{ ${times(10_000, (i) => `a${i}: __typename`)} }`, tooComplex),
  asked('600 aliases', `{ ${times(600, (i) => `a${i}: __typename`)} }`, tooComplex),
  asked('31 aliases of one field', `{ schools { nodes { ${times(31, (i) => `a${i}: name`)} } } }`, tooComplex),
  asked('21 root fields', `{ ${times(21, (i) => `a${i}: museums { totalCount }`)} }`, tooComplex),
  asked('a document of 250,000 characters', `{ museums { totalCount } } # ${'x'.repeat(250_000)}`, tooComplex),
  asked('a document of a million characters', `{ museums { totalCount } } # ${'x'.repeat(1_000_000)}`, badInput),
  asked('51 directives', `{ museums { ${times(51, () => 'totalCount @include(if: true)')} } }`, tooComplex),
  asked('10,000 directives', `{ museums { totalCount ${'@include(if: true) '.repeat(10_000)} } }`, tooComplex),
  asked(
    'a directive that nobody knows, 300 times',
    `{ museums { totalCount ${times(300, (i) => `@a${i}`)} } }`,
    invalid,
  ),
  asked('5,000 levels of fields', nested(5_000, '{ museums ', '{ totalCount }', '}'), tooComplex),
  asked('400 levels of fields', nested(400, '{ district ', '{ name }', '}'), invalid),
  asked(
    '21 levels of relations',
    `{ administrativeUnits { nodes { ${nested(19, 'parent { ', 'name', ' }')} } } }`,
    tooDeep,
  ),
  asked(
    'a list literal of 900 levels',
    `{ schools(where: { code: { in: ${'['.repeat(900)}${']'.repeat(900)} } }) { totalCount } }`,
    invalid,
  ),
  asked(
    'an object literal of 400 levels',
    `{ schools(where: ${nested(400, '{ not: ', '{ key: { eq: "a" } }', ' }')}) { totalCount } }`,
    tooComplex,
  ),
  asked('2,000 tokens of one field', `{ museums { ${'totalCount '.repeat(2_100)} } }`, tooComplex),
  asked('introspection without end', `{ __schema { types { ${nested(10, 'fields { type { ', 'name', ' } }')} } } }`, [
    ...tooDeep,
    ...invalid,
  ]),
  asked(
    'the whole schema twenty times',
    `{ ${times(20, (i) => `a${i}: __schema { types { fields { name args { name } type { name } } } }`)} }`,
    tooComplex,
  ),
  asked(
    'the fields of the types of all fields',
    '{ __schema { types { fields { type { ofType { fields { name args { name description } type { name } } } } } } } }',
    tooComplex,
  ),
  asked(
    'fields that overlap in 90 fragments',
    `{ museums { nodes { ${times(90, (i) => `...f${i}`)} } } } ${times(90, (i) => `fragment f${i} on Museum { a: name b: code ...f${(i + 1) % 90 === 0 ? 89 : i + 1} }`)}`,
    invalid,
  ),
  asked(
    '300 operations',
    times(300, (i) => `query q${i} { __typename }`),
    [...badInput, ...invalid],
  ),
  asked('250 variables', `query (${times(250, (i) => `$v${i}: String`)}) { __typename }`, invalid),
]

const costs: readonly Abuse[] = [
  asked('pages of 500 within pages of 500 within pages of 500', backAndForth(2, 500), tooComplex),
  asked('pages of 1,000 within pages of 1,000', backAndForth(1, 1000), tooComplex),
  asked(
    'pages of ten, eight within each other',
    '{ busStops(first: 10) { nodes { ' +
      nested(3, 'routes(first: 10) { nodes { stops(first: 10) { nodes { ', 'name', ' } } } }') +
      ' } } }',
    tooComplex,
  ),
  asked(
    'edges of 1,000, thirty times',
    `{ schools(first: 1000) { ${times(30, (i) => `a${i}: edges { node { district { schools(first: 1000) { totalCount } } } }`)} } }`,
    tooComplex,
  ),
  asked(
    'a catalogue within itself',
    `{ themes { ${nested(4, 'datasets { nodes { code theme { ', 'code', ' } } }')} } }`,
    tooComplex,
  ),
  asked(
    'records of datasets of records of datasets',
    `{ datasets(first: 1000) { nodes { records(first: 1000) { nodes { dataset { records(first: 1000) { nodes { key } } } } } } } }`,
    tooComplex,
  ),
  asked(
    'pages of 1,000 within the records of a dataset',
    '{ dataset(code: "places") { records(first: 1000) { nodes { ... on AdministrativeUnit { schools(first: 1000) { nodes { name } } } } } } }',
    tooComplex,
  ),
  asked('a page of 1,001', '{ schools(first: 1001) { totalCount } }', badInput),
  asked('a page of minus one', '{ schools(first: -1) { totalCount } }', badInput),
  asked('both ends at once', '{ schools(first: 1, last: 1) { totalCount } }', badInput),
  asked('1,000,000 groups', '{ schools { groupBy(by: [{ field: NAME }], first: 1000000) { count } } }', badInput),
]

const values: readonly Abuse[] = [
  asked('a list of 10,000 in a variable', filtered, tooComplex, {
    where: { code: { in: Array.from({ length: 10_000 }, String) } },
  }),
  asked('10,000 parts of an or', filtered, tooComplex, { where: { or: Array.from({ length: 10_000 }, () => ({})) } }),
  raw('10,000 levels of not', filtered, `{"where":${nested(10_000, '{"not":', '{}', '}')}}`, [
    ...tooComplex,
    ...badInput,
  ]),
  raw('10,000 levels of and and or', filtered, `{"where":${nested(5_000, '{"and":[{"or":[', '{}', ']}]}')}}`, [
    ...tooComplex,
    ...badInput,
  ]),
  raw('30,000 levels of a list', filtered, `{"where":{"code":{"in":${nested(30_000, '[', '1', ']')}}}}`, [
    ...tooComplex,
    ...badInput,
  ]),
  raw('30,000 levels of JSON that nobody asked for', filtered, `{"x":${nested(30_000, '{"a":', '1', '}')}}`, [
    ...tooComplex,
    ...badInput,
  ]),
  asked('21 relations of a filter', filtered, tooComplex, {
    where: {
      district: Array.from({ length: 30 }).reduce<object>((inner) => ({ parent: inner }), { code: { eq: '1' } }),
    },
  }),
  asked('a text of 200,000 to search for', searched, badInput, { text: 'truong '.repeat(28_000) }),
  asked('a text of 200,000 to filter by', filtered, badInput, { where: { name: { contains: 'a'.repeat(200_000) } } }),
  asked('a cursor of 200,000', page, ['CURSOR_INVALID'], { after: 'W'.repeat(200_000) }),
  asked('a cursor of 50,000 levels', page, ['CURSOR_INVALID'], {
    after: Buffer.from('['.repeat(50_000)).toString('base64url'),
  }),
  asked('an order of 10,000 terms', 'query ($by: [SchoolOrder!]) { schools(orderBy: $by) { totalCount } }', badInput, {
    by: Array.from({ length: 10_000 }, () => ({ name: 'ASC' })),
  }),
  asked(
    '10,000 keys of groups',
    'query ($by: [SchoolGroupBy!]!) { schools { groupBy(by: $by) { count } } }',
    badInput,
    { by: Array.from({ length: 8_000 }, () => ({ field: 'NAME' })) },
  ),
  asked(
    '10,000 datasets',
    'query ($of: [ID!]) { schools(dataset: $of) { totalCount } }',
    [...tooComplex, ...badInput],
    { of: Array.from({ length: 10_000 }, String) },
  ),
  asked('NUL in a text', searched, badInput, { text: 'a\0b' }),
  asked('half of a surrogate pair', searched, badInput, { text: 'a\ud800b' }),
  raw(
    'a number beyond all',
    'query ($n: Near) { schools(near: $n) { totalCount } }',
    '{"n":{"latitude":1e999,"longitude":1,"km":1}}',
    badInput,
  ),
  raw(
    'an Int of 40 digits',
    'query ($n: Int) { schools(first: $n) { totalCount } }',
    `{"n":${'9'.repeat(40)}}`,
    badInput,
  ),
  raw(
    'a Decimal of 100,000 digits',
    'query ($v: Decimal) { landPrices(where: { price: { eq: $v } }) { totalCount } }',
    `{"v":"${'9'.repeat(100_000)}"}`,
    badInput,
  ),
]

const requests: readonly Abuse[] = [
  { what: 'two operations at once', body: '[{"query":"{__typename}"},{"query":"{__typename}"}]', codes: badInput },
  { what: '10,000 operations at once', body: `[${times(10_000, () => '{"query":"{a}"}', ',')}]`, codes: badInput },
  {
    what: 'a key that poisons prototypes',
    body: '{"query":"{__typename}","variables":{"__proto__":{"a":1}}}',
    codes: badInput,
  },
  { what: 'no JSON', body: '{"query":', codes: badInput },
  { what: 'no query', body: '{}', codes: [...badInput, 'GRAPHQL_VALIDATION_FAILED'] },
  { what: 'a form', body: 'query={__typename}', contentType: 'application/x-www-form-urlencoded', codes: badInput },
  { what: 'plain text', body: '{"query":"{__typename}"}', contentType: 'text/plain', codes: badInput },
  asked('a subscription by POST', 'subscription { schoolChanges { cursor } }', badInput),
  asked(
    'a type that nobody knows',
    'query ($where: PgCatalogWhere) { schools(where: $where) { totalCount } }',
    invalid,
  ),
  asked('no operation of that name', 'query a { __typename } query b { __typename }', [...badInput, ...invalid]),
]

export const abuses: readonly Abuse[] = [...texts, ...costs, ...values, ...requests]
