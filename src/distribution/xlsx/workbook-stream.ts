import { fetchedAtOf, type FileContext } from '../formats/file-context.js'
import type { SheetEncoder } from './sheet-encoder.js'
import { sheetPart, stylesXml, textSheet, workbookParts } from './workbook-parts.js'
import { zipStream, type ZipEntry } from './zip-stream.js'

/** The workbook: sheets of rows as they come from the encoder, then a sheet that says where they are from. */
export function workbookStream(
  context: FileContext,
  encoder: SheetEncoder,
  bytes: AsyncIterable<unknown>,
): AsyncGenerator<Buffer> {
  return zipStream(parts(context, encoder, bytes))
}

function* parts(context: FileContext, encoder: SheetEncoder, bytes: AsyncIterable<unknown>): Generator<ZipEntry> {
  const splitter = new SheetSplitter(encoder, bytes)
  let sheets = 0
  while (!splitter.done) {
    sheets += 1
    yield { name: sheetPart(sheets), content: splitter.sheet() }
  }
  const names = [...Array(sheets).keys()].map((index) => sheetName(context.resource.name, index))
  yield { name: sheetPart(sheets + 1), content: [Buffer.from(textSheet(sourceRows(context)))] }
  yield { name: 'xl/styles.xml', content: [Buffer.from(stylesXml)] }
  for (const [name, xml] of workbookParts([...names, 'Nguồn – Source'])) yield { name, content: [Buffer.from(xml)] }
}

/** Cuts the one stream of all sheets where the encoder says that a sheet ends. */
class SheetSplitter {
  done = false
  private readonly iterator: AsyncIterator<unknown>
  private rest: Buffer = Buffer.alloc(0)
  private position = 0
  private sheets = 0

  constructor(
    private readonly encoder: SheetEncoder,
    bytes: AsyncIterable<unknown>,
  ) {
    this.iterator = bytes[Symbol.asyncIterator]()
  }

  async *sheet(): AsyncGenerator<Buffer> {
    const index = this.sheets
    this.sheets += 1
    for (;;) {
      if (this.rest.length === 0) {
        const next = await this.iterator.next()
        if (next.done === true) {
          this.done = true
          return
        }
        if (!Buffer.isBuffer(next.value)) throw new TypeError('Sheets come as bytes.')
        this.rest = next.value
      }
      const end = this.encoder.ends[index]
      const here = end === undefined ? this.rest.length : Math.min(this.rest.length, end - this.position)
      const piece = this.rest.subarray(0, here)
      this.rest = this.rest.subarray(here)
      this.position += here
      if (piece.length > 0) yield piece
      if (end !== undefined && this.position >= end) return
    }
  }
}

/** At most 31 characters, without those that names of sheets cannot have. */
function sheetName(resource: string, index: number): string {
  const suffix = index === 0 ? '' : ` (${index + 1})`
  const clean = resource.replace(/[[\]:*?/\\']/g, ' ').trim() || 'data'
  return clean.slice(0, 31 - suffix.length) + suffix
}

function sourceRows(context: FileContext): string[][] {
  const { dataset, resource, version, type, address, timeZone, asOf, columns } = context
  const fetchedAt = fetchedAtOf(context)
  const rows: [string, string | undefined][] = [
    ['Bộ dữ liệu – Dataset', `${dataset.title.vi} – ${dataset.title.en} (${dataset.code})`],
    ['Phần dữ liệu – Resource', resource.name],
    ['Loại bản ghi – Record type', `${type.title.vi} – ${type.title.en} (${type.code})`],
    ['Mô tả – Description', joined(dataset.description?.vi, dataset.description?.en)],
    ['Cơ quan – Agency', joined(dataset.agency?.vi, dataset.agency?.en)],
    ['Giấy phép – Licence', dataset.license],
    ['Dữ liệu mẫu – Sample data', dataset.sample ? 'Có: dữ liệu không có thật – Yes: made-up data' : undefined],
    ['Phiên bản – Version', version === undefined ? '–' : String(version.number)],
    ['Công bố lúc – Published at', version?.publishedAt.toISOString()],
    ['Đọc từ nguồn lúc – Fetched at', fetchedAt?.toISOString()],
    ['Tính đến – As of', asOf],
    ['Truy vấn – Query', address],
    ['Múi giờ của ô thời điểm – Time zone of times', timeZone],
  ]
  const said = rows.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))
  const fields = columns.map((column) => {
    const { shape, unit } = column
    const kind = `${shape.kind}${shape.list ? '[]' : ''}${unit === undefined ? '' : `, ${unit}`}`
    return [column.name, `${column.title.vi} – ${column.title.en}`, kind]
  })
  return [...said, [], ['Cột – Column', 'Tên – Title', 'Kiểu, đơn vị – Type, unit'], ...fields]
}

function joined(vi: string | undefined, en: string | undefined): string | undefined {
  return vi === undefined ? en : en === undefined || en === vi ? vi : `${vi}\n${en}`
}
