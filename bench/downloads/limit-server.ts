// The limit: bare node:http that passes on what COPY sends, as it is.
import { createServer } from 'node:http'
import { pipeline } from 'node:stream'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { announcePort } from '../load/announce-port.js'
import { limitStatements } from './limit-statements.js'

const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 4, options: '-c jit=off' })

const server = createServer((request, response) => {
  const statement = limitStatements[(request.url ?? '/').slice(1)]
  if (statement === undefined) {
    response.writeHead(404).end()
    return
  }
  pool.connect().then(
    (client) => {
      response.writeHead(200, { 'content-type': 'text/csv; charset=utf-8' })
      pipeline(client.query(copyTo(statement)), response, (error) => {
        client.release(error ?? undefined)
      })
    },
    (error: unknown) => {
      response.writeHead(500).end(String(error))
    },
  )
})
announcePort(server)
