import type { IncomingMessage, ServerResponse } from 'node:http'
import { openServer } from '../open-server.js'
import type { SampleAgency } from '../sample-agency.js'
import { answerBeds } from './bed-service.js'
import { answerFhir, type JsonAnswer } from './fhir-server.js'

export interface HealthAgency extends SampleAgency {
  /** How many requests each service got so far. */
  readonly requests: { readonly fhir: number; readonly beds: number }
}

const title = 'Sở Y tế (dữ liệu mẫu)'
const pages = [
  { path: '/fhir/metadata', title: 'Máy chủ HL7 FHIR R4: năng lực' },
  { path: '/fhir/Organization?type=prov&active=true&_count=10', title: 'FHIR: cơ sở khám bệnh, chữa bệnh' },
  { path: '/fhir/HealthcareService?service-category=DUOC&_count=10', title: 'FHIR: cơ sở kinh doanh dược' },
  { path: '/fhir/HealthcareService?service-type=57&_count=10', title: 'FHIR: cơ sở tiêm chủng' },
  { path: '/fhir/Location?_count=10', title: 'FHIR: địa điểm' },
  { path: '/beds?facilities=52001,52002', title: 'Dịch vụ giường bệnh: hỏi theo mã cơ sở' },
  { path: '/_requests', title: 'Số lượt hỏi đã nhận' },
]

/**
 * The health department: a FHIR R4 server with facilities, pharmacies and vaccination sites, and a service that tells the
 * free beds of given facilities. All of it is made up.
 *
 * @param clock what time it is for the bed service; free beds depend on nothing else.
 */
export function createHealthAgency(clock: () => Date = () => new Date()): HealthAgency {
  const requests = { fhir: 0, beds: 0 }

  const answer = (url: URL): JsonAnswer => {
    if (url.pathname === '/_requests') return { status: 200, body: requests }
    if (url.pathname === '/beds') {
      requests.beds += 1
      return answerBeds(url, clock())
    }
    if (url.pathname.startsWith('/fhir/')) {
      requests.fhir += 1
      return answerFhir(url)
    }
    return { status: 404, body: { error: 'Không có địa chỉ này.' } }
  }

  const respond = (request: IncomingMessage, response: ServerResponse): void => {
    const base = `http://${request.headers.host ?? 'localhost'}`
    const url = URL.canParse(request.url ?? '/', base) ? new URL(request.url ?? '/', base) : undefined
    if (url === undefined) {
      response.writeHead(400).end()
    } else if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { allow: 'GET, HEAD' }).end()
    } else if (url.pathname === '/') {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(indexPage)
    } else {
      const { status, body } = answer(url)
      const type = url.pathname.startsWith('/fhir/') ? 'application/fhir+json' : 'application/json'
      response.writeHead(status, { 'content-type': `${type}; charset=utf-8` }).end(JSON.stringify(body))
    }
  }

  return {
    code: 'health',
    title,
    pages,
    requests,
    listen: (port, host) => openServer(respond, port, host),
  }
}

const indexPage = `<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><title>${title}</title></head>
<body><h1>${title}</h1><p>Mọi dữ liệu ở đây đều là dữ liệu giả định. / All data here is made up.</p>
<ul>${pages.map((page) => `<li><a href="${page.path.replaceAll('&', '&amp;')}">${page.title}</a></li>`).join('')}</ul></body></html>
`
