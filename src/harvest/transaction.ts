import type pg from 'pg'
import { tryingAgain } from './trying-again.js'

/** Runs the work in one transaction; it is rolled back when the work throws. */
export async function inTransaction<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await tryingAgain(() => pool.connect())
  let broken: unknown
  try {
    await client.query('begin')
    const result = await work(client)
    await client.query('commit')
    return result
  } catch (error) {
    broken = await rollBack(client)
    throw error
  } finally {
    // A connection that could not roll back must not go back to the pool.
    client.release(broken !== undefined)
  }
}

/** The reason why it could not roll back. */
export async function rollBack(client: pg.ClientBase): Promise<unknown> {
  try {
    await client.query('rollback')
    return undefined
  } catch (error) {
    return error
  }
}
