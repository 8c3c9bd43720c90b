import { describe, expect, test } from '@jest/globals'
import type { SourceRow } from '../../../connectors/drivers/driver.js'
import type { AnyDriver } from '../drivers.js'
import { mapResource } from './map-resource.js'
import { driverOver, fault, map, resourceOf, school, sourceWith, type Tables } from './mapping.fixture.js'

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
    expect(await fault(map({ fields, steps: [{ fillDown: ['a'] }, { fillDown: ['c'] }] }, { main }))).toBe(
      'MISSING_COLUMNS: The source lacks the columns c (steps[1].fillDown).',
    )
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
