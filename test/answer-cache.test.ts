import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { GatewayServer } from '../src/server/gateway-server.js'
import { administrator, serveWorld } from './support/agency-http.js'
import { createGatewayWorld, type GatewayWorld } from './support/gateway-world.js'
import { until } from './support/until.js'

let world: GatewayWorld
let server: GatewayServer

beforeAll(async () => {
  world = await createGatewayWorld()
  await world.gateway.harvest.firstHarvests
  server = await serveWorld(world, world.gateway.answers)
  await world.database.pool.query('create extension if not exists pg_stat_statements')
})
afterAll(async () => {
  await server.close()
  await world.dispose()
})

const get = (query: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${server.url}/graphql?query=${encodeURIComponent(query)}`, {
    headers: { accept: 'application/json', ...headers },
  })

const statementsOver = async (table: string): Promise<number> => {
  const { rows } = await world.database.pool.query<{ calls: number }>(
    `select coalesce(sum(calls), 0)::int as calls from pg_stat_statements s join pg_database d on d.oid = s.dbid
     where d.datname = current_database() and query like '%' || $1 || '%' and query not like '%pg_stat_statements%'`,
    [table],
  )
  return rows[0]?.calls ?? 0
}

test('answers again without SQL while nothing has changed, and 304 to a client that has the answer', async () => {
  const query = '{ carParks(orderBy: [{ name: ASC }], first: 3) { totalCount nodes { name } sources { state } } }'
  const first = await get(query)
  const etag = first.headers.get('etag') ?? ''
  const body = await first.text()
  expect(etag).toMatch(/^"[\w-]+"$/)
  await until('the answer is taken from memory', async () => {
    const before = await statementsOver('records."CarPark"')
    await get(query)
    return (await statementsOver('records."CarPark"')) === before
  })
  const before = await statementsOver('records."CarPark"')
  const again = await get(query)
  expect(await again.text()).toBe(body)
  expect(again.headers.get('etag')).toBe(etag)
  expect(again.headers.get('cache-control')).toMatch(/^public, max-age=\d+$/)
  const unchanged = await get(query, { 'if-none-match': etag })
  expect([unchanged.status, await unchanged.text()]).toEqual([304, ''])
  expect(await statementsOver('records."CarPark"')).toBe(before)
})

test('does not use again what reads a looked-up source or says how old something is', async () => {
  for (const query of [
    '{ healthFacilities(first: 1) { nodes { freeBeds { available } } } }',
    '{ carParks(first: 1) { sources { ageSeconds } } }',
    '{ nothing: school(key: "x", dataset: "car-parks") { name } bedAvailabilities(first: 1) { totalCount } }',
  ]) {
    const answer = await get(query)
    expect([query, answer.status, answer.headers.get('etag')]).toEqual([query, 200, null])
  }
})

test('an answer is never older than what was visible when it was asked for, while versions are published', async () => {
  const { pool } = world.database
  const { rows } = await pool.query<{ id: number }>(`select id from gateway.connector where code = 'car-parks'`)
  const connector = rows[0]?.id ?? 0
  const query =
    '{ carParks(first: 1, orderBy: [{ code: ASC }]) { totalCount nodes { name capacity } } dataset(code: "car-parks") { version { number } recordCount } }'
  const publish = async (name: string): Promise<void> => {
    // As if the agency had sent another name: the record differs from what the source says, so the next run puts it right.
    await pool.query(
      `update records."CarPark" set name = $1, _hash = '' where _key = (select min(_key) from records."CarPark")`,
      [name],
    )
    const run = await world.gateway.harvest.run(connector, 'manual')
    expect(run.outcome).toBe('PUBLISHED')
  }
  const violations: string[] = []
  let stop = false
  const reader = async (): Promise<void> => {
    while (!stop) {
      const { rows: visible } = await pool.query<{ version: number }>(
        `select version from gateway.dataset where code = 'car-parks'`,
      )
      const response = await get(query)
      const answer = (await response.json()) as {
        data: { carParks: { totalCount: number }; dataset: { version: { number: number }; recordCount: number } }
      }
      const seen = answer.data.dataset.version.number
      if (seen < (visible[0]?.version ?? 0))
        violations.push(`asked at ${String(visible[0]?.version)}, answered ${seen}`)
      if (answer.data.carParks.totalCount !== answer.data.dataset.recordCount)
        violations.push('two versions in one answer')
    }
  }
  const readers = Array.from({ length: 8 }, reader)
  for (let round = 0; round < 10; round += 1) await publish(`Bãi đỗ xe ${round}`)
  stop = true
  await Promise.all(readers)
  expect(violations).toEqual([])
})

test('is at most a second older than what another replica has published and nobody has told of', async () => {
  const query = '{ carParks(first: 1, orderBy: [{ code: ASC }]) { nodes { name } } }'
  const shown = async (): Promise<string | undefined> => {
    const answer = (await (await get(query)).json()) as { data: { carParks: { nodes: { name: string }[] } } }
    return answer.data.carParks.nodes[0]?.name
  }
  // As another replica publishes, in a session without triggers and without a notification.
  const publishInSilence = async (name: string): Promise<void> => {
    const client = await world.database.pool.connect()
    try {
      await client.query('begin')
      await client.query('set local session_replication_role = replica')
      await client.query(
        `update records."CarPark" set name = $1 where (_dataset, _key) = (select _dataset, _key from records."CarPark" order by code collate "C" limit 1)`,
        [name],
      )
      await client.query(`update gateway.resource set version = version + 1 where record_type = 'CarPark'`)
      await client.query('commit')
    } finally {
      client.release()
    }
  }
  let old = 0
  for (let round = 0; round < 5; round += 1) {
    await shown()
    await until('the answer is taken from memory', async () => {
      const before = await statementsOver('records."CarPark"')
      await shown()
      return (await statementsOver('records."CarPark"')) === before
    })
    const name = `Bãi đỗ xe lặng lẽ ${round}`
    await publishInSilence(name)
    const published = performance.now()
    for (;;) {
      const asked = performance.now()
      if ((await shown()) === name) break
      old += 1
      expect(asked - published).toBeLessThan(1_000)
    }
  }
  // Otherwise it was told after all, or memory was not asked.
  expect(old).toBeGreaterThan(0)
})

test('persisted queries work over GET', async () => {
  const query = '{ themes { code } }'
  const { createHash } = await import('node:crypto')
  const hash = createHash('sha256').update(query).digest('hex')
  const extensions = encodeURIComponent(JSON.stringify({ persistedQuery: { version: 1, sha256Hash: hash } }))
  const unknown = await fetch(`${server.url}/graphql?extensions=${extensions}`)
  expect(await unknown.json()).toMatchObject({ errors: [{ extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }] })
  await fetch(`${server.url}/graphql?query=${encodeURIComponent(query)}&extensions=${extensions}`)
  const known = await fetch(`${server.url}/graphql?extensions=${extensions}`)
  expect(await known.json()).toMatchObject({ data: { themes: expect.arrayContaining([{ code: 'education' }]) } })
})

test('what is for holders of keys is never answered from memory', async () => {
  const authorization = 'Bearer odg_admin_for_the_tests_of_the_gateway'
  const ask = async (query: string) => {
    const response = await get(query, { authorization, 'apollo-require-preflight': 'true' })
    return { etag: response.headers.get('etag'), text: await response.text() }
  }
  expect((await ask('{ themes { code } }')).etag).not.toBeNull()
  const query = 'query { ...log } fragment log on Query { auditLog { totalCount } verifyAuditLog { intact entries } }'
  const before = await ask(query)
  expect(before).toMatchObject({ etag: null, text: expect.stringContaining('"intact":true') })
  const { errors } = await world.query(
    'mutation { setNoticeWebhook(agency: "transport", url: "https://example.org/hook") { host } }',
    {},
    administrator,
  )
  expect(errors).toBeUndefined()
  expect((await ask(query)).text).not.toBe(before.text)
})
