import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.js'
import { StartFailure } from '../settings/start-failure.js'
import { openControlDatabase } from './migrate.js'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(async () => {
  await database.dispose()
})

test('migrates an empty database, and a second start finds nothing to do', async () => {
  const applied: unknown[] = []
  for (let start = 1; start <= 2; start++) {
    const source = await openControlDatabase(database.url)
    try {
      const { rows } = await database.pool.query('select id, name from gateway.migrations order by id')
      applied.push(rows)
    } finally {
      await source.destroy()
    }
  }
  expect(applied[0]).toContainEqual({ id: 1, name: 'Foundation1700000000001' })
  expect(applied[1]).toEqual(applied[0])
})

test('replicas that start at once on an empty database migrate it once', async () => {
  const empty = await createTestDatabase()
  try {
    const sources = await Promise.all(Array.from({ length: 4 }, () => openControlDatabase(empty.url)))
    await Promise.all(sources.map((source) => source.destroy()))
    const { rows } = await empty.pool.query('select name from gateway.migrations group by name having count(*) > 1')
    expect(rows).toEqual([])
  } finally {
    await empty.dispose()
  }
})

test('a database that a newer gateway has changed is refused by an older one', async () => {
  const newer = await createTestDatabase()
  try {
    await (await openControlDatabase(newer.url)).destroy()
    await newer.pool.query(`insert into gateway.migrations (timestamp, name) values (1, 'Tomorrow1')`)
    await expect(openControlDatabase(newer.url)).rejects.toThrow(
      new StartFailure(
        'The database was changed by a newer version of the gateway (Tomorrow1): start that one, or restore a backup from before it.',
      ),
    )
  } finally {
    await newer.dispose()
  }
})

test('what is refused before a database is migrated leaves it as it was', async () => {
  const older = await createTestDatabase()
  const asked: string[] = []
  const refuse = (): Promise<void> => {
    asked.push('refused')
    return Promise.reject(new StartFailure('Not this one.'))
  }
  const names = async (): Promise<string[]> => {
    const { rows } = await older.pool.query<{ name: string }>('select name from gateway.migrations order by id')
    return rows.map(({ name }) => name)
  }
  try {
    await (await openControlDatabase(older.url, [], refuse)).destroy()
    expect(asked).toEqual([])
    await older.pool.query(`delete from gateway.migrations where name = 'LookupsOfAnyFields1700000000062'`)
    const before = await names()
    await expect(openControlDatabase(older.url, [], refuse)).rejects.toThrow('Not this one.')
    expect(await names()).toEqual(before)
  } finally {
    await older.dispose()
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
