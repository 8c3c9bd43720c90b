import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createTestDatabase, type TestDatabase } from '../../../../test/support/database.js'
import { until } from '../../../../test/support/until.js'
import type { Parameter } from '../sql/emission.js'
import type { Statement } from '../sql/emit-statement.js'
import { StatementRunner } from './statement-runner.js'

let database: TestDatabase
let runner: StatementRunner

beforeAll(async () => {
  database = await createTestDatabase()
  // One connection, so that each statement meets what the one before has left.
  runner = new StatementRunner({ url: database.url, poolSize: 1, statementTimeoutMs: 5_000 })
})
afterAll(async () => {
  await runner.dispose()
  await database.dispose()
})

const never = new AbortController().signal
const statement = (text: string, ...values: Parameter[]): Statement => ({ text, values, scopes: [] })
const textsOf = async (asked: Statement): Promise<(string | null)[]> => {
  const [rows = []] = await runner.run([asked], never)
  return rows.map(({ json }) => json?.text ?? null)
}

test('gives rows as they are: text of any script, nothing, NULL, and more than fits into one read', async () => {
  const long = 'đường '.repeat(200_000)
  const asked = statement(`select v, '{}'::bool[] from unnest($1::text[]) with ordinality u(v, n) order by n`, [
    'Quy Nhơn 🏖',
    '',
    null,
    long,
    'quotes " and \\ backslashes, {braces}',
  ])
  for (let time = 1; time <= 3; time += 1) {
    expect(await textsOf(asked)).toEqual(['Quy Nhơn 🏖', '', null, long, 'quotes " and \\ backslashes, {braces}'])
  }
})

test('reads flags and tokens beside the answer', async () => {
  const [rows] = await runner.run([statement(`select '{"a":1}', '{t,f,t}'::bool[], '{"7":"x"}'`)], never)
  expect(rows).toEqual([expect.objectContaining({ fetched: [true, false, true] })])
  expect(rows?.[0]?.tokens?.text).toBe('{"7":"x"}')
})

test('passes every kind of parameter as the type that the statement gives it', async () => {
  const text = `select concat_ws('|', $1::int, $2::numeric, $3::bool, $4::text, $5::int[], $6::date, $7::text is null), '{}'::bool[]`
  const asked = statement(text, 3, '12345678901234567890.5', true, "d'Arc", [1, 2], '2025-06-30', null)
  expect(await textsOf(asked)).toEqual([`3|12345678901234567890.5|t|d'Arc|{1,2}|2025-06-30|t`])
})

test('goes on after a statement that fails each time it runs, prepared or not', async () => {
  const failing = statement(`select (1 / $1::int)::text, '{}'::bool[]`, 0)
  for (let time = 1; time <= 4; time += 1) {
    await expect(runner.run([failing], never)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' })
  }
  expect(await textsOf({ ...failing, values: [1] })).toEqual(['1'])
})

test('reads all statements of one operation in one snapshot, and gives what failed its own error', async () => {
  const good = statement(`select txid_current_snapshot()::text, '{}'::bool[]`)
  const bad = statement(`select 'x'::int::text, '{}'::bool[]`)
  const [first, second, third] = await runner.runEach([good, bad, good], never)
  expect(second).toBeInstanceOf(Error)
  expect(first).toEqual(third)
  expect(first).toEqual([expect.objectContaining({ fetched: [] })])
})

test('refuses an answer that is too large, in one piece or in many, and goes on with the same connection', async () => {
  const process = statement(`select pg_backend_pid()::text, '{}'::bool[]`)
  const before = await textsOf(process)
  const large = statement(`select repeat('x', 11 * 1024 * 1024), '{}'::bool[]`)
  await expect(runner.run([large], never)).rejects.toMatchObject({ code: 'QUERY_TOO_COMPLEX' })
  const many = statement(`select repeat('x', 1024 * 1024), '{}'::bool[] from generate_series(1, 11)`)
  await expect(runner.run([many], never)).rejects.toMatchObject({ code: 'QUERY_TOO_COMPLEX' })
  const together = Array.from({ length: 11 }, () => statement(`select repeat('x', 1024 * 1024), '{}'::bool[]`))
  await expect(runner.run(together, never)).rejects.toMatchObject({ code: 'QUERY_TOO_COMPLEX' })
  expect(await textsOf(process)).toEqual(before)
})

test('waits once for a free connection, and then says that the gateway is busy', async () => {
  const impatient = new StatementRunner({
    url: database.url,
    poolSize: 1,
    statementTimeoutMs: 5_000,
    longestWaitMs: 1_000,
  })
  try {
    const slow = impatient.run([statement(`select pg_sleep(1.6)::text, '{}'::bool[]`)], never)
    const waiting = impatient.run([statement(`select 'soon', '{}'::bool[]`)], never)
    await expect(waiting).rejects.toMatchObject({ code: 'TIMEOUT' })
    await slow
  } finally {
    await impatient.dispose()
  }
})

test('cancels the statement in Postgres when its request is given up, and serves the next', async () => {
  const abort = new AbortController()
  const slow = runner.run([statement(`select pg_sleep(60)::text, '{}'::bool[]`)], abort.signal)
  const running = async (): Promise<boolean> => {
    const { rowCount } = await database.pool.query(
      `select 1 from pg_stat_activity where application_name = 'gateway records' and state = 'active' and query like '%pg_sleep%'`,
    )
    return rowCount === 1
  }
  await until('the statement runs', running)
  abort.abort(new Error('The client has left.'))
  await expect(slow).rejects.toThrow()
  await until('it is cancelled', async () => !(await running()))
  expect(await textsOf(statement(`select 'next', '{}'::bool[]`))).toEqual(['next'])
})
