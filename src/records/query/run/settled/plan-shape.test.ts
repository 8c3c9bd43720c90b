import { expect, test } from '@jest/globals'
import { planShape } from './plan-shape.js'

const scan = (condition: string, rest: object = {}) => [
  {
    Plan: {
      'Node Type': 'Limit',
      'Plan Rows': 50,
      Plans: [{ 'Node Type': 'Index Scan', 'Index Cond': condition, ...rest }],
    },
  },
]

test('values and estimates are not part of the shape', () => {
  const forAny = planShape(
    scan('((level = $1) AND (pupils >= $2) AND (opened > $3))', { 'Plan Rows': 3, 'Total Cost': 9.5 }),
  )
  const forThese = scan(
    `((level = 'it''s'::text) AND (pupils >= 300) AND (opened > '2025-01-01 00:00:00+00'::timestamp with time zone))`,
  )
  expect(planShape(forThese)).toBe(forAny)
  expect(planShape(scan(`(id = ANY ('{1,2}'::integer[]))`))).toBe(planShape(scan('(id = ANY ($1))')))
})

test('indexes, conditions, orders and the nesting of nodes are', () => {
  const one = scan('(level = $1)', { 'Index Name': 'a', 'Scan Direction': 'Forward' })
  for (const other of [
    scan('(level = $1)', { 'Index Name': 'b', 'Scan Direction': 'Forward' }),
    scan('(level = $1)', { 'Index Name': 'a', 'Scan Direction': 'Backward' }),
    scan('(level > $1)', { 'Index Name': 'a', 'Scan Direction': 'Forward' }),
    scan('(code = $1)', { 'Index Name': 'a', 'Scan Direction': 'Forward' }),
    scan('(level = $1)', { 'Index Name': 'a', 'Scan Direction': 'Forward', Filter: '(pupils > $2)' }),
    [{ Plan: { 'Node Type': 'Limit', Plans: [] } }],
  ]) {
    expect(planShape(other)).not.toBe(planShape(one))
  }
})
