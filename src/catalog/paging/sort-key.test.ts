import { expect, test } from '@jest/globals'
import { sql } from '../filters/sql-fragment.js'
import { beyond, orderClause, type SortKey } from './sort-key.js'

const row: SortKey = { name: 'row', expression: sql`d.row`, type: 'int4', nullable: true, direction: 'ASC' }
const code: SortKey = { name: 'code', expression: sql`d.code`, type: 'text', nullable: false, direction: 'ASC' }

test('missing values come last in both directions, or first when that is said', () => {
  const clauses = (['ASC', 'DESC', 'ASC_NULLS_FIRST', 'DESC_NULLS_FIRST'] as const).map((direction) => {
    return orderClause([{ ...row, direction }], false).render().text
  })
  expect(clauses).toEqual([
    'd.row asc nulls last',
    'd.row desc nulls last',
    'd.row asc nulls first',
    'd.row desc nulls first',
  ])
})

test('turned round, everything is', () => {
  expect(orderClause([row, { ...code, direction: 'DESC' }], true).render().text).toBe(
    'd.row desc nulls first, d.code asc',
  )
})

test('after a row come larger values, then the missing ones, and equal ones with a later code', () => {
  expect(beyond([row, code], ['7', 'x'], 'after').render()).toEqual({
    text: '((d.row > $1::int4 or d.row is null) or (d.row = $2::int4 and d.code > $3::text))',
    values: ['7', '7', 'x'],
  })
})

test('after a row with a missing value come only other missing ones, before it also all others', () => {
  expect(beyond([row, code], [null, 'x'], 'after').render().text).toBe('(d.row is null and d.code > $1::text)')
  expect(beyond([row, code], [null, 'x'], 'before').render().text).toBe(
    '(d.row is not null or (d.row is null and d.code < $1::text))',
  )
})
