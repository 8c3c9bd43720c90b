import type { ValueKind } from '../../records/schema/record-type.js'
import type { ValueShape } from '../columns/column.js'
import { isFormula } from '../query/value-sql.js'
import { xmlText } from '../formats/xml-text.js'

/** Numbers of the cell styles in the workbook's list, see `stylesXml`. */
export const styles = { plain: 0, header: 1, date: 2, dateTime: 3, wrapped: 4 } as const

/** Writes one value, which is never null, into the cell at `place` (`B7`). */
export type CellWriter = (place: string, text: string) => string

/** How the values of a column become cells. `offsetMs` tells how far the province's clocks are ahead of UTC at an instant. */
export function cellWriter(shape: ValueShape, offsetMs: (instant: number) => number): CellWriter {
  if (shape.list) return textCell
  return writers(offsetMs)[shape.kind]
}

function writers(offsetMs: (instant: number) => number): Readonly<Record<ValueKind, CellWriter>> {
  return {
    text: textCell,
    url: textCell,
    code: textCell,
    json: textCell,
    integer: numberCell,
    float: numberCell,
    bigInteger: exactNumberCell,
    decimal: exactNumberCell,
    boolean: (place, text) => `<c r="${place}" t="b"><v>${text === 'true' ? 1 : 0}</v></c>`,
    date: (place, text) => serialCell(place, text, Date.parse(`${text}T00:00:00Z`), styles.date),
    dateTime: (place, text) => {
      const instant = Date.parse(text)
      return serialCell(place, text, instant + offsetMs(instant), styles.dateTime)
    },
  }
}

const longestText = 32_767

/** A text that a spreadsheet would run as a formula gets an apostrophe before it; one that no cell can hold is cut, visibly. */
export function textCell(place: string, text: string, style: number = styles.plain): string {
  const safe = isFormula(text) ? `'${text}` : text
  const fits = safe.length > longestText ? `${safe.slice(0, longestText - 1).toWellFormed()}…` : safe
  const styled = style === styles.plain ? '' : ` s="${style}"`
  return `<c r="${place}"${styled} t="inlineStr"><is><t xml:space="preserve">${cellText(fits)}</t></is></c>`
}

function numberCell(place: string, text: string): string {
  return `<c r="${place}"><v>${text}</v></c>`
}

/** A spreadsheet keeps 15 digits of a number: one with more stays whole as a text. */
function exactNumberCell(place: string, text: string): string {
  const digits = text.replace(/^-|\./g, '').replace(/^0+/, '').length
  return digits > 15 ? plainText(place, text) : numberCell(place, text)
}

/** Digits are no formula, whatever sign is before them. */
function plainText(place: string, text: string): string {
  return `<c r="${place}" t="inlineStr"><is><t>${text}</t></is></c>`
}

const dayMs = 86_400_000
const epoch = Date.UTC(1899, 11, 30)
// Spreadsheets believe that 1900 had a 29 February: days up to it mean other days there.
const firstSerial = 61

function serialCell(place: string, text: string, local: number, style: number): string {
  const serial = (local - epoch) / dayMs
  if (!Number.isFinite(serial) || serial < firstSerial) return plainText(place, text)
  return `<c r="${place}" s="${style}"><v>${serial}</v></c>`
}

/** Spreadsheets write a character that XML cannot hold as `_x0001_`, and so a text that looks like one too. */
function cellText(text: string): string {
  // Two tests that look for the characters first: few texts have any.
  const marked = text.includes('_x') ? text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_') : text
  return xmlText(marked.replace(/\p{Cc}/gu, controlText))
}

function controlText(character: string): string {
  if (character === '\n' || character === '\t' || character >= '\x7f') return character
  return `_x${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}_`
}

/** The letters of a column from 1: `A`, `Z`, `AA`. */
export function columnLetters(column: number): string {
  let letters = ''
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters
  }
  return letters
}
