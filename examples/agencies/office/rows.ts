import type { SeededRandom } from '../seeded-random.js'
import type { Cell } from '../workbook.js'

/** A row of a list, by the names of its columns. */
export type Row = Readonly<Record<string, Cell>>

/** What a clerk typed wrong, by the row's place in the list from 0. */
export type Slips = Readonly<Record<number, Row>>

export function withSlips(rows: readonly Row[], slips: Slips): Row[] {
  return rows.map((row, index) => ({ ...row, ...slips[index] }))
}

/** The rows as a CSV file has them: a line of names, then every cell as text. */
export function csvRows(rows: readonly Row[]): string[][] {
  const names = Object.keys(rows[0] ?? {})
  return [names, ...rows.map((row) => names.map((name) => textOf(row[name] ?? null)))]
}

/** `1234567` as `1.234.567`. */
export function dotted(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/gu, '.')
}

/** `12.5` as `12,5`. */
export function comma(value: number): string {
  return String(value).replace('.', ',')
}

/** A day of the years from `first` to `last`, not after the reference date. */
export function dayBetween(random: SeededRandom, first: number, last: number): string {
  const year = random.between(first, last)
  const month = String(random.between(1, year === 2025 ? 6 : 12)).padStart(2, '0')
  return `${year}-${month}-${String(random.between(1, 28)).padStart(2, '0')}`
}

/** `2024-09-05` as `05/09/2024`. */
export function dmy(day: string): string {
  return `${day.slice(8)}/${day.slice(5, 7)}/${day.slice(0, 4)}`
}

/** The same day so many years later. */
export function yearsAfter(day: string, years: number): string {
  return `${Number(day.slice(0, 4)) + years}${day.slice(4)}`
}

export const referenceDay = '2025-06-30'

/** A day as a clerk may have typed it: most are true dates of Excel, some are text. */
export function typedDay(random: SeededRandom, day: string): Cell {
  return random.next() < 0.12 ? dmy(day) : { date: day }
}

/** Left out now and then, as in every real list. */
export function gap(random: SeededRandom, share: number, cell: Cell): Cell {
  return random.next() < share ? null : cell
}

export function rounded(value: number, decimals: number): number {
  return Number(value.toFixed(decimals))
}

function textOf(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'string') return cell
  if (typeof cell === 'number') return String(cell)
  return 'date' in cell ? dmy(cell.date) : cell.bold
}
