import { randomUUID } from 'node:crypto'
import pg from 'pg'

export interface TestDatabase {
  readonly url: string
  readonly pool: pg.Pool
  dispose(): Promise<void>
}

/** An empty database of its own for one test file, on the run's Postgres. Dispose it in `afterAll`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const adminUrl = process.env['TEST_DATABASE_URL']
  if (adminUrl === undefined) throw new Error('TEST_DATABASE_URL is not set: run the tests through jest.')
  const name = `t_${randomUUID().replaceAll('-', '')}`
  await administer(adminUrl, `create database ${name}`)
  const url = new URL(adminUrl)
  url.pathname = `/${name}`
  const pool = new pg.Pool({ connectionString: url.href })
  // Dropping the database may cut a connection that is already closing.
  pool.on('error', () => undefined)
  return {
    url: url.href,
    pool,
    async dispose() {
      await pool.end()
      await administer(adminUrl, `drop database ${name} with (force)`)
    },
  }
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
