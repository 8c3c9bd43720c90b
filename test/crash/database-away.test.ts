import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { GatewayServer } from '../../src/server/gateway-server.js'
import { agencyHeader, serveWorld } from '../support/agency-http.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { linkTo, type DatabaseLink } from '../support/database-link.js'
import { createGatewayWorld, type GatewayWorld } from '../support/gateway-world.js'
import { until } from '../support/until.js'

let database: TestDatabase
let link: DatabaseLink
let world: GatewayWorld
let server: GatewayServer
let key: string
beforeAll(async () => {
  database = await createTestDatabase()
  link = await linkTo(database.url)
  world = await createGatewayWorld({ samples: false, databaseUrl: link.url })
  await world.gateway.harvest.firstHarvests
  server = await serveWorld(world)
  key = await agencyHeader(world, 'health')
})
afterAll(async () => {
  await server.close()
  await link.mend()
  await world.dispose()
  await link[Symbol.asyncDispose]()
  await database.dispose()
})

interface Answered {
  readonly status: number
  readonly code: unknown
  readonly text: string
}

async function ask(path: string, init: RequestInit = {}): Promise<Answered> {
  const response = await fetch(`${server.url}${path}`, init)
  const text = await response.text()
  const body: unknown = response.headers.get('content-type')?.includes('json') === true ? JSON.parse(text) : undefined
  return { status: response.status, code: codeIn(body), text }
}

function codeIn(body: unknown): unknown {
  if (typeof body !== 'object' || body === null) return undefined
  if ('code' in body) return body.code
  const errors: unknown = 'errors' in body ? body.errors : undefined
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined
  const extensions = typeof first === 'object' && first !== null && 'extensions' in first ? first.extensions : undefined
  return codeIn(extensions)
}

const graphql = (query: string, headers: Record<string, string> = {}): [string, RequestInit] => [
  '/graphql',
  { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify({ query }) },
]

const questions: readonly [string, () => [string, RequestInit?]][] = [
  ['records', () => graphql('{ administrativeUnits(first: 1) { nodes { name } } }')],
  ['the catalogue', () => graphql('{ themes { code } }')],
  ['both', () => graphql('{ datasets(first: 1) { nodes { code } } administrativeUnits(first: 1) { totalCount } }')],
  ['something with a key', () => graphql('{ connectors { totalCount } }', { authorization: key })],
  ['a mutation', () => graphql('mutation { runConnector(code: "places") { id } }', { authorization: key })],
  ['a query in an address', () => [`/graphql?query=${encodeURIComponent('{ agencies { code } }')}`]],
  ['a download', () => ['/datasets/places/administrative-units.csv']],
  ['an upload', () => ['/connectors/places/upload', { method: 'PUT', body: 'a', headers: { authorization: key } }]],
]

test('while the database is away every question is answered with 503 and UNAVAILABLE, and as before when it is back', async () => {
  await until('places are published', async () => {
    const { text } = await ask(...graphql('{ administrativeUnits { totalCount } }'))
    return /"totalCount":[1-9]/.test(text)
  })
  const before = new Map<string, number>()
  for (const [what, question] of questions) before.set(what, (await ask(...question())).status)
  expect(before.get('records')).toBe(200)
  await link.cut()
  for (const [what, question] of questions) {
    const { status, code, text } = await ask(...question())
    expect([what, status, code]).toEqual([what, 503, 'UNAVAILABLE'])
    expect(text).toContain('The gateway cannot reach its database now; try again in a moment.')
    expect(text).not.toMatch(/ECONN|127\.0\.0\.1|postgres|terminated/i)
  }
  for (const [path, said] of [
    ['/', 'hãy thử lại sau ít phút'],
    ['/?lang=en&q=bus', 'try again in a few minutes'],
  ] as const) {
    const { status, text } = await ask(path)
    expect([status, text]).toEqual([503, expect.stringContaining(said)])
    expect(text).toMatch(/^<!doctype html>/)
  }
  expect(await ask('/health/live')).toMatchObject({ status: 200 })
  expect(await ask('/health/ready')).toMatchObject({ status: 503 })
  await link.mend()
  for (const [what, question] of questions) {
    await until(`${what} is answered again`, async () => (await ask(...question())).status === before.get(what))
  }
  await until('it is ready', async () => (await ask('/health/ready')).status === 200)
})

test('a database that goes away within questions breaks none of the gateway', async () => {
  for (let round = 0; round < 5; round++) {
    const asked = Array.from({ length: 8 }, (_, index) =>
      ask(...(questions[index % 3]?.[1]() ?? graphql('{ themes { code } }'))),
    )
    await link.cut()
    for (const { status, code, text } of await Promise.all(asked)) {
      if (status === 200 && code === undefined) continue
      expect(`${status} ${text}`).toContain('UNAVAILABLE')
    }
    await link.mend()
  }
  await until('it answers again', async () => (await ask(...graphql('{ themes { code } }'))).status === 200)
})
