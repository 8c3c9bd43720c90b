import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import pg from 'pg'
import { StartFailure } from '../../settings/start-failure.js'
import { startEmbeddedDatabase, type DatabaseLog, type EmbeddedDatabase } from './embedded-database.js'
import { lockFolder } from './folder-lock.js'
import { readPostmasterFile } from './leftover.js'

const silent: DatabaseLog = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
}

let folder = ''
const running: AsyncDisposable[] = []

beforeEach(async () => {
  // mkdtemp makes it 0700, which the account that Postgres runs under cannot pass through when we are root.
  folder = await mkdtemp(join(tmpdir(), 'embedded-'))
})

afterEach(async () => {
  for (const one of running.splice(0)) await one[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

async function start(): Promise<EmbeddedDatabase> {
  const database = await startEmbeddedDatabase({ folder, log: silent, settings: { fsync: 'off' } })
  running.push(database)
  return database
}

async function ask(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query<unknown[]>({ text, rowMode: 'array' })).rows.flat()
  } finally {
    await client.end()
  }
}

async function until<T>(check: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + 20_000
  for (;;) {
    const found = await check()
    if (found !== undefined) return found
    if (Date.now() > deadline) throw new Error('It did not happen within 20 s.')
    await delay(20)
  }
}

describe('the embedded database', () => {
  test('keeps its rows from one start to the next, in a folder that is open to its owner only', async () => {
    await chmod(folder, 0o700)
    const first = await start()
    await ask(first.url, 'create table kept (name text)')
    await ask(first.url, "insert into kept values ('Quy Nhơn')")
    await running.pop()?.[Symbol.asyncDispose]()
    const second = await start()
    expect(await ask(second.url, 'select upper(name) from kept')).toEqual(['QUY NHƠN'])
    expect(await ask(second.url, "select current_setting('jit'), current_setting('shared_buffers')")).toEqual([
      'off',
      '128MB',
    ])
    expect((await stat(join(folder, 'postgres-password'))).mode & 0o777).toBe(0o600)
  })

  test('asks for the password', async () => {
    const { url } = await start()
    const wrong = new URL(url)
    wrong.password = 'wrong'
    await expect(ask(wrong.href, 'select 1')).rejects.toThrow(/password authentication failed/)
  })

  test('is started again on the same address when it ends by itself', async () => {
    const { url } = await start()
    await ask(url, 'create table kept as select 1 as one')
    const before = await readPostmasterFile(join(folder, 'postgres'))
    process.kill(before?.pid ?? 0, 'SIGKILL')
    await until(async () => {
      const now = await readPostmasterFile(join(folder, 'postgres'))
      return now?.status === 'ready' && now.pid !== before?.pid ? now : undefined
    })
    expect(await ask(url, 'select one from kept')).toEqual([1])
  })

  test('refuses a second gateway on the same folder while the first one lives', async () => {
    const { url } = await start()
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
    await running.pop()?.[Symbol.asyncDispose]()
    const ticks = (await readFile(`/proc/${other.pid}/stat`, 'utf8')).split(') ')[1]?.split(' ')[19]
    await writeFile(join(folder, 'gateway.lock'), JSON.stringify({ pid: other.pid, start: ticks }))
    await expect(start()).rejects.toThrow(
      `Another gateway (process ${other.pid}) is running on ${folder}: stop it, or give this one another DATA_DIR.`,
    )
    const ended = once(other, 'exit')
    other.kill('SIGKILL')
    await ended
    const again = await start()
    expect(again.url).not.toBe(url)
  })

  test('stops what a gateway that was killed left running, and starts', async () => {
    const killed = spawn(
      process.execPath,
      [
        '--import',
        join(import.meta.dirname, '../../../test/support/typescript.mjs'),
        '--input-type=module',
        '-e',
        `const { startEmbeddedDatabase } = await import(${JSON.stringify(join(import.meta.dirname, 'embedded-database.ts'))});
         const log = { debug() {}, info() {}, warn() {}, error() {} };
         const { url } = await startEmbeddedDatabase({ folder: ${JSON.stringify(folder)}, log });
         process.stdout.write(url); setInterval(() => {}, 1000)`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    const url = String(
      await killed.stdout
        .setEncoding('utf8')
        .iterator()
        .next()
        .then(({ value }) => value as unknown),
    )
    await ask(url, 'create table kept as select 1 as one')
    const ended = once(killed, 'exit')
    killed.kill('SIGKILL')
    await ended
    expect(await ask(url, 'select one from kept')).toEqual([1])
    const database = await start()
    expect(await ask(database.url, 'select one from kept')).toEqual([1])
    await expect(ask(url, 'select 1')).rejects.toThrow()
  })

  test('does not mistake another program for the Postgres that a stale file names', async () => {
    const first = await start()
    await ask(first.url, 'create table kept as select 1 as one')
    await running.pop()?.[Symbol.asyncDispose]()
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
    await writeFile(join(folder, 'postgres', 'postmaster.pid'), `${other.pid}\n${join(folder, 'postgres')}\n`)
    const second = await start()
    expect(await ask(second.url, 'select one from kept')).toEqual([1])
    expect(other.exitCode).toBeNull()
    other.kill('SIGKILL')
  })

  test('says in one sentence why it cannot start', async () => {
    await writeFile(join(folder, 'file'), '')
    const inFile = startEmbeddedDatabase({ folder: join(folder, 'file'), log: silent })
    await expect(inFile).rejects.toThrow(/^DATA_DIR: the folder .* cannot be written \(EEXIST\)\.$/)
    await expect(inFile).rejects.toBeInstanceOf(StartFailure)
    await mkdir(join(folder, 'postgres'))
    await writeFile(join(folder, 'postgres', 'PG_VERSION'), '12\n')
    await expect(start()).rejects.toThrow(/^The password of the embedded Postgres cannot be read/)
    await writeFile(join(folder, 'postgres-password'), 'x')
    await expect(start()).rejects.toThrow(/^The embedded Postgres does not start: /)
  })
})

describe('the lock of a folder', () => {
  test('counts neither when its process has ended nor when it is cut off', async () => {
    await writeFile(join(folder, 'gateway.lock'), JSON.stringify({ pid: process.pid, start: '1' }))
    await (await lockFolder(folder))[Symbol.asyncDispose]()
    await writeFile(join(folder, 'gateway.lock'), '{"pid"')
    await (await lockFolder(folder))[Symbol.asyncDispose]()
  })

  test('goes to one of several that want it', async () => {
    const results = await Promise.allSettled([lockFolder(folder), lockFolder(folder)])
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    for (const result of results) if (result.status === 'fulfilled') running.push(result.value)
  })
})
