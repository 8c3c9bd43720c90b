import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { HarvestBench, schoolsManifest, until } from '../../src/harvest/harvest.fixture.js'
import { HarvesterProcess } from './harvester-process.js'
import { checkedState, fileOf } from './invariants.js'

/** `CRASH_KILLS=300` for a long run. */
const kills = Number(process.env['CRASH_KILLS'] ?? 30)

let bench: HarvestBench
beforeAll(async () => {
  bench = await HarvestBench.open()
})
afterAll(async () => {
  await bench.dispose()
})

const start = (harvester: HarvesterProcess, apart: boolean, schedule = false) => {
  harvester.tell({
    kind: 'start',
    databaseUrl: bench.database.url,
    upstream: bench.upstream.url,
    schedule,
    apart,
  })
}
const unfinished = () => bench.rows('select id from gateway.run where finished_at is null')
const staging = () => bench.rows(`select tablename from pg_tables where schemaname = 'staging'`)
const readers = () =>
  bench.rows(
    `select pid from pg_stat_activity where datname = current_database() and application_name = 'gateway reading'`,
  )

test(
  `a harvest that is killed ${kills} times at any moment publishes all or nothing, and goes on by itself`,
  async () => {
    const { connectorId } = await bench.register(schoolsManifest(bench.upstream, 'killed'))
    let round = 0
    const serveNext = () => {
      bench.upstream.serve('/killed.csv', fileOf(++round))
    }
    let usualMs = 300
    let interrupted = 0
    let published = 0
    // The next process is loaded while this one works, so that a restart costs no time.
    let standby = new HarvesterProcess()
    try {
      for (let kill = 1; kill <= kills; kill++) {
        await using harvester = standby
        standby = new HarvesterProcess()
        await harvester.next('loaded')
        start(harvester, kill % 2 === 0)
        await harvester.next('started')
        // What the killed one left is over and gone.
        expect(await unfinished()).toEqual([])
        expect(await staging()).toEqual([])

        serveNext()
        const begun = performance.now()
        harvester.tell({ kind: 'run', connectorId })
        expect(await harvester.next('ended')).toMatchObject({ outcome: 'PUBLISHED' })
        if (kill > 1) usualMs = Math.min(usualMs, performance.now() - begun)
        const before = await checkedState(bench, 'killed')
        expect(before.round).toBe(round)

        serveNext()
        harvester.tell({ kind: 'run', connectorId })
        await new Promise((resolve) => setTimeout(resolve, Math.random() * usualMs))
        await harvester.kill()
        // Its statements may still be ending.
        await until(async () => (await lockHolders(connectorId)) === 0)
        const after = await checkedState(bench, 'killed')
        expect([before.round, round]).toContain(after.round)
        expect(after.version - before.version).toBe(after.round === before.round ? 0 : 1)
        if (after.round === before.round) interrupted++
        else published++
      }
      // The last one left is tidied as well, also where its reader was.
      await standby.next('loaded')
      start(standby, true)
      await standby.next('started')
      expect(await unfinished()).toEqual([])
      expect(await staging()).toEqual([])
      await until(async () => (await readers()).length === 0)
    } finally {
      await standby.kill()
    }
    expect(interrupted + published).toBe(kills)
    expect(interrupted).toBeGreaterThan(0)
  },
  kills * 6_000 + 30_000,
)

async function lockHolders(connectorId: number): Promise<number> {
  const rows = await bench.rows(
    `select 1 from pg_locks l where l.locktype = 'advisory' and l.objid = $1
       and l.database = (select oid from pg_database where datname = current_database())`,
    [connectorId],
  )
  return rows.length
}

test('two replicas that start at once make one first harvest', async () => {
  await bench.register(schoolsManifest(bench.upstream, 'twice'))
  bench.upstream.serve('/twice.csv', fileOf(1))
  const replicas = [new HarvesterProcess(), new HarvesterProcess()]
  try {
    await Promise.all(replicas.map((replica) => replica.next('loaded')))
    for (const replica of replicas) start(replica, false, true)
    await Promise.all(replicas.map((replica) => replica.next('started')))
    for (const replica of replicas) replica.tell({ kind: 'first' })
    await Promise.all(replicas.map((replica) => replica.next('ended')))
    expect(await checkedState(bench, 'twice')).toMatchObject({ round: 1, version: 1 })
    expect(bench.upstream.requests.filter((path) => path === '/twice.csv')).toHaveLength(1)
    expect(
      await bench.rows(
        `select outcome from gateway.run r join gateway.connector c on c.id = r.connector_id where c.code = 'twice'`,
      ),
    ).toEqual([{ outcome: 'PUBLISHED' }])
  } finally {
    await Promise.all(replicas.map((replica) => replica.kill()))
  }
})
