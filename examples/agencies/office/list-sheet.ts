import { columnLetters, type Cell, type SheetContent } from '../workbook.js'
import type { Row } from './rows.js'

export interface ListSheet {
  readonly name: string
  readonly office: string
  readonly title: string
  readonly rows: readonly Row[]
  /** Columns whose equal neighbours are one merged cell, such as the district. */
  readonly merged?: readonly string[]
}

const firstHeaderRow = 6

/**
 * A list as an office prints it: a title block, a header in row 6 (and 7, where columns are named `Group / Name`), numbered
 * rows, a total and a note.
 */
export function listSheet({ name, office, title, rows, merged = [] }: ListSheet): SheetContent {
  const columns = ['STT', ...Object.keys(rows[0] ?? {})]
  const { cells: header, merges: headerMerges } = headerOf(columns)
  const before: Cell[][] = [
    ['ỦY BAN NHÂN DÂN TỈNH BÌNH ĐỊNH'],
    [{ bold: office }],
    [{ bold: title }],
    ['(Dữ liệu minh hoạ, không phải số liệu thật)'],
    [],
    ...header,
  ]
  const groups = merged.flatMap((column) => mergedRuns(rows, column, columns.indexOf(column), before.length + 1))
  const hidden = new Set(groups.flatMap(({ cells }) => cells))
  const body = rows.map((row, index) =>
    columns.map((column, at): Cell => {
      if (at === 0) return index + 1
      return hidden.has(`${at}:${index}`) ? null : (row[column] ?? null)
    }),
  )
  const last = columnLetters(columns.length)
  return {
    name,
    rows: [
      ...before,
      ...body,
      [{ bold: `Tổng cộng: ${rows.length}` }],
      [],
      ['Ghi chú: Số liệu tính đến ngày 30 tháng 6 năm 2025; ô trống là chưa có số liệu.'],
    ],
    merges: [`A3:${last}3`, `A4:${last}4`, ...headerMerges, ...groups.map(({ range }) => range)],
  }
}

function headerOf(columns: readonly string[]): { cells: Cell[][]; merges: string[] } {
  const parts = columns.map((column) => column.split(' / '))
  if (parts.every(({ length }) => length === 1)) return { cells: [columns.map((bold) => ({ bold }))], merges: [] }
  const upper = parts.map(([group], index): Cell => {
    const before = parts[index - 1]
    return parts[index]?.length === 2 && before?.length === 2 && before[0] === group ? null : { bold: group ?? '' }
  })
  const lower = parts.map(([, name]): Cell => (name === undefined ? null : { bold: name }))
  const merges = upper.flatMap((cell, index) => {
    if (cell === null) return []
    const column = columnLetters(index + 1)
    if (lower[index] === null) return [`${column}${firstHeaderRow}:${column}${firstHeaderRow + 1}`]
    const next = upper.findIndex((other, at) => at > index && other !== null)
    const end = columnLetters(next === -1 ? upper.length : next)
    return end === column ? [] : [`${column}${firstHeaderRow}:${end}${firstHeaderRow}`]
  })
  return { cells: [upper, lower], merges }
}

interface Run {
  readonly range: string
  /** `column:row` of the cells that the merge hides. */
  readonly cells: readonly string[]
}

function mergedRuns(rows: readonly Row[], column: string, at: number, firstRow: number): Run[] {
  const letter = columnLetters(at + 1)
  const runs: Run[] = []
  let start = 0
  for (let index = 1; index <= rows.length; index++) {
    if (index < rows.length && rows[index]?.[column] === rows[start]?.[column]) continue
    if (index - start > 1) {
      const cells = Array.from({ length: index - start - 1 }, (_, nth) => `${at}:${start + 1 + nth}`)
      runs.push({ range: `${letter}${firstRow + start}:${letter}${firstRow + index - 1}`, cells })
    }
    start = index
  }
  return runs
}
