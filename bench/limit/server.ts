// The limit: bare node:http that sends the JSON that Postgres builds. No GraphQL at all.
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import pg from 'pg'
import { z } from 'zod'
import { announcePort } from '../load/announce-port.js'
import { facilityKeys, limitStatements, positionOf } from './statements.js'

const bodySchema = z.object({ workload: z.string(), variables: z.record(z.string(), z.unknown()) })
const idsPerCall = 25

const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 16, options: '-c jit=off' })
const bedsUrl = process.env['BEDS_URL'] ?? ''

const server = createServer((request, response) => {
  answer(request).then(
    (json) => {
      response.writeHead(200, {
        'content-type': 'application/json; charset=utf-8',
        'content-length': Buffer.byteLength(json),
      })
      response.end(json)
    },
    (error: unknown) => {
      response.writeHead(500)
      response.end(String(error))
    },
  )
})
server.keepAliveTimeout = 60_000
announcePort(server)

async function answer(request: NodeJS.ReadableStream): Promise<string> {
  const { workload, variables } = bodySchema.parse(JSON.parse(await text(request)))
  if (workload === 'position') {
    const { rows } = await pool.query<{ position: string }>(positionOf, [variables['code']])
    return JSON.stringify({ data: rows[0] })
  }
  const statement = limitStatements[workload]
  if (statement === undefined) throw new Error(`There is no workload ${workload}.`)
  const all = workload === 'lookup-cold' ? { ...variables, beds: await lookUpBeds() } : variables
  const values = statement.parameters.flatMap((name) => {
    const value: unknown = Reflect.get(all, name)
    return name === 'after' ? String(value).split('|') : [value]
  })
  const { rows } = await pool.query<[string]>({ name: workload, text: statement.text, values, rowMode: 'array' })
  return `{"data":${rows[0]?.[0] ?? 'null'}}`
}

async function lookUpBeds(): Promise<string> {
  const { rows } = await pool.query<{ _key: string }>(facilityKeys)
  const keys = rows.map((row) => row._key)
  const calls: Promise<string>[] = []
  for (let start = 0; start < keys.length; start += idsPerCall) {
    calls.push(callBeds(keys.slice(start, start + idsPerCall)))
  }
  const bodies = await Promise.all(calls)
  // Each is {"beds":[…]}.
  return `[${bodies.map((body) => body.slice(body.indexOf('[') + 1, body.lastIndexOf(']'))).join(',')}]`
}

async function callBeds(keys: readonly string[]): Promise<string> {
  const response = await fetch(`${bedsUrl}/beds?facilities=${keys.join(',')}`)
  if (!response.ok) throw new Error(`The bed service answered ${response.status}.`)
  return response.text()
}
