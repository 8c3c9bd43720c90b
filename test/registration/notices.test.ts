import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import pino from 'pino'
import { createSecrets } from '../../src/access/secrets.js'
import { anonymous, type Viewer } from '../../src/access/viewer.js'
import { deliverDue } from '../../src/notices/deliver.js'
import { watchRuns } from '../../src/notices/watch-runs.js'
import { administrator, coordinator } from '../support/agency-http.js'
import type { MutableFile } from '../support/mutable-file.js'
import { until } from '../support/until.js'
import { cameras, createRegistrationWorld, csv, type RegistrationWorld } from './registration-world.js'

const secretsKey = Buffer.alloc(32, 7)

interface Received {
  readonly id: string
  readonly event: string
  readonly notice: { readonly connector: string; readonly cause: string; readonly closedAt: string | null }
}

/** An agency's receiver, which answers with the status that it is told to. */
async function receiver() {
  const received: { body: Received; key: string | undefined }[] = []
  let status = 204
  const server = createServer((request, response) => {
    let text = ''
    request.setEncoding('utf8')
    request.on('data', (chunk: string) => (text += chunk))
    request.on('end', () => {
      const key = request.headers['idempotency-key']
      received.push({ body: JSON.parse(text) as Received, key: typeof key === 'string' ? key : undefined })
      response.writeHead(status)
      response.end()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/hook/canary-hook`,
    received,
    answerWith(next: number) {
      status = next
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

let world: RegistrationWorld
let hook: Awaited<ReturnType<typeof receiver>>
let transport: Viewer
let health: Viewer
beforeAll(async () => {
  world = await createRegistrationWorld({ secretsKey })
  hook = await receiver()
  world.outbound.allow(hook.url)
  transport = await world.keyOf('transport')
  health = await world.keyOf('health')
})
afterAll(async () => {
  await world.dispose()
  await hook.close()
})

async function connected(code: string, rows: readonly string[], viewer = transport): Promise<MutableFile> {
  const file = await world.serve(csv(rows))
  await world.connect(cameras(file.url, code, { guards: { setAside: 0.5, drop: 0.5 } }), viewer)
  return file
}

/** Runs it, and waits until the run was looked at. */
async function ran(code: string, viewer = transport): Promise<void> {
  const { id } = await world.run(code, viewer)
  await world.watched(code, id)
}

interface SeenNotice {
  readonly cause: string
  readonly times: number
  readonly closedAt: string | null
  readonly connector: { readonly code: string }
}

async function noticesOf(code: string, open: boolean | null, viewer: Viewer = transport): Promise<SeenNotice[]> {
  const { notices } = await world.ask<{ notices: { nodes: SeenNotice[] } }>(
    `query($open: Boolean) { notices(first: 100, open: $open) { nodes {
       cause times closedAt title(lang: EN) fix(lang: EN) connector { code } rows { resource row field value reason(lang: EN) } } } }`,
    { open },
    viewer,
  )
  return notices.nodes.filter(({ connector }) => connector.code === code)
}

test('wrong rows are told with row, rule and fix, once, until they are right', async () => {
  const file = await connected('rows', ['R1,Một', 'R2,Hai', 'R3,Ba'])
  expect(await noticesOf('rows', null)).toEqual([])
  file.replace(csv(['R1,Một', 'R2,', 'R3,Ba']))
  await ran('rows')
  const [told] = await noticesOf('rows', true)
  expect(told).toEqual({
    cause: 'ROWS_SET_ASIDE',
    times: 1,
    closedAt: null,
    connector: { code: 'rows' },
    title: '1 row does not fit and was not published.',
    fix: expect.stringMatching(/Correct these rows .*\/connectors\/rows\/runs\/\d+\/set-aside\.csv$/),
    rows: [{ resource: 'cameras', row: 3, field: 'name', value: null, reason: expect.any(String) }],
  })
  file.replace(csv(['R1,Một', 'R2,', 'R3,Ba', 'R4,']))
  await ran('rows')
  expect(await noticesOf('rows', true)).toMatchObject([{ cause: 'ROWS_SET_ASIDE', times: 2 }])
  file.replace(csv(['R1,Một', 'R2,Hai', 'R3,Ba', 'R4,Bốn']))
  await ran('rows')
  expect(await noticesOf('rows', true)).toEqual([])
  expect(await noticesOf('rows', false)).toMatchObject([{ cause: 'ROWS_SET_ASIDE', closedAt: expect.any(String) }])
})

test('what a guard holds back, a lost column and a vanished source are told apart, and settled by the next success', async () => {
  const good = ['G1,Một', 'G2,Hai', 'G3,Ba', 'G4,Bốn']
  const file = await connected('guarded', good)
  file.replace(csv(['G1,Một']))
  await ran('guarded')
  file.replace(Buffer.from('code,title\nG1,Một\n'))
  await ran('guarded')
  expect((await noticesOf('guarded', true)).map(({ cause }) => cause)).toEqual(['SCHEMA_DRIFT', 'HELD_BY_GUARD'])
  file.replace(csv(good))
  await ran('guarded')
  expect(await noticesOf('guarded', true)).toEqual([])
})

test('a source that does not answer is told only when that lasts', async () => {
  const file = await connected('silent', ['S1,Một'])
  await file.close()
  for (let count = 0; count < 3; count++) await ran('silent')
  expect(await noticesOf('silent', true)).toEqual([])
  await world.database.pool.query(
    `update gateway.run r set started_at = started_at - interval '1 hour' from gateway.connector c
     where c.id = r.connector_id and c.code = 'silent' and r.outcome = 'FAILED'`,
  )
  await ran('silent')
  expect(await noticesOf('silent', true)).toMatchObject([{ cause: 'RUN_FAILED', times: 1 }])
  await world.ask('mutation { retireConnector(code: "silent") { code } }', {}, transport)
  expect(await noticesOf('silent', true)).toEqual([])
})

test('an agency sees its own notices only', async () => {
  await connected('private', ['P1,Một', 'P2,'])
  await until('it is told', async () => (await noticesOf('private', true)).length === 1)
  expect(await noticesOf('private', true, health)).toEqual([])
  expect(await noticesOf('private', true, coordinator)).toHaveLength(1)
  expect(await world.refusal('{ notices { totalCount } }', {}, anonymous)).toMatch(/^UNAUTHENTICATED/)
})

test('runs that are looked at on several replicas at once are told once', async () => {
  const file = await connected('twice', ['T1,Một', 'T2,Hai'])
  file.replace(csv(['T1,Một', 'T2,']))
  const { rows } = await world.database.pool.query<{ id: number }>(
    `select id from gateway.connector where code = 'twice'`,
  )
  const id = rows[0]?.id ?? 0
  await world.run('twice', transport)
  await Promise.all(Array.from({ length: 5 }, () => watchRuns(world.database.pool, id)))
  expect(await noticesOf('twice', true)).toMatchObject([{ times: 1 }])
})

const setHook = 'mutation($url: String) { setNoticeWebhook(url: $url) { agency host pending lastError } }'

test('an agency with a webhook is told there: opened and closed, with an id that stays through retries', async () => {
  const { host } = new URL(hook.url)
  expect(await world.ask(setHook, { url: hook.url }, transport)).toEqual({
    setNoticeWebhook: { agency: 'transport', host, pending: 0, lastError: null },
  })
  hook.answerWith(503)
  const file = await connected('hooked', ['H1,Một', 'H2,Hai'])
  file.replace(csv(['H1,Một', 'H2,']))
  await ran('hooked')
  await until('it was tried', () => hook.received.length > 0)
  await until('the failure is known', async () => {
    const seen = await world.ask<{ noticeWebhook: { pending: number; lastError: string | null } }>(
      '{ noticeWebhook { pending lastError } }',
      {},
      transport,
    )
    return seen.noticeWebhook.lastError === 'BAD_STATUS' && seen.noticeWebhook.pending === 1
  })
  hook.answerWith(204)
  await world.database.pool.query(
    'update gateway.notice_delivery set next_attempt_at = now() where delivered_at is null',
  )
  const parts = {
    pool: world.database.pool,
    outbound: world.outbound,
    secrets: createSecrets(secretsKey),
    logger: pino({ level: 'silent' }),
  }
  await deliverDue(parts, new AbortController().signal)
  file.replace(csv(['H1,Một', 'H2,Hai']))
  await ran('hooked')
  await until('its end was told', () => hook.received.some(({ body }) => body.event === 'CLOSED'))
  const own = hook.received.filter(({ body }) => body.notice.connector === 'hooked')
  expect(own.map(({ body }) => [body.event, body.notice.cause])).toEqual([
    ['OPENED', 'ROWS_SET_ASIDE'],
    ['OPENED', 'ROWS_SET_ASIDE'],
    ['CLOSED', 'ROWS_SET_ASIDE'],
  ])
  expect(own[0]?.body.id).toBe(own[1]?.body.id)
  expect(own.every(({ body, key }) => body.id === key)).toBe(true)
  await deliverDue(parts, new AbortController().signal)
  expect(hook.received.filter(({ body }) => body.notice.connector === 'hooked')).toHaveLength(3)
})

test('a webhook is no way to the gateway’s own network, and its address is kept secret', async () => {
  for (const url of ['ftp://example.org/', 'http://me:pw@example.org/', 'not a url', 'file:///etc/passwd']) {
    expect(await world.refusal(setHook, { url }, transport)).toMatch(/^BAD_USER_INPUT/)
  }
  expect(
    await world.refusal('mutation { setNoticeWebhook(agency: "transport", url: null) { host } }', {}, health),
  ).toMatch(/^FORBIDDEN/)
  await world.ask(setHook, { url: 'http://169.254.169.254/latest/meta-data' }, health)
  await connected('metadata', ['M1,Một', 'M2,'], health)
  await until('it was refused', async () => {
    const { rows } = await world.database.pool.query(
      `select 1 from gateway.notice_delivery where last_error = 'ADDRESS_REFUSED'`,
    )
    return rows.length > 0
  })
  await world.ask(setHook, { url: null }, health)
  expect(await world.ask('{ noticeWebhook { host pending } }', {}, health)).toEqual({
    noticeWebhook: { host: null, pending: 0 },
  })
  const { rows } = await world.database.pool.query<{ text: string }>(
    `select (select string_agg(t::text, ' ') from gateway.sealed_secret t) || (select string_agg(t::text, ' ') from gateway.audit_entry t)
       || (select string_agg(t::text, ' ') from gateway.notice_delivery t) as text`,
  )
  expect(rows[0]?.text).not.toContain('canary-hook')
  expect(rows[0]?.text).not.toContain(Buffer.from('canary-hook').toString('hex'))
  expect(await world.ask('{ verifyAuditLog { intact } }', {}, administrator)).toEqual({
    verifyAuditLog: { intact: true },
  })
})
