import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createClient, type Client } from 'graphql-ws'
import WebSocket from 'ws'
import { z } from 'zod'
import type { GatewayServer } from '../../src/server/gateway-server.js'
import { cameras, createRegistrationWorld, csv, type RegistrationWorld } from '../registration/registration-world.js'
import { administrator, serveWorld } from '../support/agency-http.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { linkTo, type DatabaseLink } from '../support/database-link.js'
import type { MutableFile } from '../support/mutable-file.js'
import { until } from '../support/until.js'

let database: TestDatabase
let link: DatabaseLink
let world: RegistrationWorld
let server: GatewayServer
let file: MutableFile
const clients: Client[] = []

beforeAll(async () => {
  database = await createTestDatabase()
  link = await linkTo(database.url)
  world = await createRegistrationWorld({ databaseUrl: link.url })
  server = await serveWorld(world)
  file = await world.serve(rows(1_000, 'một'))
  await world.register(cameras(file.url, 'watched'), administrator)
  await until('it is published', async () => (await count()) === 1_000)
})
afterAll(async () => {
  for (const client of clients) await client.dispose()
  await link.mend()
  await server.close()
  await world.dispose()
  await link[Symbol.asyncDispose]()
  await database.dispose()
})

function rows(many: number, name: string): Buffer {
  return csv(Array.from({ length: many }, (_, index) => `C${String(index).padStart(4, '0')},${name}`))
}

const counted = z.object({ trafficCameras: z.object({ totalCount: z.number(), changesCursor: z.string() }) })

async function now(): Promise<z.infer<typeof counted>['trafficCameras'] | undefined> {
  const { data } = await world.query('{ trafficCameras { totalCount changesCursor } }')
  return counted.safeParse(data).data?.trafficCameras
}

async function count(): Promise<number | undefined> {
  return (await now())?.totalCount
}

interface Follower {
  readonly seen: readonly unknown[]
  readonly ended: readonly unknown[]
}

function follow(after: string): Follower {
  const client = createClient({
    url: `${server.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
  })
  clients.push(client)
  const seen: unknown[] = []
  const ended: unknown[] = []
  client.subscribe(
    {
      query: 'subscription($after: String) { trafficCameraChanges(after: $after) { record { code name } } }',
      variables: { after },
    },
    {
      next: ({ data }) => seen.push(data),
      error: (error) => ended.push(error),
      complete: () => ended.push('complete'),
    },
  )
  return { seen, ended }
}

const published = (many: number, name: string): unknown[] =>
  Array.from({ length: many }, (_, index) => ({
    trafficCameraChanges: { record: { code: `C${String(index).padStart(4, '0')}`, name } },
  }))

test('subscribers outlive a database that goes away and miss and repeat nothing, while they wait and while they read', async () => {
  const { changesCursor } = (await now()) ?? { changesCursor: '' }
  const waiting = follow(changesCursor)
  file.replace(rows(1_000, 'hai'))
  await world.run('watched', administrator)
  await until('it has all', () => waiting.seen.length === 1_000)

  const reading = follow(changesCursor)
  await until('it has begun', () => reading.seen.length > 0)
  await link.cut()
  // Longer than the feed is left alone.
  const cutAt = performance.now()
  await until('the feed was asked meanwhile', () => performance.now() - cutAt > 6_000)
  expect([waiting.ended, reading.ended]).toEqual([[], []])
  await link.mend()

  await until('it can be published again', async () => (await count()) === 1_000)
  file.replace(rows(1_000, 'ba'))
  await world.run('watched', administrator)
  const all = [...published(1_000, 'hai'), ...published(1_000, 'ba')]
  await until('both have all', () => waiting.seen.length >= all.length && reading.seen.length >= all.length)
  expect(waiting).toEqual({ seen: all, ended: [] })
  expect(reading).toEqual({ seen: all, ended: [] })
}, 120_000)
