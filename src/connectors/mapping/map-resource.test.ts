import { describe, expect, test } from '@jest/globals'
import { SourceNumber } from '../../../connectors/drivers/driver.js'
import { fault, map, valuesOf } from './mapping.fixture.js'
import type { ReferenceQuestion } from './reference-resolver.js'
import { objectOf } from './row-steps.js'

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
      'MISSING_COLUMNS: The source lacks the columns Tên (fields.name).',
    )
    expect(await map({ fields }, { main: [] })).toEqual([])
    expect(await map({ fields }, { main: [{ Mã: '1', Tên: 'a', Năm: null }, { Mã: '2' }] })).toHaveLength(2)
  })

  test('a mapping that can never work says which field', async () => {
    const main = [{ a: 'x' }]
    expect(await fault(map({ fields: { colour: { column: 'a' } } }, { main }))).toContain('School has no field colour')
    expect(await fault(map({ fields: { code: { column: 'a', resolve: { by: 'code' } } } }, { main }))).toContain(
      'field code',
    )
    expect(await fault(map({ fields: { code: { path: 'abs(a)' } } }, { main }))).toMatch(
      /field code, expression abs\(a\), row 1: TypeError: abs\(\) expected argument 1 to be type number but received type string instead\.$/,
    )
  })

  test('an expression that makes its row larger and larger is refused before it is tried', async () => {
    const path = Array.from({ length: 45 }, () => '{a: @, b: @}').join('|')
    expect(await fault(map({ fields: { code: { path } } }, { main: [{ a: 'x' }] }))).toContain(
      'makes what it reads many times larger',
    )
  })

  test('a field that would hold a whole document ends the run', async () => {
    const list = Array.from({ length: 2_000 }, () => Array.from({ length: 60 }, () => 'x'))
    expect(await fault(map({ fields: { code: { path: 'list[*]' } } }, { main: [{ list }] }))).toContain('field code')
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
