// The REST service that the lookups ask: at most 25 ids a call, a few milliseconds each. A process of its own.
import { createServer } from 'node:http'
import { bedsOf } from '../dataset/generate.js'
import { announcePort } from '../load/announce-port.js'

const idsPerCall = 25
const answerMs = 5
const reportedAt = '2025-06-30T01:00:00.000Z'

const server = createServer((request, response) => {
  const facilities = (URL.parse(request.url ?? '', 'http://beds')?.searchParams.get('facilities') ?? '').split(',')
  const tooMany = facilities.length > idsPerCall
  const beds = facilities.map((facility) => ({ facility, ...bedsOf(facility), reportedAt }))
  setTimeout(() => {
    response.writeHead(tooMany ? 400 : 200, { 'content-type': 'application/json' })
    response.end(JSON.stringify(tooMany ? { error: `at most ${idsPerCall} ids` } : { beds }))
  }, answerMs)
})
server.keepAliveTimeout = 60_000
announcePort(server)
