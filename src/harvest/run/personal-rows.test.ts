import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { codes, HarvestBench, schoolsCsv, schoolsManifest } from '../harvest.fixture.js'
import type { Harvest } from '../harvest.js'

let bench: HarvestBench
let harvest: Harvest
let connectorId = 0
beforeAll(async () => {
  bench = await HarvestBench.open()
  harvest = await bench.replica()
  connectorId = (await bench.register(schoolsManifest(bench.upstream, 'schools'))).connectorId
  await harvest.registry.reload()
})
afterAll(async () => {
  await bench.dispose()
})

const phone = '0912345678'
const rows = codes('s', 3000)
const run = () => harvest.run(connectorId, 'manual')
/** The rows of every table of the database that have the number. */
async function kept(): Promise<string[]> {
  const tables = await bench.rows<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('gateway', 'records', 'staging')`,
  )
  const found = await Promise.all(
    tables.map(({ name }) =>
      bench.rows<{ t: string }>(`select t::text as t from ${name} t where t::text like $1`, [`%${phone}%`]),
    ),
  )
  return found.flat().map(({ t }) => t)
}

test('a version without anything of persons is published', async () => {
  bench.upstream.serve('/schools.csv', schoolsCsv(rows))
  expect(await run()).toMatchObject({ outcome: 'PUBLISHED', added: 3000 })
})

test('one cell that came in later takes its row out, and is kept nowhere', async () => {
  bench.upstream.serve('/schools.csv', schoolsCsv(rows).replace('Trường s2000,', `Trường s2000 (cô Lan ${phone}),`))
  expect(await run()).toMatchObject({ outcome: 'PUBLISHED', changed: 0, removed: 1 })
  expect((await bench.schools('schools')).some(({ key }) => key === 's2000')).toBe(false)
  expect(
    await bench.rows(
      `select s.row_number as row, s.field, s.value, s.reason_en ~ 'phone number' as told from gateway.set_aside_row s
       join gateway.run r on r.id = s.run_id where r.connector_id = $1`,
      [connectorId],
    ),
  ).toEqual([{ row: expect.any(Number), field: 'name', value: '•••', told: true }])
  expect(await kept()).toEqual([])
})

test('a column of them fails the run, which keeps nothing of it either', async () => {
  bench.upstream.serve('/schools.csv', schoolsCsv(rows).replaceAll(/Trường s\d+/g, `Cô Lan ${phone}`))
  expect(await run()).toMatchObject({ outcome: 'FAILED', fault: { code: 'PERSONAL_DATA' } })
  expect(await kept()).toEqual([])
})

test('the row is published again once the cell is mended', async () => {
  bench.upstream.serve('/schools.csv', schoolsCsv(rows))
  expect(await run()).toMatchObject({ outcome: 'PUBLISHED', added: 1 })
})
