import { CsvLineEncoder } from '../copy/line-encoder.js'
import { headerOf, type FileContext } from './file-context.js'
import { isFormula } from './formula.js'

/** CSV of RFC 4180: comma, CRLF, UTF-8, and a byte-order mark for Excel when asked. */
export function csvEncoder({ columns, header }: FileContext, bom: boolean): CsvLineEncoder {
  const line = columns.map((column) => csvCell(headerOf(column, header))).join(',')
  return new CsvLineEncoder(`${bom ? '\ufeff' : ''}${line}\r\n`)
}

function csvCell(text: string): string {
  const safe = isFormula(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
