// The systems of many agencies in one process: small files that change when told to, and some that never answer.
import { createServer } from 'node:http'
import { announcePort } from '../load/announce-port.js'

const rowsOfFile = 50
const rowsOfCalm = 2_000
let edition = 0

const server = createServer((request, response) => {
  const { pathname } = new URL(request.url ?? '/', 'http://agency')
  if (pathname === '/edition') {
    edition += 1
    response.end(String(edition))
  } else if (pathname.startsWith('/houses/')) {
    response.writeHead(200, { 'content-type': 'text/csv' })
    response.end(houses(pathname.slice('/houses/'.length)))
  } else if (pathname === '/standards') {
    response.writeHead(200, { 'content-type': 'text/csv' })
    response.end(standards())
  } else if (pathname === '/live') {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify([{ code: 'L-1', name: `Nhà xuất bản ${edition}`, level: 'LOCAL' }]))
  }
  // Whatever else is asked for is never answered.
})
announcePort(server)

function houses(name: string): string {
  const lines = Array.from(
    { length: rowsOfFile },
    (_, row) => `${name}-${row},Nhà xuất bản ${row} lần ${edition},LOCAL`,
  )
  return ['code,name,level', ...lines, ''].join('\n')
}

function standards(): string {
  const lines = Array.from({ length: rowsOfCalm }, (_, row) => `TCVN ${row}:2020,Tiêu chuẩn số ${row},TCVN,IN_FORCE`)
  return ['number,title,kind,status', ...lines, ''].join('\n')
}
