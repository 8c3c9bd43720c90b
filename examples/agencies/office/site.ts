import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { openServer } from '../open-server.js'
import type { SampleAgency } from '../sample-agency.js'
import { BadQuery } from '../transport/paging.js'
import { RefusedQuery } from './refused-query.js'

/** Something that an office's web server has below one path. */
export interface SiteDocument {
  readonly path: string
  readonly title: string
  readonly contentType: string
  /** What the index adds to the path, such as `?page=1`. */
  readonly example?: string
  /** Many services send none: whoever reads them cannot ask whether something is new. */
  readonly withoutETag?: boolean
  /** Throws BadQuery for a query that it does not understand, RefusedQuery to say so in words of its own. */
  body(query: URLSearchParams): string | Uint8Array
}

export interface Site {
  readonly code: string
  readonly title: string
  readonly documents: readonly SiteDocument[]
}

/** An agency whose system is a plain web server with an index, files and lists. Most answers have an ETag. */
export function createSite({ code, title, documents }: Site): SampleAgency {
  const byPath = new Map(documents.map((document) => [document.path, document]))
  const pages = documents.map(({ path, example = '', title: name }) => ({ path: `${path}${example}`, title: name }))
  return {
    code,
    title,
    pages,
    listen: (port, host) =>
      openServer(
        (request, response) => {
          respond(request, response, byPath, indexPage(title, pages))
        },
        port,
        host,
      ),
  }
}

function respond(
  request: IncomingMessage,
  response: ServerResponse,
  documents: ReadonlyMap<string, SiteDocument>,
  index: string,
): void {
  const url = new URL(request.url ?? '/', 'http://localhost')
  const document = documents.get(url.pathname)
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { allow: 'GET, HEAD' }).end()
  } else if (url.pathname === '/') {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(index)
  } else if (document === undefined) {
    response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('Không có.')
  } else {
    send(request, response, document, url.searchParams)
  }
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  document: SiteDocument,
  query: URLSearchParams,
): void {
  try {
    const bytes = Buffer.from(document.body(query))
    if (document.withoutETag !== true) {
      const tag = `"${createHash('sha256').update(bytes).digest('hex').slice(0, 20)}"`
      response.setHeader('etag', tag)
      if ((request.headers['if-none-match'] ?? '').split(/,\s*/u).includes(tag)) {
        response.writeHead(304).end()
        return
      }
    }
    response.writeHead(200, { 'content-type': document.contentType, 'content-length': bytes.length })
    response.end(request.method === 'HEAD' ? undefined : bytes)
  } catch (error) {
    if (error instanceof RefusedQuery) {
      response.writeHead(error.status, { 'content-type': document.contentType }).end(error.body)
      return
    }
    const isQuery = error instanceof BadQuery
    response.writeHead(isQuery ? 400 : 500, { 'content-type': 'application/json; charset=utf-8' })
    response.end(JSON.stringify({ error: isQuery ? error.message : 'internal' }))
  }
}

function indexPage(title: string, pages: readonly { path: string; title: string }[]): string {
  const links = pages.map(
    ({ path, title: name }) =>
      `<li><a href="${path.replaceAll('&', '&amp;')}">${name.replaceAll('&', '&amp;')}</a></li>`,
  )
  return `<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><title>${title}</title></head>
<body><h1>${title}</h1><p>Mọi dữ liệu ở đây đều là dữ liệu giả định. / All data here is made up.</p>
<ul>${links.join('')}</ul></body></html>
`
}
