import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import type { RunningAgency } from '../../sample-agency.js'
import { createSite } from '../site.js'
import { idOf } from './envelope.js'
import { ckanPortal } from './portal.js'

const site = { url: 'https://portal.example', title: 'Cổng', organisation: { name: 'so-a', title: 'Sở A' } }
const rows = Array.from({ length: 130 }, (_, at) => ({
  ma: String(at + 1).padStart(5, '0'),
  soMay: at % 7,
  mo: at % 2 === 0,
  ngay: '2025-06-30',
  ghiChu: at === 3 ? 'khoảng 30' : 30,
}))
const documents = ckanPortal(site, [
  {
    name: 'diem',
    title: 'Điểm',
    notes: '',
    tags: ['điểm'],
    modified: '2025-06-20T03:41:18.270955',
    uploads: [
      { name: 'Bảng', format: 'CSV', fileName: 'bang.csv', rows: () => rows },
      { name: 'Giải thích', format: 'PDF', fileName: 'giai-thich.pdf' },
    ],
  },
])

let running: RunningAgency
beforeAll(async () => {
  running = await createSite({ code: 'portal', title: 'Cổng', documents }).listen(0)
})
afterAll(async () => {
  await running.close()
})

const envelope = z.object({
  help: z.string(),
  success: z.boolean(),
  result: z.unknown().optional(),
  error: z.record(z.string(), z.unknown()).optional(),
})
const searched = z.object({
  limit: z.number(),
  records: z.array(z.record(z.string(), z.unknown())),
  fields: z.array(z.object({ id: z.string(), type: z.string() })),
  _links: z.object({ start: z.string(), next: z.string() }),
  total: z.number(),
})

async function act(name: string, query: Readonly<Record<string, string>> = {}) {
  const response = await fetch(`${running.url}/api/3/action/${name}?${new URLSearchParams(query).toString()}`)
  expect(response.headers.get('etag')).toBeNull()
  return { status: response.status, ...envelope.parse(await response.json()) }
}
const resource_id = idOf('diem/bang.csv')
const search = async (query: Readonly<Record<string, string>>) =>
  searched.parse((await act('datastore_search', { resource_id, ...query })).result)

describe('a dataset', () => {
  test('is listed, and shown by its name or id with what of it has rows', async () => {
    expect((await act('package_list')).result).toEqual(['diem'])
    const { help, success, result } = await act('package_show', { id: 'diem' })
    expect([help, success]).toEqual(['https://portal.example/api/3/action/help_show?name=package_show', true])
    expect(result).toMatchObject({
      num_resources: 2,
      resources: [
        { id: resource_id, name: 'Bảng', format: 'CSV', datastore_active: true, url_type: 'upload' },
        { name: 'Giải thích', format: 'PDF', datastore_active: false },
      ],
    })
    expect((await act('package_show', { id: idOf('diem') })).result).toEqual(result)
  })

  test('has a page for people that says what it is made by and where its rows are', async () => {
    const page = await (await fetch(`${running.url}/dataset/diem`)).text()
    expect(page).toContain('<meta name="generator" content="ckan')
    const [, rows = ''] = /<a href="([^"]+)">Bảng/u.exec(page) ?? []
    expect((await fetch(`${running.url}${rows}`)).status).toBe(200)
  })

  test('that is not there is not found, one that is not named is no question', async () => {
    expect(await act('package_show', { id: 'khac' })).toMatchObject({
      status: 404,
      success: false,
      error: { __type: 'Not Found Error' },
    })
    expect(await act('package_show')).toMatchObject({ status: 409, error: { __type: 'Validation Error' } })
  })
})

describe('the rows of a resource', () => {
  test('come a hundred at once, numbered, with a link to a next page behind the last one too', async () => {
    const first = await search({})
    expect([first.records.length, first.total, first.limit]).toEqual([100, 130, 100])
    expect(first.records[0]).toEqual({
      _id: 1,
      ma: '00001',
      soMay: 0,
      mo: true,
      ngay: '2025-06-30T00:00:00',
      ghiChu: '30',
    })
    const beyond = await search({ offset: '200', limit: '99999' })
    expect([beyond.records.length, beyond.limit]).toEqual([0, 32_000])
    expect(beyond._links.next).toContain('offset=32200')
  })

  test('have the types that their values allow', async () => {
    expect((await search({ limit: '0' })).fields.map(({ id, type }) => `${id} ${type}`)).toEqual([
      '_id int',
      'ma text',
      'soMay numeric',
      'mo bool',
      'ngay timestamp',
      'ghiChu text',
    ])
  })

  test('are filtered, sorted and cut to columns as asked', async () => {
    const { records, total } = await search({
      filters: '{"soMay":[3,4],"mo":false}',
      sort: 'ma desc',
      fields: 'ma,soMay',
      limit: '2',
    })
    expect(total).toBe(rows.filter(({ soMay, mo }) => (soMay === 3 || soMay === 4) && !mo).length)
    expect(records).toEqual([
      { ma: '00130', soMay: 3 },
      { ma: '00124', soMay: 4 },
    ])
  })

  test.each([
    ['fields', 'khac'],
    ['sort', 'khac desc'],
    ['filters', '{"khac":1}'],
    ['filters', '{'],
    ['limit', '-1'],
  ])('are refused when %s is %s', async (name, value) => {
    const { status, error } = await act('datastore_search', { resource_id, [name]: value })
    expect([status, error?.['__type']]).toEqual([409, 'Validation Error'])
    expect(Object.keys(error ?? {})).toContain(name)
  })

  test('are not there for a file that was not loaded', async () => {
    const answer = await act('datastore_search', { resource_id: idOf('diem/giai-thich.pdf') })
    expect(answer).toMatchObject({ status: 404, error: { __type: 'Not Found Error' } })
  })
})
