import { positionName } from '../csv/column-names.js'
import type { SourceRow, SourceValue } from '../driver.js'
import { SourceFault } from '../../../src/errors/source-fault.js'
import { asWritten } from '../../../src/errors/wording.js'
import { flattenHeader, type Header } from './header.js'
import { mergedRanges } from './merged-ranges.js'
import type { XlsxSelection } from './options.js'
import { sheetRows, type SheetRow } from './sheet-rows.js'
import type { Sheet, Workbook } from './workbook.js'
import type { ZipArchive } from '../zip/zip-archive.js'

export type TableShape = Pick<XlsxSelection, 'headerRows' | 'dataFrom' | 'until'>

/**
 * The data rows of a sheet, streamed; `onColumns` is told the columns before the first one. Every row has all columns of the
 * header, null where the cell is empty (a merged cell has its value in its first row and column only). A cell beyond the
 * header is not lost: it comes as `column 9`, by its place in the sheet.
 */
export async function* sheetTable(
  archive: ZipArchive,
  workbook: Workbook,
  sheet: Sheet,
  shape: TableShape,
  signal: AbortSignal,
  onColumns: (columns: readonly string[]) => void = () => undefined,
): AsyncGenerator<SourceRow> {
  const levels = levelsOf(shape)
  const dataFrom = Math.max(shape.dataFrom ?? 0, levels.to + 1)
  const headerRows: SheetRow[] = []
  let header: Header | undefined
  let previous = dataFrom - 1
  const named = async (width: number): Promise<Header> => {
    if (levels.to === 0) return placeNames(width)
    const merges = await mergedRanges(archive, sheet, levels, signal)
    return flattenHeader(headerRows, levels, merges, width)
  }
  for await (const row of sheetRows(archive, workbook, sheet, signal)) {
    if (row.number < levels.from) continue
    if (row.number <= levels.to) headerRows.push(row)
    if (row.number < dataFrom) continue
    if (header === undefined) {
      header = await named(lastColumn([...headerRows, row]))
      onColumns([...header.values()])
    }
    const source = sourceRow(row, header)
    if (ends(shape.until, row, source, previous)) return
    previous = row.number
    yield source
  }
  if (header === undefined) onColumns([...(await named(lastColumn(headerRows))).values()])
}

/** For a sheet without column names. */
function placeNames(width: number): Header {
  return new Map(Array.from({ length: width }, (_, index) => [index + 1, positionName(index)]))
}

export function levelsOf(shape: TableShape): { readonly from: number; readonly to: number } {
  const [from, to] = typeof shape.headerRows === 'number' ? [shape.headerRows, shape.headerRows] : shape.headerRows
  return { from, to }
}

export function lastColumn(rows: readonly SheetRow[]): number {
  let last = 0
  for (const row of rows) for (const column of row.cells.keys()) last = Math.max(last, column)
  return last
}

function sourceRow(row: SheetRow, header: Header): SourceRow {
  const values: Record<string, SourceValue> = { __proto__: null }
  for (const [column, name] of header) values[name] = row.cells.get(column) ?? null
  for (const [column, value] of row.cells) {
    if (!header.has(column)) values[freeName(positionName(column - 1), values)] = value
  }
  return { number: row.number, values }
}

function freeName(wanted: string, values: Readonly<Record<string, SourceValue>>): string {
  let name = wanted
  for (let count = 2; name in values; count++) name = `${wanted} (${count})`
  return name
}

function ends(until: TableShape['until'], row: SheetRow, source: SourceRow, previous: number): boolean {
  if (until === undefined) return false
  if ('blankRow' in until) return row.number > previous + 1
  const value = source.values[until.column]
  if (value === undefined) throw new SourceFault('MISSING_COLUMNS', { columns: asWritten(`${until.column} (until)`) })
  return typeof value === 'string' && value.trim().startsWith(until.startsWith.normalize('NFC'))
}
