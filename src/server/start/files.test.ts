import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import pino from 'pino'
import type { DataSource } from 'typeorm'
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.js'
import { buildControlSchema } from '../../catalog/control-schema.js'
import { controlEntities } from '../../catalog/entities.js'
import { loadDrivers } from '../../connectors/drivers.js'
import { openControlDatabase } from '../../database/migrate.js'
import { smallTypes } from '../../records/schema/small-types.fixture.js'
import { applyRecordTypes } from '../../records/storage/apply-record-types.js'
import { StartFailure } from '../../settings/start-failure.js'
import { registerFiles } from './connector-files.js'
import { SchemaFiles } from './record-schemas.js'

let database: TestDatabase
let dataSource: DataSource
let folder = ''

beforeAll(async () => {
  database = await createTestDatabase()
  dataSource = await openControlDatabase(database.url, controlEntities)
  folder = await mkdtemp(join(tmpdir(), 'gateway-files-'))
})
afterAll(async () => {
  await dataSource.destroy()
  await database.dispose()
  await rm(folder, { recursive: true, force: true })
})

const cautiously = { filesWin: false, acceptBreaking: false }

describe('the files of the operator', () => {
  test('a record schema that is wrong stops the start with the file and the reason', async () => {
    await mkdir(join(folder, 'schema', 'records'), { recursive: true })
    await mkdir(join(folder, 'schema', 'code-lists'), { recursive: true })
    await writeFile(join(folder, 'schema', 'records', 'school.json'), '{"name":')
    const start = SchemaFiles.read(join(folder, 'schema'), buildControlSchema())
    await expect(start).rejects.toBeInstanceOf(StartFailure)
    await expect(start).rejects.toThrow(/records\/school\.json: The file is not JSON/)
  })

  test('a record schema that breaks what is published stops the start, which says how to go on, and is taken when asked for', async () => {
    const control = buildControlSchema()
    const broken = join(folder, 'broken')
    const schemaOf = (type: string): string =>
      JSON.stringify({
        name: 'Well',
        plural: 'wells',
        title: 'Giếng',
        titleEn: 'Well',
        description: 'Giếng',
        descriptionEn: 'A well',
        fields: [
          { name: 'code', type: 'string', title: 'Mã', titleEn: 'Code', constraints: { required: true } },
          { name: 'depth', type, title: 'Độ sâu', titleEn: 'Depth' },
        ],
        primaryKey: ['code'],
      })
    await mkdir(join(broken, 'records'), { recursive: true })
    await mkdir(join(broken, 'code-lists'), { recursive: true })
    await writeFile(join(broken, 'records', 'well.json'), schemaOf('string'))
    const before = await SchemaFiles.read(broken, control)
    await before.apply(database.pool, cautiously)
    await before.check(database.pool, cautiously)
    await writeFile(join(broken, 'records', 'well.json'), schemaOf('integer'))
    const after = await SchemaFiles.read(broken, control)
    await expect(after.check(database.pool, cautiously)).rejects.toThrow(
      /Well\.depth was text and is integer\.\n.*start once with --accept-breaking/,
    )
    await after.check(database.pool, { ...cautiously, acceptBreaking: true })
    await expect(after.apply(database.pool, cautiously)).rejects.toThrow(
      /Well\.depth was text and is integer\.\n.*start once with --accept-breaking/,
    )
    const { types } = await after.apply(database.pool, { ...cautiously, acceptBreaking: true })
    expect(types.get('Well')?.fields.map(({ kind }) => kind)).toEqual(['text', 'integer'])
  })

  test('whether record schemas fit is left open for a database that has no tables for them yet', async () => {
    const empty = await createTestDatabase()
    try {
      const files = await SchemaFiles.read(join(folder, 'broken'), buildControlSchema())
      await files.check(empty.pool, cautiously)
    } finally {
      await empty.dispose()
    }
  })

  test('a connector that is wrong is told and left out; the others are registered', async () => {
    const types = await applyRecordTypes(database.pool, smallTypes(), { origin: 'file', force: true })
    const manifest = (code: string, type: string): string =>
      JSON.stringify({
        connector: code,
        dataset: code,
        datasetEntry: { title: { vi: code, en: code }, license: 'CC-BY-4.0' },
        driver: 'csv',
        options: { url: 'https://example.org/schools.csv' },
        resources: [{ name: 'schools', recordType: type, fields: { code: { column: 'a' }, name: { column: 'b' } } }],
        refresh: { mode: 'snapshot', every: 'PT24H' },
      })
    const connectors = join(folder, 'connectors')
    await mkdir(connectors)
    await writeFile(join(connectors, 'a.yaml'), 'connector: [')
    await writeFile(join(connectors, 'b.yaml'), manifest('wrong-type', 'Nothing'))
    await writeFile(join(connectors, 'c.yaml'), manifest('right', 'School'))
    await writeFile(
      join(connectors, 'd.yaml'),
      manifest('sampled', 'School').replace('https://example.org', '{sample:education}'),
    )
    const lines: string[] = []
    const log = pino({ level: 'warn' }, { write: (line) => lines.push(line) })
    const parts = { pool: database.pool, dataSource, drivers: await loadDrivers(), types: () => types }
    await registerFiles(parts, { folder: connectors, filesWin: false, samples: false, log })
    const { rows } = await database.pool.query<{ code: string }>('select code from gateway.connector')
    expect(rows).toEqual([{ code: 'right' }])
    expect(lines.length).toBe(2)
    expect(lines[0]).toMatch(/"file":"a\.yaml","reason":".+"/)
    expect(lines[1]).toMatch(/"file":"b\.yaml","reason":".*there is no record type Nothing/)
  })
})
