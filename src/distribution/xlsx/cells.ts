import type { ValueKind } from '../../records/schema/record-type.js'
import type { CellShape } from '../columns/column.js'
import type { ByteBlock } from '../copy/byte-block.js'
import { held, type RowCells } from '../copy/row-cells.js'
import { xmlText } from '../formats/xml-text.js'
import { isFormula } from '../formats/formula.js'

/** Numbers of the cell styles in the workbook's list, see `stylesXml`. */
export const styles = { plain: 0, header: 1, date: 2, dateTime: 3, wrapped: 4 } as const

/** Writes one cell of a row, which is not null, into row `row` of the sheet. */
export type CellStep = (cells: RowCells, cell: number, row: number, block: ByteBlock) => void

/** The most bytes that a cell adds to its text. */
export const cellOverhead = 96

const bytes = (text: string): Buffer => Buffer.from(text)
const textOpen = bytes('" t="inlineStr"><is><t xml:space="preserve">')
const textClose = bytes('</t></is></c>')
const valueOpen = bytes('"><v>')
const valueClose = bytes('</v></c>')
const booleanOpen = bytes('" t="b"><v>')
const dateOpen = bytes(`" s="${styles.date}"><v>`)
const dateTimeOpen = bytes(`" s="${styles.dateTime}"><v>`)

/** How the values of the column at `letters` become cells. `offsetMs` tells how far the province's clocks are ahead of UTC at an instant. */
export function cellStep(letters: string, shape: CellShape, offsetMs: (instant: number) => number): CellStep {
  const open = bytes(`<c r="${letters}`)
  const write = shape.list ? textValue : writers(offsetMs)[shape.kind]
  return (cells, cell, row, block) => {
    block.all(open)
    block.number(row)
    write(cells, cell, block)
  }
}

type ValueWriter = (cells: RowCells, cell: number, block: ByteBlock) => void

function writers(offsetMs: (instant: number) => number): Readonly<Record<ValueKind, ValueWriter>> {
  return {
    text: textValue,
    url: textValue,
    code: textValue,
    json: textValue,
    integer: numberValue,
    float: numberValue,
    bigInteger: exactNumberValue,
    decimal: exactNumberValue,
    boolean(cells, cell, block) {
      block.all(booleanOpen)
      block.byte(cells.source[cells.start(cell)] === 0x74 ? 0x31 : 0x30)
      block.all(valueClose)
    },
    date(cells, cell, block) {
      const text = cells.text(cell)
      serialValue(text, Date.parse(`${text}T00:00:00Z`), dateOpen, block)
    },
    dateTime(cells, cell, block) {
      const text = cells.text(cell)
      const instant = Date.parse(text)
      serialValue(text, instant + offsetMs(instant), dateTimeOpen, block)
    },
  }
}

// Texts with none of these are themselves in a cell, but for what they begin with and how long they are.
const needsCare = held.quote | held.markup | held.escape | held.control | held.underscore | held.high
const longestText = 32_767

function textValue(cells: RowCells, cell: number, block: ByteBlock): void {
  const start = cells.start(cell)
  const end = cells.end(cell)
  const first = cells.source[start] ?? 0
  // Below A are all the ASCII characters that a formula can begin with, but for the bar.
  const mayRun = first < 0x41 || first === 0x7c
  block.all(textOpen)
  if (mayRun || end - start > longestText || cells.has(cell, needsCare)) block.text(safeText(cells.text(cell)))
  else block.add(cells.source, start, end)
  block.all(textClose)
}

function numberValue(cells: RowCells, cell: number, block: ByteBlock): void {
  block.all(valueOpen)
  block.add(cells.source, cells.start(cell), cells.end(cell))
  block.all(valueClose)
}

/** A spreadsheet keeps 15 digits of a number: one with more stays whole as a text. */
function exactNumberValue(cells: RowCells, cell: number, block: ByteBlock): void {
  const length = cells.end(cell) - cells.start(cell)
  if (length <= 15 || significantDigits(cells.text(cell)) <= 15) numberValue(cells, cell, block)
  else plainText(cells.text(cell), block)
}

function significantDigits(text: string): number {
  return text.replace(/^-|\./g, '').replace(/^0+/, '').length
}

/** Digits are no formula, whatever sign is before them. */
function plainText(text: string, block: ByteBlock): void {
  block.all(textOpen)
  block.text(text)
  block.all(textClose)
}

const dayMs = 86_400_000
const epoch = Date.UTC(1899, 11, 30)
// Spreadsheets believe that 1900 had a 29 February: days up to it mean other days there.
const firstSerial = 61
/** The day after 31 December 9999, the last that they know. */
const serialLimit = 2_958_466

function serialValue(text: string, local: number, open: Buffer, block: ByteBlock): void {
  const serial = (local - epoch) / dayMs
  if (!Number.isFinite(serial) || serial < firstSerial || serial >= serialLimit) {
    plainText(text, block)
    return
  }
  block.all(open)
  block.text(String(serial))
  block.all(valueClose)
}

/** A cell with a text that is at hand. */
export function textCell(place: string, text: string, style: number): string {
  return `<c r="${place}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${safeText(text)}</t></is></c>`
}

/** A text that a spreadsheet would run as a formula gets an apostrophe before it; one that no cell can hold is cut, visibly. */
function safeText(text: string): string {
  const safe = isFormula(text) ? `'${text}` : text
  const fits = safe.length > longestText ? `${cut(safe, longestText - 1)}…` : safe
  // Spreadsheets write a character that XML cannot hold as `_x0001_`, and so a text that looks like one.
  const marked = fits.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_').replace(/\p{Cc}/gu, controlText)
  return xmlText(marked)
}

/** At most so many UTF-16 units, and no half of a character. */
function cut(text: string, most: number): string {
  return text.slice(0, most).replace(/[\ud800-\udbff]$/, '')
}

function controlText(character: string): string {
  // A carriage return would be `_x000D_`, which not every reader of workbooks undoes; as a reference of XML all of them do.
  if (character === '\n' || character === '\t' || character === '\r' || character >= '\x7f') return character
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
