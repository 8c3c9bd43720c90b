import type { CellRange } from './cell-range.js'
import type { XlsxSelection } from './options.js'
import { lastColumn } from './sheet-table.js'
import { textGrid } from './header.js'
import type { SheetRow } from './sheet-rows.js'

/** Rows from the top that the column names are looked for in. */
export const rowsLookedAt = 40
/** Of the table's columns, so many have a name; a title above fills fewer cells with different texts. */
const shareNamed = 0.6
const mostLevels = 10
/** So many times more different names further down: what stands above is the letterhead of an office. */
const outweighs = 2
/** How far below a letterhead the table may begin. */
const rowsOfLetterhead = 15

/**
 * Where the column names of a sheet seem to be: the first row of texts that names most columns, with the rows that its merged
 * cells reach down to. A proposal for the form; a manifest says it for certain.
 */
export function guessHeaderRows(rows: readonly SheetRow[], merges: readonly CellRange[]): XlsxSelection['headerRows'] {
  const width = lastColumn(rows)
  const levels = { from: 1, to: rowsLookedAt }
  const grid = textGrid(rows, levels, merges, width)
  const candidates = rows.filter((candidate) => {
    const texts = grid[candidate.number - 1]
    if (texts === undefined || !isText(candidate)) return false
    const named = [...texts.values()].filter((text) => text !== '').length
    return new Set(texts.values()).size >= Math.min(2, width) && named >= shareNamed * width
  })
  const row = candidates.find((candidate) => !isLetterhead(candidate, candidates, grid, merges))
  if (row === undefined) return rows[0]?.number ?? 1
  let to = row.number
  for (let next = row.number + 1; next < row.number + mostLevels; next++) {
    const covered = merges.some(({ from, to: end }) => from.row >= row.number && from.row <= to && end.row >= next)
    const below = rows.find(({ number }) => number === next)
    const divides = below !== undefined && below.cells.size > 1 && isText(below)
    if (!covered && !(divides && repeatsNames(grid, merges, row.number, to))) break
    to = next
  }
  return to === row.number ? row.number : [row.number, to]
}

/** Two names of bodies, spread over all columns, above a table with names of its own. */
function isLetterhead(
  row: SheetRow,
  candidates: readonly SheetRow[],
  grid: readonly ReadonlyMap<number, string>[],
  merges: readonly CellRange[],
): boolean {
  const namesIn = ({ number }: SheetRow): number => new Set(grid[number - 1]?.values()).size
  // The names of a table with several levels reach down to the lower ones.
  if (merges.some(({ from, to }) => from.row === row.number && to.row > row.number)) return false
  return candidates.some(
    (below) =>
      below.number > row.number &&
      below.number <= row.number + rowsOfLetterhead &&
      namesIn(below) >= outweighs * namesIn(row),
  )
}

/** A merged name stands over several columns whose own names are still to come, one row further down. */
function repeatsNames(
  grid: readonly ReadonlyMap<number, string>[],
  merges: readonly CellRange[],
  from: number,
  to: number,
): boolean {
  const levels = grid.slice(from - 1, to)
  return merges.some((merge) => {
    if (merge.from.row < from || merge.from.row > to || merge.from.column === merge.to.column) return false
    const nameOf = (column: number): string => levels.map((level) => level.get(column) ?? '').join('\n')
    return nameOf(merge.from.column) === nameOf(merge.from.column + 1)
  })
}

function isText(row: SheetRow): boolean {
  return [...row.cells.values()].every((value) => typeof value === 'string')
}
