import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type pg from 'pg'
import { openPool } from '../../../../database/open-pool.js'
import { createTestDatabase, type TestDatabase } from '../../../../../test/support/database.js'
import type { Statement } from '../../sql/emit-statement.js'
import { SettledStatements } from './settled-statements.js'

let database: TestDatabase
let pool: pg.Pool

beforeAll(async () => {
  database = await createTestDatabase()
  await database.pool.query(`
    create table school (key int primary key, level text, pupils int);
    insert into school select n, case when n % 1000 = 0 then 'RARE' else 'USUAL' end, n % 700 from generate_series(1, 20000) n;
    create index on school (level);
    analyze school`)
  pool = openPool({ connectionString: database.url, max: 2 })
})
afterAll(async () => {
  await pool.end()
  await database.dispose()
})

const byKey = 'select * from school where level = $1::text and pupils >= $2::int4 order by key limit 50'

/** Whether a statement that came twenty times counts as settled, once it was looked at. */
async function settles(text: string, values: Statement['values']): Promise<boolean> {
  const failures: unknown[] = []
  const settled = new SettledStatements(pool, (error) => failures.push(error))
  const statement = { text, values, scopes: [] }
  for (let use = 0; use < 20; use += 1) expect(settled.isSettled(statement)).toBe(false)
  await settled.dispose()
  expect(failures).toEqual([])
  return settled.isSettled(statement)
}

test('a statement whose plan is the same for any values settles', async () => {
  expect(await settles(byKey, ['USUAL', 300])).toBe(true)
  expect(await settles('select * from school where key = $1::int', [7])).toBe(true)
})

test('a statement whose values are worth a plan of their own does not', async () => {
  // By the index of levels, since so few are of it.
  expect(await settles(byKey, ['RARE', 0])).toBe(false)
})

test('a statement without values has one plan anyway', async () => {
  expect(await settles('select count(*) from school', [])).toBe(false)
})

test('what cannot be looked at does not settle, and that is told', async () => {
  const failures: unknown[] = []
  const settled = new SettledStatements(pool, (error) => failures.push(error))
  const statement = { text: 'select * from nowhere where a = $1::int', values: [1], scopes: [] }
  for (let use = 0; use < 20; use += 1) settled.isSettled(statement)
  await settled.dispose()
  expect(settled.isSettled(statement)).toBe(false)
  expect(failures).toHaveLength(1)
})
