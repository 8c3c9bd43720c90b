import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { buildSchema, parse } from 'graphql'
import { ServerBench } from '../server.fixture.js'
import { acceptedTypes, DirectQueries } from './direct-query.js'
import { KnownDocuments } from './known-documents.js'

const schema = buildSchema('type Query { hello(name: String): String } type Mutation { write: Boolean }')
const known = new KnownDocuments()
const queries = new DirectQueries(
  {
    schema: () => schema,
    onSchemaChange: () => () => undefined,
    execute: () => Promise.reject(new Error('Nothing is executed here.')),
    subscribe: () => Promise.reject(new Error('Nothing is executed here.')),
    stringify: JSON.stringify,
    encode: (result) => Buffer.from(JSON.stringify(result)),
  },
  known,
  () => undefined,
)

describe('goes the short way', () => {
  const query = 'query Greeting($name: String) { hello(name: $name) }'
  known.add(schema, query, parse(query))

  test.each([
    ['the text alone', { query }],
    ['variables', { query, variables: { name: 'Đá' } }],
    ['the name of its operation', { query, operationName: 'Greeting', variables: null }],
  ])('with %s', (_, body) => {
    expect(queries.find('application/json', body)?.document).toBe(known.find(schema, query)?.document)
  })

  test.each([
    ['a text that has not come before', { query: '{ hello }' }],
    ['another operation', { query, operationName: 'Farewell' }],
    ['a persisted query', { query, extensions: { persistedQuery: {} } }],
    ['variables that are no object', { query, variables: [1] }],
    ['a batch', [{ query }]],
    ['no body', undefined],
  ])('but not with %s', (_, body) => {
    expect(queries.find('application/json', body)).toBeUndefined()
  })

  test('but not for a media type that must be chosen', () => {
    expect(queries.find('text/html;q=0.1, application/json', { query })).toBeUndefined()
  })

  test('but not once the schema is another one', () => {
    const later = buildSchema('type Query { hello(name: String): String }')
    expect(known.find(later, query)).toBeUndefined()
    expect(known.find(schema, query)).toBeDefined()
  })

  test('never with what writes, or with several operations', () => {
    for (const text of ['mutation { write }', 'query A { hello } query B { hello }']) {
      known.add(schema, text, parse(text))
      expect(queries.find('application/json', { query: text })).toBeUndefined()
    }
  })
})

describe('over HTTP', () => {
  let bench: ServerBench
  beforeAll(async () => {
    bench = await ServerBench.open()
  })
  afterAll(async () => {
    await bench.close()
  })

  const asked = [
    { query: '{ hello(name: "Đá") role }' },
    { query: 'query N($value: Int!) { number(value: $value) }', variables: { value: 7 } },
    { query: 'query N($value: Int!) { number(value: $value) }', variables: { value: 'seven' } },
    { query: 'query H($name: String) { hello(name: $name) }', variables: { name: 'a\0b' } },
    { query: '{ secret hello }' },
    { query: '{ broken hello }' },
  ]
  test.each(asked.flatMap((body) => [...acceptedTypes.keys()].map((accept) => ({ ...body, accept }))))(
    'answers $query for "$accept" the second time as the first',
    async ({ accept, ...body }) => {
      // A comment makes a text that has not come before.
      const fresh = { ...body, query: `${body.query} # ${accept} ${JSON.stringify(body)}` }
      const answers = []
      for (let time = 1; time <= 3; time += 1) {
        const { status, headers, body } = await bench.post(fresh, accept === '' ? {} : { accept })
        const shown = [...headers].filter(([name]) => name !== 'date' && name !== 'x-request-id')
        answers.push({ status, headers: shown, body })
      }
      expect(answers[1]).toEqual(answers[0])
      expect(answers[2]).toEqual(answers[0])
    },
  )
})
