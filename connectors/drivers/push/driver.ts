import { createReadStream } from 'node:fs'
import { SourceFault } from '../../../src/errors/source-fault.js'
import { worded, type Wording } from '../../../src/errors/wording.js'
import { readTable } from '../csv/read-table.js'
import type { Driver, ResourceDescription, Source, SourceRow } from '../driver.js'
import { driver as xlsx } from '../xlsx/driver.js'
import { xlsxSelection } from '../xlsx/options.js'
import type { Encoding } from '../text-encoding/encodings.js'
import { describeDocument } from '../xml/describe-document.js'
import { documentText } from '../xml/document-text.js'
import { parseDocument } from '../xml/parse-document.js'
import { RowReader } from '../xml/row-reader.js'
import { fileFormat, isReadable, type FileFormat, type ReadableFormat } from './file-format.js'
import { jsonRows } from './json-rows.js'
import { pushOptions, pushSelection, type PushOptions, type PushSelection } from './options.js'
import { decodedText } from './text-file.js'

/** A file that an agency uploads: a workbook, a CSV file, rows as JSON or XML, told apart by its content each time. */
export const driver: Driver<PushOptions, PushSelection> = {
  name: 'push',
  title: {
    vi: 'Tệp do cơ quan tải lên (Excel, CSV, JSON, XML)',
    en: 'File that the agency uploads (Excel, CSV, JSON, XML)',
  },
  options: pushOptions,
  selection: pushSelection,
  capabilities: { scan: true, lookupBatch: undefined, conditional: true, since: false },

  async check(source) {
    const { path } = await source.download(source.options.url)
    readable(await fileFormat(path))
  },

  async describe(source, sampleRows) {
    const { path } = await source.download(source.options.url)
    const format = readable(await fileFormat(path))
    if (format === 'xlsx') return await describeWorkbook(source, sampleRows)
    if (format === 'xml') return await describeXml(path, source.options.encoding, sampleRows)
    const selection = pushSelection.parse({})
    let columns: readonly string[] = []
    const rows = rowsOf(source, path, format, selection, (names) => (columns = names))
    const sample: SourceRow[] = []
    for await (const row of rows) {
      if (sample.length === sampleRows) break
      sample.push(row)
    }
    if (format === 'json') columns = [...new Set(sample.flatMap((row) => Object.keys(row.values)))]
    return [{ name: 'rows', selection, columns, sample, isStructured: format === 'json' }]
  },

  async *scan(source, selection) {
    const { path } = await source.download(source.options.url)
    yield* rowsOf(source, path, readable(await fileFormat(path)), selection)
  },
}

/** What stands in the way, for the formats that people send by mistake. */
const advice: Readonly<Partial<Record<FileFormat, Wording>>> = {
  empty: worded('it is empty', 'không có nội dung'),
  xls: worded(
    'it is an old .xls or a workbook with a password; save it as .xlsx without one',
    'là tệp .xls cũ hoặc có mật khẩu; hãy lưu thành .xlsx không mật khẩu',
  ),
  ods: worded('it is an OpenDocument table; save it as .xlsx', 'là bảng OpenDocument; hãy lưu thành .xlsx'),
  pdf: worded(
    'it is a PDF file; send the table that it was made from',
    'là tệp PDF; hãy gửi bảng đã dùng để làm ra nó',
  ),
  html: worded('it is a web page', 'là trang web'),
  gtfs: worded(
    'it is a GTFS feed; use the driver gtfs with its address',
    'là dữ liệu GTFS; hãy dùng driver gtfs với địa chỉ của nó',
  ),
  zip: worded('it is an archive; send the file that is in it', 'là tệp nén; hãy gửi tệp nằm bên trong'),
  gzip: worded('it is packed; send it unpacked', 'là tệp nén; hãy giải nén trước khi gửi'),
}

function readable(format: FileFormat): ReadableFormat {
  if (isReadable(format)) return format
  const detail = advice[format] ?? worded('it is some other format', 'là định dạng khác')
  throw new SourceFault('NOT_DATA', {
    expected: worded('a workbook (.xlsx), a CSV file, JSON or XML', 'bảng tính (.xlsx), tệp CSV, JSON hay XML'),
    detail,
  })
}

async function* rowsOf(
  source: Source<PushOptions>,
  path: string,
  format: ReadableFormat,
  selection: PushSelection,
  onColumns: (columns: readonly string[]) => void = () => undefined,
): AsyncGenerator<SourceRow, void, undefined> {
  const encoding = selection.encoding ?? source.options.encoding
  switch (format) {
    case 'xlsx': {
      const { sheet, headerRows, dataFrom, until } = selection
      yield* xlsx.scan(asWorkbook(source), xlsxSelection.parse({ sheet, headerRows, dataFrom, until }))
      return
    }
    case 'csv': {
      const { delimiter, quote, headerRows } = selection
      const headerRow = typeof headerRows === 'number' ? headerRows : headerRows[0]
      const bytes: AsyncIterable<Uint8Array> = createReadStream(path)
      yield* readTable(bytes, { encoding, delimiter, quote, headerRow }, onColumns)
      return
    }
    case 'json': {
      let number = 0
      for await (const values of jsonRows(decodedText(path), selection.items)) {
        number += 1
        yield { number, values }
      }
      return
    }
    case 'xml':
      yield* parseDocument(xmlText(path, encoding), new RowReader(selection))
      return
  }
}

function xmlText(path: string, encoding: Encoding | undefined): AsyncIterable<string> {
  return documentText(createReadStream(path), { given: encoding, contentType: undefined })
}

async function describeXml(
  path: string,
  encoding: Encoding | undefined,
  sampleRows: number,
): Promise<ResourceDescription<PushSelection>[]> {
  const lists = await describeDocument(() => xmlText(path, encoding), sampleRows)
  return lists.map((list) => ({ ...list, selection: pushSelection.parse(list.selection) }))
}

async function describeWorkbook(
  source: Source<PushOptions>,
  sampleRows: number,
): Promise<ResourceDescription<PushSelection>[]> {
  const sheets = await xlsx.describe(asWorkbook(source), sampleRows)
  return sheets.map((sheet) => ({
    ...sheet,
    selection: pushSelection.parse({ sheet: sheet.selection.sheet, headerRows: sheet.selection.headerRows }),
  }))
}

function asWorkbook(source: Source<PushOptions>): Source<{ url: string }> {
  return {
    options: { url: source.options.url },
    signal: source.signal,
    request: (url, options) => source.request(url, options),
    download: (url, options) => source.download(url, options),
    recall: (name) => source.recall(name),
    remember: (name, value) => {
      source.remember(name, value)
    },
    mark: (position) => {
      source.mark(position)
    },
    asOf: (moment) => {
      source.asOf(moment)
    },
    compare: (part, stateOf) => source.compare(part, stateOf),
  }
}
