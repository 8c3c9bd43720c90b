import type pg from 'pg'

export async function knowsDataset(pool: pg.Pool, code: string): Promise<boolean> {
  return (await pool.query('select 1 from gateway.dataset where code = $1', [code])).rowCount === 1
}

export async function knowsConnector(pool: pg.Pool, code: string): Promise<boolean> {
  return (await pool.query('select 1 from gateway.connector where code = $1', [code])).rowCount === 1
}
