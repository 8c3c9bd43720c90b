import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { queriesOf } from '../database/queries.js'
import { HarvestBench, schoolsManifest } from '../harvest/harvest.fixture.js'
import { outdatedRuns } from './outdated-runs.js'

let bench: HarvestBench
let connectorId = 0
beforeAll(async () => {
  bench = await HarvestBench.open()
  connectorId = (await bench.register(schoolsManifest(bench.upstream, 'old'))).connectorId
})
afterAll(async () => {
  await bench.dispose()
})

const noon = new Date('2025-06-30T12:00:00Z')
const note = { code: 'OUTDATED', resource: 'schools', columns: [], vi: 'Cũ.', en: 'Old.' }

/** A run that took a minute and began so many minutes before noon. */
async function ran(
  minutesBefore: number,
  outcome: string,
  notes: readonly object[],
): Promise<{ id: string; notes: unknown }> {
  const rows = await bench.rows<{ id: string; notes: unknown }>(
    `insert into gateway.run (connector_id, connector_version, reason, started_at, finished_at, deadline_at, outcome, notes)
     values ($1, 1, 'live', $5::timestamptz - $2 * interval '1 minute', $5 - ($2 - 1) * interval '1 minute', now(), $3, $4)
     returning id, notes`,
    [connectorId, minutesBefore, outcome, JSON.stringify(notes), noon],
  )
  const run = rows[0]
  if (run === undefined) throw new Error('The run was not recorded.')
  return run
}

test('counts the runs in a row whose source was not renewed; a failed one is none, a fresh one ends them', async () => {
  const query = queriesOf(bench.database.pool)
  const first = await ran(50, 'PUBLISHED', [note])
  const second = await ran(40, 'UNCHANGED', [note])
  await ran(35, 'FAILED', [])
  const third = await ran(30, 'UNCHANGED', [note])
  const fresh = await ran(20, 'PUBLISHED', [])
  const again = await ran(10, 'UNCHANGED', [note])
  const text = { vi: 'Cũ.', en: 'Old.' }
  expect(await outdatedRuns(query, connectorId, first)).toEqual({ runs: 1, forMs: 60_000, text })
  expect(await outdatedRuns(query, connectorId, second)).toEqual({ runs: 2, forMs: 11 * 60_000, text })
  expect(await outdatedRuns(query, connectorId, third)).toEqual({ runs: 3, forMs: 21 * 60_000, text })
  expect(await outdatedRuns(query, connectorId, fresh)).toBeUndefined()
  expect(await outdatedRuns(query, connectorId, again)).toEqual({ runs: 1, forMs: 60_000, text })
})
