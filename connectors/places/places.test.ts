import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import { parseManifest } from '../../src/connectors/manifest/parse-manifest.js'
import { buildRecordTypes } from '../../src/records/schema/build-record-types.js'
import { parseCodeList } from '../../src/records/schema/code-list-file.js'
import { parseRecordType } from '../../src/records/schema/parse-record-type.js'
import { recordKey } from '../../src/records/schema/record-key.js'
import { valueOrThrow } from '../../src/records/schema/schema-problem.js'
import { driver as csv } from '../drivers/csv/driver.js'

const root = join(import.meta.dirname, '../..')
const read = (path: string) => readFile(join(root, path), 'utf8')

const unit = z.object({
  code: z.string(),
  name: z.string(),
  kind: z.string(),
  designation: z.string(),
  parent_key: z.string(),
  valid_from: z.iso.date(),
  valid_to: z.union([z.literal(''), z.iso.date()]),
  latitude: z.string(),
  longitude: z.string(),
})
type Unit = z.infer<typeof unit>

let units: Unit[]
const keyOf = (row: Unit) => recordKey([row.code, row.valid_from])
const lastDay = (row: Unit) => (row.valid_to === '' ? '9999-12-31' : row.valid_to)
const validOn = (day: string) => units.filter((row) => row.valid_from <= day && lastDay(row) >= day)
const countsOn = (day: string) => {
  const counts: Record<string, number> = {}
  for (const { kind } of validOn(day)) counts[kind] = (counts[kind] ?? 0) + 1
  return counts
}

beforeAll(async () => {
  const rows: unknown = parse(await read('data-sources/places/administrative-units.csv'), { columns: true })
  units = unit.array().parse(rows)
})

describe('the administrative units', () => {
  test('are as many on each day as the resolution in force says', () => {
    expect(countsOn('2020-06-01')).toEqual({ PROVINCE: 1, DISTRICT: 11, COMMUNE: 117, WARD: 32, TOWNSHIP: 10 })
    expect(countsOn('2021-02-01')).toEqual({ PROVINCE: 1, DISTRICT: 11, COMMUNE: 116, WARD: 32, TOWNSHIP: 11 })
    expect(countsOn('2025-06-30')).toEqual({ PROVINCE: 1, DISTRICT: 11, COMMUNE: 115, WARD: 28, TOWNSHIP: 12 })
    expect(countsOn('2025-07-01')).toEqual({ PROVINCE: 1, COMMUNE: 110, WARD: 25 })
  })

  test('have the eleven districts of the school year 2024–2025', () => {
    const districts = validOn('2025-06-30').filter((row) => row.kind === 'DISTRICT')
    expect(districts.map((row) => `${row.code} ${row.designation} ${row.name}`)).toEqual([
      '540 Thành phố Quy Nhơn',
      '542 Huyện An Lão',
      '543 Thị xã Hoài Nhơn',
      '544 Huyện Hoài Ân',
      '545 Huyện Phù Mỹ',
      '546 Huyện Vĩnh Thạnh',
      '547 Huyện Tây Sơn',
      '548 Huyện Phù Cát',
      '549 Thị xã An Nhơn',
      '550 Huyện Tuy Phước',
      '551 Huyện Vân Canh',
    ])
    expect(districts.every((row) => row.latitude !== '' && row.longitude !== '')).toBe(true)
  })

  test('have keys of their own, though codes are used again', () => {
    expect(new Set(units.map(keyOf)).size).toBe(units.length)
    expect(units.filter((row) => row.code === '52').map((row) => `${keyOf(row)} ${row.name}`)).toEqual([
      '52~1989-06-30 Bình Định',
      '52~2025-07-01 Gia Lai',
    ])
    expect(units.filter((row) => row.code === '21583').map((row) => row.name)).toEqual(['Lê Lợi', 'Quy Nhơn'])
  })

  test('have at most one unit a code on any day', () => {
    for (const day of new Set(units.flatMap((row) => [row.valid_from, lastDay(row)]))) {
      const codes = validOn(day).map((row) => row.code)
      expect(new Set(codes).size).toBe(codes.length)
    }
  })

  test('have a parent that is valid as long as they are', () => {
    const byKey = new Map(units.map((row) => [keyOf(row), row]))
    for (const row of units) {
      if (row.kind === 'PROVINCE') {
        expect(row.parent_key).toBe('')
        continue
      }
      const parent = byKey.get(row.parent_key)!
      expect(lastDay(parent) >= lastDay(row)).toBe(true)
      // Quy Nhơn was a city three years before its province was set up again.
      if (row.code !== '540') expect(parent.valid_from <= row.valid_from).toBe(true)
    }
  })

  test('are trimmed NFC text', () => {
    for (const { name, designation } of units) {
      expect([name, designation]).toEqual([name.trim().normalize('NFC'), designation.trim().normalize('NFC')])
    }
  })

  test('fit the record type and the manifest that publish them', async () => {
    const file = 'schema/records/places/administrative-unit.json'
    const listFile = 'schema/code-lists/administrative-unit-kind.json'
    const list = valueOrThrow(parseCodeList(listFile, JSON.parse(await read(listFile))))
    const source = { file, theme: 'places', content: JSON.parse(await read(file)) as unknown }
    const type = valueOrThrow(parseRecordType(source, new Map([[list.code, list]])))
    const types = valueOrThrow(buildRecordTypes([type], [list], 1))
    expect(types.reverseOf('AdministrativeUnit').map((reverse) => reverse.name)).toEqual(['children'])
    const kinds = new Set(list.values.map(({ value }) => value))
    expect(units.filter(({ kind }) => !kinds.has(kind))).toEqual([])

    const manifest = parseManifest(
      await read('connectors/places/places.yaml'),
      new Map([[csv.name, csv]]),
      'connectors/places/places.yaml',
    )
    const [resource] = manifest.resources
    expect(Object.keys(resource!.fields)).toEqual(type.fields.map(({ name }) => name))
  })
})
