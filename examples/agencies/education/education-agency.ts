import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { openServer } from '../open-server.js'
import type { SampleAgency } from '../sample-agency.js'
import { sampleFiles } from './files.js'
import type { SampleFile } from './sample-file.js'

/**
 * The education department: it puts the files that its clerks make on a plain web server, with ETag and Last-Modified. All of
 * it is made up.
 */
export function createEducationAgency(): SampleAgency {
  const files = sampleFiles()
  const title = 'Sở Giáo dục và Đào tạo (dữ liệu mẫu)'
  const pages = files.map((file) => ({ path: `/files/${file.name}`, title: file.title }))
  const index = `<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><title>${title}</title></head>
<body><h1>${title}</h1><p>Mọi dữ liệu ở đây đều là dữ liệu giả định. / All data here is made up.</p>
<ul>${pages.map((page) => `<li><a href="${page.path}">${page.title}</a></li>`).join('')}</ul></body></html>
`

  const respond = (request: IncomingMessage, response: ServerResponse): void => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { allow: 'GET, HEAD' }).end()
      return
    }
    const file = files.find(({ name }) => path === `/files/${name}`)
    if (path === '/') response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(index)
    else if (file === undefined)
      response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('Không có.')
    else sendFile(file, request, response)
  }

  return {
    code: 'education',
    title,
    pages,
    listen: (port, host) => openServer(respond, port, host),
  }
}

function sendFile(file: SampleFile, request: IncomingMessage, response: ServerResponse): void {
  const bytes = file.bytes()
  const tag = `"${createHash('sha256').update(bytes).digest('hex').slice(0, 20)}"`
  response.setHeader('etag', tag).setHeader('last-modified', file.modified.toUTCString())
  const known = request.headers['if-none-match']
  const since = Date.parse(request.headers['if-modified-since'] ?? '')
  // The tag decides when both are sent (RFC 9110).
  if (known === undefined ? since >= file.modified.getTime() : known.split(/,\s*/u).includes(tag)) {
    response.writeHead(304).end()
    return
  }
  response.writeHead(200, { 'content-type': file.contentType, 'content-length': bytes.length })
  response.end(request.method === 'HEAD' ? undefined : bytes)
}
