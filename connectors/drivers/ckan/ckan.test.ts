import { describe, expect, test } from '@jest/globals'
import type { z } from 'zod'
import { collected } from '../../../test/support/reading.js'
import {
  sourceServers,
  type SeenRequest,
  type ServerAnswer,
  type SourceServer,
} from '../../../test/support/source-server.js'
import { SourceNumber, type SourceRow } from '../driver.js'
import { driver } from './driver.js'
import { ckanOptions, ckanSelection } from './options.js'
import { failure, isPackage, notFound, page, resource, success } from './portal.fixture.js'

const start = sourceServers()
type Given = Partial<z.input<typeof ckanOptions>>
const sourceOf = (at: SourceServer, given: Given) => at.source(ckanOptions.parse({ endpoint: at.url, ...given }))
const scan = (
  at: SourceServer,
  selection: z.input<typeof ckanSelection> = {},
  given: Given = { resource: 'r' },
): Promise<SourceRow[]> => collected(driver.scan(sourceOf(at, given), ckanSelection.parse(selection)))
const codes = (rows: readonly SourceRow[]) => rows.map(({ values }) => values['ma'])
const codesTo = (count: number) => Array.from({ length: count }, (_, at) => `m-${at + 1}`)
const offsets = (at: SourceServer) => at.requests.map(({ url }) => Number(url.searchParams.get('offset')))

describe('the rows of a resource', () => {
  test('end at the total, although every page has a link to a next one', async () => {
    const at = await start((request) => page(request, 25))
    const rows = await scan(at, { pageSize: 10 })
    expect(codes(rows)).toEqual(codesTo(25))
    expect(offsets(at)).toEqual([0, 10, 20])
    expect(at.requests[0]?.url.pathname).toBe('/api/3/action/datastore_search')
    expect(at.requests[0]?.url.search).toBe('?resource_id=r&sort=_id&limit=10&offset=0')
  })

  test('go on by what came when the portal gives fewer than were asked for', async () => {
    const at = await start((request) => page(request, 25, {}, 10))
    expect(codes(await scan(at, { pageSize: 1000 }))).toEqual(codesTo(25))
    expect(offsets(at)).toEqual([0, 10, 20])
  })

  test('end at an empty page when the total is only estimated, or not said', async () => {
    for (const unknown of [{ total: 40, total_was_estimated: true }, { total: undefined }]) {
      const at = await start((request) => page(request, 25, unknown))
      expect(codes(await scan(at, { pageSize: 10 }))).toEqual(codesTo(25))
      expect(offsets(at)).toEqual([0, 10, 20, 25])
      await at.close()
    }
  })

  test('may be none', async () => {
    const at = await start((request) => page(request, 0))
    expect(await scan(at)).toEqual([])
  })

  test('keep numbers as they are written, times without a zone and everything that is nested', async () => {
    const row = `{"_id":7,"int8":9007199254740993,"numeric":12345678901234567890.10,"float8":-0.5e-7,"int4":0,"bool":false,
      "_text":["Mike","John"],"json":{"type":"Point","coordinates":[109.22,13.780]},"timestamp":"2015-01-01T03:00:00","time":"03:00:00",
      "text":"00540","empty":null}`
    const at = await start(() => ({ body: `{"success":true,"result":{"records":[${row}],"total":1}}` }))
    const [read] = await scan(at)
    expect(read?.number).toBe(7)
    expect({ ...read?.values }).toEqual({
      _id: new SourceNumber('7'),
      int8: new SourceNumber('9007199254740993'),
      numeric: new SourceNumber('12345678901234567890.10'),
      float8: new SourceNumber('-0.5e-7'),
      int4: new SourceNumber('0'),
      bool: false,
      _text: ['Mike', 'John'],
      json: { type: 'Point', coordinates: [new SourceNumber('109.22'), new SourceNumber('13.780')] },
      timestamp: '2015-01-01T03:00:00',
      time: '03:00:00',
      text: '00540',
      empty: null,
    })
  })

  test('are asked for with filters and columns, and the number of the row beside those', async () => {
    const at = await start((request) => page(request, 1))
    await scan(at, { filters: { nam: [2024, 2025], huyen: 'Tây Sơn' }, fields: ['ma', 'ten'] })
    const { searchParams } = at.requests[0]?.url ?? new URL('http://none')
    expect(searchParams.get('filters')).toBe('{"nam":[2024,2025],"huyen":"Tây Sơn"}')
    expect(searchParams.get('fields')).toBe('_id,ma,ten')
  })
})

describe('a reading in which something is wrong', () => {
  test.each<[string, (request: SeenRequest) => ServerAnswer, string]>([
    ['fewer rows than the total', (request) => page(request, 25, { total: 30 }), '25 of 30 rows were read'],
    ['more rows than the total', (request) => page(request, 30, { total: 25 }), '30 of 25 rows were read'],
    [
      'a total that grows',
      (request) => page(request, 25, { total: 25 + Number(request.url.searchParams.get('offset')) }),
      'the rows were changed while they were read, it had 25 rows at first and 35 later',
    ],
    [
      'a total that is no longer said',
      (request) => page(request, 25, request.url.searchParams.get('offset') === '0' ? {} : { total: undefined }),
      'the rows were changed while they were read, it had 25 rows at first and an unknown number of later',
    ],
  ])('%s is a fault, and the schedule tries again', async (_what, answer, detail) => {
    const at = await start(answer)
    await expect(scan(at, { pageSize: 10 })).rejects.toMatchObject({
      code: 'TRUNCATED',
      details: { detail: { en: detail } },
      retry: true,
    })
  })

  test('a row that comes out of order is a fault: another may be missing', async () => {
    const at = await start(({ url }) => {
      const ids = url.searchParams.get('offset') === '0' ? [1, 2, 3] : [3, 4]
      return success({ records: ids.map((_id) => ({ _id, ma: `m-${_id}` })), total: 5 })
    })
    await expect(scan(at, { pageSize: 3 })).rejects.toMatchObject({
      code: 'TRUNCATED',
      details: { detail: { en: expect.stringContaining('the row 3 came after the row 3') } },
    })
  })

  test('a portal that ignores the offset is found out', async () => {
    const at = await start(() => success({ records: [{ ma: 'a' }, { ma: 'b' }] }))
    await expect(scan(at, { sort: '', pageSize: 2 })).rejects.toMatchObject({
      code: 'NOT_DATA',
      details: { detail: { en: 'page 2 repeats page 1' } },
    })
  })

  test('rows without a number say what to set', async () => {
    const at = await start(() => success({ records: [{ ma: 'a' }], total: 1 }))
    await expect(scan(at)).rejects.toMatchObject({ code: 'MAPPING', message: expect.stringContaining('set sort') })
  })

  test('a page without its list of records is no data', async () => {
    const at = await start(() => success({ total: 3 }))
    await expect(scan(at)).rejects.toMatchObject({ code: 'NOT_DATA' })
  })
})

describe('a refusal', () => {
  const authorisation = { __type: 'Authorization Error', message: 'Access denied' }
  test.each<[string, ServerAnswer, string, string]>([
    ['404', notFound, 'NOT_FOUND', 'the resource r in the DataStore'],
    ['404 in words of another language with status 200', { ...notFound, status: 200 }, 'NOT_FOUND', 'the resource r'],
    [
      '404 of a server without CKAN',
      { status: 404, body: '<html>' },
      'NOT_FOUND',
      'is that an action of a CKAN portal?',
    ],
    ['403', failure(403, authorisation), 'UNAUTHORISED', 'HTTP status 403; CKAN wants the API token alone'],
    [
      '403 with status 200',
      failure(200, authorisation),
      'UNAUTHORISED',
      'without "Bearer", in the header Authorization',
    ],
    [
      '409',
      failure(409, { __type: 'Validation Error', fields: ['field "tenn" not in table'] }),
      'MAPPING',
      'fields: field "tenn" not in table',
    ],
    ['an error with status 200', failure(200, { message: 'Solr  is\naway' }), 'NOT_DATA', 'Solr is away'],
    ['an error without a word', failure(200, undefined), 'NOT_DATA', 'it does not say why'],
    ['some other JSON', { body: { records: [] } }, 'NOT_DATA', 'see the options endpoint and actions'],
    ['no result', { body: { success: true } }, 'NOT_DATA', 'it has no result'],
  ])('by %s says what to change', async (_what, answer, code, words) => {
    const at = await start(() => answer)
    await expect(scan(at)).rejects.toMatchObject({ code, message: expect.stringContaining(words) })
    await expect(driver.check(sourceOf(at, { resource: 'r' }))).rejects.toMatchObject({ code })
    expect(at.requests).toHaveLength(2)
  })
})

describe('a resource of a dataset', () => {
  const show =
    (...resources: object[]) =>
    (request: SeenRequest) =>
      isPackage(request) ? success({ name: 'd', resources }) : page(request, 2)

  test('is found by its name or id, or is the only one with rows', async () => {
    const notes = resource('notes', { format: 'PDF', datastore_active: false })
    const at = await start(show(resource('Năm 2024'), notes))
    for (const wanted of [{}, { resource: 'Năm 2024' }, { resource: 'id-of-Năm 2024' }])
      expect(codes(await scan(at, wanted, { package: 'd' }))).toEqual(codesTo(2))
    expect(
      new Set(at.requests.map(({ url }) => url.searchParams.get('resource_id') ?? url.searchParams.get('id'))),
    ).toEqual(new Set(['d', 'id-of-Năm 2024']))
  })

  test('gives its name to its rows, so that one of several is told from the others', async () => {
    const at = await start(show(resource('2024'), resource('2025')))
    const rows = await scan(at, { resource: '2025' }, { package: 'd' })
    expect(rows.map(({ part, number }) => [part, number])).toEqual([
      ['2025', 1],
      ['2025', 2],
    ])
  })

  test.each([
    ['is one of several', {}, [resource('a'), resource('b')], 'MAPPING', 'a = id-of-a, b = id-of-b'],
    [
      'shares its name',
      { resource: 'a' },
      [resource('a'), resource('a', { id: 'x' })],
      'MAPPING',
      'a = id-of-a, a = x',
    ],
    [
      'is not there',
      { resource: 'c' },
      [resource('a'), resource('b')],
      'NOT_FOUND',
      'c in the dataset d (there are a, b)',
    ],
    [
      'is a file only',
      { resource: 'a' },
      [resource('a', { datastore_active: false })],
      'MAPPING',
      'use the driver csv with the url https://portal.example/download/a.csv',
    ],
    [
      'is a workbook only',
      {},
      [resource('a', { datastore_active: false, format: '.xlsx' })],
      'MAPPING',
      'a (XLSX): use the driver xlsx with the url',
    ],
    [
      'is nothing that can be read',
      {},
      [resource('a', { datastore_active: false, format: 'ZIP' })],
      'MAPPING',
      'would have to load it',
    ],
  ])('that %s says what to do', async (_what, selection, resources, code, words) => {
    const at = await start(show(...resources))
    await expect(scan(at, selection, { package: 'd' })).rejects.toMatchObject({
      code,
      message: expect.stringContaining(words),
    })
  })

  test('is shown with its columns, but for the numbers that the portal gave to its rows', async () => {
    const at = await start(show(resource('2024'), resource('map', { datastore_active: false }), resource('2025')))
    const described = await driver.describe(sourceOf(at, { package: 'd' }), 1)
    expect(
      described.map(({ name, columns, sample }) => [name, columns, sample.map(({ values }) => ({ ...values }))]),
    ).toEqual([
      ['2024', ['ma'], [{ ma: 'm-1' }]],
      ['2025', ['ma'], [{ ma: 'm-1' }]],
    ])
    expect(described.map(({ selection }) => selection.resource)).toEqual(['2024', '2025'])
    const one = await driver.describe(sourceOf(at, { package: 'd', resource: 'id-of-2025' }), 1)
    expect(one.map(({ name }) => name)).toEqual(['2025'])
  })

  test('is shown by its id when another has its name', async () => {
    const at = await start(show(resource('a'), resource('a', { id: 'x' })))
    const described = await driver.describe(sourceOf(at, { package: 'd' }), 1)
    expect(described.map(({ selection }) => selection.resource)).toEqual(['id-of-a', 'x'])
  })

  test('is passed over when the portal does not say what it has loaded, and has not loaded this', async () => {
    const at = await start((request) => {
      const resources = ['a', 'b'].map((name) => resource(name, { datastore_active: undefined }))
      if (isPackage(request)) return success({ resources })
      return request.url.searchParams.get('resource_id') === 'id-of-a' ? notFound : page(request, 2)
    })
    expect(await driver.describe(sourceOf(at, { package: 'd' }), 5)).toMatchObject([{ name: 'b' }])
  })

  test('of a dataset without rows fails the check, one among several does not', async () => {
    const at = await start(show(resource('a'), resource('b')))
    await expect(driver.check(sourceOf(at, { package: 'd' }))).resolves.toBeUndefined()
    await expect(driver.check(sourceOf(at, { package: 'd', resource: 'c' }))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    await at.close()
    const files = await start(show(resource('a', { datastore_active: false })))
    await expect(driver.check(sourceOf(files, { package: 'd' }))).rejects.toMatchObject({ code: 'MAPPING' })
  })
})

describe('a portal of another make', () => {
  test('is read at its own action, in its own order, with its own filters', async () => {
    const at = await start(({ url }) => {
      const first = Number(url.searchParams.get('offset'))
      return success({ records: first === 0 ? [{ ma: 'a' }, { ma: 'b' }] : [{ ma: 'c' }], total: '3', limit: 2 })
    })
    const rows = await scan(
      at,
      { sort: 'ma', pageSize: 2, fields: ['ma'], query: { 'filters[nam]': '2025' } },
      { endpoint: `${at.url}/`, resource: 'r', actions: { datastoreSearch: '/api/action/datastore/search.json' } },
    )
    expect(codes(rows)).toEqual(['a', 'b', 'c'])
    expect(rows.map(({ number }) => number)).toEqual([1, 2, 3])
    expect(at.requests[1]?.url.pathname).toBe('/api/action/datastore/search.json')
    expect(Object.fromEntries(at.requests[1]?.url.searchParams ?? [])).toEqual({
      'filters[nam]': '2025',
      resource_id: 'r',
      fields: 'ma',
      sort: 'ma',
      limit: '2',
      offset: '2',
    })
  })

  test('may show a dataset as a list of one', async () => {
    const at = await start((request) =>
      isPackage(request)
        ? success([{ resources: [resource('a', { datastore_active: undefined })] }])
        : page(request, 1),
    )
    expect(codes(await scan(at, {}, { package: 'd' }))).toEqual(['m-1'])
  })
})

test('options name a dataset or a resource', () => {
  expect(ckanOptions.safeParse({ endpoint: 'https://portal.example' }).success).toBe(false)
  expect(ckanOptions.safeParse({ endpoint: 'http://[', package: 'd' }).success).toBe(false)
  expect(ckanOptions.safeParse({ endpoint: 'ftp://portal.example', package: 'd' }).success).toBe(false)
  expect(ckanOptions.safeParse({ endpoint: 'https://portal.example', package: 'd', apiKey: 'x' }).success).toBe(false)
})
