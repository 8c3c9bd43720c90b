import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { parse } from 'csv-parse/sync'
import { openControlDatabase } from '../database/migrate.js'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.js'
import { setAsideCsv } from './set-aside-csv.js'

let database: TestDatabase
let runId: string
beforeAll(async () => {
  database = await createTestDatabase()
  const dataSource = await openControlDatabase(database.url)
  await dataSource.destroy()
  const { rows } = await database.pool.query<{ id: string }>(
    `with d as (insert into gateway.dataset (code, title_vi, title_en, license) values ('d', 'd', 'd', 'x') returning id),
       c as (insert into gateway.connector (code, dataset_id, version, manifest, digest, origin)
             select 'c', id, 1, '{}', '', 'runtime' from d returning id)
     insert into gateway.run (connector_id, connector_version, reason, deadline_at) select id, 1, 'manual', now() from c returning id`,
  )
  runId = rows[0]?.id ?? ''
})
afterAll(async () => {
  await database.dispose()
})

async function written(values: readonly string[]): Promise<string[][]> {
  await database.pool.query('delete from gateway.set_aside_row')
  await database.pool.query(
    `insert into gateway.set_aside_row (run_id, resource, row_number, field, value, reason_vi, reason_en)
     select $1, 'schools', place, 'name', value, 'sai', 'wrong' from unnest($2::text[]) with ordinality as given (value, place)`,
    [runId, values],
  )
  let text = ''
  for await (const piece of setAsideCsv(database.pool, runId)) text += piece
  return parse(text, { bom: true, relax_column_count: false })
}

test.each(['=1+1', '+84', '-5', '@cmd', '\tx', '\rx', '=HYPERLINK("http://x","y")'])(
  'the cell %j does not run in a spreadsheet',
  async (value) => {
    expect((await written([value]))[1]?.[4]).toBe(`'${value}`)
  },
)

test.each(['a,b', 'say "hi"', 'two\nlines', 'Trường Nguyễn Huệ', '0164A', ''])(
  'the cell %j is as it was',
  async (value) => {
    expect((await written([value]))[1]?.[4]).toBe(value)
  },
)

test('a long report comes whole and in its order', async () => {
  const values = Array.from({ length: 2_500 }, (_, index) => `value ${index}`)
  const [, ...rows] = await written(values)
  expect(rows.map((row) => row[4])).toEqual(values)
})
