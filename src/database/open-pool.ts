import pg from 'pg'

/**
 * A pool of which no lost connection, idle or in use, ends the process: whoever uses it sees its statement fail. `lost` is told
 * of each, unless the pool is being closed.
 */
export function openPool(config: pg.PoolConfig, lost: (error: Error) => void = () => undefined): pg.Pool {
  const pool = new pg.Pool(config)
  const heard = (error: Error): void => {
    if (!pool.ending) lost(error)
  }
  pool.on('error', heard)
  pool.on('connect', (client) => {
    client.on('error', heard)
  })
  return pool
}
