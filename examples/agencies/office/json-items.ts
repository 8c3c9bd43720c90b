import { withoutMarks } from '../planning-investment/enterprises.js'
import type { Cell } from '../workbook.js'
import type { Row } from './rows.js'

/** The rows as a service answers them: names such as `soGiayPhep`, days as `2025-06-30`. */
export function jsonItems(rows: readonly Row[]): object[] {
  return rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, cell]) => [memberName(name), plain(cell)])),
  )
}

/** `Số giấy phép` as `soGiayPhep`. */
function memberName(column: string): string {
  const words = withoutMarks(column).match(/[A-Za-z0-9]+/gu) ?? []
  return words
    .map(
      (word, index) =>
        (index === 0 ? '' : word.charAt(0).toUpperCase()) + word.slice(index === 0 ? 0 : 1).toLowerCase(),
    )
    .map((word, index) => (index === 0 ? word.toLowerCase() : word))
    .join('')
}

function plain(cell: Cell): string | number | null {
  if (cell === null || typeof cell !== 'object') return cell
  return 'date' in cell ? cell.date : cell.bold
}
