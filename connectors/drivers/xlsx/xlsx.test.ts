import { describe, expect, test } from '@jest/globals'
import type { z } from 'zod'
import { writeWorkbook, type SheetContent } from '../../../examples/agencies/workbook.js'
import { SourceFault } from '../../../src/errors/source-fault.js'
import { collected, faultOf } from '../../../test/support/reading.js'
import { serveBytes } from '../../../test/support/served-bytes.js'
import { SourceNumber, type SourceRow, type SourceValue } from '../driver.js'
import { driver } from './driver.js'
import { xlsxSelection } from './options.js'
import { textRow, workbookOf } from './workbook-parts.fixture.js'

type Selection = z.input<typeof xlsxSelection>

async function scan(file: Uint8Array, selection: Selection = {}): Promise<SourceRow[]> {
  await using served = await serveBytes(file, 'application/octet-stream', (url) => ({ url }))
  return await collected(driver.scan(served.source, xlsxSelection.parse(selection)))
}
async function describeFile(file: Uint8Array) {
  await using served = await serveBytes(file, 'application/octet-stream', (url) => ({ url }))
  return await driver.describe(served.source, 2)
}

/** Numbers are shown as `#12.5`, so that a test sees which cells were numbers. */
const shown = (value: SourceValue) => (value instanceof SourceNumber ? `#${value.text}` : value)
const valuesOf = (rows: readonly SourceRow[]) =>
  rows.map(({ values }) => Object.fromEntries(Object.entries(values).map(([name, value]) => [name, shown(value)])))

const list: SheetContent = {
  name: 'Danh sách',
  rows: [
    ['DANH SÁCH TRƯỜNG'],
    [],
    ['STT', 'Huyện', 'Học sinh', null, 'Ghi chú'],
    [null, null, 'Tổng số', 'Nữ', null],
    [1, 'Quy Nhơn', 1200, 590, null],
    [2, null, 800, 400, 'mới'],
    ['Cộng', null, 2000, 990, null],
  ],
  merges: ['A1:E1', 'A3:A4', 'B3:B4', 'C3:D3', 'E3:E4', 'B5:B6'],
}

describe('a table below a title with a header of two rows', () => {
  test('has its levels joined, gaps as nulls and the numbers of the sheet rows', async () => {
    const rows = await scan(writeWorkbook([list]), { headerRows: [3, 4] })
    expect(rows.map(({ number }) => number)).toEqual([5, 6, 7])
    expect(valuesOf(rows)[1]).toEqual({
      STT: '#2',
      Huyện: null,
      'Học sinh / Tổng số': '#800',
      'Học sinh / Nữ': '#400',
      'Ghi chú': 'mới',
    })
  })

  test('ends where it is told to', async () => {
    const until = { column: 'STT', startsWith: 'Cộng' }
    expect(await scan(writeWorkbook([list]), { headerRows: [3, 4], until })).toHaveLength(2)
    const gap: SheetContent = { name: 'a', rows: [['x'], ['1'], ['2'], [], ['Người lập biểu']] }
    expect(await scan(writeWorkbook([gap]), { until: { blankRow: true } })).toHaveLength(2)
    expect(await scan(writeWorkbook([gap]))).toHaveLength(3)
  })

  test('is found by describe, with its rows', async () => {
    const [described, notes] = await describeFile(writeWorkbook([list, { name: 'Ghi chú', rows: [] }]))
    expect(described?.selection).toMatchObject({ sheet: 'Danh sách', headerRows: [3, 4] })
    expect(described?.columns).toEqual(['STT', 'Huyện', 'Học sinh / Tổng số', 'Học sinh / Nữ', 'Ghi chú'])
    expect(described?.sample).toHaveLength(2)
    expect(notes).toMatchObject({ name: 'Ghi chú', columns: [], sample: [] })
  })

  test('may have no column names at all', async () => {
    const bare: SheetContent = {
      name: 'a',
      rows: [
        ['x', 1],
        ['y', 2, 'z'],
      ],
    }
    expect(valuesOf(await scan(writeWorkbook([bare]), { headerRows: 0 }))).toEqual([
      { 'column 1': 'x', 'column 2': '#1' },
      { 'column 1': 'y', 'column 2': '#2', 'column 3': 'z' },
    ])
  })

  test('loses no cell beside it', async () => {
    const wide: SheetContent = {
      name: 'a',
      rows: [
        ['x', null, 'y'],
        ['1', '2', '3', '4'],
      ],
    }
    expect(valuesOf(await scan(writeWorkbook([wide])))).toEqual([{ x: '1', 'column 2': '2', y: '3', 'column 4': '4' }])
  })
})

describe('a sheet', () => {
  const two = writeWorkbook([
    { name: 'Một', rows: [['a'], ['1']] },
    { name: 'Tiểu học', rows: [['b'], ['2']] },
  ])

  test('is the first one, or taken by number or by name in any Unicode form', async () => {
    expect(valuesOf(await scan(two))).toEqual([{ a: '1' }])
    expect(valuesOf(await scan(two, { sheet: 2 }))).toEqual([{ b: '2' }])
    expect(valuesOf(await scan(two, { sheet: ' tiểu học'.normalize('NFD') }))).toEqual([{ b: '2' }])
  })

  test('that is not there is refused with the names that are', async () => {
    const fault = await faultOf(scan(two, { sheet: 'THCS' }))
    expect(fault.code).toBe('NOT_FOUND')
    expect(fault.message).toContain('"Một", "Tiểu học"')
  })

  test('without column names in the row that was given is refused', async () => {
    expect(await faultOf(scan(two, { headerRows: 5 }))).toMatchObject({ code: 'NOT_DATA' })
  })
})

describe('cells', () => {
  const cells = (xml: string, more: Partial<Parameters<typeof workbookOf>[0]> = {}) =>
    scan(workbookOf({ sheet: `<sheetData>${textRow(1, ['a'])}<row r="2">${xml}</row></sheetData>`, ...more }))
  const value = async (xml: string, more: Partial<Parameters<typeof workbookOf>[0]> = {}) =>
    (valuesOf(await cells(xml, more))[0] ?? {})['a']

  test.each([
    ['<c r="A2"><v>-9.03233986479077</v></c>', '#-9.03233986479077'],
    ['<c r="A2"><v>60.564999999999998</v></c>', '#60.565'],
    ['<c r="A2"><v>274.65999999999997</v></c>', '#274.65999999999997'],
    ['<c r="A2"><v>1.5E-7</v></c>', '#1.5e-7'],
    ['<c r="A2"><f>B1*2</f><v>42</v></c>', '#42'],
    ['<c r="A2" t="str"><f>A1</f><v>Ân Hảo</v></c>', 'Ân Hảo'],
    ['<c r="A2" t="b"><v>1</v></c>', true],
    ['<c r="A2" t="d"><v>2024-09-05</v></c>', '2024-09-05'],
    [
      '<c r="A2" t="inlineStr"><is><r><t>Trường </t></r><r><t>Đống Đa</t></r><rPh><t>x</t></rPh></is></c>',
      'Trường Đống Đa',
    ],
    ['<c r="A2" t="inlineStr"><is><t>a_x000D_b_x005F_</t></is></c>', 'a\rb_'],
    ['<c r="A2" t="e"><v>#REF!</v></c>', '#REF!'],
    ['<c r="A2" t="inlineStr"><is><t>0123</t></is></c>', '0123'],
  ])('%s', async (xml, expected) => {
    expect(await value(xml)).toBe(expected)
  })

  test('that say "not available" are no value', async () => {
    expect(await cells('<c r="A2" t="e"><v>#N/A</v></c>')).toEqual([])
  })

  test('share texts, joined from their runs, in NFC', async () => {
    const strings = `<si><t>x</t></si><si><r><t>${'Quy Nhơn'.normalize('NFD')}</t></r><r><t xml:space="preserve"> 1</t></r></si>`
    expect(await value('<c r="A2" t="s"><v>1</v></c>', { strings })).toBe('Quy Nhơn 1')
    expect(await faultOf(cells('<c r="A2" t="s"><v>7</v></c>', { strings }))).toMatchObject({ code: 'NOT_DATA' })
  })

  test('without places follow each other', async () => {
    const sheet =
      '<sheetData><row><c t="str"><v>a</v></c><c t="str"><v>b</v></c></row><row><c><v>1</v></c></row></sheetData>'
    expect(valuesOf(await scan(workbookOf({ sheet })))).toEqual([{ a: '#1', b: null }])
  })

  test('of rows or columns that go back are refused: something would be overwritten', async () => {
    expect(await faultOf(cells('<c r="A2"><v>1</v></c><c r="A2"><v>2</v></c>'))).toMatchObject({ code: 'NOT_DATA' })
  })
})

describe('dates', () => {
  const styles =
    '<numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/><numFmt numFmtId="165" formatCode="0.0_);[Red]\\(0.000\\)"/>' +
    '<numFmt numFmtId="166" formatCode="[h]:mm"/><numFmt numFmtId="167" formatCode="#,##0&quot; đồng&quot;"/></numFmts>' +
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="22"/><xf numFmtId="20"/><xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="167"/></cellXfs>'
  const value = async (style: number, serial: string, properties = '') => {
    const sheet = `<sheetData>${textRow(1, ['a'])}<row r="2"><c r="A2" s="${style}"><v>${serial}</v></c></row></sheetData>`
    return (valuesOf(await scan(workbookOf({ sheet, styles, properties })))[0] ?? {})['a']
  }

  test.each([
    ['a day', 1, '45540', '2024-09-05'],
    ['a day with a time', 2, '45540.3125', '2024-09-05T07:30:00'],
    ['a time that a double misses by a bit', 2, '45540.333333333328', '2024-09-05T08:00:00'],
    ['a time of day', 3, '0.3125', '07:30:00'],
    ['the first day', 1, '1', '1900-01-01'],
    ['the day before the day that never was', 1, '59', '1900-02-28'],
    ['the day that never was, for the record schema to refuse', 1, '60', '1900-02-29'],
    ['the day after', 1, '61', '1900-03-01'],
    ['no date before the first', 1, '-3', '#-3'],
    ['a number with letters in its format', 4, '4.5', '#4.5'],
    ['a duration', 5, '1.5', '#1.5'],
    ['a number of đồng', 6, '5000', '#5000'],
  ])('%s', async (_name, style, serial, expected) => {
    expect(await value(style, serial)).toBe(expected)
  })

  test('count from 1904 where the workbook says so', async () => {
    expect(await value(1, '44078', 'date1904="1"')).toBe('2024-09-05')
  })
})

describe('what is not a workbook', () => {
  test.each([
    ['an HTML page', Buffer.from('<html><body>Bảo trì</body></html>'), 'NOT_DATA', 'HTML'],
    ['an old .xls', Buffer.from('d0cf11e0a1b11ae100000000', 'hex'), 'NOT_DATA', 'save it as .xlsx'],
    ['nothing', Buffer.alloc(0), 'NOT_DATA', 'empty'],
    ['a file of three bytes', Buffer.from('abc'), 'NOT_DATA', 'not a zip archive'],
    ['half a workbook', Buffer.from(writeWorkbook([list])).subarray(0, 900), 'TRUNCATED', 'ends before'],
  ])('%s is refused', async (_name, file, code, hint) => {
    const fault = await faultOf(scan(file))
    expect(fault.code).toBe(code)
    expect(fault.message).toContain(hint)
  })

  test('a workbook whose XML is cut off is refused', async () => {
    const file = workbookOf({ sheet: `<sheetData>${textRow(1, ['a'])}<row r="2"><c r="A2"><v>1` })
    expect(await faultOf(scan(file))).toMatchObject({ code: 'NOT_DATA' })
  })
})

describe('hostile workbooks', () => {
  const header = `<sheetData>${textRow(1, ['a', 'b'])}<row r="2"><c r="A2"><v>1</v></c></row></sheetData>`

  test('a merge over the whole sheet covers the table and no more', async () => {
    const sheet = `${header}<mergeCells><mergeCell ref="A1:XFD10000"/></mergeCells>`
    expect(valuesOf(await scan(workbookOf({ sheet })))).toEqual([{ a: '#1', 'a (2)': null }])
    const [described] = await describeFile(workbookOf({ sheet }))
    expect(described?.columns.length).toBeLessThanOrEqual(2)
  })

  test('overlapping merges without end are refused', async () => {
    const wide = `<sheetData><row r="1"><c r="A1" t="str"><v>a</v></c><c r="XFD1"><v>1</v></c></row></sheetData>`
    const merges = Array.from({ length: 500 }, (_, at) => `<mergeCell ref="A1:XFD${at + 1}"/>`).join('')
    const fault = await faultOf(scan(workbookOf({ sheet: `${wide}<mergeCells>${merges}</mergeCells>` })))
    expect(fault.code).toBe('TOO_LARGE')
  })

  test('a text without an end is refused before it is gathered', async () => {
    const strings = `<si><t>${'a'.repeat(12_000_000)}</t></si>`
    const fault = await faultOf(scan(workbookOf({ sheet: header, strings })))
    expect(fault.code).toBe('TOO_LARGE')
    expect(fault.message).toContain('one text')
  })

  test('a part that inflates far more than it should is refused', async () => {
    const rows = `<row spans="${'1'.repeat(2000)}"/>`.repeat(9000)
    const fault = await faultOf(scan(workbookOf({ sheet: `<sheetData>${textRow(1, ['a'])}${rows}</sheetData>` })))
    expect(fault.code).toBe('TOO_LARGE')
  })

  test.each([
    [
      'an element with too many attributes',
      `<x ${Array.from({ length: 300 }, (_, at) => `a${at}="1"`).join(' ')}/>`,
      'NOT_DATA',
    ],
    ['elements nested without end', '<x>'.repeat(2000), 'NOT_DATA'],
    ['an entity that is not declared', '<x>&boom;</x>', 'NOT_DATA'],
  ])('%s is refused', async (_name, xml, code) => {
    expect(await faultOf(scan(workbookOf({ sheet: `${xml}${header}` })))).toMatchObject({ code })
  })

  test('a document type is refused, so no entity can be declared', async () => {
    const xml = '<!DOCTYPE worksheet [<!ENTITY e "boom">]><worksheet><sheetData/></worksheet>'
    const file = workbookOf({ sheet: '', more: { 'xl/worksheets/sheet1.xml': Buffer.from(xml) } })
    expect((await faultOf(scan(file))).message).toContain('document type')
  })

  test('a part name that leads out of the archive is refused', async () => {
    const file = workbookOf({ sheet: header, more: { '../../etc/passwd': new Uint8Array([1]) } })
    expect(await faultOf(scan(file))).toMatchObject({ code: 'NOT_DATA' })
  })

  test('a cell outside any sheet is refused', async () => {
    const sheet = `<sheetData><row r="1"><c r="ZZZ1" t="str"><v>a</v></c></row></sheetData>`
    expect(await faultOf(scan(workbookOf({ sheet })))).toMatchObject({ code: 'NOT_DATA' })
  })
})

describe('an abort', () => {
  test('ends the reading of a downloaded workbook', async () => {
    const end = new AbortController()
    const rows = `<row><c><v>1</v></c><c><f>A1</f><v>2</v></c></row>`.repeat(60_000)
    const file = workbookOf({ sheet: `<sheetData>${textRow(1, ['a', 'b'])}${rows}</sheetData>` })
    await using served = await serveBytes(file, 'application/octet-stream', (url) => ({ url }), end.signal)
    const reading = (async () => {
      for await (const row of driver.scan(served.source, xlsxSelection.parse({}))) {
        if (row.number === 10) end.abort(new SourceFault('INTERRUPTED'))
      }
    })()
    await expect(reading).rejects.toThrow()
  })
})
