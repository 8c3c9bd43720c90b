import { Readable } from 'node:stream'
import { parse, CsvError } from 'csv-parse'
import { z } from 'zod'
import { SourceFault } from '../../../src/errors/source-fault.js'
import { asWritten, worded } from '../../../src/errors/wording.js'
import { clockTime, isTimeColumn } from './clock-time.js'
import { notAFeed, type FeedArchive } from './feed-archive.js'

const maxRecordBytes = 1024 * 1024
const csvRecord = z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }) })

/** One file of the feed while it is read. Values are trimmed; what is blank is null, as GTFS means it. */
export interface FeedTable {
  readonly columns: readonly string[]
  readonly rows: AsyncIterable<FeedRow>
  close(): Promise<void>
}

export interface FeedRow {
  /** The line in the file at which the row ends. */
  readonly line: number
  /** In the order of the columns. */
  readonly values: readonly (string | null)[]
}

/** Reads the header; the rows come as they are asked for. Close it when done, also when not all rows were read. */
export async function openTable(archive: FeedArchive, file: string): Promise<FeedTable> {
  const rows = tableRows(archive, file)
  const close = async (): Promise<void> => {
    await rows.return(undefined)
  }
  try {
    const header = await rows.next()
    if (header.done === true) throw notAFeed(worded(`${file}.txt has no header`, `${file}.txt không có hàng tên cột`))
    const columns = headerOf(file, header.value.values)
    return { columns, rows: dataRows(columns, rows), close }
  } catch (error) {
    await close()
    throw error
  }
}

/** The value of a column in the row that is read now; null when it is blank or the feed has no such column. */
export type ColumnReader<Column extends string> = (column: Column) => string | null

/** Goes over all rows of a file for the sake of a few columns. Throws a SourceFault when a required one is not there. */
export async function forEachRow<Column extends string>(
  archive: FeedArchive,
  file: string,
  columns: { readonly required: readonly Column[]; readonly optional?: readonly Column[] },
  take: (value: ColumnReader<Column>, line: number) => void,
): Promise<void> {
  const table = await openTable(archive, file)
  try {
    const missing = columns.required.filter((column) => !table.columns.includes(column))
    if (missing.length > 0)
      throw new SourceFault('MISSING_COLUMNS', { columns: asWritten(`${missing.join(', ')} (${file}.txt)`) })
    const places = new Map(table.columns.map((column, index) => [column, index]))
    let values: FeedRow['values'] = []
    const value: ColumnReader<Column> = (column) => values[places.get(column) ?? -1] ?? null
    for await (const row of table.rows) {
      values = row.values
      take(value, row.line)
    }
  } finally {
    await table.close()
  }
}

interface RawRow {
  readonly line: number
  readonly values: readonly string[]
}

async function* tableRows(archive: FeedArchive, file: string): AsyncGenerator<RawRow, void> {
  const parser = parse({
    bom: true,
    info: true,
    trim: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    skip_empty_lines: true,
    // Real feeds leave out the commas of blank fields at the end of a row; the archive's sizes and checksums show a cut.
    relax_column_count_less: true,
    max_record_size: maxRecordBytes,
  })
  const text = Readable.from(archive.text(file))
  text.on('error', (error) => parser.destroy(error))
  text.pipe(parser)
  try {
    for await (const parsed of parser) {
      const { record, info } = csvRecord.parse(parsed)
      yield { line: info.lines, values: record.map((value) => value.trim()) }
    }
  } catch (error) {
    throw error instanceof CsvError ? notAFeed(asWritten(`${file}.txt: ${error.message}`), error) : error
  } finally {
    parser.destroy()
    text.destroy()
  }
}

async function* dataRows(columns: readonly string[], rows: AsyncIterable<RawRow>): AsyncGenerator<FeedRow, void> {
  const isTime = columns.map(isTimeColumn)
  for await (const { line, values } of rows) {
    yield {
      line,
      values: columns.map((_column, index) => {
        const value = values[index] ?? ''
        if (value === '') return null
        return isTime[index] === true ? clockTime(value) : value
      }),
    }
  }
}

function headerOf(file: string, names: readonly string[]): readonly string[] {
  if (names.some((name) => /^<(!doctype|html)/i.test(name)))
    throw notAFeed(worded(`${file}.txt is an HTML page`, `${file}.txt là trang HTML`))
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined)
    throw notAFeed(worded(`${file}.txt has the column "${twice}" twice`, `${file}.txt có hai cột "${twice}"`))
  return names
}
