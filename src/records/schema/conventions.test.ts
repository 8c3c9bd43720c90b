import { beforeAll, expect, test } from '@jest/globals'
import { loadRecordTypes } from './load-record-types.js'
import type { Field, RecordType } from './record-type.js'

let fields: (readonly [type: RecordType, field: Field])[]
beforeAll(async () => {
  const { types } = await loadRecordTypes('schema')
  fields = [...types.values()].flatMap((type) => type.fields.map((field) => [type, field] as const))
})

/** `Type.field` of those that are asked about and are not as they should be. */
function breaking(asked: (field: Field) => boolean, right: (field: Field) => boolean): string[] {
  const those = fields.filter(([, field]) => asked(field))
  expect(those).not.toEqual([])
  return those.filter(([, field]) => !right(field)).map(([type, field]) => `${type.code}.${field.name}`)
}

/** Clients read these as numbers since before amounts of money were written in one way. */
const publishedAsNumbers = ['BusFare.price', 'BusRoute.fare', 'CarPark.price']

test('an amount of money is whole đồng; what is a price of a unit or in a larger unit is a decimal', () => {
  expect(
    breaking(
      ({ unit }) => unit === 'VND',
      ({ kind }) => kind === 'bigInteger',
    ),
  ).toEqual(publishedAsNumbers)
  expect(
    breaking(
      ({ unit }) => /^VND\/|.VND|USD/.test(unit ?? ''),
      ({ kind }) => kind === 'decimal',
    ),
  ).toEqual([])
})

test('a year, a quarter and a month are written in one way', () => {
  const named = (name: string) => (field: Field) => field.name === name
  const within = (field: Field, minimum: number, maximum: number): boolean =>
    field.kind === 'integer' &&
    Number(field.constraints.minimum) >= minimum &&
    Number(field.constraints.maximum) === maximum
  expect(breaking(named('year'), (field) => within(field, 1900, 2100))).toEqual([])
  expect(breaking(named('fiscalYear'), (field) => within(field, 1900, 2100))).toEqual([])
  expect(breaking(named('month'), (field) => within(field, 1, 12))).toEqual([])
  expect(breaking(named('quarter'), ({ codeList }) => codeList?.code === 'Quarter')).toEqual([])
  expect(breaking(named('schoolYear'), ({ constraints }) => constraints.pattern === '^[0-9]{4}-[0-9]{4}$')).toEqual([])
})

test('a country is a code of ISO 3166-1', () => {
  const asked = ({ name, description }: Field): boolean => name === 'country' || /ISO 3166/.test(description?.en ?? '')
  expect(breaking(asked, ({ codeList }) => codeList?.code === 'Country')).toEqual([])
})

test('no two fields of a type have the same title, which would head two columns of a file', () => {
  // A file has the key too.
  const titles = new Set(fields.flatMap(([type]) => [`${type.code} Khóa`, `${type.code} Key`]))
  const again = fields.flatMap(([type, { name, title }]) =>
    [...new Set([title.vi, title.en])].flatMap((each) => {
      const known = `${type.code} ${each}`
      if (titles.has(known)) return [`${type.code}.${name}`]
      titles.add(known)
      return []
    }),
  )
  expect(again).toEqual([])
})
