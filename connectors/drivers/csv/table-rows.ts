import { StringDecoder } from 'node:string_decoder'
import { composed } from '../../../src/records/schema/plain-text.js'
import { RowSplitter, type TableRow } from './row-splitter.js'

/** Text is gathered up to so many characters before it is split, so that a row that comes in crumbs is not begun anew each time. */
const gathered = 16 * 1024

/**
 * The rows of UTF-8 text, as many at a time as were whole, in NFC (per cell: a mark in the next chunk still finds its letter). Blank lines are left out.
 * `firstLine` is the number of the text's first line in the file.
 */
export async function* tableRows(
  text: AsyncIterable<Uint8Array>,
  format: { readonly delimiter: string; readonly quote: string },
  firstLine: number,
): AsyncGenerator<readonly TableRow[]> {
  const decoder = new StringDecoder('utf8')
  const splitter = new RowSplitter(format.delimiter, format.quote, firstLine)
  let rest = ''
  let fresh = 0
  for await (const chunk of text) {
    const more = decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength))
    rest += more
    fresh += more.length
    if (fresh < gathered) continue
    const split = splitter.split(rest, false)
    rest = split.rest
    fresh = 0
    yield split.rows.map(cleaned)
  }
  yield splitter.split(rest, true).rows.map(cleaned)
}

function cleaned(row: TableRow): TableRow {
  const last = row.cells.length - 1
  return { ...row, cells: row.cells.map((cell, index) => cleanedCell(cell, index === last)) }
}

/** Some writers quote the carriage return of the line end together with the last cell. */
function cleanedCell(cell: string, isLast: boolean): string {
  const text = isLast && cell.endsWith('\r') ? cell.slice(0, -1) : cell
  return composed(text)
}
