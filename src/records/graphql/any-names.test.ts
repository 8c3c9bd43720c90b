import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { buildSchema, GraphQLSchema, validateSchema } from 'graphql'
import { buildRecordTypes } from '../schema/build-record-types.js'
import { parseRecordType } from '../schema/parse-record-type.js'
import { codeList } from '../schema/small-types.fixture.js'
import { planStorage } from '../storage/plan-storage.js'
import { mergeSchemas, takenNamesOf } from './merge-schemas.js'

const control = buildSchema(`
  interface Node { id: ID! }
  type PageInfo { hasNextPage: Boolean! }
  type Dataset implements Node { id: ID! }
  type SourceState { resource: ID! }
  type Query { node(id: ID!): Node }
`)

const lists = [codeList()]
const byCode = new Map(lists.map((list) => [list.code, list]))

// Names that are likely to meet: each other, generated ones, words of the language; and now and then anything at all.
const typeNames = [
  'School',
  'SchoolWhere',
  'SchoolList',
  'SchoolGroup',
  'Clinic',
  'Query',
  'Dataset',
  'Int',
  'A',
  'Toys',
]
const fieldNames = [
  'school',
  'schools',
  'clinics',
  'a',
  'b',
  'aB',
  'query',
  'type',
  'on',
  'true',
  'null',
  'sum',
  'key',
  'toys',
]
const oneOf = (names: readonly string[]) =>
  fc.oneof(
    { weight: 40, arbitrary: fc.constantFrom(...names) },
    { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 70 }) },
    { weight: 1, arbitrary: fc.constantFrom('', '__a', 'a-b', 'Đ', 'constructor', 'x'.repeat(70)) },
  )
const title = fc.oneof({ weight: 20, arbitrary: fc.constant('""""\\ #') }, fc.string({ unit: 'grapheme' }))
const field = fc.record({
  name: oneOf(fieldNames),
  type: fc.constantFrom('string', 'integer', 'number', 'boolean', 'date', 'datetime', 'object'),
  title,
  titleEn: title,
})
const schema = fc
  .record({
    name: oneOf(typeNames),
    plural: oneOf(fieldNames),
    fields: fc.array(field, { maxLength: 3 }),
    reverse: oneOf(fieldNames),
  })
  .map(({ reverse, fields, ...rest }) => ({
    ...rest,
    title: 'x',
    titleEn: '""""\\',
    description: '#',
    descriptionEn: '\u2028x',
    fields: [
      {
        name: 'code',
        type: 'string',
        title: 'x',
        titleEn: 'x',
        constraints: { required: true },
        searched: true,
        ordered: true,
      },
      { name: 'next', type: 'string', title: 'x', titleEn: 'x' },
      ...fields,
    ],
    primaryKey: ['code'],
    foreignKeys: [
      {
        fields: 'next',
        reference: { resource: rest.name, fields: 'key' },
        dataset: 'same',
        cardinality: 'one',
        reverse,
      },
    ],
  }))

test('whatever the names, schemas are refused with sentences or make a valid public schema', () => {
  let accepted = 0
  fc.assert(
    fc.property(fc.array(schema, { minLength: 1, maxLength: 3 }), (contents) => {
      const parsed = contents.map((content) => parseRecordType({ file: 'file', theme: undefined, content }, byCode))
      const types = parsed.flatMap((checked) => (checked.ok ? [checked.value] : []))
      const problems = parsed.flatMap((checked) => (checked.ok ? [] : checked.problems))
      const built = buildRecordTypes(types, lists, 1, { taken: takenNamesOf(control) })
      if (!built.ok) problems.push(...built.problems)
      for (const { message } of problems) expect(message).not.toBe('')
      if (!built.ok) return
      accepted += types.length
      const config = mergeSchemas(control, built.value).toConfig()
      expect(validateSchema(new GraphQLSchema({ ...config, assumeValid: false }))).toEqual([])
      for (const type of types) expect(planStorage(undefined, type).length).toBeGreaterThan(2)
    }),
    { numRuns: 600, seed: 7 },
  )
  // The generator is worth something only if it also makes good ones.
  expect(accepted).toBeGreaterThan(50)
})
