import { afterEach, expect, test } from '@jest/globals'
import { buildSchema, getIntrospectionQuery, parse, type GraphQLSchema } from 'graphql'
import { mergeSchemas } from '../../graphql/merge-schemas.js'
import { smallTypes } from '../../schema/small-types.fixture.js'
import { stringifyResult } from '../run/raw-json.js'
import { introspectHere, type IntrospectionQuery } from './introspection.js'
import { introspectionOfSources, ThreadIntrospection, type IntrospectionProgram } from './thread-introspection.js'

const control = buildSchema(`
  interface Node { id: ID! }
  type PageInfo { hasNextPage: Boolean! }
  scalar RecordConnection
  scalar DateTime
  type Dataset implements Node { id: ID! records(first: Int = 20): RecordConnection }
  type SourceState { dataset: Dataset! }
  type Query { node(id: ID!): Node }
`)
const types = smallTypes()
const sources = introspectionOfSources([
  '--import',
  new URL('../../../../test/support/typescript-sources.mjs', import.meta.url).href,
])

const running: ThreadIntrospection[] = []
afterEach(async () => {
  for (const each of running.splice(0)) await each[Symbol.asyncDispose]()
})

function threadOf(program: IntrospectionProgram): ThreadIntrospection {
  const thread = new ThreadIntrospection(control, program)
  running.push(thread)
  return thread
}

function asked(text: string, variables = {}, schema: GraphQLSchema = mergeSchemas(control, types)): IntrospectionQuery {
  return { schema, types, document: parse(text), variables }
}

test('a thread answers as this one would', async () => {
  const thread = threadOf(sources)
  const whole = getIntrospectionQuery({ inputValueDeprecation: true, oneOf: true, specifiedByUrl: true })
  for (const query of [
    asked(whole),
    asked(
      'query ($name: String!) { a: __type(name: $name) { ...Fields } b: __type(name: "Nothing") { name } } fragment Fields on __Type { fields { name type { ofType { fields { name } } } } }',
      {
        name: 'School',
      },
    ),
  ]) {
    expect(stringifyResult(await thread.introspect(query))).toBe(stringifyResult(await introspectHere(query)))
  }
})

test('a thread tells its errors', async () => {
  const query = asked('query ($name: String!) { __type(name: $name) { fields { type { fields { name } } } } }')
  const { errors } = await threadOf(sources).introspect(query)
  expect(errors.map((error) => error.message)).toEqual([
    'Variable "$name" of required type "String!" was not provided.',
  ])
})

test('who asks the same of the same schema gets the same answer', async () => {
  const thread = threadOf(sources)
  const query = asked('{ __schema { queryType { name } } }')
  const [first, second] = await Promise.all([thread.introspect(query), thread.introspect({ ...query })])
  expect(second).toBe(first)
  expect(await thread.introspect(query)).toBe(first)
  const other = asked('{ __schema { queryType { name } } }')
  expect(await thread.introspect(other)).not.toBe(first)
})

test('a thread that dies is an error of who asked, and the next has another', async () => {
  const thread = threadOf({ module: new URL(`data:text/javascript,throw new Error('out of memory')`), nodeOptions: [] })
  const query = asked('{ __schema { description } }')
  await expect(thread.introspect(query)).rejects.toThrow('out of memory')
  await expect(thread.introspect(query)).rejects.toThrow('out of memory')
})

test('what single types are like needs no thread', async () => {
  const thread = threadOf({ module: new URL(`data:text/javascript,throw new Error('started')`), nodeOptions: [] })
  const single = asked(
    '{ __type(name: "School") { kind ...F } } fragment F on __Type { fields { name args { name } } }',
  )
  expect(await thread.introspect(single)).toEqual(await introspectHere(single))
  for (const text of [
    '{ __type(name: "School") { fields { type { ...F } } } } fragment F on __Type { inputFields { name } }',
    '{ __schema { description } }',
    '{ a: __type(name: "School") { name } b: __type(name: "Node") { possibleTypes { fields { name } } } }',
  ]) {
    await expect(thread.introspect(asked(text))).rejects.toThrow('started')
  }
})

test('not more wait than a few', async () => {
  const thread = threadOf({ module: new URL('data:text/javascript,setInterval(() => 0, 1000)'), nodeOptions: [] })
  const waiting = Array.from({ length: 8 }, (_, index) => thread.introspect(asked(`{ a${index}: __typename }`)))
  const settled = Promise.allSettled(waiting)
  await expect(thread.introspect(asked('{ last: __typename }'))).rejects.toThrow('Too many')
  await thread[Symbol.asyncDispose]()
  expect((await settled).map(({ status }) => status)).toEqual(waiting.map(() => 'rejected'))
})
