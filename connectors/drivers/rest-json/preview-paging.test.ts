import { describe, expect, test } from '@jest/globals'
import { collected } from '../../../test/support/reading.js'
import { sourceServers, type SeenRequest } from '../../../test/support/source-server.js'
import { driver } from './driver.js'
import { restJsonOptions, type Paging } from './options.js'

const start = sourceServers()
const rows = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => ({ id: from + at + 1 }))

interface Preview {
  readonly paging: Paging | undefined
  /** Read as it is proposed. */
  readonly read: number
}

async function preview(answer: (request: SeenRequest) => object, path = '/rows'): Promise<Preview> {
  const at = await start((request) => ({ body: answer(request) }))
  const source = at.source(restJsonOptions.parse({ url: `${at.url}${path}` }))
  const [first] = await driver.describe(source, 5)
  if (first === undefined) return { paging: undefined, read: 0 }
  return { paging: first.selection.paging, read: (await collected(driver.scan(source, first.selection))).length }
}

const from = ({ url }: SeenRequest, name: string, otherwise = 0): number =>
  Number(url.searchParams.get(name) ?? otherwise)
/** 25 rows, 10 at a time. */
const page = (number: number) => rows((number - 1) * 10, Math.min(number * 10, 25))

describe('a preview proposes the pages of a service', () => {
  test('that counts them, with the names that the answer has', async () => {
    const answer = (request: SeenRequest) => {
      const now = from(request, 'page', 1)
      return { items: page(now), paging: { page: now, pageSize: 10, totalItems: 25 } }
    }
    expect(await preview(answer)).toMatchObject({
      paging: { kind: 'page', parameter: 'page', first: 1, sizeParameter: 'pageSize', size: 10 },
      read: 25,
    })
  })

  test('that counts them from 0 and says only how many there are', async () => {
    const answer = (request: SeenRequest) => {
      const now = from(request, 'pageIndex')
      return { data: page(now + 1), pageIndex: now, totalPages: 3 }
    }
    expect(await preview(answer)).toMatchObject({
      paging: { kind: 'page', parameter: 'pageIndex', first: 0 },
      read: 25,
    })
  })

  test('whose address has the page, in the words of the address', async () => {
    const answer = (request: SeenRequest) => ({ items: page(from(request, 'trang', 1)), tongSo: 25 })
    expect(await preview(answer, '/rows?trang=1&limit=10')).toMatchObject({
      paging: { kind: 'page', parameter: 'trang', sizeParameter: 'limit', size: 10 },
      read: 25,
    })
  })

  test('that says nothing, when its address asks for one of so many rows and it is full', async () => {
    const answer = (request: SeenRequest) => page(from(request, 'trang', 1))
    expect(await preview(answer, '/rows?trang=1&limit=10')).toMatchObject({ paging: { kind: 'page' }, read: 25 })
    expect(await preview(answer, '/rows?trang=3&limit=10')).toMatchObject({ paging: { kind: 'none' }, read: 5 })
  })

  test('that skips rows', async () => {
    const answer = (request: SeenRequest) => {
      const skip = from(request, 'skip')
      return { result: { list: rows(skip, Math.min(skip + 10, 25)), skip, limit: 10, total: 25 } }
    }
    expect(await preview(answer)).toMatchObject({
      paging: { kind: 'offset', parameter: 'skip', limitParameter: 'limit', limit: 10 },
      read: 25,
    })
  })

  test.each([
    ['next', (next: string | null) => ({ next })],
    ['links.next', (next: string | null) => ({ links: { next } })],
    ['_links.next.href', (next: string | null) => (next === null ? {} : { _links: { next: { href: next } } })],
    ['"@odata.nextLink"', (next: string | null) => (next === null ? {} : { '@odata.nextLink': next })],
  ])('that links from one to the next at %s', async (path, linked) => {
    const answer = (request: SeenRequest) => {
      const now = from(request, 'p', 1)
      return { items: page(now), ...linked(now < 3 ? `/rows?p=${now + 1}` : null) }
    }
    expect(await preview(answer)).toMatchObject({ paging: { kind: 'nextLink', path }, read: 25 })
  })

  test('that links by the name of an inner host', async () => {
    const answer = (request: SeenRequest) => {
      const now = from(request, 'p', 1)
      return { items: page(now), next: now < 3 ? `http://inner:8080/rows?p=${now + 1}` : null }
    }
    expect(await preview(answer)).toMatchObject({ paging: { kind: 'nextLink', keepHost: true }, read: 25 })
  })

  test('that links in a header', async () => {
    const at = await start((request) => {
      const now = from(request, 'p', 1)
      return { body: page(now), ...(now < 3 && { headers: { link: `</rows?p=${now + 1}>; rel="next"` } }) }
    })
    const source = at.source(restJsonOptions.parse({ url: `${at.url}/rows` }))
    const [first] = await driver.describe(source, 5)
    expect(first?.selection.paging).toMatchObject({ kind: 'nextLink' })
    expect(await collected(driver.scan(source, first!.selection))).toHaveLength(25)
  })

  test('that gives a cursor', async () => {
    const answer = (request: SeenRequest) => {
      const now = from(request, 'pageToken', 1)
      return { items: page(now), nextPageToken: now < 3 ? String(now + 1) : '' }
    }
    expect(await preview(answer)).toMatchObject({
      paging: { kind: 'cursor', parameter: 'pageToken', path: 'nextPageToken' },
      read: 25,
    })
  })
})

test.each([
  [{ items: rows(0, 5), page: 1, pageSize: 10, total: 5 }],
  [{ items: rows(0, 5), next: null, hasMore: false }],
  [{ items: rows(0, 5), page: 1, totalPages: 1 }],
  [{ items: rows(0, 5), nextInspection: '/soon', offset: 0 }],
  [rows(0, 5)],
])('a preview proposes no pages of what is whole: %j', async (body) => {
  expect(await preview(() => body)).toMatchObject({ paging: { kind: 'none' }, read: 5 })
})
