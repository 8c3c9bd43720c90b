import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { HarvestBench, schoolsManifest, until } from '../../src/harvest/harvest.fixture.js'
import { HarvesterProcess } from './harvester-process.js'
import { checkedState, fileOf } from './invariants.js'

let bench: HarvestBench
beforeAll(async () => {
  bench = await HarvestBench.open()
})
afterAll(async () => {
  await bench.dispose()
})

const longestTakeOverMs = 60_000

test('a harvest that is stopped within its run is taken over, and writes nothing when it goes on', async () => {
  const { connectorId } = await bench.register(schoolsManifest(bench.upstream, 'stopped'))
  const replicas = [new HarvesterProcess(), new HarvesterProcess()] as const
  const [frozen, other] = replicas
  try {
    for (const replica of replicas) {
      await replica.next('loaded')
      replica.tell({
        kind: 'start',
        databaseUrl: bench.database.url,
        upstream: bench.upstream.url,
        schedule: false,
        apart: false,
      })
      await replica.next('started')
    }
    bench.upstream.serve('/stopped.csv', fileOf(1))
    other.tell({ kind: 'run', connectorId })
    expect(await other.next('ended')).toMatchObject({ outcome: 'PUBLISHED' })

    // It has the file and is about to stage it when it is stopped.
    let release: (() => void) | undefined
    bench.upstream.on('/stopped.csv', (_request, response) => {
      release = () => response.writeHead(200).end(fileOf(2))
    })
    frozen.tell({ kind: 'run', connectorId })
    await until(() => release !== undefined)
    frozen.stop()
    release?.()

    bench.upstream.serve('/stopped.csv', fileOf(3))
    const begun = performance.now()
    await until(async () => {
      other.tell({ kind: 'run', connectorId })
      return (await other.next('ended')).outcome !== 'BUSY'
    })
    expect(performance.now() - begun).toBeLessThan(longestTakeOverMs)
    const taken = await checkedState(bench, 'stopped')
    expect(taken).toMatchObject({ round: 3, version: 2 })

    frozen.goOn()
    expect(await frozen.next('ended')).toMatchObject({ outcome: 'FAILED' })
    expect(await checkedState(bench, 'stopped')).toEqual(taken)
    expect(
      await bench.rows('select outcome, error_code from gateway.run where connector_id = $1 order by id', [
        connectorId,
      ]),
    ).toEqual([
      { outcome: 'PUBLISHED', error_code: null },
      { outcome: 'FAILED', error_code: 'INTERRUPTED' },
      { outcome: 'PUBLISHED', error_code: null },
    ])
    // It is well again.
    bench.upstream.serve('/stopped.csv', fileOf(4))
    frozen.tell({ kind: 'run', connectorId })
    expect(await frozen.next('ended')).toMatchObject({ outcome: 'PUBLISHED' })
    expect(await checkedState(bench, 'stopped')).toMatchObject({ round: 4, version: 3 })
    expect(await bench.rows(`select tablename from pg_tables where schemaname = 'staging'`)).toEqual([])
  } finally {
    await Promise.all(replicas.map((replica) => replica.kill()))
  }
}, 150_000)
