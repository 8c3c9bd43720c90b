import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Viewer } from '../../src/access/viewer.js'
import { anonymous } from '../../src/access/viewer.js'
import type { MutableFile } from '../support/mutable-file.js'
import { until } from '../support/until.js'
import { cameras, createRegistrationWorld, run, type RegistrationWorld } from './registration-world.js'

let world: RegistrationWorld
let transport: Viewer
beforeAll(async () => {
  world = await createRegistrationWorld()
  transport = await world.keyOf('transport')
})
afterAll(() => world.dispose())

const lines = (...rows: readonly string[]): Buffer => Buffer.from([...rows, ''].join('\n'))

async function connected(code: string, content: Buffer): Promise<MutableFile> {
  const file = await world.serve(content)
  await world.connect(cameras(file.url, code), transport)
  return file
}

/** Runs it, and waits until the run was looked at. */
async function ran(code: string): Promise<void> {
  const runId = await until('no other run is under way', async () => {
    const { data } = await world.query(run, { code }, transport)
    return (data as { runConnector: { id: string } } | null)?.runConnector.id ?? false
  })
  await world.watched(code, runId)
}

const notes = `query($code: ID!) { connector(code: $code) { runs(first: 1) { nodes {
  outcome notes { kind resource columns vi: message en: message(lang: EN) } } } } }`

test('a run says which columns of the source are new, missing or of another kind', async () => {
  const file = await connected('drifting', lines('code,name,since,fax', 'C1,Một,2020-01-01,1', 'C2,Hai,2021-01-01,2'))
  file.replace(lines('code,name,since,email', 'C1,Một,năm 2020,a', 'C2,Hai,năm 2021,b'))
  await ran('drifting')
  expect(await world.ask(notes, { code: 'drifting' }, transport)).toEqual({
    connector: {
      runs: {
        nodes: [
          {
            outcome: 'UNCHANGED',
            notes: [
              {
                kind: 'NEW_COLUMNS',
                resource: 'cameras',
                columns: ['email'],
                vi: 'Nguồn dữ liệu có thêm các cột email; chúng chưa được công bố.',
                en: 'The source has new columns email; they are not published.',
              },
              {
                kind: 'MISSING_COLUMNS',
                resource: 'cameras',
                columns: ['fax'],
                vi: 'Nguồn dữ liệu không còn các cột fax.',
                en: 'The source no longer has the columns fax.',
              },
              {
                kind: 'RETYPED_COLUMNS',
                resource: 'cameras',
                columns: ['since'],
                vi: 'Kiểu giá trị của các cột đã đổi: since (date → text).',
                en: 'The values of columns are of another kind: since (date → text).',
              },
            ],
          },
        ],
      },
    },
  })
  await ran('drifting')
  expect(await world.ask(notes, { code: 'drifting' }, transport)).toEqual({
    connector: { runs: { nodes: [{ outcome: 'UNCHANGED', notes: [] }] } },
  })
})

const vanished =
  '{ dataset(code: "vanishing") { resources { name vanishedAt recordCount source { state error { code } } } } }'

test('everybody sees since when a source is gone, and that its records are still those of the last good version', async () => {
  const file = await connected('vanishing', lines('code,name', 'C1,Một'))
  const there = { name: 'cameras', vanishedAt: null, recordCount: 1, source: { state: 'FRESH', error: null } }
  expect(await world.ask(vanished, {}, anonymous)).toEqual({ dataset: { resources: [there] } })
  const before = new Date()
  file.answerWith(410)
  await ran('vanishing')
  const gone = { ...there, vanishedAt: expect.any(String), source: { state: 'STALE', error: { code: 'NOT_FOUND' } } }
  const seen = await world.ask<{ dataset: { resources: { vanishedAt: string }[] } }>(vanished, {}, anonymous)
  expect(seen).toEqual({ dataset: { resources: [gone] } })
  expect(new Date(seen.dataset.resources[0]?.vanishedAt ?? 0).getTime()).toBeGreaterThan(before.getTime() - 1000)
  file.answerWith(200)
  await ran('vanishing')
  expect(await world.ask(vanished, {}, anonymous)).toEqual({ dataset: { resources: [there] } })
})

interface SeenNotice {
  readonly id: string
  readonly cause: string
  readonly title: string
  readonly times: number
  readonly connector: { readonly code: string }
}

async function openNotices(code: string): Promise<SeenNotice[]> {
  const { notices } = await world.ask<{ notices: { nodes: SeenNotice[] } }>(
    '{ notices(first: 100, open: true) { nodes { id cause title(lang: EN) times rows { row } connector { code } } } }',
    {},
    transport,
  )
  return notices.nodes.filter(({ connector }) => connector.code === code)
}
const settle = 'mutation($id: ID!) { settleNotice(id: $id) { id closedAt } }'

test('the owner is told of each change of the columns once, until the mapping is changed or the notice is settled', async () => {
  const file = await connected('told', lines('code,name,fax', 'C1,Một,1'))
  file.replace(lines('code,name,email', 'C1,Một,a'))
  await ran('told')
  const told = {
    cause: 'COLUMNS_CHANGED',
    times: 1,
    title: 'The source has new columns email; they are not published. The source no longer has the columns fax.',
  }
  expect(await openNotices('told')).toMatchObject([told])
  await ran('told')
  expect(await openNotices('told')).toMatchObject([told])

  // The owner does something about it.
  const manifest = cameras(file.url, 'told', {
    resources: [
      {
        name: 'cameras',
        recordType: 'TrafficCamera',
        fields: { code: { column: 'code' }, name: { column: 'name', convert: ['trim'] } },
      },
    ],
  })
  await world.ask(
    'mutation($manifest: JSON!) { updateConnector(code: "told", manifest: $manifest) { version } }',
    { manifest },
    transport,
  )
  await until('it is read anew', async () => (await openNotices('told')).length === 0)

  // What was told once is no news when it comes and goes; what is new is, and can be said not to matter.
  file.replace(lines('code,name,fax', 'C1,Một,1'))
  await ran('told')
  file.replace(lines('code,name,email,web', 'C1,Một,a,b'))
  await ran('told')
  const [second] = await openNotices('told')
  expect(second).toMatchObject({
    cause: 'COLUMNS_CHANGED',
    title: 'The source has new columns email, web; they are not published.',
  })
  const health = await world.keyOf('health')
  const id = second?.id ?? ''
  expect(await world.refusal(settle, { id }, health)).toMatch(/^NOT_FOUND/)
  expect(await world.refusal(settle, { id: '999999' }, health)).toBe(await world.refusal(settle, { id }, health))
  expect(await world.refusal(settle, { id }, anonymous)).toMatch(/^UNAUTHENTICATED/)
  const closed = await world.ask(settle, { id }, transport)
  expect(closed).toEqual({ settleNotice: { id, closedAt: expect.any(String) } })
  expect(await world.ask(settle, { id }, transport)).toEqual(closed)
  await ran('told')
  expect(await openNotices('told')).toEqual([])
})
