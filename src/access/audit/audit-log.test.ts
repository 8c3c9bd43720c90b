import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { graphql } from 'graphql'
import pg from 'pg'
import type { DataSource } from 'typeorm'
import { createControlContext } from '../../catalog/control-context.js'
import { buildControlSchema } from '../../catalog/control-schema.js'
import { controlEntities } from '../../catalog/entities.js'
import { openControlDatabase } from '../../database/migrate.js'
import { silent } from '../../harvest/silent-logger.fixture.js'
import { inTransaction } from '../../harvest/transaction.js'
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.js'
import { queriesOf } from '../../database/queries.js'
import { createKey } from '../keys.js'
import type { Viewer } from '../viewer.js'
import { appendAudit } from './append-audit.js'
import { theGateway } from './audit-chain.js'
import { AuditResolver } from './audit-resolver.js'
import { tellAuditHead } from './tell-audit-head.js'
import { anchorText, parseAnchor, verifyAuditLog } from './verify-audit-log.js'

let database: TestDatabase
let dataSource: DataSource
let pool: pg.Pool
beforeAll(async () => {
  database = await createTestDatabase()
  dataSource = await openControlDatabase(database.url, controlEntities)
  pool = new pg.Pool({ connectionString: database.url, max: 20 })
  // A connection that is just being closed is told that its database is dropped.
  pool.on('error', () => undefined)
})
afterAll(async () => {
  await pool.end()
  await dataSource.destroy()
  await database.dispose()
})

/** As one does who may do everything in the database: without the triggers. */
async function tamper(sql: string): Promise<void> {
  await inTransaction(pool, async (client) => {
    await client.query('set local session_replication_role = replica')
    await client.query(sql)
  })
}

async function write(count: number): Promise<void> {
  for (let number = 1; number <= count; number++) {
    await inTransaction(pool, (client) =>
      appendAudit(queriesOf(client), theGateway, { action: 'test.done', subject: `thing ${number}` }),
    )
  }
}

beforeEach(async () => {
  await tamper('delete from gateway.audit_entry')
})

const verified = () => verifyAuditLog(queriesOf(pool))

test('an untouched log is intact, an empty one too', async () => {
  expect(await verified()).toEqual({ intact: true, entries: 0, head: undefined, problem: undefined })
  await write(3)
  expect(await verified()).toMatchObject({ intact: true, entries: 3, head: { seq: 3 } })
})

test('entries written in parallel are one chain without a fork', async () => {
  await Promise.all(
    Array.from({ length: 60 }, (_, number) =>
      inTransaction(pool, async (client) => {
        await appendAudit(queriesOf(client), theGateway, { action: 'test.done', subject: `thing ${number}` })
        if (number % 10 === 0) throw new Error('rolled back')
      }).catch(() => undefined),
    ),
  )
  expect(await verified()).toMatchObject({ intact: true, entries: 54 })
})

test.each([
  [
    `update gateway.audit_entry set content = replace(content, 'thing 3', 'thing 8') where seq = 3`,
    /Entry 3 was changed/,
  ],
  [`update gateway.audit_entry set content = content || ' ' where seq = 5`, /Entry 5 was changed/],
  ['delete from gateway.audit_entry where seq = 3', /Entry 3 is missing/],
  ['delete from gateway.audit_entry where seq = 1', /Entry 1 is missing/],
  [
    `delete from gateway.audit_entry where seq = 3;
     update gateway.audit_entry set seq = 3 where seq = 4;
     update gateway.audit_entry set seq = 4 where seq = 5`,
    /Entry 3 stands in a wrong place/,
  ],
  [
    `insert into gateway.audit_entry select 6, content, encode(sha256(convert_to(content, 'UTF8')), 'hex') from
       (select replace(replace(content, '"seq":5', '"seq":6'), 'thing 5', 'thing 6') as content from gateway.audit_entry where seq = 5) as forged`,
    /Entry 6 does not follow/,
  ],
])('finds what was done to it: %s', async (sql, problem) => {
  await write(5)
  await tamper(sql)
  expect(await verified()).toMatchObject({ intact: false, problem: expect.stringMatching(problem) })
})

test('finds two entries that changed places', async () => {
  await write(5)
  await tamper(`
    update gateway.audit_entry set seq = case seq when 2 then -4 else -2 end where seq in (2, 4);
    update gateway.audit_entry set seq = -seq where seq < 0`)
  expect(await verified()).toMatchObject({ intact: false, problem: expect.stringMatching(/Entry 2 stands/) })
})

test('finds a rewritten entry whose hash was made anew, by the one that follows it', async () => {
  await write(5)
  await tamper(`
    update gateway.audit_entry set content = replace(content, 'thing 2', 'thing 9') where seq = 2;
    update gateway.audit_entry set hash = encode(sha256(convert_to(content, 'UTF8')), 'hex') where seq = 2`)
  expect(await verified()).toMatchObject({ intact: false, problem: expect.stringMatching(/Entry 3 does not follow/) })
})

test('a log that was cut short is found by a head that was noted down', async () => {
  await write(5)
  const { head } = await verified()
  await tamper('delete from gateway.audit_entry where seq > 3')
  expect(await verified()).toMatchObject({ intact: true, entries: 3 })
  expect(await verifyAuditLog(queriesOf(pool), head)).toMatchObject({
    intact: false,
    problem: 'The log ends at entry 3; entry 5 was there before.',
  })
  await write(2)
  expect(await verifyAuditLog(queriesOf(pool), head)).toMatchObject({
    intact: false,
    problem: expect.stringMatching(/another one/),
  })
})

test('its head is written into the log of the program, from where it finds what was written anew', async () => {
  const told: unknown[] = []
  const logger = { ...silent, info: (what: object) => told.push(what) }
  await inTransaction(pool, (client) => tellAuditHead(logger).run(client))
  await write(3)
  await inTransaction(pool, (client) => tellAuditHead(logger).run(client))
  expect(told).toEqual([{ auditHead: expect.stringMatching(/^3:[0-9a-f]{64}$/) }])
  const anchor = parseAnchor((told[0] as { auditHead: string }).auditHead)
  await tamper('delete from gateway.audit_entry where seq > 1')
  await write(4)
  expect(await verified()).toMatchObject({ intact: true, entries: 5 })
  expect(await verifyAuditLog(queriesOf(pool), anchor)).toMatchObject({
    intact: false,
    problem: 'Entry 3 is another one than was noted down.',
  })
})

test.each([
  'update gateway.audit_entry set hash = hash',
  'delete from gateway.audit_entry',
  'truncate gateway.audit_entry',
])('the database refuses: %s', async (sql) => {
  await write(1)
  await expect(pool.query(sql)).rejects.toThrow('only appended to')
})

test('a key and its entry are written together or not at all', async () => {
  const input = { role: 'ADMIN', agency: undefined, label: 'x', expiresAt: undefined } as const
  await expect(
    dataSource.transaction(async (manager) => {
      await createKey(manager, input)
      throw new Error('changed my mind')
    }),
  ).rejects.toThrow('changed my mind')
  expect(await verified()).toMatchObject({ entries: 0 })
  await createKey(dataSource.manager, input, { role: 'ADMIN', key: 7 })
  expect(await verified()).toMatchObject({ intact: true, entries: 1 })
})

test('is read and verified over GraphQL by coordinators and administrators only', async () => {
  await write(4)
  const { head } = await verified()
  const schema = buildControlSchema({ resolvers: [AuditResolver] })
  const ask = async (source: string, role: Viewer['role']) => {
    const viewer: Viewer = { role, agencyCode: role === 'AGENCY' ? 'health' : undefined, keyId: 1 }
    const recordTypes = { revision: 1, types: new Map(), codeLists: new Map(), reverseOf: () => [] }
    const records = { connection: () => Promise.reject(new Error('no records')) }
    const contextValue = createControlContext({ dataSource, viewer, records, recordTypes })
    const { data, errors } = await graphql({ schema, source, contextValue })
    return { data: JSON.parse(JSON.stringify(data ?? null)) as unknown, errors: errors?.map((error) => error.message) }
  }
  const page = await ask(
    '{ auditLog(first: 2) { nodes { number action subject role } totalCount pageInfo { hasNextPage endCursor } } }',
    'ADMIN',
  )
  expect(page).toEqual({
    data: {
      auditLog: {
        nodes: [
          { number: 4, action: 'test.done', subject: 'thing 4', role: 'GATEWAY' },
          { number: 3, action: 'test.done', subject: 'thing 3', role: 'GATEWAY' },
        ],
        totalCount: 4,
        pageInfo: { hasNextPage: true, endCursor: expect.any(String) },
      },
    },
    errors: undefined,
  })
  const verification = `{ verifyAuditLog(anchor: "${head === undefined ? '' : anchorText(head)}") { intact entries head problem } }`
  expect(await ask(verification, 'COORDINATOR')).toMatchObject({
    data: { verifyAuditLog: { intact: true, entries: 4, problem: null } },
  })
  for (const role of ['AGENCY', 'ANONYMOUS'] as const) {
    for (const query of ['{ auditLog { totalCount } }', '{ verifyAuditLog { intact } }']) {
      expect((await ask(query, role)).errors).toHaveLength(1)
    }
  }
})
