import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { HarvestBench, schoolsManifest } from '../../src/harvest/harvest.fixture.js'
import type { Harvest } from '../../src/harvest/harvest.js'
import { checkedState, fileOf, rowsOfRound } from './invariants.js'
import { startOwnPostgres, type OwnPostgres } from './own-postgres.js'

const crashes = Number(process.env['CRASH_RESTARTS'] ?? 5)

let postgres: OwnPostgres
let bench: HarvestBench
let harvest: Harvest
beforeAll(async () => {
  postgres = await startOwnPostgres()
  bench = await HarvestBench.open({ database: postgres })
  harvest = await bench.replica()
})
afterAll(async () => {
  await bench.dispose()
})

test('Postgres may crash within harvests and reads: nothing half is seen, and all goes on when it is back', async () => {
  const { connectorId } = await bench.register(schoolsManifest(bench.upstream, 'restart'))
  await harvest.registry.reload()
  let round = 0
  const serveNext = () => {
    bench.upstream.serve('/restart.csv', fileOf(++round))
  }
  serveNext()
  expect(await harvest.run(connectorId, 'manual')).toMatchObject({ outcome: 'PUBLISHED' })
  let reading = true
  let seen = 0
  const strange: unknown[] = []
  const reader = async (): Promise<void> => {
    while (reading) {
      try {
        const { rows } = await postgres.pool.query<{ count: number; kinds: number }>(
          'select count(*)::int as count, count(distinct pupils)::int as kinds from records."School"',
        )
        if (rows[0]?.count !== rowsOfRound || rows[0].kinds !== 1) strange.push(rows[0])
        seen++
      } catch {
        // It is down; what counts is what it answers.
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
    }
  }
  const readers = [reader(), reader()]
  for (let crash = 1; crash <= crashes; crash++) {
    const before = await checkedState(bench, 'restart')
    serveNext()
    const run = harvest.run(connectorId, 'manual').catch((error: unknown) => error)
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 150))
    await postgres.crash()
    await run
    const after = await checkedState(bench, 'restart')
    expect([before.round, round]).toContain(after.round)
    // By itself, in the same process, with the connections that it had.
    serveNext()
    expect(await harvest.run(connectorId, 'manual')).toMatchObject({ outcome: 'PUBLISHED' })
    expect((await checkedState(bench, 'restart')).round).toBe(round)
    expect(await bench.rows('select id from gateway.run where finished_at is null')).toEqual([])
  }
  reading = false
  await Promise.all(readers)
  expect(strange).toEqual([])
  expect(seen).toBeGreaterThan(crashes)
  await harvest.stop()
  await bench.replica()
  expect(await bench.rows(`select 1 from pg_tables where schemaname = 'staging'`)).toEqual([])
}, 120_000)
