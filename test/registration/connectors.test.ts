import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { anonymous, type Viewer } from '../../src/access/viewer.js'
import { administrator, agencyHeader, coordinator, serveWorld } from '../support/agency-http.js'
import type { MutableFile } from '../support/mutable-file.js'
import { until } from '../support/until.js'
import { cameras, createRegistrationWorld, csv, register, run, type RegistrationWorld } from './registration-world.js'

let world: RegistrationWorld
let file: MutableFile
let transport: Viewer
let health: Viewer
beforeAll(async () => {
  world = await createRegistrationWorld()
  file = await world.serve(csv(['C1,Cầu Thị Nại', 'C2,Ngã ba Phú Tài', 'C3,Ghềnh Ráng']))
  transport = await world.keyOf('transport')
  health = await world.keyOf('health')
})
afterAll(() => world.dispose())

/** Registered and read for the first time. */
const connected = (code: string): Promise<void> => world.connect(cameras(file.url, code), transport)

const connector = `query($code: ID!) { connector(code: $code) {
  code version status driver agency { code } dataset { code } manifest
  versions { number createdBy manifest }
  runs(first: 2) { totalCount nodes { reason outcome read mapped added changed removed setAside bytes durationSeconds error { code } } }
} }`

test('its owner sees a connector with its versions and what its runs did', async () => {
  await connected('own-cameras')
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
  await connected('hidden-cameras')
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
  await connected('page-a')
  await connected('page-b')
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
  await connected('rolled')
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

test('a connector is run now, and once at a time', async () => {
  await connected('busy')
  const source = await world.serve(csv(['C1,Một', 'C2,Hai', 'C4,Bốn']))
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
  expect(await world.run('busy', transport)).toMatchObject({
    outcome: 'PUBLISHED',
    read: 3,
    added: 1,
    changed: 0,
    removed: 1,
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
})

test('rows that were set aside are told with their reasons, and downloaded by their owner as a harmless CSV', async () => {
  const long = `Z${'9'.repeat(60)}`
  const source = await world.serve(
    csv(['C1,Một', 'C2,"=HYPERLINK(""http://evil"")"', `${long},+84 x`, ',@cmd', `${long}b,"Hai, ""ba"""`, 'C6,Sáu']),
  )
  const server = await serveWorld(world)
  try {
    const manifest = cameras(source.url, 'faulty', { guards: { setAside: 1 } })
    await world.register(manifest, transport)
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
    const headers = { authorization: await agencyHeader(world, 'transport') }
    const download = await fetch(url, { headers })
    expect(download.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    const text = await download.text()
    expect(text.trimEnd().split('\r\n')).toHaveLength(4)
    expect(text).toContain('resource,part,row,field,value,lý do,reason\r\n')
    expect((await fetch(url)).status).toBe(401)
    const others = { authorization: await agencyHeader(world, 'health') }
    expect((await fetch(url, { headers: others })).status).toBe(404)
    for (const id of ['0', '999999999', 'x', "1'"]) {
      const missing = `${server.url}/connectors/faulty/runs/${encodeURIComponent(id)}/set-aside.csv`
      expect((await fetch(missing, { headers })).status).toBe(404)
    }
    const other = `${server.url}/connectors/places/runs/${seen.id}/set-aside.csv`
    expect((await fetch(other, { headers })).status).toBe(404)
  } finally {
    await server.close()
  }
})

test('each action is in the log, with who did it', async () => {
  await connected('logged')
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
