import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { HarvestBench, schoolsService, until } from '../harvest.fixture.js'
import type { Harvest } from '../harvest.js'

interface School {
  readonly code: string
  readonly name?: string
  readonly pupils: number | string
  readonly changed: string
  readonly [other: string]: unknown
}

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
/** What the agency has now. */
let schools: School[] = []
/** Faults on pages after the first. */
let brokenAfterFirst = false
/** Happens at the agency when it has answered with a page. */
let afterPage: () => void = () => undefined

const day = (number: number) => `2025-06-${String(number).padStart(2, '0')}T00:00:00Z`
const school = (code: string, on: number, rest: Partial<School> = {}): School => ({
  code,
  name: `Trường ${code}`,
  pupils: 1,
  changed: day(on),
  ...rest,
})
const many = (count: number) => Array.from({ length: count }, (_, at) => school(`s${at + 1}`, at + 1 === count ? 2 : 1))

/** The agency's service: pages of two, and only what changed when it is asked so. */
function serve(): void {
  bench.upstream.on(`/${name}`, (_request, response, { searchParams }) => {
    const page = Number(searchParams.get('page') ?? '1')
    if (brokenAfterFirst && page > 1) {
      response.writeHead(500).end()
      return
    }
    const since = searchParams.get('since')
    const found = schools.filter(({ changed }) => since === null || isAfter(changed, since))
    const size = 10
    response
      .writeHead(200)
      .end(JSON.stringify({ total: found.length, items: found.slice((page - 1) * size, page * size) }))
    afterPage()
  })
}

function isAfter(changed: string, since: string): boolean {
  if (/^\d+$/.test(changed)) return Number(changed) > Number(since)
  return Date.parse(changed) > Date.parse(since)
}

const selection = {
  items: 'items',
  total: 'total',
  paging: { kind: 'page', size: 10 },
  since: { parameter: 'since', field: 'changed' },
}
const manifest = (more: Record<string, unknown> = {}) =>
  schoolsService(bench.upstream, name, selection, {
    refresh: { mode: 'snapshot', every: 'PT1H', full: 'P7D' },
    ...more,
  })

beforeEach(async () => {
  name = `changes-${++tests}`
  schools = many(20)
  brokenAfterFirst = false
  afterPage = () => undefined
  serve()
  connectorId = (await bench.register(manifest())).connectorId
  await harvest.registry.reload()
  expect(await harvest.run(connectorId, 'schedule')).toMatchObject({ outcome: 'PUBLISHED', added: 20 })
})

const ran = () => harvest.run(connectorId, 'schedule')
const asked = () => bench.upstream.requests.filter((path) => path.startsWith(`/${name}?`))
const askedSince = () => asked().map((path) => new URL(path, 'http://x').searchParams.get('since'))
const incremental = async () =>
  (
    await bench.rows<{ incremental: boolean }>(
      'select incremental from gateway.run where connector_id = $1 order by id desc limit 1',
      [connectorId],
    )
  )[0]?.incremental
const published = () => bench.schools(name)
const counted = async () =>
  (
    await bench.rows<{ resource: number; version: number }>(
      `select r.record_count as resource, v.record_count as version from gateway.resource r
       join gateway.dataset_version v on v.dataset_id = r.dataset_id where r.connector_id = $1 order by v.number desc limit 1`,
      [connectorId],
    )
  )[0]
/** Everything was read so long ago. */
const fullReadingWas = (ago: string) =>
  bench.rows(
    `update gateway.resource set memory = jsonb_set(memory, '{fullAt}', to_jsonb(now() - $2::interval)) where connector_id = $1`,
    [connectorId, ago],
  )

describe('a source that tells what has changed', () => {
  test('is asked only for that, and it is merged with what is there', async () => {
    schools = [...schools.slice(1), school('s2', 20, { pupils: 9 }), school('new', 21)].filter(
      ({ code, changed }) => code !== 's2' || changed === day(20),
    )
    expect(await ran()).toMatchObject({ outcome: 'PUBLISHED', added: 1, changed: 1, removed: 0 })
    expect(askedSince().slice(-1)).toEqual(['2025-06-01T23:59:00Z'])
    expect(await incremental()).toBe(true)
    // s1 is gone at the source, which nobody could know yet.
    const rows = await published()
    expect(rows).toHaveLength(21)
    expect(rows.find(({ key }) => key === 's2')).toMatchObject({ pupils: 9 })
    expect(await counted()).toEqual({ resource: 21, version: 21 })
    const events = await bench.rows(
      `select e.type, e.key from gateway.change_event e join gateway.dataset d on d.id = e.dataset_id where d.code = $1
       and e.type <> 'LOADED' order by e.key`,
      [name],
    )
    expect(events).toEqual([
      { type: 'ADDED', key: 'new' },
      { type: 'CHANGED', key: 's2' },
    ])
  })

  test('without changes costs one request and no writes', async () => {
    const before = asked().length
    schools = schools.map((one) => ({ ...one, changed: day(1) }))
    expect(await ran()).toMatchObject({ outcome: 'UNCHANGED', added: 0, changed: 0, removed: 0 })
    schools = [...schools, school('new', 9)]
    expect(await ran()).toMatchObject({ outcome: 'PUBLISHED', added: 1 })
    expect(await ran()).toMatchObject({ outcome: 'UNCHANGED' })
    expect(
      askedSince()
        .slice(before)
        .filter((since) => since === null),
    ).toEqual([])
    expect(askedSince().at(-1)).toBe('2025-06-08T23:59:00Z')
    expect(await counted()).toEqual({ resource: 21, version: 21 })
  })

  test('is read as a whole when its time has come, and when a person asks; then what is gone is removed', async () => {
    schools = schools.slice(1)
    expect(await ran()).toMatchObject({ outcome: 'UNCHANGED' })
    await fullReadingWas('6 days')
    expect(await ran()).toMatchObject({ outcome: 'UNCHANGED' })
    await fullReadingWas('8 days')
    expect(await ran()).toMatchObject({ outcome: 'PUBLISHED', removed: 1 })
    expect(await incremental()).toBe(false)
    expect(await counted()).toEqual({ resource: 19, version: 19 })
    schools = schools.slice(1)
    expect(await ran()).toMatchObject({ outcome: 'UNCHANGED' })
    expect(await incremental()).toBe(true)
    expect(await harvest.run(connectorId, 'manual')).toMatchObject({ outcome: 'PUBLISHED', removed: 1 })
    // From there on only changes again.
    expect(await ran()).toMatchObject({ outcome: 'UNCHANGED' })
    expect(await incremental()).toBe(true)
  })

  test('that breaks off among its changes publishes none of them, and they are asked for again', async () => {
    schools = schools.map((one) => ({ ...one, pupils: 5, changed: day(20) }))
    brokenAfterFirst = true
    expect(await ran()).toMatchObject({ outcome: 'FAILED', fault: { code: 'BAD_STATUS' } })
    expect((await published()).every(({ pupils }) => pupils === 1)).toBe(true)
    brokenAfterFirst = false
    expect(await ran()).toMatchObject({ outcome: 'PUBLISHED', changed: 20 })
    expect(askedSince().slice(-2)).toEqual(['2025-06-01T23:59:00Z', '2025-06-01T23:59:00Z'])
    expect(await incremental()).toBe(true)
  })

  test('is judged as a whole when its changes by themselves do not look right', async () => {
    schools = [...schools.slice(0, 19), school('s20', 20, { pupils: 'many' })]
    expect(await ran()).toMatchObject({ outcome: 'PUBLISHED', removed: 1 })
    expect(await incremental()).toBe(false)
    expect(askedSince().slice(-3)).toEqual(['2025-06-01T23:59:00Z', null, null])
    // As many wrong rows as a whole reading refuses are refused.
    schools = schools.map((one, at) => ({ ...one, pupils: at === 0 ? 2 : 'many', changed: day(22) }))
    expect(await ran()).toMatchObject({ outcome: 'FAILED', fault: { code: 'TOO_MANY_SET_ASIDE' } })
    expect(await published()).toHaveLength(19)
  })

  test('that no longer has a column is found out although few rows come', async () => {
    schools = [...schools.slice(0, 19), { code: 'x', title: 'X', pupils: 1, changed: day(20) }]
    expect(await ran()).toMatchObject({ outcome: 'PUBLISHED' })
    expect(await incremental()).toBe(false)
    schools = schools.map(({ code, pupils }) => ({
      code,
      title: 'X',
      pupils,
      changed: day(21),
    }))
    expect(await ran()).toMatchObject({ outcome: 'FAILED', fault: { code: 'MISSING_COLUMNS' } })
  })

  test('is read as a whole after its mapping has changed', async () => {
    const [resource] = manifest().resources
    await bench.register(
      manifest({ resources: [{ ...resource, fields: { ...resource?.fields, pupils: { constant: 7 } } }] }),
    )
    await harvest.registry.reload()
    expect(await ran()).toMatchObject({ outcome: 'PUBLISHED', changed: 20 })
    expect(await incremental()).toBe(false)
  })

  test('says so in the run: a note of a new column, none of those that the few rows leave out', async () => {
    const notes = async () => (await bench.notesOf(connectorId)).map(({ code, columns }) => ({ code, columns }))
    schools = schools.map((one) => ({ ...one, phone: '0256', changed: day(5) }))
    await ran()
    expect(await notes()).toEqual([{ code: 'NEW_COLUMNS', columns: ['phone'] }])
    schools = [...schools, school('plain', 20)]
    await ran()
    expect(await notes()).toEqual([])
    await until(async () => (await published()).length === 21)
  })
})

describe('rows that a source changes under a mark that was read', () => {
  const manual = () => harvest.run(connectorId, 'manual')

  test.each([
    ['a day', ['2025-06-01', '2025-06-02'], '2025-06-01'],
    ['a number', ['4711', '4712'], '4711'],
  ])('are found when the mark is %s', async (_what, [early = '', late = ''], since) => {
    schools = schools.map((one, at) => ({ ...one, changed: at === 0 ? late : early }))
    await manual()
    schools = [
      ...schools.slice(0, 19),
      school('s20', 1, { pupils: 8, changed: late }),
      school('new', 1, { changed: late }),
    ]
    expect(await ran()).toMatchObject({ outcome: 'PUBLISHED', added: 1, changed: 1, removed: 0 })
    expect(askedSince().at(-1)).toBe(since)
    expect(await incremental()).toBe(true)
    // They come again with each reading, and nothing is written for that.
    expect(await ran()).toMatchObject({ outcome: 'UNCHANGED' })
    expect(askedSince().at(-1)).toBe(since)
  })

  test('are found when that happened on a page that was read, while the next was', async () => {
    schools = schools.map((one, at) => ({ ...one, changed: String(100 + at) }))
    afterPage = () => {
      afterPage = () => undefined
      schools = schools.map((one, at) =>
        at === 0 ? { ...one, pupils: 5, changed: '120' } : at === 15 ? { ...one, pupils: 5, changed: '121' } : one,
      )
    }
    expect(await manual()).toMatchObject({ outcome: 'PUBLISHED', changed: 1 })
    expect(await ran()).toMatchObject({ outcome: 'PUBLISHED', changed: 1 })
    expect(await incremental()).toBe(true)
    expect(askedSince().at(-1)).toBe('108')
    expect((await published()).filter(({ pupils }) => pupils === 5)).toHaveLength(2)
    // Twelve rows are two pages again; the number up to which they were seen before is certain by now.
    await ran()
    expect(askedSince().at(-1)).toBe('120')
  })
})

test('a manifest that asks for changes is refused where these cannot be had', () => {
  const register = (more: Record<string, unknown>) => bench.register(manifest(more))
  name = 'refused'
  const [resource] = manifest().resources
  const joined = { joinWith: { selection: {}, on: { left: 'a', right: 'b' }, take: ['c'] } }
  return Promise.all([
    expect(
      register({
        driver: 'csv',
        options: { url: 'https://example.org/a.csv' },
        resources: [{ ...resource, selection: {} }],
      }),
    ).rejects.toThrow('refresh.full: the driver csv cannot read only what has changed'),
    expect(register({ resources: [{ ...resource, steps: [{ fillDown: ['a'] }, joined] }] })).rejects.toThrow(
      /steps\[0\]\.fillDown: needs all rows[^]*steps\[1\]\.joinWith: needs all rows/,
    ),
  ])
})
