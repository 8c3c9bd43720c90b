import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { openServer } from '../open-server.js'
import type { SampleAgency } from '../sample-agency.js'
import { Fleet } from './buses.js'
import { createCameras } from './cameras.js'
import { createCarParks } from './car-parks.js'
import { createFeed } from './feed.js'
import { createNetwork } from './network.js'
import { BadQuery, pageOf, partOf } from './paging.js'
import { timetableOf } from './timetable.js'
import { encodeVehiclePositions } from './vehicle-feed.js'

const title = 'Sở Giao thông vận tải (dữ liệu mẫu)'
const pages = [
  { path: '/gtfs/feed.zip', title: 'Mạng lưới xe buýt (GTFS)' },
  { path: '/gtfs-rt/vehicle-positions.pb', title: 'Vị trí xe buýt (GTFS-Realtime)' },
  { path: '/api/parking-lots?page=1&pageSize=50', title: 'Điểm đỗ xe công cộng (JSON)' },
  { path: '/api/cameras?offset=0&limit=40', title: 'Camera giao thông (JSON)' },
]
const lastModified = new Date('2025-06-30T00:00:00Z').toUTCString()

interface Reply {
  readonly type: string
  readonly body: string | Uint8Array
  readonly headers?: Readonly<Record<string, string>>
}

/**
 * The system of the transport department, made up: a bus network, where its buses are, car parks and traffic cameras. The same
 * at every start; only the buses move, with `now`.
 */
export function createTransportAgency(now: () => Date = () => new Date()): SampleAgency {
  const answer = answersOf(now)
  return {
    code: 'transport',
    title,
    pages,
    listen: (port, host) =>
      openServer(
        (request, response) => {
          respond(request, response, answer)
        },
        port,
        host,
      ),
  }
}

type Answers = (path: string, query: URLSearchParams) => Reply | undefined

/** What takes a while to make is made when it is first asked for. */
function answersOf(now: () => Date): Answers {
  const network = lazily(createNetwork)
  const trips = lazily(() => timetableOf(network().routes))
  const feed = lazily(() => createFeed(network(), trips()))
  const tag = lazily(() => `"${createHash('sha256').update(feed()).digest('hex').slice(0, 32)}"`)
  const fleet = lazily(() => new Fleet(trips()))
  const carParks = lazily(createCarParks)
  const cameras = lazily(createCameras)
  return (path, query) => {
    switch (path) {
      case '/':
        return { type: 'text/html; charset=utf-8', body: indexPage() }
      case '/gtfs/feed.zip':
        return { type: 'application/zip', body: feed(), headers: { etag: tag(), 'last-modified': lastModified } }
      case '/gtfs-rt/vehicle-positions.pb': {
        const at = now()
        return { type: 'application/x-protobuf', body: encodeVehiclePositions(fleet().at(at), at) }
      }
      case '/api/parking-lots':
        return json(pageOf(carParks(), query))
      case '/api/cameras':
        return json(partOf(cameras(), path, query))
      default:
        return undefined
    }
  }
}

function respond(request: IncomingMessage, response: ServerResponse, answers: Answers): void {
  try {
    const url = new URL(request.url ?? '/', 'http://localhost')
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      send(response, 405, { type: 'text/plain; charset=utf-8', body: 'Chỉ GET\n', headers: { allow: 'GET, HEAD' } })
      return
    }
    const reply = answers(url.pathname, url.searchParams)
    if (reply === undefined) send(response, 404, { type: 'text/plain; charset=utf-8', body: 'Không có\n' })
    else if (isUnchanged(request, reply)) response.writeHead(304, reply.headers).end()
    else send(response, 200, reply)
  } catch (error) {
    const status = error instanceof BadQuery ? 400 : 500
    send(response, status, json({ error: error instanceof BadQuery ? error.message : 'internal' }))
  }
}

function isUnchanged(request: IncomingMessage, reply: Reply): boolean {
  const { etag } = reply.headers ?? {}
  if (etag === undefined) return false
  const tags = request.headers['if-none-match']
  if (tags !== undefined) return tags.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag)
  return request.headers['if-modified-since'] === reply.headers?.['last-modified']
}

function send(response: ServerResponse, status: number, { type, body, headers }: Reply): void {
  const bytes = Buffer.from(body)
  response.writeHead(status, { 'content-type': type, 'content-length': bytes.length, ...headers }).end(bytes)
}

function json(value: object): Reply {
  return { type: 'application/json; charset=utf-8', body: JSON.stringify(value) }
}

function indexPage(): string {
  const links = pages.map(({ path, title: name }) => `<li><a href="${path.replaceAll('&', '&amp;')}">${name}</a></li>`)
  return `<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><title>${title}</title></head>
<body><h1>${title}</h1><p>Dữ liệu được tạo ra để minh họa, không phải dữ liệu thật. Made-up data.</p>
<ul>${links.join('')}</ul></body></html>
`
}

function lazily<Value>(make: () => Value): () => Value {
  let made: { value: Value } | undefined
  return () => (made ??= { value: make() }).value
}
