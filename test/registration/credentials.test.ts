import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Writable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import pino from 'pino'
import type { Viewer } from '../../src/access/viewer.js'
import { createSecrets } from '../../src/access/secrets.js'
import { credentialsIn } from '../../src/registration/secrets/connector-credentials.js'
import { rotateSecrets } from '../../src/registration/secrets/rotate-secrets.js'
import { administrator } from '../support/agency-http.js'
import { cameras, createRegistrationWorld, csv, register, run, type RegistrationWorld } from './registration-world.js'

const canary = 'canary-7f3a9c51'
const secretsKey = randomBytes(32)

let world: RegistrationWorld
let transport: Viewer
let source: { url: string; close(): Promise<void> }
let logged = ''
let answers = ''

/** Lets in who shows the canary. */
async function guardedSource(): Promise<typeof source> {
  const server = createServer((request, response) => {
    const letIn = request.headers.authorization === `Bearer ${canary}`
    response.writeHead(letIn ? 200 : 401, { 'content-type': 'text/csv' })
    response.end(letIn ? csv(['G1,Một']) : `no ${request.headers.authorization ?? ''}`)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/guarded.csv`,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

beforeAll(async () => {
  const log = new Writable({
    write(chunk, _encoding, done) {
      logged += String(chunk)
      done()
    },
  })
  world = await createRegistrationWorld({ secretsKey, log: pino({ level: 'trace' }, log) })
  source = await guardedSource()
  world.outbound.allow(source.url)
  transport = await world.keyOf('transport')
})
afterAll(async () => {
  await world.dispose()
  await source.close()
})

const set = 'mutation($input: JSON) { setConnectorCredentials(code: "guarded", input: $input) { code hasCredentials } }'

async function told(text: string, variables: Record<string, unknown> = {}, viewer: Viewer = transport) {
  const answer = await world.query(text, variables, viewer)
  answers += JSON.stringify(answer)
  return answer
}

test('with its credentials a source lets us in, without them it does not', async () => {
  await told(register, { manifest: cameras(source.url, 'guarded') })
  await told(set, { input: { kind: 'bearer', token: `${canary}-wrong` } })
  // Its first run may be under way still.
  for (;;) {
    const refused = await told(run, { code: 'guarded' })
    if (refused.errors === undefined) {
      expect(refused.data).toMatchObject({ runConnector: { outcome: 'FAILED', error: { code: 'UNAUTHORISED' } } })
      break
    }
  }
  expect((await told(set, { input: { kind: 'bearer', token: canary } })).data).toEqual({
    setConnectorCredentials: { code: 'guarded', hasCredentials: true },
  })
  expect((await told(run, { code: 'guarded' })).data).toMatchObject({
    runConnector: { outcome: 'PUBLISHED', added: 1 },
  })
})

test.each([
  { kind: 'bearer', token: 5, other: canary },
  { kind: canary },
  { kind: 'header', name: `x y ${canary}`, value: 'v' },
  { kind: 'bearer', token: `${canary}\r\nx: y` },
  { kind: 'bearer', token: canary.repeat(1000) },
  canary,
])('wrong credentials are refused without being repeated', async (input) => {
  const { errors } = await told(set, { input })
  expect(errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT')
})

test('no table, answer, error or log line has them', async () => {
  await told(
    '{ connector(code: "guarded") { manifest hasCredentials versions { manifest } runs { nodes { error { message } } } } }',
  )
  await told('{ auditLog(first: 200) { nodes { action subject details } } }', {}, administrator)
  const { rows: tables } = await world.database.pool.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
  )
  expect(tables.length).toBeGreaterThan(20)
  for (const { name } of tables) {
    const { rows } = await world.database.pool.query<{ text: string }>(
      `select coalesce(string_agg(t::text, ' '), '') as text from ${name} t`,
    )
    const kept = rows[0]?.text ?? ''
    for (const form of [
      canary,
      Buffer.from(canary).toString('hex'),
      Buffer.from(canary).toString('base64').slice(0, -4),
    ]) {
      expect(kept).not.toContain(form)
    }
  }
  expect(answers).toContain('hasCredentials')
  expect(answers).not.toContain(canary)
  expect(logged).not.toBe('')
  expect(logged).not.toContain(canary)
})

const guardedId = async (): Promise<number> => {
  const { rows } = await world.database.pool.query<{ id: number }>(
    `select id from gateway.connector where code = 'guarded'`,
  )
  return rows[0]?.id ?? 0
}

test('a sealed text is good for its place only, and not once a bit of it was changed', () => {
  const secrets = createSecrets(secretsKey)
  const place = { owner: 'connector', ownerId: 1, field: 'credentials' } as const
  const sealed = secrets.seal(place, canary)
  expect(secrets.open(place, sealed)).toBe(canary)
  expect(secrets.seal(place, canary).sealed).not.toEqual(sealed.sealed)
  for (const other of [
    { ...place, ownerId: 2 },
    { ...place, field: 'webhook' },
    { ...place, owner: 'agency' as const },
  ]) {
    expect(() => secrets.open(other, sealed)).toThrow(/was changed/)
  }
  for (let index = 0; index < sealed.sealed.length; index++) {
    const changed = Buffer.from(sealed.sealed)
    changed[index] = (changed[index] ?? 0) ^ 1
    expect(() => secrets.open(place, { ...sealed, sealed: changed })).toThrow(/cannot be decrypted/)
  }
  expect(() => createSecrets(randomBytes(32)).open(place, sealed)).toThrow(/another SECRETS_KEY/)
})

test('a rotation encrypts everything anew, once, and only with the right old key', async () => {
  const { pool } = world.database
  const newKey = randomBytes(32)
  const id = await guardedId()
  await expect(rotateSecrets(pool, randomBytes(32), newKey)).rejects.toThrow(/another SECRETS_KEY/)
  expect(await credentialsIn(pool, createSecrets(secretsKey))(id)).toEqual({ kind: 'bearer', token: canary })
  expect(await rotateSecrets(pool, secretsKey, newKey)).toBe(1)
  expect(await rotateSecrets(pool, secretsKey, newKey)).toBe(0)
  expect(await credentialsIn(pool, createSecrets(newKey))(id)).toEqual({ kind: 'bearer', token: canary })
  await expect(credentialsIn(pool, createSecrets(secretsKey))(id)).rejects.toThrow(/another SECRETS_KEY/)
  expect((await told(run, { code: 'guarded' })).data).toMatchObject({
    runConnector: { outcome: 'FAILED', error: { code: 'INTERNAL' } },
  })
})

test('credentials are removed, and forgotten when the connector is retired', async () => {
  const kept = async () =>
    (await world.database.pool.query(`select 1 from gateway.sealed_secret where owner_id = $1`, [await guardedId()]))
      .rowCount
  expect((await told(set, { input: null })).data).toEqual({
    setConnectorCredentials: { code: 'guarded', hasCredentials: false },
  })
  expect(await kept()).toBe(0)
  await told(set, { input: { kind: 'bearer', token: canary } })
  expect(await kept()).toBe(1)
  await told('mutation { retireConnector(code: "guarded") { status } }')
  expect(await kept()).toBe(0)
})
