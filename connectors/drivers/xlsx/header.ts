import { columnNames } from '../csv/column-names.js'
import { SourceFault } from '../../../src/errors/source-fault.js'
import { asWritten, worded } from '../../../src/errors/wording.js'
import type { CellRange } from './cell-range.js'
import type { SheetRow } from './sheet-rows.js'

const mostSpread = 2_000_000

/** Names by column, from the first to the last column that has one in the header. */
export type Header = ReadonlyMap<number, string>

/**
 * The column names of header rows: the text of a merged cell counts for each column and level that it covers, and levels are
 * joined by ` / ` (`Học sinh / Nữ`). `width` is the last column that has any cell; merged ranges do not reach beyond it, however
 * far they say they do.
 */
export function flattenHeader(
  rows: readonly SheetRow[],
  levels: { readonly from: number; readonly to: number },
  merges: readonly CellRange[],
  width: number,
): Header {
  const grid = textGrid(rows, levels, merges, width)
  const joined = Array.from({ length: width }, (_, index) => {
    const texts = grid.map((level) => level.get(index + 1) ?? '').filter((text) => text !== '')
    return texts.filter((text, at) => text !== texts[at - 1]).join(' / ')
  })
  const first = joined.findIndex((name) => name !== '')
  if (first < 0) {
    const where =
      levels.from === levels.to
        ? worded(`row ${levels.from}`, `hàng ${levels.from}`)
        : worded(`rows ${levels.from} to ${levels.to}`, `các hàng ${levels.from} đến ${levels.to}`)
    throw new SourceFault('NOT_DATA', {
      expected: asWritten('XLSX'),
      detail: worded(`the sheet has no column names in ${where.en}`, `trang tính không có tên cột ở ${where.vi}`),
    })
  }
  const last = joined.findLastIndex((name) => name !== '')
  // Named before it is cut, so that a column without a name is called by its place in the sheet.
  const names = columnNames(joined)
  return new Map(names.slice(first, last + 1).map((name, index) => [first + 1 + index, name]))
}

/** For each level its texts by column, merged cells spread. */
export function textGrid(
  rows: readonly SheetRow[],
  levels: { readonly from: number; readonly to: number },
  merges: readonly CellRange[],
  width: number,
): Map<number, string>[] {
  const grid = Array.from({ length: levels.to - levels.from + 1 }, () => new Map<number, string>())
  for (const row of rows) {
    const level = grid[row.number - levels.from]
    if (level === undefined) continue
    for (const [column, value] of row.cells) {
      if (column <= width) level.set(column, oneLine(String(value)))
    }
  }
  let spread = 0
  for (const { from, to } of merges) {
    const text = grid[from.row - levels.from]?.get(from.column)
    if (text === undefined || text === '') continue
    const lastRow = Math.min(to.row, levels.to)
    const lastColumn = Math.min(to.column, width)
    // Ranges never overlap in a real sheet, so they cover no more than the header; many huge ones would keep us busy.
    spread += (lastRow - from.row + 1) * Math.max(lastColumn - from.column + 1, 0)
    if (spread > mostSpread)
      throw new SourceFault('TOO_LARGE', { limit: worded(`${mostSpread} merged cells`, `${mostSpread} ô gộp`) })
    for (let row = from.row; row <= lastRow; row++) {
      for (let column = from.column; column <= lastColumn; column++) grid[row - levels.from]?.set(column, text)
    }
  }
  return grid
}

function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim()
}
