/** What is wrong with a query; the answer is then 400. */
export class BadQuery extends Error {}

const most = 200

/** `?page=2&pageSize=50`, pages from 1. */
export function pageOf(items: readonly object[], query: URLSearchParams): object {
  const page = wholeNumber(query, 'page', 1, 1)
  const pageSize = Math.min(most, wholeNumber(query, 'pageSize', 50, 1))
  const data = items.slice((page - 1) * pageSize, page * pageSize)
  return { data, page, pageSize, total: items.length }
}

/** `?offset=40&limit=40` with a link to the next part, null at the end. */
export function partOf(items: readonly object[], path: string, query: URLSearchParams): object {
  const offset = wholeNumber(query, 'offset', 0, 0)
  const limit = Math.min(most, wholeNumber(query, 'limit', 40, 1))
  const end = offset + limit
  return {
    items: items.slice(offset, end),
    total: items.length,
    next: end < items.length ? `${path}?offset=${end}&limit=${limit}` : null,
  }
}

function wholeNumber(query: URLSearchParams, name: string, otherwise: number, least: number): number {
  const text = query.get(name)
  if (text === null) return otherwise
  const value = Number(text)
  if (!/^\d{1,7}$/.test(text) || value < least) throw new BadQuery(`${name} must be a whole number from ${least}`)
  return value
}
