import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { toWindows1258 } from '../../../examples/agencies/education/windows-1258.js'
import { collected, faultOf } from '../../../test/support/reading.js'
import { serveBytes } from '../../../test/support/served-bytes.js'
import type { SourceRow } from '../driver.js'
import { driver } from './driver.js'
import { csvOptions, type CsvOptions } from './options.js'
import { readTable } from './read-table.js'

type Settings = Partial<Omit<CsvOptions, 'url'>>

/** The rows of a file, over HTTP. */
async function scan(file: string | Uint8Array, settings: Settings = {}): Promise<SourceRow[]> {
  const body = typeof file === 'string' ? Buffer.from(file) : file
  await using served = await serveBytes(body, 'text/csv', (url) => csvOptions.parse({ url, ...settings }))
  return await collected(driver.scan(served.source, {}))
}
const valuesOf = (rows: readonly SourceRow[]) => rows.map(({ values }) => ({ ...values }))

/** The same bytes in pieces of a size, as a network may cut them. */
async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) {
    await Promise.resolve()
    yield bytes.subarray(at, at + size)
  }
}
const read = (bytes: Uint8Array, size: number, settings: Settings = {}) =>
  collected(readTable(inPieces(bytes, size), { quote: '"', headerRow: 1, ...settings }))

describe('cells', () => {
  test('stay the text that they are: leading zeros, quotes, delimiters and line ends in quotes', async () => {
    const rows = await scan('mã,tên\r\n007,"Trường ""số 1"", Quy Nhơn"\r\n"08","a\r\nb"\r\n')
    expect(valuesOf(rows)).toEqual([
      { mã: '007', tên: 'Trường "số 1", Quy Nhơn' },
      { mã: '08', tên: 'a\r\nb' },
    ])
  })

  test('keep a quote that stands within a plain cell', async () => {
    const [row] = await scan('place,at\nModesto,37°36\'37.8"N 121°2\'17.9"W\n')
    expect(row?.values['at']).toBe('37°36\'37.8"N 121°2\'17.9"W')
  })

  test('are in NFC, also when the mark comes in another piece than its letter', async () => {
    const decomposed = Buffer.from('tên\nTrường Đống Đa\n'.normalize('NFD'))
    for (const size of [1, 2, 3, 5, 64]) {
      const [row] = await read(decomposed, size)
      expect(row?.values['tên']).toBe('Trường Đống Đa')
    }
  })

  test('lose the carriage return that some writers quote with the last cell', async () => {
    expect(valuesOf(await scan('a,b\n1,"afar\r"\n2,x\n'))).toEqual([
      { a: '1', b: 'afar' },
      { a: '2', b: 'x' },
    ])
  })

  test('come back as they were written, whatever is in them', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'ế', ',', '"', '\n', '\r\n', ' ', ';', '0') })
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell), { maxLength: 8 }),
        fc.integer({ min: 1, max: 9 }),
        async (rows, size) => {
          const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
          const file = [['x', 'y'], ...rows].map((row) => `${row.map(quoted).join(',')}\n`).join('')
          const back = await read(Buffer.from(file), size, { delimiter: ',' })
          expect(back.map(({ values }) => [values['x'], values['y']])).toEqual(rows)
        },
      ),
      { numRuns: 60 },
    )
  })
})

describe('rows', () => {
  test('are numbered by the line that they begin in; blank lines are left out', async () => {
    const rows = await scan('a,b\n\n1,"x\ny\nz"\n2,w\n\n3,v')
    expect(rows.map((row) => row.number)).toEqual([3, 6, 8])
  })

  test('end with LF, CRLF or CR, and a lone CR in a file of LF is text', async () => {
    for (const end of ['\n', '\r\n', '\r'])
      expect(valuesOf(await scan(['a,b', '1,2', '3,4', ''].join(end)))).toEqual([
        { a: '1', b: '2' },
        { a: '3', b: '4' },
      ])
    expect(valuesOf(await scan('a,b\n1\rx,2\n'))).toEqual([{ a: '1\rx', b: '2' }])
  })

  test('that are short have nulls; that are long keep every cell, and none under a name that may be wrong', async () => {
    const rows = await scan('a,b,c\n1,2\n1,Quy Nhơn, Bình Định,9\n1,2,3,,\n')
    expect(valuesOf(rows)).toEqual([
      { a: '1', b: '2', c: null },
      { 'column 1': '1', 'column 2': 'Quy Nhơn', 'column 3': ' Bình Định', 'column 4': '9' },
      { a: '1', b: '2', c: '3' },
    ])
  })

  test('are refused when the last one is short and has no line end: the file was cut off', async () => {
    const fault = await faultOf(scan('a,b,c\n1,2,3\n4,5'))
    expect(fault).toMatchObject({ code: 'TRUNCATED' })
    expect(fault.message).toContain('line (3)')
  })
})

describe('quotes', () => {
  test('that are left open end the reading and name the row, not the end of the file', async () => {
    const fault = await faultOf(scan('a,b\n1,2\n3,"4\n5,6\n7,8\n'))
    expect(fault.code).toBe('TRUNCATED')
    expect(fault.message).toContain('line 3')
  })

  test('out of place are refused with their line, rows before them or not', async () => {
    const fault = await faultOf(scan('a,b\n"x\ny",2\n3,"4"5\n'))
    expect(fault.code).toBe('NOT_DATA')
    expect(fault.message).toContain('line 4')
  })

  test('may be switched off for files that know none', async () => {
    expect(valuesOf(await scan('a;b\n"1;2\n', { quote: '' }))).toEqual([{ a: '"1', b: '2' }])
  })

  test('left open do not gather the file in memory', async () => {
    const fault = await faultOf(scan(`a,b\n"${'x\n'.repeat(900_000)}`))
    expect(fault).toMatchObject({ code: 'NOT_DATA' })
    expect(fault.message).toContain('has no end')
  })
})

describe('column names', () => {
  test('that repeat are numbered, that are empty say where they stand, and all are on one line', async () => {
    const rows = await scan('id,"Số\n học sinh ",id,,id,id (2)\n1,2,3,4,5,6\n')
    expect(valuesOf(rows)).toEqual([
      { id: '1', 'Số học sinh': '2', 'id (3)': '3', 'column 4': '4', 'id (4)': '5', 'id (2)': '6' },
    ])
  })

  test('that mean something to JavaScript are names like others', async () => {
    const [row] = await scan('__proto__,constructor\nx,y\n')
    expect(Object.entries(row?.values ?? {})).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ])
    expect(Object.getPrototypeOf(row?.values)).toBeNull()
  })

  test('may stand below a title, and may be missing', async () => {
    const titled = 'DANH SÁCH, "NHÀ TRẺ\n\nmã,tên\n1,x\n'
    expect(await scan(titled, { headerRow: 3 })).toEqual([{ number: 4, values: { mã: '1', tên: 'x' } }])
    expect(valuesOf(await scan('1,x\n2,y\n', { headerRow: 0 }))).toEqual([
      { 'column 1': '1', 'column 2': 'x' },
      { 'column 1': '2', 'column 2': 'y' },
    ])
    expect((await faultOf(scan('a\n1\n', { headerRow: 9 }))).message).toContain('no line 9')
  })
})

describe('the delimiter', () => {
  test.each([',', ';', '\t', '|'])('%j is found', async (delimiter) => {
    const file = `${['mã', 'tên', 'địa chỉ'].join(delimiter)}\n${['1', 'x', '"a,b;c|d\te"'].join(delimiter)}\n`
    expect(valuesOf(await scan(file))).toEqual([{ mã: '1', tên: 'x', 'địa chỉ': 'a,b;c|d\te' }])
  })

  test('is the semicolon when decimal commas come as often', async () => {
    expect(valuesOf(await scan('lat;lon\n13,78;109,22\n13,9;109,1\n'))).toEqual([
      { lat: '13,78', lon: '109,22' },
      { lat: '13,9', lon: '109,1' },
    ])
  })
})

describe('the encoding', () => {
  const text = 'mã;tên\n1;Trường Tiểu học số 1 Ân Hảo Đông – Ằ ễ ợ\n'
  const utf16 = (bigEndian: boolean) => {
    const bytes = Buffer.from(`\uFEFF${text}`, 'utf16le')
    return bigEndian ? bytes.swap16() : bytes
  }
  const expected = [{ mã: '1', tên: 'Trường Tiểu học số 1 Ân Hảo Đông – Ằ ễ ợ' }]

  test.each([
    ['UTF-8', Buffer.from(text), {}],
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${text}`), {}],
    [
      'UTF-8 with a mark where another encoding was declared',
      Buffer.from(`\uFEFF${text}`),
      { encoding: 'windows-1258' },
    ],
    ['UTF-16 little endian', utf16(false), {}],
    ['UTF-16 big endian', utf16(true), {}],
    ['Windows-1258', toWindows1258(text), { encoding: 'windows-1258' }],
  ] as const)('%s is read, however it is cut', async (_name, bytes, settings) => {
    for (const size of [1, 2, 3, 7, 1000]) expect(valuesOf(await read(bytes, size, settings))).toEqual(expected)
  })

  test('TCVN3 is read when it is declared', async () => {
    // "Trường học" in the encoding of the ABC fonts.
    const bytes = Buffer.concat([
      Buffer.from('a\n'),
      Buffer.from([0x54, 0x72, 0xad, 0xea, 0x6e, 0x67]),
      Buffer.from('\n'),
    ])
    expect(valuesOf(await scan(bytes, { encoding: 'tcvn5712' }))).toEqual([{ a: 'Trường' }])
  })

  test('is never guessed: what is not UTF-8 and not declared is refused with the place', async () => {
    const bytes = Buffer.concat([Buffer.from('id,name\n1,abc\n2,'), Buffer.from([0xa9]), Buffer.from('\n')])
    const fault = await faultOf(scan(bytes))
    expect(fault.code).toBe('ENCODING')
    expect(fault.message).toContain('byte 16')
    expect(valuesOf(await scan(bytes, { encoding: 'latin1' }))[1]).toEqual({ id: '2', name: '©' })
  })

  test.each([1, 3, 1000])('an invalid byte far into the file is found at its place (pieces of %d)', async (size) => {
    const before = Buffer.from(`a\n${'ngàn dòng\n'.repeat(40)}`)
    const bytes = Buffer.concat([before, Buffer.from([0xe1, 0xba]), Buffer.from('x\n')])
    expect((await faultOf(read(bytes, size))).message).toContain(`byte ${before.length})`)
  })

  test('a byte without meaning in the declared encoding is refused', async () => {
    const fault = await faultOf(
      scan(Buffer.from([0x61, 0x0a, 0x62, 0xd2, 0xf2, 0x8e, 0x0a]), { encoding: 'windows-1258' }),
    )
    expect(fault).toMatchObject({ code: 'ENCODING' })
    expect(fault.message).toContain('byte 5')
  })

  test('UTF-8 that is declared as something else is refused, not published as gibberish', async () => {
    expect(await faultOf(scan(text, { encoding: 'windows-1258' }))).toMatchObject({ code: 'ENCODING' })
  })

  test('half a character at the end of UTF-16 is a file that was cut off', async () => {
    expect(await faultOf(scan(utf16(false).subarray(0, -1)))).toMatchObject({ code: 'TRUNCATED' })
  })

  test('a replacement character that is in the file stays', async () => {
    expect(valuesOf(await scan('a\n37\uFFFD36\n'))).toEqual([{ a: '37\uFFFD36' }])
  })
})

describe('what is not CSV', () => {
  test.each([
    ['an HTML page', '\n<!DOCTYPE html>\n<html><body>Bảo trì, xin chờ</body></html>', 'HTML'],
    ['a JSON answer', '{"error": "bảo trì"}', 'JSON'],
    ['a workbook', 'PK\u0003\u0004\u0014\u0000', '.xlsx'],
    ['nothing', '', 'empty'],
    ['blank lines', '\n\n', 'empty'],
    ['NUL characters', 'a,b\n1,\u0000\n', 'NUL'],
  ])('%s is refused', async (_name, file, hint) => {
    const fault = await faultOf(scan(file))
    expect(fault.code).toBe('NOT_DATA')
    expect(fault.message).toContain(hint)
  })
})

describe('selecting and describing', () => {
  test('another file of the same server is read, one elsewhere is refused', async () => {
    await using served = await serveBytes(Buffer.from('a\n1\n'), 'text/csv', (url) => csvOptions.parse({ url }))
    expect(await collected(driver.scan(served.source, { file: 'other.csv' }))).toHaveLength(1)
    const elsewhere = collected(driver.scan(served.source, { file: 'https://other.example/a.csv' }))
    expect(await faultOf(elsewhere)).toMatchObject({ code: 'MAPPING' })
  })

  test('shows the columns of a file without rows', async () => {
    await using served = await serveBytes(Buffer.from('mã;tên\n'), 'text/csv', (url) => csvOptions.parse({ url }))
    expect(await driver.describe(served.source, 3)).toEqual([
      { name: 'source', selection: {}, columns: ['mã', 'tên'], sample: [] },
    ])
  })
})
