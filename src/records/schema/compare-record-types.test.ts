import { expect, test } from '@jest/globals'
import { compareRecordTypes } from './compare-record-types.js'
import {
  administrativeUnitSchema,
  busRouteSchema,
  busStopSchema,
  schoolSchema,
  smallTypes,
} from './small-types.fixture.js'

const field = (name: string, rest: object = {}) => ({ name, type: 'string', title: name, titleEn: name, ...rest })

function compare(before: object, after: object): { kind: string; messages: string[] } {
  const others = [administrativeUnitSchema]
  const { kind, changes } = compareRecordTypes(smallTypes([before, ...others]), smallTypes([after, ...others]))
  return { kind, messages: changes.map(({ message }) => message) }
}

const changed = (name: string, rest: object) => ({
  ...schoolSchema,
  fields: schoolSchema.fields.map((each) => (each.name === name ? { ...each, ...rest } : each)),
})
const [districtKey] = schoolSchema.foreignKeys

test('the same schema has not changed', () => {
  expect(compare(schoolSchema, structuredClone(schoolSchema))).toEqual({ kind: 'none', messages: [] })
})

test.each<[string, object, string]>([
  ['a new field', { ...schoolSchema, fields: [...schoolSchema.fields, field('motto')] }, 'School.motto is new.'],
  ['another title', { ...schoolSchema, title: 'Nhà trường' }, 'School reads differently.'],
  ['an index', changed('level', { ordered: true }), 'School reads differently.'],
  [
    'other constraints',
    changed('pupils', { constraints: { minimum: 1 } }),
    'The constraints of School.pupils changed; they hold for rows that are read from now on.',
  ],
])('%s is additive', (_, after, message) => {
  expect(compare(schoolSchema, after)).toEqual({ kind: 'additive', messages: [message] })
})

test.each<[string, object, string]>([
  [
    'a field that is gone',
    { ...schoolSchema, fields: schoolSchema.fields.filter(({ name }) => name !== 'tags') },
    'School.tags was removed.',
  ],
  ['another kind', changed('pupils', { type: 'number', constraints: {} }), 'School.pupils was integer and is float.'],
  [
    'a list',
    changed('address', { type: 'array', items: { type: 'string' }, searched: false }),
    'School.address became a list.',
  ],
  [
    'a new required field',
    { ...schoolSchema, fields: [...schoolSchema.fields, field('motto', { constraints: { required: true } })] },
    'School.motto is new and required, which the rows that are there do not meet.',
  ],
  ['required', changed('address', { constraints: { required: true } }), 'School.address became required.'],
  [
    'another key',
    { ...changed('name', { constraints: { required: true } }), primaryKey: ['code', 'name'] },
    'The key of School was code and is code, name.',
  ],
  ['another plural', { ...schoolSchema, plural: 'allSchools' }, 'The plural of School was schools and is allSchools.'],
  ['no location', { ...schoolSchema, location: undefined }, 'The location of School changed.'],
  [
    'another reverse field',
    { ...schoolSchema, foreignKeys: [{ ...districtKey, reverse: 'localSchools' }] },
    'AdministrativeUnit.schools was removed.',
  ],
  ['no relation', { ...schoolSchema, foreignKeys: [] }, 'School.district is no longer a relation.'],
])('%s is breaking', (_, after, message) => {
  const { kind, messages } = compare(schoolSchema, after)
  expect(kind).toBe('breaking')
  expect(messages).toContain(message)
})

test('a type that is gone is breaking, and a new one is additive', () => {
  const both = smallTypes([busStopSchema, busRouteSchema])
  const one = smallTypes([busStopSchema])
  expect(compareRecordTypes(both, one).kind).toBe('breaking')
  expect(compareRecordTypes(one, both).changes).toEqual([
    { breaking: false, message: 'The record type BusRoute is new.' },
  ])
})

test('a code list may gain values and not lose any', () => {
  const types = smallTypes()
  const [list] = types.codeLists.values()
  if (list === undefined) throw new Error('No code list.')
  const less = { ...types, codeLists: new Map([[list.code, { ...list, values: list.values.slice(1) }]]) }
  expect(compareRecordTypes(types, less).changes).toEqual([
    { breaking: true, message: 'The code list SchoolLevel lost NURSERY.' },
  ])
  expect(compareRecordTypes(less, types).changes).toEqual([
    { breaking: false, message: 'The code list SchoolLevel gained NURSERY.' },
  ])
})
