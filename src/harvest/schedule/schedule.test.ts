import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { HarvestBench, schoolsCsv, schoolsManifest, until } from '../harvest.fixture.js'
import { dueConnectors } from './due-connectors.js'

let bench: HarvestBench
beforeAll(async () => {
  bench = await HarvestBench.open()
})
afterAll(async () => {
  await bench.dispose()
})

const outcomes = (connectorId: number) =>
  bench.rows<{ outcome: string | null; reason: string }>(
    'select outcome, reason from gateway.run where connector_id = $1 order by id',
    [connectorId],
  )
const requests = (path: string) => bench.upstream.requests.filter((one) => one === path).length

describe('at the start', () => {
  test('what was never read is read at once, referred datasets first; sources that fail stop nothing', async () => {
    const schools = {
      ...schoolsManifest(bench.upstream, 'schools'),
      resources: [
        {
          name: 'schools',
          recordType: 'School',
          referenceDate: '2025-06-30',
          fields: {
            code: { column: 'code' },
            name: { column: 'name' },
            district: { column: 'district', resolve: { by: 'name' } },
          },
        },
      ],
    }
    const places = {
      connector: 'places',
      dataset: 'places',
      driver: 'csv',
      options: { url: `${bench.upstream.url}/places.csv` },
      resources: [
        {
          name: 'places',
          recordType: 'AdministrativeUnit',
          fields: {
            code: { column: 'code' },
            name: { column: 'name' },
            validFrom: { column: 'from' },
            validTo: { column: 'to' },
          },
        },
      ],
      refresh: { mode: 'snapshot', every: 'PT24H' },
    }
    bench.upstream.serve('/schools.csv', 'code,name,district\na,A,Quy Nhơn\nb,B,AN NHON')
    bench.upstream.on('/places.csv', (_request, response) => {
      const body = [
        'code,name,from,to',
        '540,Quy Nhơn,2000-01-01,2025-06-30',
        '540,Quy Nhơn,2025-07-01,',
        '549,An Nhơn,2011-11-28,',
      ]
      setTimeout(() => response.writeHead(200).end(body.join('\n')), 100)
    })
    bench.upstream.fail('/broken.csv')
    await bench.register(schools)
    await bench.register(places)
    const { connectorId: broken } = await bench.register(schoolsManifest(bench.upstream, 'broken'))

    const replicas = await Promise.all([bench.replica({ schedule: true }), bench.replica({ schedule: true })])
    await Promise.all(replicas.map((replica) => replica.firstHarvests))
    await until(async () => (await bench.rows('select 1 from records."School"')).length === 2)
    expect(await bench.rows('select _key as key, district from records."School" order by 1')).toEqual([
      { key: 'a', district: '540~2000-01-01' },
      { key: 'b', district: '549~2011-11-28' },
    ])
    expect(requests('/schools.csv')).toBe(1)
    expect(requests('/places.csv')).toBe(1)
    expect((await outcomes(broken))[0]).toEqual({ outcome: 'FAILED', reason: 'first' })
    await Promise.all(replicas.map((replica) => replica.stop()))
  })

  test('a stop within a harvest ends within seconds, and the run is recorded as interrupted', async () => {
    bench.upstream.on('/endless.csv', (_request, response) => {
      response.writeHead(200)
      response.write('code,name,pupils\n')
    })
    const { connectorId } = await bench.register(schoolsManifest(bench.upstream, 'endless'))
    const replica = await bench.replica({ schedule: true })
    await until(() => requests('/endless.csv') === 1)
    const begun = performance.now()
    await replica.stop()
    expect(performance.now() - begun).toBeLessThan(5_000)
    expect(
      await bench.rows('select outcome, error_code from gateway.run where connector_id = $1', [connectorId]),
    ).toEqual([{ outcome: 'FAILED', error_code: 'INTERRUPTED' }])
    bench.upstream.serve('/endless.csv', schoolsCsv(['z']))
  })
})

describe('later', () => {
  test('what is due runs as a job, once over all replicas', async () => {
    const replicas = await Promise.all([bench.replica({ schedule: true }), bench.replica({ schedule: true })])
    await Promise.all(replicas.map((replica) => replica.firstHarvests))
    bench.upstream.serve('/later.csv', schoolsCsv(['a']))
    const { connectorId } = await bench.register(schoolsManifest(bench.upstream, 'later'))
    await until(async () => (await outcomes(connectorId)).some((run) => run.outcome !== null))
    expect(await outcomes(connectorId)).toEqual([{ outcome: 'PUBLISHED', reason: 'schedule' }])
    expect(requests('/later.csv')).toBe(1)
    await Promise.all(replicas.map((replica) => replica.stop()))
  })

  test('a run is due after its interval, after a pause that grows with failures, and when the manifest has changed', async () => {
    const replica = await bench.replica()
    const { connectorId } = await bench.register(schoolsManifest(bench.upstream, 'due'))
    await replica.registry.reload()
    const due = async () =>
      (await dueConnectors(bench.database.pool, replica.registry.connectors())).some((one) => one.id === connectorId)
    const ago = (interval: string) =>
      bench.rows(
        `update gateway.run set started_at = now() - $2::interval, finished_at = now() - $2::interval
         where id = (select max(id) from gateway.run where connector_id = $1)`,
        [connectorId, interval],
      )
    expect(await due()).toBe(true)
    bench.upstream.fail('/due.csv')
    for (const [soon, late] of [
      ['50 seconds', '61 seconds'],
      ['4 minutes', '6 minutes'],
      ['14 minutes', '16 minutes'],
    ]) {
      await replica.run(connectorId, 'manual')
      await ago(soon!)
      expect(await due()).toBe(false)
      await ago(late!)
      expect(await due()).toBe(true)
    }
    // What the source asks for counts when it is longer than the pause.
    bench.upstream.on('/due.csv', (_request, response) => {
      response.writeHead(503, { 'retry-after': String(3 * 3600) }).end()
    })
    await replica.run(connectorId, 'manual')
    await ago('170 minutes')
    expect(await due()).toBe(false)
    await bench.rows(`update gateway.run set retry_at = retry_at - interval '3 hours' where connector_id = $1`, [
      connectorId,
    ])
    expect(await due()).toBe(true)

    bench.upstream.serve('/due.csv', schoolsCsv(['a']))
    await replica.run(connectorId, 'manual')
    await ago('23 hours')
    expect(await due()).toBe(false)
    await ago('25 hours')
    expect(await due()).toBe(true)
    await replica.run(connectorId, 'manual')
    expect(await due()).toBe(false)
    await bench.register(schoolsManifest(bench.upstream, 'due', { history: 'none' }))
    await replica.registry.reload()
    expect(await due()).toBe(true)
  })
})
