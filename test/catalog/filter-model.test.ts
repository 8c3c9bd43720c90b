import { afterAll, beforeAll, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { datasetCondition, type DatasetFilter } from '../../src/catalog/datasets/dataset-condition.js'
import { datasetTables } from '../../src/catalog/datasets/dataset-tables.js'
import { sql } from '../../src/catalog/filters/sql-fragment.js'
import type { Comparison } from '../../src/catalog/filters/value-conditions.js'
import { createCatalogue, type CatalogueUnderTest } from './catalogue-under-test.js'

interface Row {
  readonly code: string
  readonly planRow: number | null
  readonly agency: string | null
}

let catalogue: CatalogueUnderTest
let rows: Row[]
beforeAll(async () => {
  catalogue = await createCatalogue()
  // Some without a row of the plan, so that every nullable column has missing values.
  await catalogue.dataSource.query('update gateway.dataset set plan_row = null where plan_row % 5 = 0')
  rows = await catalogue.dataSource.query<Row[]>(
    `select d.code, d.plan_row as "planRow", a.code as agency
     from gateway.dataset d left join gateway.agency a on a.id = d.agency_id order by d.code collate "C"`,
  )
})
afterAll(async () => {
  await catalogue.dispose()
})

// What the public contract says, a second time and in other words.
function matches(row: Row, where: DatasetFilter): boolean {
  return (
    (where.and ?? []).every((operand) => matches(row, operand)) &&
    (where.or?.some((operand) => matches(row, operand)) ?? true) &&
    !(where.not && matches(row, where.not)) &&
    holds(row.code, where.code) &&
    holds(row.planRow, where.planRow) &&
    holds(row.agency, where.agency)
  )
}

function holds<T extends string | number>(value: T | null, filter: Comparison<T> | null | undefined): boolean {
  if (!filter) return true
  const compare = (operand: T | null | undefined, test: (value: T, operand: T) => boolean) =>
    operand === null || operand === undefined || (value !== null && test(value, operand))
  const among = (list: readonly T[] | null | undefined, wanted: boolean) =>
    !list || (value !== null && list.includes(value) === wanted)
  return (
    compare(filter.eq, (a, b) => a === b) &&
    compare(filter.ne, (a, b) => a !== b) &&
    compare(filter.lt, (a, b) => a < b) &&
    compare(filter.lte, (a, b) => a <= b) &&
    compare(filter.gt, (a, b) => a > b) &&
    compare(filter.gte, (a, b) => a >= b) &&
    among(filter.in, true) &&
    among(filter.notIn, false) &&
    (filter.isNull === null || filter.isNull === undefined || (value === null) === filter.isNull)
  )
}

// One or two operands each: with many at once nearly every filter would match nothing.
function filterOf<T>(operand: fc.Arbitrary<T>): fc.Arbitrary<Comparison<T>> {
  const one = fc.option(operand, { nil: null, freq: 9 })
  const list = fc.array(operand, { maxLength: 3 })
  const single: fc.Arbitrary<Comparison<T>> = fc.oneof(
    fc.constantFrom('eq', 'ne', 'lt', 'lte', 'gt', 'gte').chain((name) => one.map((value) => ({ [name]: value }))),
    fc.constantFrom('in', 'notIn').chain((name) => list.map((value) => ({ [name]: value }))),
    fc.boolean().map((isNull) => ({ isNull })),
  )
  return fc.oneof(single, fc.tuple(single, single).map(merge))
}

function merge<T extends object>([a, b]: readonly [T, T]): T {
  return { ...a, ...b }
}

const text = fc.constantFrom('health', 'education', 'nurseries', 'primary-schools', 'm', '', "'")
const { where } = fc.letrec<{ where: DatasetFilter }>((tie) => {
  const operands = fc.array(tie('where'), { maxLength: 3 })
  return {
    where: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.record({ agency: filterOf(text) }),
      fc.record({ planRow: filterOf(fc.integer({ min: 0, max: 170 })) }),
      fc.record({ code: filterOf(text) }),
      fc.constant({}),
      tie('where').map((not) => ({ not })),
      operands.map((and) => ({ and })),
      operands.map((or) => ({ or })),
      fc.tuple(tie('where'), tie('where')).map(merge),
    ),
  }
})

test('any filter finds what the contract says it finds', async () => {
  await fc.assert(
    fc.asyncProperty(where, async (filter) => {
      const statement = sql`select d.code from ${datasetTables} where ${datasetCondition(filter)} order by d.code collate "C"`
      const { text, values } = statement.render()
      const found = await catalogue.dataSource.query<{ code: string }[]>(text, values)
      const expected = rows.filter((row) => matches(row, filter))
      expect(found.map(({ code }) => code)).toEqual(expected.map(({ code }) => code))
    }),
    { numRuns: 300 },
  )
})
