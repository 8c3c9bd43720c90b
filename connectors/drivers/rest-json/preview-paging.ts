import { SourceNumber, type SourceValue } from '../driver.js'
import type { Reply } from './exchange.js'
import { nextLinkOf } from './link-header.js'
import type { Paging } from './options.js'
import type { Said } from './said-beside.js'

/** What a list's first answer shows of it. */
export interface ListShown {
  readonly said: readonly Said[]
  /** Rows in this answer. */
  readonly listed: number
  /** Over all pages; undefined: the answer does not say. */
  readonly total: number | undefined
}

type Proposed<Kind extends Paging['kind']> = { readonly kind: Kind } & Partial<Extract<Paging, { kind: Kind }>>

const nextLink = /^(@odata\.)?next_?(page)?_?(link|url|uri|href)?$/i
const nextCursor = /^next_?(page)?_?(cursor|token)$/i
const pageNumber = /^((current|this)_?page|page_?(number|no|index)?|trang)$/i
const pageCount = /^(total_?pages|pages|page_?count|last_?page|(tong_?)?so_?trang)$/i
const pageSize = /^(size|limit|(page|batch)_?size|per_?page|rows_?per_?page|so_?(dong|ban_?ghi))$/i
const rowsBefore = /^(offset|skip|start|start_?index)$/i
const more = /^(has_?(more|next)(_?page)?|more)$/i

/**
 * How the pages after this one are probably asked for; undefined: nothing shows that there are any. Whether it is right shows when the
 * pages are read: a service that knows no such parameter repeats its first page, and that is a fault.
 */
export function pagingShown(reply: Reply, list: ListShown): Proposed<Paging['kind']> | undefined {
  const asked = askedFor(reply)
  return linked(reply, list) ?? cursored(list) ?? (hasMore(asked, list) ? counted(asked, list) : undefined)
}

function linked(reply: Reply, { said }: ListShown): Proposed<'nextLink'> | undefined {
  const link = said.find(({ name, value }) => nextLink.test(name) && isAddress(value))
  if (link !== undefined) {
    const target = URL.parse(textOf(link.value), reply.url)
    const elsewhere = target !== null && target.origin !== new URL(reply.url).origin
    return { kind: 'nextLink', path: link.path, ...(elsewhere ? { keepHost: true } : {}) }
  }
  return nextLinkOf(reply.header('link')) === undefined ? undefined : { kind: 'nextLink' }
}

function cursored({ said }: ListShown): Proposed<'cursor'> | undefined {
  const cursor = said.find(({ name, value }) => nextCursor.test(name) && textOf(value) !== '')
  if (cursor === undefined) return undefined
  // `nextPageToken` is sent back as pageToken, `next_cursor` as cursor.
  const bare = cursor.name.replace(/^next_?/i, '')
  return { kind: 'cursor', parameter: bare.charAt(0).toLowerCase() + bare.slice(1), path: cursor.path }
}

/** The parameters in the address. */
function askedFor(reply: Reply): Said[] {
  return [...new URL(reply.url).searchParams].map(([name, value]) => ({ path: name, name, value }))
}

function counted(query: readonly Said[], { said, listed }: ListShown): Proposed<'page' | 'offset'> | undefined {
  const size =
    query.find(({ name }) => pageSize.test(name)) ??
    said.find(({ name, value }) => pageSize.test(name) && countOf(value) === listed)
  const asked = size === undefined ? listed : (countOf(size.value) ?? listed)
  // What the address has is what the service is asked by; what the answer repeats mostly has the same name.
  const offset = [...query, ...said].find(({ name, value }) => rowsBefore.test(name) && countOf(value) === 0)
  if (offset !== undefined) {
    return { kind: 'offset', parameter: offset.name, limitParameter: size?.name ?? 'limit', limit: asked }
  }
  const page = [...query, ...said].find(
    ({ name, value }) => pageNumber.test(name) && [0, 1].includes(countOf(value) ?? -1),
  )
  if (page === undefined) return undefined
  return {
    kind: 'page',
    parameter: /^(current|this)/i.test(page.name) ? 'page' : page.name,
    first: countOf(page.value) ?? 1,
    ...(size === undefined ? {} : { sizeParameter: size.name, size: asked }),
  }
}

function hasMore(query: readonly Said[], { said, listed, total }: ListShown): boolean {
  if (listed === 0) return false
  if (total !== undefined) return total > listed
  // As many rows as the address asks for: a page that is full.
  if (query.some(({ name, value }) => pageSize.test(name) && countOf(value) === listed)) return true
  return said.some(
    ({ name, value }) => (more.test(name) && value === true) || (pageCount.test(name) && (countOf(value) ?? 0) > 1),
  )
}

function isAddress(value: SourceValue): boolean {
  return typeof value === 'string' && /^(https?:\/\/|\/|\?)\S+$/i.test(value)
}

function textOf(value: SourceValue): string {
  if (value instanceof SourceNumber) return value.text
  return typeof value === 'string' ? value : ''
}

function countOf(value: SourceValue): number | undefined {
  const text = textOf(value)
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined
}
