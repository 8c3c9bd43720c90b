import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.js'
import { openControlDatabase } from './migrate.js'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(async () => {
  await database.dispose()
})

test('migrates an empty database, and a second start finds nothing to do', async () => {
  for (const expected of [1, 1]) {
    const source = await openControlDatabase(database.url)
    try {
      const { rows } = await database.pool.query('select count(*)::int as applied from gateway.migrations')
      expect(rows).toEqual([{ applied: expected }])
    } finally {
      await source.destroy()
    }
  }
})

test('folds case and Vietnamese diacritics, đ too, whether composed or decomposed', async () => {
  const { rows } = await database.pool.query('select gateway.fold($1) as a, gateway.fold($2) as b', [
    'Đường Nguyễn Huệ, Quy Nhơn',
    'Đường Nguyễn Huệ, Quy Nhơn'.normalize('NFD'),
  ])
  expect(rows).toEqual([{ a: 'duong nguyen hue, quy nhon', b: 'duong nguyen hue, quy nhon' }])
})

test('measures a known distance along the sphere', async () => {
  const { rows } = await database.pool.query<{ km: number }>(
    'select gateway.distance(gateway.to_point(13.78, 109.22), gateway.to_point(13.89, 109.11)) / 1000 as km',
  )
  expect(rows[0]?.km).toBeCloseTo(17.03, 1)
})
