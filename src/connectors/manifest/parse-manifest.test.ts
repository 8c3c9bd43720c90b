import { describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import type { AnyDriver, Drivers } from '../drivers.js'
import { ManifestError, parseManifest } from './parse-manifest.js'

function driverNamed(name: string, lookupBatch: number | undefined): AnyDriver {
  return {
    name,
    title: { vi: name, en: name },
    options: z.strictObject({ url: z.url() }),
    selection: z.strictObject({ sheet: z.string().optional() }),
    capabilities: { scan: lookupBatch === undefined, lookupBatch, conditional: true, since: false },
    check: () => Promise.resolve(),
    describe: () => Promise.resolve([]),
    scan: () => ({ [Symbol.asyncIterator]: () => ({ next: () => Promise.resolve({ done: true, value: undefined }) }) }),
  }
}
const drivers: Drivers = new Map([
  ['sheet', driverNamed('sheet', undefined)],
  ['by-key', driverNamed('by-key', 50)],
])

const yaml = `
connector: primary-schools
agency: education
dataset: primary-schools
sample: true
driver: sheet
options: { url: "{sample:education}/files/schools.xlsx" }
resources:
  - name: schools
    recordType: School
    selection: { sheet: "Tiểu học" }
    referenceDate: 2025-06-30
    steps:
      - where: { column: "Mã trường", notEquals: "Cộng" }
      - fillDown: ["Huyện"]
    fields:
      code: { column: "Mã trường" }
      level: { constant: PRIMARY }
      openedOn: { column: "Ngày TL", convert: [{ date: "dd/MM/yyyy" }] }
      district: { column: "Mã huyện", resolve: { by: code } }
refresh: { mode: snapshot, every: PT24H, maxAge: P2D }
history: 30d
`

const problemsOf = (source: unknown): string[] => {
  try {
    parseManifest(source, drivers, 'a.yaml')
  } catch (error) {
    if (error instanceof ManifestError) return error.problems.map(({ path, message }) => `${path}: ${message}`)
    throw error
  }
  return []
}
const changed = (from: string, to: string): string => {
  expect(yaml).toContain(from)
  return yaml.replace(from, to)
}

describe('a manifest', () => {
  test('is read with its defaults filled in and its durations in milliseconds', () => {
    const manifest = parseManifest(yaml, drivers)
    expect(manifest.refresh).toEqual({ mode: 'snapshot', everyMs: 86_400_000, maxAgeMs: 172_800_000 })
    expect(manifest.history).toEqual({ keep: 'days', days: 30 })
    expect(manifest.guards).toEqual({ setAside: 0.05, drop: 0.2, growth: 5 })
    expect(manifest.options).toEqual({ url: '{sample:education}/files/schools.xlsx' })
    expect(manifest.resources[0]?.referenceDate).toBe('2025-06-30')
    expect(manifest.resources[0]?.fields['openedOn']).toEqual({
      column: 'Ngày TL',
      convert: [{ date: ['dd/MM/yyyy'] }],
    })
  })

  test('says the file, the place and what is allowed for each mistake', () => {
    expect(() => parseManifest(changed('PT24H', 'P1M'), drivers, 'connectors/a.yaml')).toThrow(
      'connectors/a.yaml: refresh.every: "P1M" is not a duration; write it like PT30S, PT15M, PT24H, P2D (no months or years)',
    )
    expect(problemsOf(changed('driver: sheet', 'driver: fax'))).toEqual([
      'driver: "fax" is not a driver; there are sheet, by-key',
    ])
    expect(problemsOf(changed('history: 30d', 'history: forever'))[0]).toContain('write all, none or a number of days')
    expect(problemsOf(changed('constant: PRIMARY', 'colum: "Cấp"'))[0]).toContain(
      'resources[0].fields.level: a field needs exactly one of column, path or constant',
    )
    expect(problemsOf(changed('fillDown: ["Huyện"]', 'fillUp: ["Huyện"]'))[0]).toContain(
      'resources[0].steps[1]: not a row step',
    )
  })

  test('points inside the form that was meant', () => {
    expect(problemsOf(changed('{ date: "dd/MM/yyyy" }', 'dtae'))[0]).toContain(
      'resources[0].fields.openedOn.convert[0]: not a converter; allowed are trim',
    )
    expect(problemsOf(changed('by: code', 'by: colour'))[0]).toContain('resources[0].fields.district.resolve.by: ')
  })

  test('is refused when it would take more than a gateway can give', () => {
    expect(problemsOf(changed('PT24H', 'P9999999999W'))).toEqual([
      'refresh.every: "P9999999999W" is longer than ten years',
    ])
    const live = 'mode: live, maxAge: PT10S, patience: PT61S'
    expect(problemsOf(changed('mode: snapshot, every: PT24H, maxAge: P2D', live))[0]).toContain(
      'refresh.patience: is longer',
    )
    const steps = Array<string>(51).fill('      - fillDown: ["Huyện"]').join('\n')
    expect(problemsOf(changed('      - fillDown: ["Huyện"]', steps))[0]).toContain('resources[0].steps: Too big')
    const bomb = Array.from('bcdefghi', (name, at) => {
      const before = String.fromCodePoint(97 + at)
      return `${name}: &${name} [${`*${before}, `.repeat(8)}]`
    })
    expect(problemsOf(['a: &a [x]', ...bomb].join('\n'))).toEqual([
      ': Excessive alias count indicates a resource exhaustion attack',
    ])
    expect(problemsOf('['.repeat(20_000))[0]).toBe(': is nested too deep')
  })

  test('finds expressions and formats that no row could be read by', () => {
    expect(problemsOf(changed('{ date: "dd/MM/yyyy" }', '{ date: "dd/MM/yy" }'))).toEqual([
      'resources[0].fields.openedOn.convert[0].date: "dd/MM/yy" is not a date format; use yyyy, MM or M, dd or d, HH, mm, ss, such as dd/MM/yyyy',
    ])
    expect(problemsOf(changed('{ date: "dd/MM/yyyy" }', '{ dateTime: [yyyy-MM-dd HH:mm, hh:mm] }'))[0]).toContain(
      'resources[0].fields.openedOn.convert[0].dateTime[1]: "hh:mm" is not a date format',
    )
    expect(problemsOf(changed('referenceDate: 2025-06-30', 'referenceDate: { column: Ngày, format: dd-mm }'))).toEqual([
      'resources[0].referenceDate.format: "dd-mm" is not a date format; use yyyy, MM or M, dd or d, HH, mm, ss, such as dd/MM/yyyy',
    ])
    expect(problemsOf(changed('column: "Mã trường" }', 'path: "items[" }'))).toEqual([
      'resources[0].fields.code.path: the expression "items[" is not a JMESPath expression',
    ])
    expect(problemsOf(changed('column: "Mã trường" }', 'path: "items[].{a: upper(b)}" }'))).toEqual([
      'resources[0].fields.code.path: the expression "items[].{a: upper(b)}" uses upper(), which JMESPath does not have',
    ])
    expect(problemsOf(changed('notEquals: "Cộng"', 'notEquals: 5'))).toEqual([
      'resources[0].steps[0].where.notEquals: write a text or a list of texts, numbers in quotes: "5"',
    ])
  })

  test('finds what would read a wrong value out of right rows', () => {
    const date = '{ date: "dd/MM/yyyy" }'
    expect(problemsOf(changed(date, '{ date: "MM/MM/yyyy" }'))).toEqual([
      'resources[0].fields.openedOn.convert[0].date: "MM/MM/yyyy" has MM a second time; MM is the month, mm the minute',
    ])
    expect(problemsOf(changed(date, '{ dateTime: "dd/M/yyyy HH:MM" }'))[0]).toContain('has MM a second time')
    expect(problemsOf(changed(date, '{ dateTime: "dd/MM/yyyy HH:mm:ss" }'))).toEqual([])
    const fillDown = 'fillDown: ["Huyện"]'
    expect(problemsOf(changed(fillDown, 'unpivot: { columns: [a, b], name: Năm, value: Năm }'))).toEqual([
      'resources[0].steps[1].unpivot: name and value are one column, so the cell would take the place of what it is about',
    ])
    expect(problemsOf(changed(fillDown, 'unpivot: { columns: [a, a], name: Năm, value: Số }'))).toEqual([
      'resources[0].steps[1].unpivot.columns: names a column twice, so its cells would be two rows',
    ])
    expect(problemsOf(changed(date, '{ codes: { Xã: COMMUNE, xa: WARD }, fold: true }'))).toEqual([
      'resources[0].fields.openedOn.convert[0].codes: "Xã" and "xa" are the same text when folded, but have different codes',
    ])
    expect(problemsOf(changed(date, '{ codes: { Xã: COMMUNE, "Xã ": WARD } }'))[0]).toContain('are the same text, but')
    expect(problemsOf(changed(date, '{ codes: { Xã: COMMUNE, xa: COMMUNE }, fold: true }'))).toEqual([])
    expect(problemsOf(changed(date, '{ codes: { Xã: COMMUNE, xa: WARD } }'))).toEqual([])
  })

  test("checks options and selections with the driver's own schemas, those of parts and joins too", () => {
    expect(problemsOf(changed('{sample:education}/files/schools.xlsx', 'no address'))[0]).toContain('options.url: ')
    expect(problemsOf(changed('{ sheet: "Tiểu học" }', '{ page: 1 }'))[0]).toContain('resources[0].selection: ')
    const parts = 'concat: [{ selection: { tab: x } }]'
    const step = 'where: { column: "Mã trường", notEquals: "Cộng" }'
    expect(problemsOf(changed(step, parts))[0]).toContain('resources[0].steps[0].concat[0].selection: ')
  })

  test('asks of a driver only what it can', () => {
    const lookup = 'refresh: { mode: lookup, maxAge: PT1M }'
    const snapshot = 'refresh: { mode: snapshot, every: PT24H, maxAge: P2D }'
    expect(problemsOf(changed(snapshot, lookup))).toEqual([
      'refresh.mode: the driver sheet cannot look up by key; use snapshot or live',
    ])
    const byKey = changed('driver: sheet', 'driver: by-key')
    expect(problemsOf(byKey)).toEqual(['refresh.mode: the driver by-key cannot list all rows; use lookup'])
  })

  test('refuses YAML mistakes with their line', () => {
    expect(problemsOf('connector: a\nconnector: b\n')[0]).toContain('line 2')
  })

  test('refuses a setting that it does not know', () => {
    expect(problemsOf(`${yaml}\nschedule: daily\n`)[0]).toContain('schedule')
  })
})
