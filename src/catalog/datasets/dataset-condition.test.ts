import { expect, test } from '@jest/globals'
import { GatewayError } from '../../errors/gateway-error.js'
import { datasetCondition, type DatasetFilter } from './dataset-condition.js'

function compiled(where: DatasetFilter): { text: string; values: unknown[] } {
  return datasetCondition(where).render()
}

test('no condition matches all, an empty "and" too; an empty "or" matches none', () => {
  expect(compiled({}).text).toBe('true')
  expect(compiled({ and: [] }).text).toBe('true')
  expect(compiled({ or: [] }).text).toBe('false')
})

test('leaves out operands that are null', () => {
  expect(compiled({ and: null, or: null, not: null, code: null, planRow: { eq: null, in: null } }).text).toBe('true')
})

test('keeps values apart from the text', () => {
  expect(compiled({ code: { eq: "x'; drop table" }, planRow: { gte: 3, lt: 8 } })).toEqual({
    text: '(d.code collate "C" = $1 and d.plan_row < $2 and d.plan_row >= $3)',
    values: ["x'; drop table", 8, 3],
  })
})

test('a list is one parameter, and "notIn" matches no missing value even when it is empty', () => {
  expect(compiled({ planRow: { in: [1, 2], notIn: [] } })).toEqual({
    text: '(d.plan_row = any($1::int[]) and (d.plan_row is not null and d.plan_row <> all($2::int[])))',
    values: [[1, 2], []],
  })
})

test('"not" is the complement, missing values included', () => {
  expect(compiled({ not: { planRow: { ne: 4 } } }).text).toBe('(d.plan_row <> $1) is not true')
})

test('nests "and", "or" and "not"', () => {
  const where: DatasetFilter = {
    or: [{ theme: { eq: 'health' } }, { and: [{ agency: { isNull: true } }, { not: { theme: { isNull: false } } }] }],
  }
  expect(compiled(where).text).toBe(
    '(theme.code collate "C" = $1 or (agency.code is null and (theme.code is not null) is not true))',
  )
})

test('text without diacritics is compared folded, text with diacritics as it is', () => {
  expect(compiled({ code: { contains: 'quy nhon' } })).toEqual({
    text: 'strpos(gateway.fold(d.code), gateway.fold($1)) > 0',
    values: ['quy nhon'],
  })
  expect(compiled({ code: { startsWith: 'đường'.normalize('NFD') } })).toEqual({
    text: 'starts_with(lower(normalize(d.code, nfc) collate "vi-x-icu"), lower($1 collate "vi-x-icu"))',
    values: ['đường'],
  })
})

test('refuses a text that Postgres cannot hold', () => {
  expect(() => compiled({ code: { eq: 'a\0b' } })).toThrow(GatewayError)
})
