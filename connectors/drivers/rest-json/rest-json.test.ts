import { describe, expect, test } from '@jest/globals'
import type { z } from 'zod'
import { collected } from '../../../test/support/reading.js'
import {
  sourceServers,
  type SeenRequest,
  type ServerAnswer,
  type SourceServer,
} from '../../../test/support/source-server.js'
import { SourceNumber, type SourceRow, type SourceValue } from '../driver.js'
import { driver } from './driver.js'
import { restJsonOptions, restJsonSelection } from './options.js'

const start = sourceServers()
/** Serves `count` rows in pages of 10 by whatever parameter the test pages with. */
const rows = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => ({ id: from + at + 1 }))
const number = (request: SeenRequest, name: string, otherwise = 0) =>
  Number(request.url.searchParams.get(name) ?? otherwise)

function scan(
  at: SourceServer,
  selection: z.input<typeof restJsonSelection>,
  options: Omit<z.input<typeof restJsonOptions>, 'url'> & { path?: string } = {},
): Promise<SourceRow[]> {
  const { path = '/rows', ...rest } = options
  const source = at.source(restJsonOptions.parse({ url: `${at.url}${path}`, ...rest }))
  return collected(driver.scan(source, restJsonSelection.parse(selection)))
}
const textOf = (value: SourceValue | undefined) => (value instanceof SourceNumber ? value.text : value)
const ids = (read: readonly SourceRow[]) => read.map((row) => textOf(row.values['id']))
const numbersTo = (count: number) => Array.from({ length: count }, (_, at) => String(at + 1))

describe('a scan', () => {
  test('reads a list at the top, keeps digits as text and numbers as they are written', async () => {
    const at = await start(() => ({ body: '[{"code":"00501","big":12345678901234567890.10,"zero":0,"none":null}]' }))
    const [row] = await scan(at, {})
    expect(row?.number).toBe(1)
    expect(row?.values['code']).toBe('00501')
    expect(row?.values['big']).toEqual(new SourceNumber('12345678901234567890.10'))
    expect(row?.values['zero']).toEqual(new SourceNumber('0'))
    expect(row?.values['none']).toBeNull()
  })

  test('finds the list by a path or by an expression, filters included', async () => {
    const at = await start(() => ({
      body: {
        data: [
          { kind: 'x', list: [{ id: 1 }] },
          { kind: 'y', list: [{ id: 2 }, { id: 3 }] },
        ],
      },
    }))
    expect(ids(await scan(at, { items: 'data[].list[]' }))).toEqual(['1', '2', '3'])
    expect(ids(await scan(at, { items: "data[?kind=='y'].list[]" }))).toEqual(['2', '3'])
    expect(await scan(at, { items: 'data[].kind' })).toMatchObject([
      { values: { value: 'x' } },
      { values: { value: 'y' } },
    ])
  })

  test('keeps names such as __proto__ as names', async () => {
    const at = await start(() => ({ body: '[{"__proto__":{"polluted":true},"constructor":"c"}]' }))
    const [row] = await scan(at, {})
    expect(Object.keys(row?.values ?? {})).toEqual(['__proto__', 'constructor'])
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  })

  test('joins the path and the queries of the connector and of the resource, and sends the headers', async () => {
    const at = await start(() => ({ body: { items: [] } }))
    await scan(
      at,
      { path: '/car-parks', query: { year: '2025', zone: 'b' }, items: 'items' },
      { path: '/api/?v=2', query: { zone: 'a' }, headers: { 'x-version': '3' } },
    )
    expect(at.requests[0]?.url.pathname).toBe('/api/car-parks')
    expect(Object.fromEntries(at.requests[0]?.url.searchParams ?? [])).toEqual({ v: '2', zone: 'b', year: '2025' })
    expect(at.requests[0]?.headers['x-version']).toBe('3')
  })

  test('posts a body with the paging in it', async () => {
    const at = await start((request) => ({ body: { items: rows(0, request.body.includes('"page":1') ? 2 : 0) } }))
    const paging = { kind: 'page', sizeParameter: 'size', size: 2, in: 'body' } as const
    const read = await scan(at, { items: 'items', paging }, { method: 'POST', body: { filter: { open: true } } })
    expect(ids(read)).toEqual(['1', '2'])
    expect(at.requests.map(({ method, body }) => [method, body])).toEqual([
      ['POST', '{"filter":{"open":true},"page":1,"size":2}'],
      ['POST', '{"filter":{"open":true},"page":2,"size":2}'],
    ])
  })

  test.each([
    ['an error in place of the list', { error: { message: 'secret' } }, 'no list at items, it has the fields error'],
    ['null in place of the list', { items: null }, 'no list at items, it has the fields items'],
    ['a list in place of an object', [], 'no list at items, it is a list itself'],
  ])('refuses %s with status 200', async (_case, body, detail) => {
    const at = await start(() => ({ body }))
    await expect(scan(at, { items: 'items' })).rejects.toMatchObject({
      code: 'NOT_DATA',
      details: { detail: { en: detail } },
    })
  })
})

describe('pages by number', () => {
  const paged = (request: SeenRequest, count: number, size = 10) => {
    const first = (number(request, 'page', 1) - 1) * size
    return rows(first, Math.min(first + size, count))
  }

  test('go on to the empty page, numbering rows over all of them', async () => {
    const at = await start((request) => ({ body: { data: paged(request, 25) } }))
    const read = await scan(at, { items: 'data', paging: { kind: 'page', sizeParameter: 'pageSize', size: 10 } })
    expect(ids(read)).toEqual(numbersTo(25))
    expect(read.map((row) => row.number)).toEqual(Array.from({ length: 25 }, (_, index) => index + 1))
    expect(at.requests.map(({ url }) => url.search)).toEqual([1, 2, 3, 4].map((page) => `?page=${page}&pageSize=10`))
  })

  test('lose nothing when the source gives smaller pages than were asked for', async () => {
    const at = await start((request) => ({ body: { data: paged(request, 25) } }))
    const read = await scan(at, { items: 'data', paging: { kind: 'page', sizeParameter: 'pageSize', size: 500 } })
    expect(ids(read)).toEqual(numbersTo(25))
  })

  test('end at a short page when the manifest says so', async () => {
    const at = await start((request) => ({ body: { data: paged(request, 25) } }))
    await scan(at, { items: 'data', paging: { kind: 'page', size: 10, stop: 'shortPage' } })
    expect(at.requests).toHaveLength(3)
  })

  test('end at the total, which may begin at page 0', async () => {
    const at = await start((request) => {
      const first = number(request, 'p') * 10
      return { body: { data: rows(first, Math.min(first + 10, 20)), total: 20 } }
    })
    const paging = { kind: 'page', parameter: 'p', first: 0, size: 10 } as const
    expect(ids(await scan(at, { items: 'data', total: 'total', paging }))).toEqual(numbersTo(20))
    expect(at.requests).toHaveLength(2)
  })

  test('are a fault when fewer rows came than the source counts', async () => {
    const at = await start((request) => ({ body: { data: paged(request, 25), total: 30 } }))
    await expect(scan(at, { items: 'data', total: 'total', paging: { kind: 'page', size: 10 } })).rejects.toMatchObject(
      {
        code: 'TRUNCATED',
        details: { detail: { en: '25 of 30 rows were read' } },
      },
    )
  })

  test('are a fault when the count that the manifest relies on is missing', async () => {
    const at = await start(() => ({ body: { data: [] } }))
    await expect(scan(at, { items: 'data', total: 'meta.total' })).rejects.toMatchObject({
      code: 'NOT_DATA',
      details: { detail: { en: 'no count at meta.total' } },
    })
  })

  test('are a fault when the source ignores the page and repeats the first', async () => {
    const at = await start(() => ({ body: rows(0, 10) }))
    await expect(scan(at, { paging: { kind: 'page', size: 10 } })).rejects.toMatchObject({
      code: 'NOT_DATA',
      details: { detail: { en: 'page 2 repeats page 1' } },
    })
    expect(at.requests).toHaveLength(2)
  })
})

describe('pages by offset', () => {
  test('count what came, so that a lowered limit loses nothing', async () => {
    const at = await start((request) => {
      const first = number(request, 'offset')
      return { body: rows(first, Math.min(first + 10, 25)) }
    })
    expect(ids(await scan(at, { paging: { kind: 'offset', limit: 1000 } }))).toEqual(numbersTo(25))
    expect(at.requests.map(({ url }) => number({ ...at.requests[0]!, url }, 'offset'))).toEqual([0, 10, 20, 25])
  })
})

describe('pages by cursor', () => {
  test('follow the cursor until there is none', async () => {
    const at = await start((request) => {
      const first = number(request, 'after')
      return { body: { items: rows(first, first + 10), next: first === 20 ? null : first + 10 } }
    })
    expect(
      ids(await scan(at, { items: 'items', paging: { kind: 'cursor', parameter: 'after', path: 'next' } })),
    ).toEqual(numbersTo(30))
    expect(at.requests[0]?.url.search).toBe('')
  })

  test('are a fault when the cursor does not move', async () => {
    let count = 0
    const at = await start(() => ({ body: { items: rows((count += 1), count + 1), next: 'same' } }))
    await expect(
      scan(at, { items: 'items', paging: { kind: 'cursor', parameter: 'after', path: 'next' } }),
    ).rejects.toMatchObject({
      code: 'NOT_DATA',
      details: { detail: { en: 'the next page is one that was read before' } },
    })
  })
})

describe('pages by link', () => {
  const link = { items: 'items', paging: { kind: 'nextLink', path: 'next' } } as const

  test('follow relative and absolute links', async () => {
    const at = await start(({ url }) => {
      const next: Record<string, string | null> = {
        '/rows': '?p=2',
        '/rows?p=2': `${url.origin}/more/3`,
        '/more/3': null,
      }
      const page = url.pathname === '/more/3' ? 2 : number({ ...at.requests[0]!, url }, 'p', 1) - 1
      return { body: { items: rows(page * 10, page * 10 + 10), next: next[`${url.pathname}${url.search}`] } }
    })
    expect(ids(await scan(at, link))).toEqual(numbersTo(30))
  })

  test('follow the Link header when no path is given', async () => {
    const at = await start(({ url }) => {
      const second = url.searchParams.has('p')
      const header = '</rows>; rel="first", </rows?p=2&q=a,b>; title="x"; rel="last next"'
      return { body: rows(second ? 10 : 0, second ? 20 : 10), ...(!second && { headers: { link: header } }) }
    })
    expect(ids(await scan(at, { paging: { kind: 'nextLink' } }))).toEqual(numbersTo(20))
    expect(at.requests[1]?.url.search).toBe('?p=2&q=a,b')
  })

  test('end at an empty page though it links on, unless the manifest says that links decide', async () => {
    const answer = ({ url }: SeenRequest): ServerAnswer => {
      const page = Number(url.searchParams.get('p') ?? 1)
      const items = page === 1 ? rows(0, 10) : page === 3 ? rows(10, 20) : []
      return { body: { items, next: page < 4 ? `/rows?p=${page + 1}` : null } }
    }
    const at = await start(answer)
    expect(ids(await scan(at, link))).toEqual(numbersTo(10))
    expect(ids(await scan(at, { ...link, paging: { ...link.paging, stop: 'lastLink' } }))).toEqual(numbersTo(20))
  })

  test('are a fault when the link leads to the same page', async () => {
    const at = await start(({ url }) => ({ body: { items: rows(0, 10), next: url.href } }))
    await expect(scan(at, link)).rejects.toMatchObject({ code: 'NOT_DATA' })
    expect(at.requests).toHaveLength(1)
  })

  test('stay on the host when the manifest says so, though links name an inner one', async () => {
    const at = await start(({ url }) => ({
      body: url.search === '' ? { items: rows(0, 10), next: 'http://inner:8080/rows?p=2' } : { items: rows(10, 20) },
    }))
    expect(ids(await scan(at, { ...link, paging: { ...link.paging, keepHost: true } }))).toEqual(numbersTo(20))
  })

  test('are a fault when the link is no address', async () => {
    const at = await start(() => ({ body: { items: rows(0, 10), next: 'http://[' } }))
    await expect(scan(at, link)).rejects.toMatchObject({ code: 'NOT_DATA' })
  })

  test('do not take the headers of the manifest to another host', async () => {
    const other = await start(() => ({ body: { items: rows(10, 20), next: null } }))
    const at = await start(() => ({ body: { items: rows(0, 10), next: `${other.url}/rows` } }))
    at.allow(other.url)
    expect(ids(await scan(at, link, { headers: { 'x-key': 'secret' } }))).toEqual(numbersTo(20))
    expect(at.requests[0]?.headers['x-key']).toBe('secret')
    expect(other.requests[0]?.headers['x-key']).toBeUndefined()
  })
})

describe('a preview', () => {
  test('offers each list of objects with its columns and first rows', async () => {
    const at = await start(() => ({
      body: { meta: { tags: ['a'] }, data: { 'car parks': [{ id: 1 }, { id: 2, name: 'x' }], items: [{ code: 'c' }] } },
    }))
    const source = at.source(restJsonOptions.parse({ url: `${at.url}/rows` }))
    const described = await driver.describe(source, 1)
    expect(
      described.map(({ name, columns, sample, selection }) => [name, columns, sample.length, selection.items]),
    ).toEqual([
      ['car parks', ['id', 'name'], 1, 'data."car parks"'],
      ['items', ['code'], 1, 'data.items'],
    ])
    const [first] = described
    expect(ids(await collected(driver.scan(source, first!.selection)))).toEqual(['1', '2'])
  })

  test.each([
    [{ data: [{ id: 1 }], total: 3 }, 'total'],
    [{ data: [{ id: 1 }], meta: { total_count: 3 } }, 'meta.total_count'],
    [{ result: { data: [{ id: 1 }], tongSo: 3 } }, 'result.tongSo'],
  ])('knows of %j that it is the first page of more', async (body, total) => {
    const at = await start(() => ({ body }))
    const source = at.source(restJsonOptions.parse({ url: `${at.url}/rows` }))
    const [first] = await driver.describe(source, 1)
    expect(first?.selection.total).toBe(total)
    await expect(collected(driver.scan(source, first!.selection))).rejects.toThrow('1 of 3 rows were read')
  })

  test.each([
    { data: [{ id: 1 }, { id: 2 }], total: 1 },
    { data: [{ id: 1 }], total: 'x', subtotal: 9 },
    [{ total: 5 }],
  ])('takes nothing else for the length of a list: %j', async (body) => {
    const at = await start(() => ({ body }))
    const [first] = await driver.describe(at.source(restJsonOptions.parse({ url: `${at.url}/rows` })), 1)
    expect(first?.selection.total).toBeUndefined()
  })

  test('and a check ask where the manifest says that the service answers by itself', async () => {
    const at = await start(({ url }) => ({ status: url.search === '?ids=0' ? 200 : 400, body: { beds: [{ id: 1 }] } }))
    const source = at.source(restJsonOptions.parse({ url: `${at.url}/beds`, probe: '?ids=0' }))
    await expect(driver.check(source)).resolves.toBeUndefined()
    expect(await driver.describe(source, 5)).toMatchObject([{ name: 'beds' }])
    const blind = at.source(restJsonOptions.parse({ url: `${at.url}/beds` }))
    await expect(driver.check(blind)).rejects.toMatchObject({ code: 'BAD_STATUS' })
  })

  test('and a check ask a service by key without needing a known key', async () => {
    const at = await start(() => ({ status: 404, body: {} }))
    const source = at.source(restJsonOptions.parse({ url: `${at.url}/beds/{keys}` }))
    await expect(driver.check(source)).resolves.toBeUndefined()
    expect(await driver.describe(source, 5)).toEqual([])
  })
})

describe('a selection', () => {
  test('names an expression that cannot be read', () => {
    expect(restJsonSelection.safeParse({ items: 'data[' }).error?.issues[0]).toMatchObject({
      path: ['items'],
      message: 'the expression "data[" is not a JMESPath expression',
    })
    expect(restJsonSelection.safeParse({ items: 'sort_by(data, &id)' }).success).toBe(true)
  })
})
