import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { anonymous, type Viewer } from '../../src/access/viewer.js'
import { serveMutableFile, type MutableFile } from '../support/mutable-file.js'
import pino from 'pino'
import { startGatewayServer } from '../../src/server/gateway-server.js'
import { createMetrics } from '../../src/server/metrics.js'
import { GatewayReadiness } from '../../src/server/readiness.js'
import { serveWorld } from '../support/agency-http.js'
import { until } from '../support/until.js'
import {
  administrator,
  cameras,
  coordinator,
  createRegistrationWorld,
  csv,
  register,
  run,
  type RegistrationWorld,
} from './registration-world.js'

let world: RegistrationWorld
let file: MutableFile
let transport: Viewer
let health: Viewer
beforeAll(async () => {
  world = await createRegistrationWorld({})
  file = await serveMutableFile(csv(['C1,Cầu Thị Nại', 'C2,Ngã ba Phú Tài', 'C3,Ghềnh Ráng']))
  world.outbound.allow(file.url)
  transport = await world.keyOf('transport')
  health = await world.keyOf('health')
})
afterAll(async () => {
  await world.dispose()
  await file.close()
})

/** Registered and read for the first time. */
async function registered(code: string, rest: Record<string, unknown> = {}, viewer = transport): Promise<void> {
  await world.ask(register, { manifest: cameras(file.url, code, rest) }, viewer)
  await until('its first run has ended', async () => {
    const { rows } = await world.database.pool.query(
      `select 1 from gateway.run r join gateway.connector c on c.id = r.connector_id where c.code = $1 and r.finished_at is not null`,
      [code],
    )
    return rows.length > 0
  })
}

const connector = `query($code: ID!) { connector(code: $code) {
  code version status driver agency { code } dataset { code } manifest
  versions { number createdBy manifest }
  runs(first: 2) { totalCount nodes { reason outcome read mapped added changed removed setAside bytes durationSeconds error { code } } }
} }`

test('its owner sees a connector with its versions and what its runs did', async () => {
  await registered('own-cameras')
  const { connector: seen } = await world.ask<{ connector: Record<string, unknown> }>(
    connector,
    { code: 'own-cameras' },
    transport,
  )
  expect(seen).toMatchObject({
    code: 'own-cameras',
    version: 1,
    status: 'ACTIVE',
    driver: 'csv',
    agency: { code: 'transport' },
    dataset: { code: 'own-cameras' },
    manifest: { ...cameras(file.url, 'own-cameras'), agency: 'transport' },
    versions: [{ number: 1, createdBy: expect.stringMatching(/^key \d+$/) }],
    runs: {
      totalCount: 1,
      nodes: [
        {
          reason: 'registered',
          outcome: 'PUBLISHED',
          read: 3,
          mapped: 3,
          added: 3,
          changed: 0,
          removed: 0,
          setAside: 0,
          error: null,
        },
      ],
    },
  })
})

test('another agency gets the same answer for it as for none; nobody gets one without a key', async () => {
  await registered('hidden-cameras')
  const operations = [
    'query($code: ID!) { connector(code: $code) { code } }',
    'mutation($code: ID!) { pauseConnector(code: $code) { code } }',
    'mutation($code: ID!) { resumeConnector(code: $code) { code } }',
    'mutation($code: ID!) { retireConnector(code: $code) { code } }',
    'mutation($code: ID!) { runConnector(code: $code) { id } }',
    'mutation($code: ID!) { rollBackConnector(code: $code, version: 1) { code } }',
    'mutation($code: ID!) { updateConnector(code: $code, manifest: {}) { code } }',
    'mutation($code: ID!) { setConnectorCredentials(code: $code, input: { kind: "bearer", token: "x" }) { code } }',
  ]
  for (const operation of operations) {
    const foreign = await world.refusal(operation, { code: 'hidden-cameras' }, health)
    expect(foreign).toMatch(/^NOT_FOUND/)
    expect(await world.refusal(operation, { code: 'there-is-none' }, health)).toBe(foreign)
    expect(await world.refusal(operation, { code: 'hidden-cameras' }, anonymous)).toMatch(/^UNAUTHENTICATED/)
  }
  const list = '{ connectors(first: 100) { nodes { code } totalCount } }'
  const own = await world.ask<{ connectors: { nodes: { code: string }[] } }>(list, {}, transport)
  expect(own.connectors.nodes).toContainEqual({ code: 'hidden-cameras' })
  expect(await world.ask(list, {}, health)).toEqual({ connectors: { nodes: [], totalCount: 0 } })
  for (const viewer of [coordinator, administrator]) {
    const all = await world.ask<typeof own>(list, {}, viewer)
    expect(all.connectors.nodes.map(({ code }) => code)).toEqual(expect.arrayContaining(['hidden-cameras', 'places']))
  }
  const taken = { manifest: cameras(file.url, 'hidden-cameras', { dataset: 'health-cameras' }) }
  expect(await world.refusal(register, taken, health)).toMatch(/^CONFLICT .*code hidden-cameras is taken/)
})

test('connectors are paged, and filtered by dataset, agency and status', async () => {
  await registered('page-a')
  await registered('page-b')
  const page = `query($after: String) { connectors(first: 1, after: $after, status: ACTIVE, agency: "transport") {
    edges { cursor node { code } } pageInfo { hasNextPage endCursor } } }`
  const codes: string[] = []
  for (let after: string | null = null; ;) {
    const answer: {
      connectors: { edges: { node: { code: string } }[]; pageInfo: { hasNextPage: boolean; endCursor: string } }
    } = await world.ask(page, { after }, coordinator)
    codes.push(...answer.connectors.edges.map(({ node }) => node.code))
    if (!answer.connectors.pageInfo.hasNextPage) break
    after = answer.connectors.pageInfo.endCursor
  }
  expect(codes).toEqual([...codes].sort())
  expect(codes).toEqual(expect.arrayContaining(['page-a', 'page-b']))
  const one = await world.ask('{ connectors(dataset: "page-b") { nodes { code } } }', {}, coordinator)
  expect(one).toEqual({ connectors: { nodes: [{ code: 'page-b' }] } })
})

test('a connector is updated, and rolled back to an earlier version as a new one', async () => {
  await registered('rolled')
  const update =
    'mutation($code: ID!, $manifest: JSON!) { updateConnector(code: $code, manifest: $manifest) { version outcome } }'
  const second = cameras(file.url, 'rolled', { refresh: { mode: 'snapshot', every: 'PT1H' } })
  expect(await world.ask(update, { code: 'rolled', manifest: second }, transport)).toEqual({
    updateConnector: { version: 2, outcome: 'CHANGED' },
  })
  expect(await world.refusal(update, { code: 'rolled', manifest: cameras(file.url, 'other') }, transport)).toMatch(
    /^BAD_USER_INPUT .*keeps its code/,
  )
  const back =
    'mutation($version: Int!) { rollBackConnector(code: "rolled", version: $version) { version outcome connector { manifest } } }'
  expect(await world.ask(back, { version: 1 }, transport)).toMatchObject({
    rollBackConnector: {
      version: 3,
      outcome: 'CHANGED',
      connector: { manifest: { refresh: { mode: 'snapshot', every: 'PT24H' } } },
    },
  })
  expect(await world.refusal(back, { version: 9 }, transport)).toMatch(/^NOT_FOUND/)
  expect(world.gateway.harvest.registry.connectors().find(({ code }) => code === 'rolled')).toMatchObject({
    version: 3,
  })
})

test('a paused connector is updated and rolled back without reading its source, which its resumption does', async () => {
  await registered('mended')
  const runs = async () => {
    const answer = await world.ask<{ connector: { runs: { nodes: { connectorVersion: number; reason: string }[] } } }>(
      '{ connector(code: "mended") { runs(first: 1) { nodes { connectorVersion reason } } } }',
      {},
      transport,
    )
    return answer.connector.runs.nodes[0]
  }
  await world.ask('mutation { pauseConnector(code: "mended") { status } }', {}, transport)
  const manifest = cameras(file.url, 'mended', { refresh: { mode: 'snapshot', every: 'PT1H' } })
  expect(
    await world.ask(
      `mutation($manifest: JSON!) {
        updateConnector(code: "mended", manifest: $manifest) { version outcome connector { status } }
        rollBackConnector(code: "mended", version: 1) { version outcome connector { status } }
      }`,
      { manifest },
      transport,
    ),
  ).toEqual({
    updateConnector: { version: 2, outcome: 'CHANGED', connector: { status: 'PAUSED' } },
    rollBackConnector: { version: 3, outcome: 'CHANGED', connector: { status: 'PAUSED' } },
  })
  // Whatever an update began to read would be under way before what is asked for after it.
  await registered('after-mended')
  expect(await runs()).toMatchObject({ connectorVersion: 1 })
  await world.ask('mutation { resumeConnector(code: "mended") { status } }', {}, transport)
  await until('the version that runs now was read', async () => (await runs())?.connectorVersion === 3)
})

test('what is paused is read only when asked to; what is retired is not read, and keeps its records', async () => {
  await registered('switched')
  const status = (operation: string) =>
    world.ask(`mutation { ${operation}(code: "switched") { status } }`, {}, transport)
  expect(await status('pauseConnector')).toEqual({ pauseConnector: { status: 'PAUSED' } })
  expect(await status('pauseConnector')).toEqual({ pauseConnector: { status: 'PAUSED' } })
  const registry = world.gateway.harvest.registry
  const known = () => registry.connectors().find(({ code }) => code === 'switched')?.status
  expect(known()).toBe('PAUSED')
  expect(await world.ask(run, { code: 'switched' }, transport)).toMatchObject({
    runConnector: { outcome: 'UNCHANGED' },
  })
  expect(await status('resumeConnector')).toEqual({ resumeConnector: { status: 'ACTIVE' } })
  expect(known()).toBe('ACTIVE')
  expect(await status('retireConnector')).toEqual({ retireConnector: { status: 'RETIRED' } })
  expect(known()).toBeUndefined()
  expect(await world.refusal(run, { code: 'switched' }, transport)).toMatch(/^CONFLICT/)
  const { rows } = await world.database.pool.query(
    `select 1 from records."TrafficCamera" r join gateway.dataset d on d.id = r._dataset where d.code = 'switched'`,
  )
  expect(rows).toHaveLength(3)
})

test('records of a retired connector are in no list of those that others still publish, nor in its count', async () => {
  await registered('left-over')
  await registered('still-there')
  const list = '{ trafficCameras(first: 1000) { totalCount nodes { key dataset { code } } aggregate { count } } }'
  interface Cameras {
    totalCount: number
    nodes: { dataset: { code: string } }[]
    aggregate: { count: number }
  }
  const listed = async () => (await world.ask<{ trafficCameras: Cameras }>(list, {}, transport)).trafficCameras
  const from = (code: string, { nodes }: Cameras) => nodes.filter(({ dataset }) => dataset.code === code).length
  const before = await listed()
  expect(before.nodes).toHaveLength(before.totalCount)
  await world.ask('mutation { retireConnector(code: "left-over") { status } }', {}, transport)
  const after = await listed()
  expect([from('left-over', after), from('still-there', after)]).toEqual([0, from('still-there', before)])
  expect([after.nodes.length, after.aggregate.count]).toEqual([after.totalCount, after.totalCount])
})

test('a connector is run now, and once at a time', async () => {
  await registered('busy')
  const source = await serveMutableFile(csv(['C1,Một', 'C2,Hai', 'C4,Bốn']))
  world.outbound.allow(source.url)
  try {
    await world.ask(
      'mutation($manifest: JSON!) { updateConnector(code: "busy", manifest: $manifest) { version } }',
      { manifest: cameras(source.url, 'busy') },
      transport,
    )
    await until('it was run after the change', async () => {
      const { rows } = await world.database.pool.query(
        `select 1 from gateway.run r join gateway.connector c on c.id = r.connector_id
         where c.code = 'busy' and r.connector_version = 2 and r.outcome = 'PUBLISHED'`,
      )
      return rows.length > 0
    })
    source.replace(csv(['C1,Một', 'C2,Hai', 'C5,Năm']))
    expect(await world.ask(run, { code: 'busy' }, transport)).toMatchObject({
      runConnector: { outcome: 'PUBLISHED', read: 3, added: 1, changed: 0, removed: 1 },
    })
    const { rows } = await world.database.pool.query<{ id: number }>(
      `select id from gateway.connector where code = 'busy'`,
    )
    const holder = await world.database.pool.connect()
    try {
      await holder.query('select pg_advisory_lock(71001, $1)', [rows[0]?.id])
      expect(await world.refusal(run, { code: 'busy' }, transport)).toMatch(/^CONFLICT .*being run already/)
    } finally {
      await holder.query('select pg_advisory_unlock_all()')
      holder.release()
    }
  } finally {
    await source.close()
  }
})

test('rows that were set aside are told with their reasons, and downloaded by their owner as a harmless CSV', async () => {
  const long = `Z${'9'.repeat(60)}`
  const source = await serveMutableFile(
    csv(['C1,Một', 'C2,"=HYPERLINK(""http://evil"")"', `${long},+84 x`, ',@cmd', `${long}b,"Hai, ""ba"""`, 'C6,Sáu']),
  )
  world.outbound.allow(source.url)
  const server = await serveWorld(world)
  try {
    const manifest = cameras(source.url, 'faulty', { guards: { setAside: 1 } })
    await world.ask(register, { manifest }, transport)
    const seen = await until('its run has ended', async () => {
      const answer = await world.ask<{
        connector: {
          runs: { nodes: { id: string; outcome: string; setAside: number; setAsideRows: { totalCount: number } }[] }
        }
      }>(
        `{ connector(code: "faulty") { runs(first: 1) { nodes { id outcome setAside
          setAsideRows(first: 10) { totalCount nodes { resource row field value reason(lang: EN) } } } } } }`,
        {},
        transport,
      )
      const [first] = answer.connector.runs.nodes
      return first?.outcome === 'PUBLISHED' ? first : false
    })
    expect(seen).toMatchObject({
      setAside: 3,
      setAsideRows: {
        totalCount: 3,
        nodes: expect.arrayContaining([
          { resource: 'cameras', row: 5, field: 'code', value: null, reason: expect.any(String) },
        ]),
      },
    })
    const url = `${server.url}/connectors/faulty/runs/${seen.id}/set-aside.csv`
    const tokenOf = async (agency: string) => {
      const { createKey } = await world.ask<{ createKey: { token: string } }>(
        'mutation($agency: ID!) { createKey(input: { role: AGENCY, agency: $agency, label: "t" }) { token } }',
        { agency },
        administrator,
      )
      return { authorization: `Bearer ${createKey.token}` }
    }
    const headers = await tokenOf('transport')
    const download = await fetch(url, { headers })
    expect(download.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    const text = await download.text()
    expect(text.trimEnd().split('\r\n')).toHaveLength(4)
    expect(text).toContain('resource,part,row,field,value,lý do,reason\r\n')
    expect((await fetch(url)).status).toBe(401)
    expect((await fetch(url, { headers: await tokenOf('health') })).status).toBe(404)
    for (const id of ['0', '999999999', 'x', "1'"]) {
      const missing = `${server.url}/connectors/faulty/runs/${encodeURIComponent(id)}/set-aside.csv`
      expect((await fetch(missing, { headers })).status).toBe(404)
    }
    const other = `${server.url}/connectors/places/runs/${seen.id}/set-aside.csv`
    expect((await fetch(other, { headers })).status).toBe(404)
  } finally {
    await server.close()
    await source.close()
  }
})

test('credentials have no place in a manifest; one of an operator’s file is not shown', async () => {
  const told = { options: { url: `${file.url}?token=canary1` } }
  expect(await world.refusal(register, { manifest: cameras(file.url, 'leaky', told) }, transport)).toMatch(
    /^BAD_USER_INPUT .*setConnectorCredentials/,
  )
  await registered('leaky')
  await world.database.pool.query(
    `update gateway.connector set manifest = jsonb_set(manifest, '{options}', $1) where code = 'leaky'`,
    [
      JSON.stringify({
        url: 'https://me:canary2@example.org/a?page=1&access_token=canary3',
        headers: { 'X-Api-Key': 'canary4' },
      }),
    ],
  )
  const { connector: shown } = await world.ask<{ connector: { manifest: { options: object } } }>(
    '{ connector(code: "leaky") { manifest } }',
    {},
    transport,
  )
  expect(shown.manifest.options).toEqual({
    url: 'https://•••@example.org/a?page=1&access_token=•••',
    headers: { 'X-Api-Key': '•••' },
  })
})

test('an agency cannot mark another agency’s dataset as real by a manifest that is refused', async () => {
  const { pool } = world.database
  await pool.query(`update gateway.dataset set sample = true where code = 'primary-schools'`)
  const manifest = cameras(file.url, 'sneaky', { dataset: 'primary-schools', datasetEntry: undefined, sample: false })
  expect(await world.refusal(register, { manifest: JSON.parse(JSON.stringify(manifest)) as unknown }, health)).toMatch(
    /^FORBIDDEN/,
  )
  const { rows } = await pool.query(`select sample from gateway.dataset where code = 'primary-schools'`)
  expect(rows).toEqual([{ sample: true }])
})

test('a field that refers to no other record has nothing to resolve', async () => {
  const manifest = cameras(file.url, 'resolving')
  const resources = [
    {
      name: 'cameras',
      recordType: 'TrafficCamera',
      fields: { code: { column: 'code' }, name: { column: 'name', resolve: { by: 'name' } } },
    },
  ]
  expect(await world.refusal(register, { manifest: { ...manifest, resources } }, transport)).toMatch(
    /^BAD_USER_INPUT .*resources\[0\]\.fields\.name\.resolve: name refers to no other record/,
  )
})

test('what is for holders of keys is never answered from memory', async () => {
  const { service, authenticate, answers, routes } = world.gateway
  const readiness = new GatewayReadiness(() => world.gateway.ping())
  const log = pino({ level: 'silent' })
  const metrics = createMetrics({ process: false })
  const parts = { service, authenticate, answers, routes, readiness, metrics, log }
  const server = await startGatewayServer(parts, { host: '127.0.0.1', port: 0 })
  try {
    const get = async (query: string) => {
      const headers = { authorization: 'Bearer odg_admin_for_the_tests_of_the_gateway', accept: 'application/json' }
      const response = await fetch(`${server.url}/graphql?query=${encodeURIComponent(query)}`, {
        headers: { ...headers, 'apollo-require-preflight': 'true' },
      })
      return { etag: response.headers.get('etag'), text: await response.text() }
    }
    expect((await get('{ themes { code } }')).etag).not.toBeNull()
    const query = 'query { ...log } fragment log on Query { auditLog { totalCount } verifyAuditLog { intact entries } }'
    const before = await get(query)
    expect(before).toMatchObject({ etag: null, text: expect.stringContaining('"intact":true') })
    await world.ask('mutation { setNoticeWebhook(url: "https://example.org/hook") { host } }', {}, transport)
    expect((await get(query)).text).not.toBe(before.text)
  } finally {
    await server.close()
  }
})

test('each action is in the log, with who did it', async () => {
  await registered('logged')
  await world.ask('mutation { pauseConnector(code: "logged") { code } }', {}, transport)
  await world.ask('mutation { resumeConnector(code: "logged") { code } }', {}, administrator)
  await world.ask('mutation { retireConnector(code: "logged") { code } }', {}, transport)
  const { auditLog } = await world.ask<{
    auditLog: { nodes: { subject: string; action: string; role: string; agency: string | null }[] }
  }>('{ auditLog(first: 200) { nodes { subject action role agency keyId } } }', {}, coordinator)
  const own = auditLog.nodes.filter(({ subject }) => subject === 'connector logged').reverse()
  expect(own.map(({ action, role, agency }) => [action, role, agency])).toEqual([
    ['connector.registered', 'AGENCY', 'transport'],
    ['connector.paused', 'AGENCY', 'transport'],
    ['connector.resumed', 'ADMIN', null],
    ['connector.retired', 'AGENCY', 'transport'],
  ])
  expect(await world.ask('{ verifyAuditLog { intact } }', {}, administrator)).toEqual({
    verifyAuditLog: { intact: true },
  })
})

test.each([
  'http://127.0.0.1:1/a.csv',
  'http://2130706433/a.csv',
  'http://[::ffff:10.0.0.1]/a.csv',
  'http://169.254.169.254/',
])('a manifest that leads to %s is refused before anything is asked of it', async (url) => {
  expect(await world.refusal(register, { manifest: cameras(url, 'inside') }, transport)).toBe(
    `BAD_USER_INPUT ${new URL(url).origin} is no public address, and the operator of the gateway does not allow it.`,
  )
  const second = { concat: [{ options: { url: file.url } }, { options: { url } }] }
  const [resource] = cameras(file.url, 'inside')['resources'] as Record<string, unknown>[]
  const manifest = cameras(file.url, 'inside', { resources: [{ ...resource, steps: [second] }] })
  expect(await world.refusal(register, { manifest }, transport)).toMatch(/^BAD_USER_INPUT .* is no public address/)
})
