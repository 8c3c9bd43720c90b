import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { zipSync } from 'fflate'
import { writeWorkbook } from '../../../examples/agencies/workbook.js'
import { createOutbound } from '../../../src/connectors/outbound/outbound.js'
import { createSource } from '../../../src/connectors/outbound/source.js'
import { SourceFault } from '../../../src/errors/source-fault.js'
import { SourceNumber, type SourceRow } from '../driver.js'
import { driver } from './driver.js'
import { fileFormat } from './file-format.js'
import { elementTexts } from './json-elements.js'
import { pushOptions, pushSelection } from './options.js'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gateway-push-'))
})
afterAll(async () => {
  await rm(folder, { recursive: true })
})

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

async function stored(content: string | Uint8Array): Promise<string> {
  const path = join(folder, 'upload')
  await writeFile(path, content)
  return path
}

async function rowsOf(content: string | Uint8Array, selection: object = {}): Promise<SourceRow[]> {
  const path = await stored(content)
  await using outbound = createOutbound()
  await using source = createSource({
    outbound,
    options: pushOptions.parse({}),
    resolver: { sample: () => undefined, file: () => Promise.resolve(path) },
    signal: AbortSignal.timeout(10_000),
  })
  const rows: SourceRow[] = []
  for await (const row of driver.scan(source, pushSelection.parse(selection))) rows.push(row)
  return rows
}

const valuesOf = async (content: string | Uint8Array, selection: object = {}): Promise<object[]> =>
  (await rowsOf(content, selection)).map(({ values }) => ({ ...values }))

const faultOf = async (content: string | Uint8Array, selection: object = {}): Promise<string> => {
  const error: unknown = await rowsOf(content, selection).catch((thrown: unknown) => thrown)
  return error instanceof SourceFault ? `${error.code}: ${error.message}` : String(error)
}

test.each([
  ['xlsx', writeWorkbook([{ name: 'A', rows: [['x']] }])],
  ['gtfs', zipSync({ 'stops.txt': utf8('stop_id\n') })],
  ['ods', zipSync({ 'content.xml': utf8('<a/>') })],
  ['zip', zipSync({ 'a.csv': utf8('a') })],
  ['zip', utf8('PK\u0003\u0004 cut off')],
  ['csv', utf8('\uFEFFMã;Tên\n1;a\n')],
  ['csv', new Uint8Array([0xff, 0xfe, ...Buffer.from('Mã;Tên\n', 'utf16le')])],
  ['csv', utf8('{not json, but a cell},b\n')],
  ['json', utf8(' [ {"a": 1} ]')],
  ['json', utf8('{"data": []}')],
  ['html', utf8('<!DOCTYPE html>')],
  ['xml', utf8('<?xml version="1.0"?>')],
  ['xml', utf8('\uFEFF<DanhSach/>')],
  ['xml', Buffer.from('\uFEFF<DanhSach/>', 'utf16le')],
  ['xml', Buffer.from('\uFEFF<DanhSach/>', 'utf16le').swap16()],
  ['xml', Buffer.from('<?xml version="1.0"?>', 'utf16le').subarray(0, 41)],
  ['xml', Buffer.from('<DanhSach/>', 'utf16le').swap16()],
  ['pdf', utf8('%PDF-1.7')],
  ['gzip', new Uint8Array([0x1f, 0x8b, 8])],
  ['binary', new Uint8Array([8, 1, 18, 4, 0, 0])],
  ['empty', new Uint8Array()],
  ['empty', utf8(' \n ')],
] as const)('%s is told by its content', async (format, content) => {
  expect(await fileFormat(await stored(content))).toBe(format)
})

describe('rows as JSON', () => {
  test('are a list, objects one after the other, or the one list of a document; numbers stay exact', async () => {
    expect(await valuesOf('[{"a":1.50},\n{"a":"]}"}]')).toEqual([{ a: new SourceNumber('1.50') }, { a: ']}' }])
    expect(await valuesOf('{"a":"1"}\n{"a":"2"}\n')).toEqual([{ a: '1' }, { a: '2' }])
    expect(await valuesOf('{"total": 1, "data": {"items": [{"a":"x"}]}}')).toEqual([{ a: 'x' }])
    expect(await valuesOf('{"a":"alone"}')).toEqual([{ a: 'alone' }])
    expect(await valuesOf('[]')).toEqual([])
  })

  test('of several lists the manifest names one', async () => {
    const two = '{"a":[{"x":"1"}],"b":[{"x":"2"}]}'
    expect(await faultOf(two)).toContain('MAPPING: The mapping cannot be applied: say in items which list')
    expect(await valuesOf(two, { items: 'b' })).toEqual([{ x: '2' }])
    expect(await faultOf(two, { items: 'c' })).toContain('NOT_FOUND')
  })

  test.each([
    ['[{"a":1},', 'TRUNCATED'],
    ['[{"a":1}', 'TRUNCATED'],
    ['[{"a":', 'TRUNCATED'],
    ['[{"a":1}] x', 'NOT_DATA'],
    ['[{"a":1} {"a":2}]', 'NOT_DATA'],
    ['[{"a":1},]', 'NOT_DATA'],
    ['[1,2]', 'NOT_DATA'],
    ['[{"a":01}]', 'NOT_DATA'],
    [`[{"a":${'['.repeat(200)}${']'.repeat(200)}}]`, 'NOT_DATA'],
    ['[{"a":"\uFFFD"}]'.replace('\uFFFD', '\u0000'), 'NOT_DATA'],
  ])('%s is refused', async (text, code) => {
    expect(await faultOf(text)).toMatch(new RegExp(`^${code}`))
  })

  test('bytes that are not UTF-8 are refused with their place', async () => {
    expect(await faultOf(Buffer.concat([utf8('[{"a":"'), Buffer.of(0xe9, 0x20), utf8('"}]')]))).toMatch(/^ENCODING/)
  })

  test('are cut the same wherever the pieces of the text end', async () => {
    const text = '[ {"a":"\\"}]","b":[{"c":1}]} , {"a":"x"} ]'
    async function* pieces(size: number): AsyncGenerator<string> {
      for (let at = 0; at < text.length; at += size) yield await Promise.resolve(text.slice(at, at + size))
    }
    for (let size = 1; size <= text.length; size++) {
      const found: string[] = []
      for await (const { element } of elementTexts(pieces(size))) found.push(element)
      expect(found).toEqual(['{"a":"\\"}]","b":[{"c":1}]}', '{"a":"x"}'])
    }
  })
})

test('a workbook and a CSV file are read with the words of their own drivers', async () => {
  const workbook = writeWorkbook([{ name: 'B', rows: [['Danh sách'], [], ['Mã', 'Tên'], ['052', 'Một']] }])
  expect(await valuesOf(workbook, { sheet: 'B', headerRows: 3 })).toEqual([{ Mã: '052', Tên: 'Một' }])
  expect(await valuesOf('ghi chú\nMã|Tên\n052|Một\n', { headerRows: 2, delimiter: '|' })).toEqual([
    { Mã: '052', Tên: 'Một' },
  ])
})

describe('XML', () => {
  const document =
    '<ds><co ma="052"><Ten>Một</Ten><Nganh>a</Nganh></co><co ma="053"><Ten/><Nganh>b</Nganh><Nganh>c</Nganh></co></ds>'

  test('is read by the path of its rows, in whatever encoding it says', async () => {
    const rows = [
      { '@ma': '052', Ten: 'Một', Nganh: ['a'] },
      { '@ma': '053', Ten: '', Nganh: ['b', 'c'] },
    ]
    const selection = { rows: '/ds/co', lists: ['Nganh'] }
    expect(await valuesOf(document, selection)).toEqual(rows)
    expect(await valuesOf(Buffer.from(`\uFEFF${document}`, 'utf16le'), selection)).toEqual(rows)
  })

  test('without a path is refused, and so is a document type', async () => {
    expect(await faultOf(document)).toContain('MAPPING: The mapping cannot be applied: say in rows which')
    expect(
      await faultOf('<!DOCTYPE ds [<!ENTITY a SYSTEM "file:///etc/hostname">]><ds>&a;</ds>', { rows: '/ds' }),
    ).toContain('neither expanded nor fetched')
  })
})

test('what people send by mistake is refused with what to send instead', async () => {
  expect(await faultOf('%PDF-1.7')).toContain('send the table that it was made from')
  expect(await faultOf(zipSync({ 'a.csv': utf8('a') }))).toContain('send the file that is in it')
})
