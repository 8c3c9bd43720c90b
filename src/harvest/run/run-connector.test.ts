import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { codes, HarvestBench, schoolsCsv, schoolsManifest, until } from '../harvest.fixture.js'
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

let name = ''
let tests = 0
let connectorId = 0
beforeEach(async () => {
  name = `schools-${++tests}`
  connectorId = (await bench.register(schoolsManifest(bench.upstream, name))).connectorId
})

const serve = (body: string, headers: Record<string, string> = {}) => {
  bench.upstream.serve(`/${name}.csv`, body, headers)
}
const run = () => harvest.run(connectorId, 'manual')
const records = () => bench.schools(name)
const events = () =>
  bench.rows<{ type: string; key: string | null; record: unknown; previous: unknown }>(
    `select e.type, e.key, e.record, e.previous from gateway.change_event e join gateway.dataset d on d.id = e.dataset_id
     where d.code = $1 order by e.position, e.seq`,
    [name],
  )
const state = async () =>
  (
    await bench.rows<{ version: number | null; record_count: number; error_code: string | null; fetched: boolean }>(
      `select version, record_count, error_code, fetched_at is not null as fetched from gateway.resource where connector_id = $1`,
      [connectorId],
    )
  )[0]
const staged = async () =>
  (await bench.rows<{ n: number }>(`select count(*)::int as n from pg_tables where schemaname = 'staging'`))[0]?.n

describe('a run', () => {
  test('publishes a first load as one event, then only what changed', async () => {
    serve(schoolsCsv(['a', 'b', 'c', 'd', 'e', 'f', 'g']))
    expect(await run()).toMatchObject({ outcome: 'PUBLISHED', version: 1, added: 7, changed: 0, removed: 0 })
    expect(await events()).toMatchObject([{ type: 'LOADED', key: null }])
    // The planner knows of them at once.
    const estimate = `select reltuples from pg_class where oid = 'records."School"'::regclass`
    expect(await bench.rows(estimate)).toEqual([{ reltuples: 7 }])

    serve(schoolsCsv(['a', 'b', 'c', 'd', 'e', 'f', 'h'], (code, index) => (code === 'b' ? '99' : `${index}`)))
    expect(await run()).toMatchObject({ outcome: 'PUBLISHED', version: 2, added: 1, changed: 1, removed: 1 })
    expect((await records()).map(({ key, version }) => `${key}${version}`)).toEqual([
      'a1',
      'b2',
      'c1',
      'd1',
      'e1',
      'f1',
      'h2',
    ])
    expect((await events()).slice(1)).toMatchObject([
      { type: 'CHANGED', key: 'b', record: { pupils: 99, _version: 2 }, previous: { pupils: 1, _version: 1 } },
      { type: 'REMOVED', key: 'g', record: null, previous: { name: 'Trường g' } },
      { type: 'ADDED', key: 'h', record: { name: 'Trường h' }, previous: null },
    ])
    const history = await bench.rows(
      `select _key as key, _version as version, _to_version as until from records."School~history" h
       join gateway.dataset d on d.id = h._dataset where d.code = $1 order by 1`,
      [name],
    )
    expect(history).toEqual([
      { key: 'b', version: 1, until: 2 },
      { key: 'g', version: 1, until: 2 },
    ])
    const versions = await bench.rows(
      `select v.number, v.record_count, v.added, v.changed, v.removed from gateway.dataset_version v
       join gateway.dataset d on d.id = v.dataset_id where d.code = $1 order by v.number`,
      [name],
    )
    expect(versions).toEqual([
      { number: 1, record_count: 7, added: 7, changed: 0, removed: 0 },
      { number: 2, record_count: 7, added: 1, changed: 1, removed: 1 },
    ])
    expect(await staged()).toBe(0)
  })

  test('makes no version of the same data', async () => {
    serve(schoolsCsv(['a', 'b']))
    await run()
    const before = await bench.rows<{ at: string }>(
      'select fetched_at::text as at from gateway.resource where connector_id = $1',
      [connectorId],
    )
    expect(await run()).toMatchObject({ outcome: 'UNCHANGED', version: undefined })
    const after = await bench.rows<{ at: string }>(
      'select fetched_at::text as at from gateway.resource where connector_id = $1',
      [connectorId],
    )
    expect(after[0]!.at > before[0]!.at).toBe(true)
    expect(await events()).toHaveLength(1)
    expect(await state()).toMatchObject({ version: 1, record_count: 2 })
  })

  test('reads nothing from a source that says it has not changed, until the manifest changes', async () => {
    serve(schoolsCsv(['a', 'b']), { etag: '"1"' })
    await run()
    // Where each row lies and which transaction wrote it; versions and events.
    const written = () =>
      bench.rows(
        `select (select string_agg(ctid || ' ' || xmin, ',' order by _key) from records."School") as rows,
           (select count(*)::int from gateway.dataset_version) as versions, (select count(*)::int from gateway.change_event) as events`,
      )
    const before = await written()
    const asked = bench.upstream.requests.length
    expect(await run()).toMatchObject({ outcome: 'UNCHANGED' })
    expect(bench.upstream.requests.length - asked).toBe(1)
    expect(await written()).toEqual(before)
    expect(
      await bench.rows('select read, outcome from gateway.run where connector_id = $1 order by id', [connectorId]),
    ).toEqual([
      { read: 2, outcome: 'PUBLISHED' },
      { read: 0, outcome: 'UNCHANGED' },
    ])
    const manifest = schoolsManifest(bench.upstream, name)
    const fields = { ...manifest.resources[0]!.fields, pupils: { constant: 5 } }
    await bench.register({ ...manifest, resources: [{ ...manifest.resources[0], fields }] })
    await harvest.registry.reload()
    expect(await run()).toMatchObject({ outcome: 'PUBLISHED', changed: 2 })
  })

  test('sets rows aside with number, field, value and reason, and counts them', async () => {
    const good = codes('s', 60)
    serve(`${schoolsCsv(good)}\nx1,Trường,minus\n,No code,1\n${good[3]!},Again,7`)
    expect(await run()).toMatchObject({ outcome: 'PUBLISHED', added: 60 })
    const rows = await bench.rows(
      `select s.row_number, s.field, s.value, s.reason_en from gateway.set_aside_row s join gateway.run r on r.id = s.run_id
       where r.connector_id = $1 order by 1`,
      [connectorId],
    )
    expect(rows).toMatchObject([
      { row_number: 62, field: 'pupils', value: 'minus' },
      { row_number: 63, field: 'code', reason_en: 'The value is missing.' },
      { row_number: 64, field: null, value: 's004', reason_en: 'The key is repeated; only its first row counts.' },
    ])
    expect(
      await bench.rows('select read, mapped, set_aside, added from gateway.run where connector_id = $1', [connectorId]),
    ).toEqual([{ read: 63, mapped: 63, set_aside: 3, added: 60 }])
    expect((await records()).find((record) => record.key === 's004')?.name).toBe('Trường s004')
    expect(await state()).toMatchObject({ record_count: 60 })
  })

  test('holds back what has become more than five times as much, until its manifest accepts that', async () => {
    serve(schoolsCsv(codes('s', 20)))
    await run()
    serve(schoolsCsv(codes('s', 120)))
    expect(await run()).toMatchObject({ outcome: 'PUBLISHED', added: 100 })
    serve(schoolsCsv(codes('s', 601)))
    expect(await run()).toMatchObject({ outcome: 'FAILED', fault: { code: 'ROWS_GREW' } })
    expect(await state()).toMatchObject({ version: 2, record_count: 120, error_code: 'ROWS_GREW' })
    serve(schoolsCsv(codes('s', 600)))
    expect(await run()).toMatchObject({ outcome: 'PUBLISHED', added: 480 })
    serve(schoolsCsv(codes('s', 6_000)))
    expect(await run()).toMatchObject({ outcome: 'FAILED', fault: { code: 'ROWS_GREW' } })
    await bench.register(schoolsManifest(bench.upstream, name, { guards: { growth: 20 } }))
    await harvest.registry.reload()
    expect(await run()).toMatchObject({ outcome: 'PUBLISHED', added: 5_400 })
  })

  test.each([
    [
      'too many rows set aside',
      () => schoolsCsv(codes('s', 10), (_code, index) => (index < 2 ? 'x' : '1')),
      'TOO_MANY_SET_ASIDE',
    ],
    ['a sudden drop', () => schoolsCsv(codes('s', 7)), 'ROWS_DROPPED'],
    ['an empty file', () => 'code,name,pupils', 'NO_ROWS'],
    ['no valid row', () => schoolsCsv(codes('s', 10), () => 'x'), 'NO_ROWS'],
    [
      'a missing column',
      () =>
        codes('s', 10)
          .map((code) => code)
          .join('\n'),
      'MISSING_COLUMNS',
    ],
    ['a web page', () => '<!doctype html><html><body>Sorry</body></html>', 'NOT_DATA'],
    [
      'e-mail addresses in a column',
      () => ['code,name,pupils', ...codes('s', 10).map((c) => `${c},${c}@example.vn,1`)].join('\n'),
      'PERSONAL_DATA',
    ],
  ])('keeps the last good version after %s', async (_what, body, code) => {
    serve(schoolsCsv(codes('s', 10)))
    await run()
    const before = await records()
    serve(body())
    expect(await run()).toMatchObject({ outcome: 'FAILED', fault: { code } })
    expect(await records()).toEqual(before)
    expect(await state()).toMatchObject({ version: 1, record_count: 10, error_code: code, fetched: true })
    expect(await staged()).toBe(0)

    serve(schoolsCsv(codes('s', 10), () => '8'))
    expect(await run()).toMatchObject({ outcome: 'PUBLISHED', version: 2 })
    expect(await state()).toMatchObject({ version: 2, error_code: null })
  })

  test('publishes nothing of a source that is cut in the middle', async () => {
    const body = schoolsCsv(codes('s', 500))
    serve(body)
    await run()
    const before = await records()
    for (const share of [0.1, 0.5, 0.9]) {
      bench.upstream.on(`/${name}.csv`, (_request, response) => {
        response.writeHead(200, { 'content-length': String(Buffer.byteLength(body)) })
        response.write(body.slice(0, Math.floor(body.length * share)), () => response.destroy())
      })
      expect(await run()).toMatchObject({ outcome: 'FAILED' })
      expect(await records()).toEqual(before)
    }
    expect(await staged()).toBe(0)
  })

  test('is alone: another one meanwhile is told so', async () => {
    let finish: (() => void) | undefined
    bench.upstream.on(`/${name}.csv`, (_request, response) => {
      finish = () => response.writeHead(200).end(schoolsCsv(['a']))
    })
    const first = run()
    await until(() => finish !== undefined)
    expect(await run()).toEqual({ outcome: 'BUSY' })
    finish?.()
    expect(await first).toMatchObject({ outcome: 'PUBLISHED' })
  })

  test('ends at its deadline, although the source goes on and on', async () => {
    const other = await bench.replica({ runDeadlineMs: 300 })
    bench.upstream.on(`/${name}.csv`, (_request, response) => {
      response.writeHead(200)
      response.write('code,name,pupils\n')
      const timer = setInterval(() => response.write(`x${Math.random()},Trường,1\n`), 5)
      response.on('close', () => {
        clearInterval(timer)
      })
    })
    expect(await other.run(connectorId, 'manual')).toMatchObject({ outcome: 'FAILED', fault: { code: 'TIMEOUT' } })
    expect(await staged()).toBe(0)
    expect(await records()).toEqual([])
  })

  test('leaves the resources that are gone from the manifest behind', async () => {
    const manifest = schoolsManifest(bench.upstream, name)
    const second = { ...manifest.resources[0]!, name: 'more', selection: { file: `${name}-more.csv` } }
    serve(schoolsCsv(['a', 'b']))
    bench.upstream.serve(`/${name}-more.csv`, schoolsCsv(['b', 'c', 'd', ...codes('e', 40)]))
    await bench.register({ ...manifest, resources: [manifest.resources[0], second] })
    await harvest.registry.reload()
    // `b` is in both: the first resource has it.
    expect(await run()).toMatchObject({ outcome: 'PUBLISHED', added: 44 })
    expect(
      await bench.rows(
        'select name, record_count, version from gateway.resource where connector_id = $1 order by position',
        [connectorId],
      ),
    ).toEqual([
      { name: 'schools', record_count: 2, version: 1 },
      { name: 'more', record_count: 42, version: 1 },
    ])
    await bench.register(manifest)
    await harvest.registry.reload()
    expect(await run()).toMatchObject({ outcome: 'PUBLISHED', removed: 42 })
    expect((await records()).map((record) => record.key)).toEqual(['a', 'b'])
  })
})

describe('a run whose process died', () => {
  test('is marked as interrupted and its staging swept at the next start; the next run succeeds', async () => {
    serve(schoolsCsv(['a', 'b']))
    await run()
    const left = await bench.rows<{ id: string }>(
      `insert into gateway.run (connector_id, connector_version, reason, deadline_at) values ($1, 1, 'schedule', now()) returning id`,
      [connectorId],
    )
    await bench.rows(`create unlogged table staging."run_${left[0]!.id}_1" (a int)`)
    await bench.replica()
    expect(await staged()).toBe(0)
    expect(await bench.rows('select outcome, error_code from gateway.run where id = $1', [left[0]!.id])).toEqual([
      { outcome: 'FAILED', error_code: 'INTERRUPTED' },
    ])
    serve(schoolsCsv(['a', 'b', 'c']))
    expect(await run()).toMatchObject({ outcome: 'PUBLISHED', version: 2 })
  })

  test('cannot publish once its connection, and with it the lock, is gone', async () => {
    let finish: (() => void) | undefined
    bench.upstream.on(`/${name}.csv`, (_request, response) => {
      response.writeHead(200)
      response.write(schoolsCsv(['a']))
      finish = () => response.end()
    })
    const broken = run()
    await until(() => finish !== undefined)
    await bench.rows(
      `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and classid = 71001 and objid = $1 and granted
         and database = (select oid from pg_database where datname = current_database())`,
      [connectorId],
    )
    expect(await broken).toMatchObject({ outcome: 'FAILED', fault: { code: 'INTERRUPTED' } })
    finish?.()
    expect(await records()).toEqual([])
    serve(schoolsCsv(['a']))
    expect(await run()).toMatchObject({ outcome: 'PUBLISHED', version: 1 })
  })
})
