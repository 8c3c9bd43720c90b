import { describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import { SourceNumber, type Source, type SourceObject, type SourceRow } from '../../../connectors/drivers/driver.js'
import { SourceFault } from '../../errors/source-fault.js'
import type { Field, RecordType } from '../../records/schema/record-type.js'
import type { AnyDriver } from '../drivers.js'
import { manifestSchema, type ManifestResource } from '../manifest/manifest.js'
import { mapResource, type MappableSource } from './map-resource.js'
import type { MappedRow } from './mapped-row.js'
import type { ReferenceQuestion } from './reference-resolver.js'
import { objectOf } from './row-steps.js'

type Tables = Readonly<Record<string, readonly SourceObject[]>>

const selection = z.strictObject({ table: z.string().default('main') })
const options = z.strictObject({ prefix: z.string().default('') })

function driverOver(tables: Tables): AnyDriver {
  return {
    name: 'tables',
    title: { vi: '', en: '' },
    options,
    selection,
    capabilities: { scan: true, lookupBatch: undefined, conditional: false },
    check: () => Promise.resolve(),
    describe: () => Promise.resolve([]),
    async *scan(source, picked) {
      const { table } = selection.parse(picked)
      const { prefix } = options.parse(source.options)
      const rows = await Promise.resolve(tables[prefix + table] ?? [])
      for (const [at, values] of rows.entries()) yield { number: at + 1, values: objectOf(Object.entries(values)) }
    },
  }
}

const sourceWith = (given: unknown): MappableSource => ({
  options: given,
  signal: new AbortController().signal,
  request: () => Promise.reject(new Error('no network')),
  download: () => Promise.reject(new Error('no network')),
  recall: () => undefined,
  remember: () => undefined,
  withOptions: (other: unknown): Source<unknown> => sourceWith(other),
})

const field = (name: string, dataset?: string): Field => ({
  name,
  kind: 'text',
  list: false,
  codeList: undefined,
  reference:
    dataset === undefined
      ? undefined
      : { target: 'AdministrativeUnit', dataset, cardinality: 'one', reverse: undefined },
  required: false,
  title: { vi: name, en: name },
  description: undefined,
  unit: undefined,
  ordered: false,
  searched: false,
  constraints: {
    minimum: undefined,
    maximum: undefined,
    minLength: undefined,
    maxLength: undefined,
    pattern: undefined,
  },
  sensitivity: 'none',
  deprecated: undefined,
})

const school: RecordType = {
  code: 'School',
  plural: 'schools',
  singular: 'school',
  theme: undefined,
  follows: undefined,
  title: { vi: '', en: '' },
  description: { vi: '', en: '' },
  fields: [
    field('code'),
    field('name'),
    field('year'),
    field('value'),
    field('district', 'places'),
    field('parent', 'same'),
  ],
  primaryKey: ['code'],
  validity: undefined,
  location: undefined,
}

const units = new Map([
  ['540', '540~1986-07-03'],
  ['Thành phố Quy Nhơn', '540~1986-07-03'],
])

async function map(
  resource: Record<string, unknown>,
  tables: Tables,
  asked: ReferenceQuestion[] = [],
): Promise<MappedRow[]> {
  const rows: MappedRow[] = []
  const parsed = resourceOf(resource)
  for await (const row of mapResource(parsed, {}, driverOver(tables), sourceWith({ prefix: '' }), {
    recordType: school,
    dataset: 'primary-schools',
    references: {
      resolve(question) {
        asked.push(question)
        return Promise.resolve(units.get(question.value))
      },
    },
    endpoints: { sample: () => undefined, file: () => Promise.resolve(undefined) },
    today: '2026-11-25',
    timeOffset: '+07:00',
  })) {
    rows.push(row)
  }
  return rows
}

function resourceOf(resource: Record<string, unknown>): ManifestResource {
  const { resources } = manifestSchema.parse({
    connector: 'a',
    dataset: 'a',
    driver: 'tables',
    resources: [{ name: 'a', recordType: 'School', ...resource }],
    refresh: { mode: 'snapshot', every: 'P1D' },
  })
  const [first] = resources
  return first!
}

const valuesOf = (rows: readonly MappedRow[]): Record<string, unknown>[] => rows.map(({ values }) => ({ ...values }))
const fault = async (run: Promise<unknown>): Promise<string> => {
  const error: unknown = await run.catch((thrown: unknown) => thrown)
  return error instanceof SourceFault ? `${error.code}: ${error.message}` : String(error)
}

describe('fields', () => {
  test('come from columns, expressions and constants', async () => {
    const fields = {
      code: { column: 'Mã' },
      name: { path: 'detail.names[0]' },
      year: { constant: 2024 },
      value: { path: 'length(detail.names)' },
    }
    const rows = await map({ fields }, { main: [{ Mã: '001', detail: { names: ['Đống Đa', 'b'] } }] })
    expect(valuesOf(rows)).toEqual([{ code: '001', name: 'Đống Đa', year: '2024', value: new SourceNumber('2') }])
  })

  test('keep all digits of a number that an expression finds, and compare those that can be', async () => {
    const big = new SourceNumber('12345678901234567890')
    const rows = await map(
      { fields: { code: { path: 'n' }, name: { path: 'list[?size > `1`].id | [0]' }, value: { path: 'text' } } },
      {
        main: [
          {
            n: big,
            text: '007',
            list: [
              { size: new SourceNumber('1'), id: 'a' },
              { size: new SourceNumber('2'), id: 'b' },
            ],
          },
        ],
      },
    )
    expect(valuesOf(rows)).toEqual([{ code: big, name: 'b', value: '007' }])
  })

  test('that cannot be converted are problems of their row, with the text of the source', async () => {
    const rows = await map(
      { fields: { code: { column: 'a' }, value: { column: 'b', convert: ['vietnameseNumber'] } } },
      {
        main: [
          { a: '1', b: 'nhiều' },
          { a: '2', b: '1.000' },
        ],
      },
    )
    expect(rows[0]?.problems).toEqual([
      {
        field: 'value',
        value: 'nhiều',
        reason: {
          en: '"nhiều" is not a number written like 1.234,5',
          vi: '"nhiều" không phải là số viết như 1.234,5',
        },
      },
    ])
    expect(rows[0]?.values).toEqual(Object.assign(Object.create(null), { code: '1', value: null }))
    expect(rows[1]?.problems).toEqual([])
  })

  test('a column that no row has ends the run; one that some lack does not', async () => {
    const fields = { code: { column: 'Mã' }, name: { column: 'Tên' }, year: { column: 'Năm' } }
    expect(await fault(map({ fields }, { main: [{ Mã: '1' }, { Mã: '2', Năm: '' }] }))).toBe(
      'MISSING_COLUMNS: The source lacks the columns Tên.',
    )
    expect(await map({ fields }, { main: [] })).toEqual([])
    expect(await map({ fields }, { main: [{ Mã: '1', Tên: 'a', Năm: null }, { Mã: '2' }] })).toHaveLength(2)
  })

  test('a mapping that can never work says which field', async () => {
    const main = [{ a: 'x' }]
    expect(await fault(map({ fields: { code: { path: 'a[' } } }, { main }))).toContain(
      '"a[" is not a JMESPath expression',
    )
    expect(await fault(map({ fields: { colour: { column: 'a' } } }, { main }))).toContain('School has no field colour')
    expect(await fault(map({ fields: { code: { column: 'a', resolve: { by: 'code' } } } }, { main }))).toContain(
      'field code',
    )
    expect(
      await fault(map({ fields: { code: { column: 'a', convert: [{ date: 'dd/MM/yy' }] } } }, { main })),
    ).toContain('field code: "dd/MM/yy" is not a date format')
    expect(await fault(map({ fields: { code: { path: 'abs(a)' } } }, { main }))).toContain('expression abs(a), row 1')
  })

  test('names of Object are names like any other', async () => {
    const values = objectOf([
      ['__proto__', 'a'],
      ['constructor', 'b'],
    ])
    const fields = { code: { column: '__proto__' }, name: { column: 'constructor' }, year: { path: '"constructor"' } }
    expect(valuesOf(await map({ fields }, { main: [values] }))).toEqual([{ code: 'a', name: 'b', year: 'b' }])
    expect(await fault(map({ fields: { code: { column: 'toString' } } }, { main: [{ a: 'x' }] }))).toContain(
      'MISSING_COLUMNS',
    )
  })
})

describe('a reference', () => {
  const fields = { code: { column: 'a' }, district: { column: 'd', resolve: { by: 'code' } } }

  test('becomes the key of what was valid on the reference date', async () => {
    const asked: ReferenceQuestion[] = []
    const rows = await map({ fields, referenceDate: '2025-06-30' }, { main: [{ a: '1', d: '540' }] }, asked)
    expect(rows[0]?.values['district']).toBe('540~1986-07-03')
    expect(asked).toEqual([
      { target: 'AdministrativeUnit', dataset: 'places', by: 'code', value: '540', on: '2025-06-30' },
    ])
  })

  test('that nothing fits is a problem', async () => {
    const rows = await map(
      { fields, referenceDate: '2025-06-30' },
      {
        main: [
          { a: '1', d: '999' },
          { a: '2', d: '' },
        ],
      },
    )
    expect(rows[0]?.problems).toMatchObject([
      { field: 'district', value: '999', reason: { en: 'no unit with code 999 valid on 2025-06-30' } },
    ])
    expect(rows[1]?.problems).toEqual([])
    expect(rows[1]?.values['district']).toBeNull()
  })

  test('takes its date from a column, or the day of the fetch; `same` is its own dataset', async () => {
    const asked: ReferenceQuestion[] = []
    const more = { ...fields, parent: { column: 'd', resolve: { by: 'name' } } }
    const referenceDate = { column: 'on', format: 'dd/MM/yyyy' }
    const main = [
      { a: '1', d: '540', on: '01/07/2025' },
      { a: '2', d: '540', on: 'soon' },
    ]
    const rows = await map({ fields: more, referenceDate }, { main }, asked)
    expect(asked.map(({ dataset, by, on }) => [dataset, by, on])).toEqual([
      ['places', 'code', '2025-07-01'],
      ['primary-schools', 'name', '2025-07-01'],
    ])
    expect(rows[1]?.problems.map((problem) => problem.field)).toEqual(['district', 'parent'])
    await map({ fields }, { main }, asked)
    expect(asked.at(-1)?.on).toBe('2026-11-25')
  })

  test('is resolved for each item of a list', async () => {
    const list = {
      code: { column: 'a' },
      district: { column: 'd', convert: [{ split: ';' }], resolve: { by: 'code' } },
    }
    const rows = await map({ fields: list }, { main: [{ a: '1', d: '540;540' }] })
    expect(rows[0]?.values['district']).toEqual(['540~1986-07-03', '540~1986-07-03'])
  })
})

describe('row steps', () => {
  const fields = { code: { column: 'a' }, value: { column: 'b' } }

  test.each([
    [{ equals: 'x' }, ['1']],
    [{ equals: ['x', 'y z'] }, ['1', '2']],
    [{ notEquals: 'x' }, ['2', '3', '4']],
    [{ startsWith: 'y' }, ['2']],
    [{ contains: 'z' }, ['2']],
    [{ isEmpty: true }, ['3']],
    [{ isEmpty: false, notEquals: 'x' }, ['2', '4']],
    [{ matches: 'digits' }, ['4']],
  ])('where %j keeps %j', async (test, expected) => {
    const main = [
      { a: '1', b: ' x' },
      { a: '2', b: 'y z' },
      { a: '3', b: ' ' },
      { a: '4', b: '007' },
    ]
    const rows = await map({ fields, steps: [{ where: { column: 'b', ...test } }] }, { main })
    expect(rows.map((row) => row.values['code'])).toEqual(expected)
  })

  test('fillDown carries the value of a merged cell, not across parts', async () => {
    const steps = [{ concat: [{ selection: { table: 'one' } }, { selection: { table: 'two' } }] }, { fillDown: ['b'] }]
    const one = [
      { a: '1', b: 'x' },
      { a: '2', b: '' },
      { a: '3', b: null },
    ]
    const rows = await map({ fields, steps }, { one, two: [{ a: '4', b: '' }] })
    expect(rows.map((row) => row.values['value'])).toEqual(['x', 'x', 'x', null])
  })

  test('unpivot makes a row of each cell that has a value', async () => {
    const steps = [{ unpivot: { columns: ['2023', '2024'], name: 'Năm', value: 'b' } }]
    const mapped = await map(
      { fields: { ...fields, year: { column: 'Năm' } }, steps },
      {
        main: [
          { a: '1', 2023: '5', 2024: '6' },
          { a: '2', 2023: '', 2024: '7' },
        ],
      },
    )
    expect(mapped.map(({ values }) => [values['code'], values['year'], values['value']])).toEqual([
      ['1', '2023', '5'],
      ['1', '2024', '6'],
      ['2', '2024', '7'],
    ])
    expect(mapped.map((row) => row.number)).toEqual([1, 1, 2])
  })

  test('explode makes a row of each item', async () => {
    const main = [
      { a: '1', items: [{ b: 'x' }, { b: 'y' }] },
      { a: '2', items: [] },
      { a: '3', items: null },
    ]
    const exploded = { fields: { code: { column: 'a' }, value: { column: 'items.b' } } }
    const rows = await map({ ...exploded, steps: [{ explode: { column: 'items' } }] }, { main })
    expect(rows.map((row) => row.values['value'])).toEqual(['x', 'y'])
    const kept = await map({ ...exploded, steps: [{ explode: { column: 'items', keepEmpty: true } }] }, { main })
    expect(kept.map((row) => row.values['code'])).toEqual(['1', '1', '2', '3'])
  })

  test('joinWith adds columns of another resource', async () => {
    const joinWith = { selection: { table: 'stops' }, on: { left: 'stop', right: 'id' }, take: ['b'] }
    const tables = {
      main: [
        { a: '1', stop: '01' },
        { a: '2', stop: 'none' },
        { a: '3', stop: '' },
      ],
      stops: [
        { id: '01', b: 'Chợ Đầm' },
        { id: '01', b: 'second' },
        { id: '', b: 'nobody' },
      ],
    }
    const rows = await map({ fields, steps: [{ joinWith }] }, tables)
    expect(rows.map((row) => row.values['value'])).toEqual(['Chợ Đầm', null, null])
    const dropped = await map({ fields, steps: [{ joinWith: { ...joinWith, missing: 'drop' } }] }, tables)
    expect(dropped.map((row) => row.values['code'])).toEqual(['1'])
    const prefixed = { code: { column: 'a' }, value: { column: 'stop.b' } }
    const named = await map({ fields: prefixed, steps: [{ joinWith: { ...joinWith, prefix: 'stop.' } }] }, tables)
    expect(named[0]?.values['value']).toBe('Chợ Đầm')
    const renamed = { ...joinWith, take: ['colour'] }
    expect(await fault(map({ fields, steps: [{ joinWith: renamed }] }, tables))).toContain('columns colour')
  })

  test('concat reads several parts, each with its constants and options', async () => {
    const steps = [
      {
        concat: [
          { constants: { year: '2023-2024' } },
          { options: { prefix: 'new-' }, constants: { year: '2024-2025' } },
          { selection: { table: 'other' } },
        ],
      },
    ]
    const tables: Tables = { main: [{ a: '1' }], 'new-main': [{ a: '2' }], other: [{ a: '3', year: 'own' }] }
    const rows = await map({ fields: { code: { column: 'a' }, year: { column: 'year' } }, steps }, tables)
    expect(rows.map((row) => [row.values['code'], row.values['year'], row.part, row.number])).toEqual([
      ['1', '2023-2024', '2023-2024', 1],
      ['2', '2024-2025', '2024-2025', 1],
      ['3', 'own', '3', 1],
    ])
  })

  test('are taken in order, and miss a renamed column', async () => {
    const steps = [{ fillDown: ['b'] }, { where: { column: 'b', equals: 'x' } }]
    const main = [
      { a: '1', b: 'x' },
      { a: '2', b: '' },
    ]
    expect(await map({ fields, steps }, { main })).toHaveLength(2)
    expect(await map({ fields, steps: steps.toReversed() }, { main })).toHaveLength(1)
    expect(await fault(map({ fields, steps: [{ fillDown: ['c'] }] }, { main }))).toContain('MISSING_COLUMNS')
    expect(await fault(map({ fields, steps: [{ where: { column: 'c', equals: 'x' } }] }, { main }))).toContain(
      'columns c',
    )
  })

  test('do not hold the rows: the first one is out before the last one is in', async () => {
    let read = 0
    const endless: AnyDriver = {
      ...driverOver({}),
      async *scan(): AsyncGenerator<SourceRow, void, undefined> {
        for (;;) yield await Promise.resolve({ number: (read += 1), values: { a: '1', b: 'x' } })
      },
    }
    const steps = [{ where: { column: 'b', equals: 'x' } }, { fillDown: ['b'] }]
    const context = {
      recordType: school,
      dataset: 'a',
      references: { resolve: () => Promise.resolve(undefined) },
      endpoints: { sample: () => undefined, file: () => Promise.resolve(undefined) },
      today: '2026-11-25',
      timeOffset: '+07:00',
    }
    for await (const row of mapResource(resourceOf({ fields, steps }), {}, endless, sourceWith({}), context)) {
      if (row.number === 3) break
    }
    expect(read).toBe(3)
  })
})
