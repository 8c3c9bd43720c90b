import { constants, inflateRawSync } from 'node:zlib'
import { expect, test } from '@jest/globals'
import { driver } from '../../../connectors/drivers/xlsx/driver.js'
import { collected } from '../../../test/support/reading.js'
import { serveBytes } from '../../../test/support/served-bytes.js'
import { recordType } from '../../records/schema/small-types.fixture.js'
import { fileColumn } from '../columns/column.js'
import type { FileContext } from '../formats/file-context.js'
import { columnLetters } from './cells.js'
import { SheetEncoder } from './sheet-encoder.js'
import { workbookStream } from './workbook-stream.js'

const type = recordType({
  name: 'Note',
  plural: 'notes',
  title: 'Ghi chú',
  titleEn: 'Note',
  description: 'Ghi chú.',
  descriptionEn: 'Notes.',
  fields: [
    { name: 'code', type: 'string', title: 'Mã', titleEn: 'Code', constraints: { required: true } },
    { name: 'text', type: 'string', title: 'Văn bản', titleEn: 'Text' },
  ],
  primaryKey: ['code'],
})

const columns = type.fields.map((field) =>
  fileColumn({ name: field.name, title: field.title, path: [], value: { kind: 'field', field } }),
)

const context: FileContext = {
  dataset: {
    id: 1,
    code: 'notes',
    title: { vi: 'Ghi chú', en: 'Notes' },
    description: undefined,
    agency: undefined,
    license: 'CC-BY-4.0',
    sample: true,
    keywords: [],
  },
  resource: {
    id: 1,
    dataset: 'notes',
    name: 'a name that is longer than sheets: may have',
    recordType: 'Note',
    mode: 'SNAPSHOT',
    state: 'FRESH',
    fetchedAt: new Date(0),
    version: 1,
    publishedAt: new Date(0),
    recordCount: 5,
    error: null,
  },
  version: { number: 1, publishedAt: new Date(0), fetchedAt: new Date(0) },
  type,
  columns,
  labels: 'codes',
  header: 'en',
  address: '/datasets/notes/notes.xlsx',
  timeZone: 'Asia/Ho_Chi_Minh',
  asOf: undefined,
}

/** The workbook of rows as COPY writes them, in sheets of at most so many rows. */
async function workbook(rows: readonly string[], most: number): Promise<Buffer> {
  const encoder = new SheetEncoder(context, most)
  const bytes = async function* (): AsyncGenerator<Buffer> {
    yield encoder.begin()
    for (const row of rows) {
      const message = Buffer.from(`${row}\n`)
      encoder.row(message, 0, message.length)
    }
    yield* encoder.take()
    yield await Promise.resolve(encoder.end())
  }
  return Buffer.concat(await collected(workbookStream(context, encoder, bytes())))
}

async function read(file: Buffer, sheet: number): Promise<unknown[]> {
  await using served = await serveBytes(file, 'application/octet-stream', (url) => ({ url }))
  const rows = await collected(driver.scan(served.source, { sheet, headerRows: 1 }))
  return rows.map(({ values }) => ({ ...values }))
}

test('rows that no longer fit a sheet go on in the next, below the same header', async () => {
  const file = await workbook(['a\tmột', 'b\thai', 'c\tba', 'd\tbốn', 'e\t\\N'], 3)
  expect(await read(file, 1)).toEqual([
    { Code: 'a', Text: 'một' },
    { Code: 'b', Text: 'hai' },
  ])
  expect(await read(file, 2)).toEqual([
    { Code: 'c', Text: 'ba' },
    { Code: 'd', Text: 'bốn' },
  ])
  expect(await read(file, 3)).toEqual([{ Code: 'e' }].map((row) => ({ ...row, Text: null })))
  await using served = await serveBytes(file, 'application/octet-stream', (url) => ({ url }))
  const sheets = await driver.describe(served.source, 1)
  expect(sheets.map(({ name }) => name)).toEqual([
    'a name that is longer than shee',
    'a name that is longer than  (2)',
    'a name that is longer than  (3)',
    'Nguồn – Source',
  ])
})

test('a sheet without rows has its header', async () => {
  expect(await read(await workbook([], 3), 1)).toEqual([])
})

test('a text that no cell can hold is cut where it can be seen', async () => {
  const [row] = await read(await workbook([`a\t${'ớ'.repeat(40_000)}`], 3), 1)
  expect(row).toEqual({ Code: 'a', Text: `${'ớ'.repeat(32_766)}…` })
})

test('it is not cut in the middle of a character', async () => {
  const [row] = await read(await workbook([`a\tx${'😀'.repeat(20_000)}`], 3), 1)
  expect(row).toEqual({ Code: 'a', Text: `x${'😀'.repeat(16_382)}…` })
})

test('line ends are those of the text, in a form that every reader knows', async () => {
  const file = await workbook(['a\tmột\\r\\nhai\\nba\\rbốn'], 3)
  expect(await read(file, 1)).toEqual([{ Code: 'a', Text: 'một\r\nhai\nba\rbốn' }])
  const sheet = inflateRawSync(file.subarray(file.indexOf('sheet1.xml') + 'sheet1.xml'.length), {
    finishFlush: constants.Z_SYNC_FLUSH,
  })
  expect(sheet.toString()).toContain('một&#13;\nhai\nba&#13;bốn')
})

test('columns are counted in letters', () => {
  expect([1, 26, 27, 52, 53, 702, 703].map(columnLetters)).toEqual(['A', 'Z', 'AA', 'AZ', 'BA', 'ZZ', 'AAA'])
})
