import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { codes, HarvestBench, schoolsCsv, schoolsManifest } from '../harvest.fixture.js'
import type { Harvest } from '../harvest.js'

let bench: HarvestBench
let harvest: Harvest
beforeAll(async () => {
  bench = await HarvestBench.open()
  harvest = await bench.replica()
})
afterAll(async () => {
  await bench.dispose()
})

test('a run names the columns that are new, missing or of another kind since the last good one', async () => {
  const { connectorId } = await bench.register(schoolsManifest(bench.upstream, 'drift'))
  const serve = (head: string, row: (code: string) => string) => {
    bench.upstream.serve('/drift.csv', [head, ...codes('d', 20).map(row)].join('\n'))
  }
  serve('code,name,pupils,opened,fax', (code) => `${code},Trường,5,01/09/2020,0256`)
  expect(await harvest.run(connectorId, 'manual')).toMatchObject({ outcome: 'PUBLISHED' })
  expect(await bench.notesOf(connectorId)).toEqual([])

  serve('code,name,pupils,opened,email', (code) => `${code},Trường,5,năm 2020,a`)
  expect(await harvest.run(connectorId, 'manual')).toMatchObject({ outcome: 'UNCHANGED' })
  expect(await bench.notesOf(connectorId)).toMatchObject([
    { code: 'NEW_COLUMNS', resource: 'schools', columns: ['email'] },
    { code: 'MISSING_COLUMNS', columns: ['fax'] },
    { code: 'RETYPED_COLUMNS', columns: ['opened'], en: expect.stringContaining('opened (date → text)') },
  ])
  // The same again is no news.
  expect(await harvest.run(connectorId, 'manual')).toMatchObject({ outcome: 'UNCHANGED' })
  expect(await bench.notesOf(connectorId)).toEqual([])

  // One that the mapping needs ends the run; a kind that it cannot use does as well, and is named.
  serve('code,title,pupils,opened,email', (code) => `${code},Trường,5,năm 2020,a`)
  expect(await harvest.run(connectorId, 'manual')).toMatchObject({
    outcome: 'FAILED',
    fault: { code: 'MISSING_COLUMNS', details: { columns: { en: 'name (fields.name)' } } },
  })
  serve('code,name,pupils,opened,email', (code) => `${code},Trường,many,năm 2020,a`)
  expect(await harvest.run(connectorId, 'manual')).toMatchObject({ outcome: 'FAILED', fault: { code: 'NO_ROWS' } })
  expect(await bench.notesOf(connectorId)).toMatchObject([{ code: 'RETYPED_COLUMNS', columns: ['pupils'] }])
})

test('a source that vanishes is marked since when, keeps its rows, and is well again when it comes back', async () => {
  const { connectorId } = await bench.register(schoolsManifest(bench.upstream, 'gone'))
  const state = async () =>
    (
      await bench.rows<{ vanished: Date | null; error_code: string | null; record_count: number }>(
        'select vanished_at as vanished, error_code, record_count from gateway.resource where connector_id = $1',
        [connectorId],
      )
    )[0]!
  bench.upstream.fail('/gone.csv', 404)
  expect(await harvest.run(connectorId, 'manual')).toMatchObject({ outcome: 'FAILED' })
  expect(await state()).toMatchObject({ vanished: null, error_code: 'NOT_FOUND' })

  bench.upstream.serve('/gone.csv', schoolsCsv(codes('g', 5)))
  expect(await harvest.run(connectorId, 'manual')).toMatchObject({ outcome: 'PUBLISHED' })
  bench.upstream.fail('/gone.csv', 410)
  await harvest.run(connectorId, 'manual')
  const { vanished } = await state()
  expect(vanished).not.toBeNull()
  await harvest.run(connectorId, 'manual')
  expect(await state()).toEqual({ vanished, error_code: 'NOT_FOUND', record_count: 5 })

  bench.upstream.serve('/gone.csv', schoolsCsv(codes('g', 5)))
  expect(await harvest.run(connectorId, 'manual')).toMatchObject({ outcome: 'UNCHANGED' })
  expect(await state()).toEqual({ vanished: null, error_code: null, record_count: 5 })
})
