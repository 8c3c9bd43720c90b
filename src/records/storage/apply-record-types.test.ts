import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Pool } from 'pg'
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.js'
import { openControlDatabase } from '../../database/migrate.js'
import type { RecordTypes } from '../schema/record-type.js'
import {
  administrativeUnitSchema,
  bedAvailabilitySchema,
  busRouteSchema,
  busStopSchema,
  schoolSchema,
  smallTypes,
} from '../schema/small-types.fixture.js'
import { applyRecordTypes, readRecordTypes } from './apply-record-types.js'
import { sqlType } from './storage-layout.js'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  await (await openControlDatabase(database.url)).destroy()
})
afterAll(async () => {
  await database.dispose()
})

const withField = (schema: typeof busStopSchema, field: object) => ({ ...schema, fields: [...schema.fields, field] })
const allButStops = [administrativeUnitSchema, schoolSchema, busRouteSchema, bedAvailabilitySchema]
const parkSchema = { ...busStopSchema, name: 'Park', plural: 'parks' }
const shelter = { name: 'shelter', type: 'boolean', title: 'Mái che', titleEn: 'Shelter' }

describe('record types from files', () => {
  test('become tables that hold values of every kind, fold text for search and measure distance', async () => {
    const types = await applyRecordTypes(database.pool, smallTypes(), { origin: 'file' })
    expect(types.revision).toBe(6)
    expect(await columnTypes(database.pool, 'School')).toMatchObject(expectedColumns(types, 'School'))
    expect(await columnTypes(database.pool, 'School~history')).toMatchObject(expectedColumns(types, 'School'))
    await database.pool.query(
      `insert into records."School" (_dataset, _resource, _key, _hash, _version, _updated_at, "code", "name", "address", "latitude", "longitude", "tags", "budget")
       values (1, 1, 'a', '', 1, now(), 'a', 'Trường Đống Đa', null, 13.78, 109.22, '{x,y}', 123456789012345678901234.5)`,
    )
    const { rows } = await database.pool.query(
      `select _text, gateway.distance(_point, gateway.to_point(13.78, 109.22)) as metres, "budget"::text from records."School"`,
    )
    expect(rows).toEqual([{ _text: 'truong dong da ', metres: 0, budget: '123456789012345678901234.5' }])
  })

  test('compare a foreign key with the key it refers to without naming a collation', async () => {
    const { rows } = await database.pool.query(
      `select count(*)::int as pairs from records."School" s join records."AdministrativeUnit" u on u._key = s."district"
       where u._key = any (array['x'])`,
    )
    expect(rows).toEqual([{ pairs: 0 }])
    await database.pool.query(`select from records."BusRoute" r join records."BusStop" s on r."stops" @> array[s._key]`)
  })

  test('cost one statement at the next start', async () => {
    const statements: string[] = []
    const types = await applyRecordTypes(counting(database.pool, statements), smallTypes(), { origin: 'file' })
    expect(statements).toHaveLength(1)
    expect(types.revision).toBe(6)
  })

  test('are applied as a new version when a file changed, and read by the other replicas', async () => {
    const before = smallTypes()
    const changed = smallTypes([...allButStops, withField(busStopSchema, shelter)])
    const types = await applyRecordTypes(database.pool, changed, { origin: 'file' })
    expect(types.revision).toBe(7)
    expect(await columnTypes(database.pool, 'BusStop')).toMatchObject({ shelter: 'bool' })
    const read = await readRecordTypes(database.pool, before)
    expect(read.types.get('BusStop')?.fields.map(({ name }) => name)).toEqual(['code', 'name', 'shelter'])
    expect(read.types.get('School')).toBe(before.types.get('School'))
    expect(read.revision).toBe(7)
  })

  test('that lost a field stop the start with the reason, and leave all as it was', async () => {
    await expect(applyRecordTypes(database.pool, smallTypes(), { origin: 'file' })).rejects.toMatchObject({
      code: 'CONFLICT',
      extensions: { reasons: ['BusStop.shelter was removed.'] },
    })
    expect(await columnTypes(database.pool, 'BusStop')).toMatchObject({ shelter: 'bool' })
  })

  test('that lost a field are applied when forced', async () => {
    const types = await applyRecordTypes(database.pool, smallTypes(), { origin: 'file', force: true })
    expect(types.revision).toBe(8)
    expect(await columnTypes(database.pool, 'BusStop')).not.toHaveProperty('shelter')
  })
})

describe('what was changed at run time', () => {
  const atRunTime = () => smallTypes([...allButStops, withField(busStopSchema, shelter), parkSchema])

  test('wins over the files at the next start', async () => {
    await applyRecordTypes(database.pool, atRunTime(), { origin: 'runtime' })
    const types = await applyRecordTypes(database.pool, smallTypes(), { origin: 'file' })
    expect(types.types.get('BusStop')?.fields.map(({ name }) => name)).toContain('shelter')
    expect(types.types.has('Park')).toBe(true)
  })

  test('gives way to files that are told to win, but for types that only it has', async () => {
    const types = await applyRecordTypes(database.pool, smallTypes(), { origin: 'file', filesWin: true, force: true })
    expect(types.types.get('BusStop')?.fields.map(({ name }) => name)).not.toContain('shelter')
    expect(types.types.has('Park')).toBe(true)
  })

  test('can be removed again by force, and the revision still grows', async () => {
    const before = await applyRecordTypes(database.pool, smallTypes(), { origin: 'file' })
    const types = await applyRecordTypes(database.pool, smallTypes(), { origin: 'runtime', force: true })
    expect(types.types.has('Park')).toBe(false)
    expect(types.revision).toBeGreaterThan(before.revision)
    expect((await readRecordTypes(database.pool, before)).types.has('Park')).toBe(false)
  })
})

test('replicas that start together make the tables once', async () => {
  const other = await createTestDatabase()
  try {
    await (await openControlDatabase(other.url)).destroy()
    const started = await Promise.all(
      [1, 2, 3].map(() => applyRecordTypes(other.pool, smallTypes(), { origin: 'file' })),
    )
    expect(started.map(({ revision }) => revision)).toEqual([6, 6, 6])
  } finally {
    await other.dispose()
  }
})

function expectedColumns(types: RecordTypes, code: string): Record<string, string> {
  const fields = types.types.get(code)?.fields ?? []
  return Object.fromEntries(
    fields.map((field) => {
      const type = sqlType(field).replace('boolean', 'bool')
      return [field.name, type.endsWith('[]') ? `_${type.slice(0, -2)}` : type]
    }),
  )
}

async function columnTypes(pool: Pool, table: string): Promise<Record<string, string>> {
  const { rows } = await pool.query<{ name: string; type: string }>(
    `select column_name as name, udt_name as type from information_schema.columns where table_schema = 'records' and table_name = $1`,
    [table],
  )
  return Object.fromEntries(rows.map(({ name, type }) => [name, type]))
}

/** The same pool, noting the statements that are sent through it. */
function counting(pool: Pool, statements: string[]): Pool {
  return new Proxy(pool, {
    get(target, name) {
      if (name === 'query') {
        return (text: string, values: unknown[]) => {
          statements.push(text)
          return target.query(text, values)
        }
      }
      if (name === 'connect') {
        return () => {
          statements.push('connect')
          return target.connect()
        }
      }
      const own: unknown = Reflect.get(target, name)
      return own
    },
  })
}
