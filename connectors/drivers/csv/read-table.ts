import type { SourceRow, SourceValue } from '../driver.js'
import { SourceFault } from '../../../src/errors/source-fault.js'
import { asWritten, worded } from '../../../src/errors/wording.js'
import type { Encoding } from '../text-encoding/encodings.js'
import { PeekableBytes } from '../text-encoding/peekable-bytes.js'
import { toUtf8 } from '../text-encoding/to-utf8.js'
import { columnNames, positionName } from './column-names.js'
import { detectDelimiter } from './delimiter.js'
import { refuseBinary, refuseNul, refuseOtherText } from './recognise.js'
import { skipLines } from './skip-lines.js'
import type { TableRow } from './row-splitter.js'
import { tableRows } from './table-rows.js'

const lookAhead = 64 * 1024
const mostColumns = 16_384

export interface TableFormat {
  readonly encoding?: Encoding | undefined
  readonly delimiter?: string | undefined
  readonly quote: string
  /** Line of the column names; 0: there are none. */
  readonly headerRow: number
}

/**
 * The rows of a CSV file, streamed. `onColumns` is told the columns before the first row.
 *
 * A short row gives null for the cells that it lacks. In a row with more cells than there are columns nobody knows which
 * cell belongs where (mostly a comma that is not quoted): its cells come as `column 1`, `column 2` … and under no column's
 * name, so that the row is set aside for what it lacks instead of being published shifted. A last row that is short and has no
 * line end is a file that was cut off.
 */
export async function* readTable(
  body: AsyncIterable<Uint8Array>,
  format: TableFormat,
  onColumns: (columns: readonly string[]) => void = () => undefined,
): AsyncGenerator<SourceRow> {
  const bytes = new PeekableBytes(body)
  try {
    refuseBinary(await bytes.peek(lookAhead))
    const text = new PeekableBytes(
      skipLines(refuseNul(toUtf8(bytes, format.encoding)), Math.max(format.headerRow - 1, 0)),
    )
    const head = Buffer.from(await text.peek(lookAhead)).toString()
    refuseOtherText(head)
    yield* namedRows(text, { ...format, delimiter: format.delimiter ?? detectDelimiter(head, format.quote) }, onColumns)
  } finally {
    await bytes.close()
  }
}

async function* namedRows(
  text: PeekableBytes,
  format: TableFormat & { readonly delimiter: string },
  onColumns: (columns: readonly string[]) => void,
): AsyncGenerator<SourceRow> {
  let columns: readonly string[] | undefined
  let waiting: TableRow | undefined
  for await (const rows of tableRows(text.all(), format, Math.max(format.headerRow, 1))) {
    for (const row of rows) {
      if (columns === undefined) {
        columns = namesFor(row, format.headerRow)
        onColumns(columns)
        if (format.headerRow > 0) continue
      }
      if (waiting !== undefined) yield sourceRow(waiting, columns)
      waiting = row
    }
  }
  if (columns === undefined)
    throw new SourceFault('NOT_DATA', {
      expected: asWritten('CSV'),
      detail: worded('it has no column names', 'không có tên cột'),
    })
  if (waiting === undefined) return
  if (waiting.cells.length < columns.length && !waiting.ended) {
    const detail = worded(
      `the last line (${waiting.line}) has ${waiting.cells.length} of ${columns.length} cells and no line end`,
      `dòng cuối (${waiting.line}) chỉ có ${waiting.cells.length} trên ${columns.length} ô và không có ký tự xuống dòng`,
    )
    throw new SourceFault('TRUNCATED', { detail })
  }
  yield sourceRow(waiting, columns)
}

function namesFor(row: TableRow, headerRow: number): readonly string[] {
  if (row.cells.length > mostColumns)
    throw new SourceFault('TOO_LARGE', { limit: worded(`${mostColumns} columns`, `${mostColumns} cột`) })
  return headerRow === 0 ? row.cells.map((_, index) => positionName(index)) : columnNames(row.cells)
}

function sourceRow(row: TableRow, columns: readonly string[]): SourceRow {
  const values: Record<string, SourceValue> = { __proto__: null }
  const surplus = row.cells.length > columns.length && row.cells.slice(columns.length).some((cell) => cell !== '')
  if (surplus) row.cells.forEach((cell, index) => (values[positionName(index)] = cell))
  else for (let index = 0; index < columns.length; index++) values[columns[index] ?? ''] = row.cells[index] ?? null
  return { number: row.line, values }
}
