import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { appendAudit } from '../src/access/audit/append-audit.js'
import { theGateway } from '../src/access/audit/audit-chain.js'
import { storeSecret } from '../src/access/sealed-secrets.js'
import { createSecrets } from '../src/access/secrets.js'
import { runningDatabase, startEmbeddedDatabase } from '../src/database/embedded/embedded-database.js'
import { readPostmasterFile } from '../src/database/embedded/leftover.js'
import { openControlDatabase } from '../src/database/migrate.js'
import { queriesOf } from '../src/database/queries.js'
import { silent } from '../src/harvest/silent-logger.fixture.js'
import { inTransaction } from '../src/harvest/transaction.js'
import { createTestDatabase, type TestDatabase } from './support/database.js'
import { repository } from './support/gateway-world.js'
import { readingProgram } from './support/reading-program.js'
import { until } from './support/until.js'

const key = randomBytes(32).toString('base64')
let database: TestDatabase
let folder: string
beforeAll(async () => {
  database = await createTestDatabase()
  folder = await mkdtemp(join(tmpdir(), 'gateway-commands-'))
  await (await openControlDatabase(database.url)).destroy()
  await inTransaction(database.pool, async (client) => {
    const query = queriesOf(client)
    const place = { owner: 'connector', ownerId: 1, field: 'headers.Authorization' } as const
    await storeSecret(query, createSecrets(Buffer.from(key, 'base64')), place, 'canary')
    await appendAudit(query, theGateway, { action: 'credentials.set', subject: 'connector 1' })
  })
})
afterAll(async () => {
  await database.dispose()
  await rm(folder, { recursive: true })
})

const audit = 'src/access/audit/verify-command.ts'
const rotate = 'src/registration/secrets/rotate-command.ts'
const connector = 'src/connector-command.ts'

function runs(module: string, words: readonly string[], environment: Record<string, string>) {
  return spawn(process.execPath, [...readingProgram.nodeOptions, join(repository, module), ...words], {
    env: { PATH: process.env['PATH'], DATABASE_URL: database.url, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** What an operator sees who runs it on the test's database, unless told otherwise. */
async function ran(module: string, words: readonly string[], environment: Record<string, string> = {}) {
  const child = runs(module, words, environment)
  const [out, errors] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
  return { code: child.exitCode, out, errors }
}

test('the audit log is checked, against what was noted down as well', async () => {
  const checked = await ran(audit, [])
  expect(checked).toMatchObject({ code: 0, errors: '' })
  const [, anchor = ''] = /^The log is intact, 1 entries\.\nNote down: (1:[0-9a-f]{64})\n$/.exec(checked.out) ?? []
  expect(await ran(audit, [anchor])).toEqual(checked)
  expect(await ran(audit, [`1:${'0'.repeat(64)}`])).toEqual({
    code: 1,
    out: 'NOT INTACT: Entry 1 is another one than was noted down.\n',
    errors: '',
  })
  expect(await ran(audit, ['yesterday'])).toMatchObject({ code: 2, errors: expect.stringContaining('Usage: ') })
})

test('secrets are encrypted anew by one who has their key, and a mistake is one line', async () => {
  const next = randomBytes(32).toString('base64')
  expect(await ran(rotate, [], { SECRETS_KEY: key, NEW_SECRETS_KEY: 'short' })).toEqual({
    code: 1,
    out: '',
    errors: expect.stringMatching(/^NEW_SECRETS_KEY must be 32 random bytes .*\n$/),
  })
  expect(await ran(rotate, [], { SECRETS_KEY: next, NEW_SECRETS_KEY: randomBytes(32).toString('hex') })).toEqual({
    code: 1,
    out: '',
    errors:
      'The headers.Authorization of connector 1 cannot be decrypted: it was encrypted with another SECRETS_KEY. Nothing was changed; set SECRETS_KEY to the key until now.\n',
  })
  for (const count of [1, 0]) {
    expect(await ran(rotate, [], { SECRETS_KEY: key, NEW_SECRETS_KEY: next })).toEqual({
      code: 0,
      out: `Encrypted anew: ${count}. Start the gateway with the new key as SECRETS_KEY.\n`,
      errors: '',
    })
  }
})

test('an export that cannot be written, and a manifest that is not there, are one line', async () => {
  await database.pool.query(
    `insert into gateway.code_list (code, version, definition, digest, origin)
     values ('SchoolLevel', 1, '{"name": "SchoolLevel", "values": []}', '', 'runtime')`,
  )
  expect(await ran(connector, ['export', folder])).toEqual({
    code: 0,
    out: `1 files were written to ${folder}.\n`,
    errors: '',
  })
  // Node never comes to an end of making folders there by itself.
  expect(await ran(connector, ['export', '/proc/export'])).toEqual({
    code: 1,
    out: '',
    errors: expect.stringMatching(/^The file \/proc\/export\/.*\/school-level\.json cannot be written \(\w+\)\.\n$/),
  })
  expect(await ran(connector, ['check', join(folder, 'none.yaml')])).toEqual({
    code: 2,
    out: '',
    errors: `There is no file ${join(folder, 'none.yaml')}.\n`,
  })
})

test('on the gateway’s own database a command works beside the gateway, and by itself', async () => {
  const dataDir = join(folder, 'data')
  const own = { DATABASE_URL: '', DATA_DIR: dataDir }
  const gateway = await startEmbeddedDatabase({ folder: dataDir, log: silent, settings: { fsync: 'off' } })
  const intact = { code: 0, out: 'The log is intact, 0 entries.\n', errors: '' }
  try {
    await (await openControlDatabase(gateway.url)).destroy()
    expect(await ran(audit, [], own)).toEqual(intact)
    expect(await ran(rotate, [], { ...own, SECRETS_KEY: key, NEW_SECRETS_KEY: key })).toEqual({
      code: 1,
      out: '',
      errors: expect.stringMatching(/^A gateway runs on this DATA_DIR .*: stop it, run this command again, .*\n$/),
    })
    expect(await runningDatabase(dataDir)).toBe(gateway.url)
  } finally {
    await gateway[Symbol.asyncDispose]()
  }
  expect(await runningDatabase(dataDir)).toBeUndefined()
  expect(await ran(audit, [], own)).toEqual(intact)
  expect(await readPostmasterFile(join(dataDir, 'postgres'))).toBeUndefined()
}, 60_000)

test.each(['SIGTERM', 'SIGINT'] as const)(
  'a command that is ended by %s ends the database that it has started',
  async (signal) => {
    const dataDir = join(folder, signal)
    const made = await startEmbeddedDatabase({ folder: dataDir, log: silent, settings: { fsync: 'off' } })
    await (await openControlDatabase(made.url)).destroy()
    await made[Symbol.asyncDispose]()
    const server = () => readPostmasterFile(join(dataDir, 'postgres'))
    const command = runs(audit, [], { DATABASE_URL: '', DATA_DIR: dataDir })
    await until('its database starts', async () => (await server()) !== undefined)
    command.kill(signal)
    await once(command, 'exit')
    await until('its database has ended', async () => (await server()) === undefined)
  },
  60_000,
)

test('a database that is not there is one line, without the password', async () => {
  const away = 'postgres://gateway:canary@127.0.0.1:1/data'
  expect(await ran(audit, [], { DATABASE_URL: away })).toEqual({
    code: 1,
    out: '',
    errors: 'DATABASE_URL: nothing answers at 127.0.0.1:1.\n',
  })
  expect(await ran(audit, [], { DATABASE_URL: '', DATA_DIR: join(folder, 'mistyped') })).toEqual({
    code: 1,
    out: '',
    errors: `There is no database in ${join(folder, 'mistyped')}; set DATA_DIR or DATABASE_URL as the gateway has it.\n`,
  })
})
