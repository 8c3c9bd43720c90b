import { SourceNumber } from '../driver.js'
import { mostColumns, mostRows, parsePlace } from './cell-range.js'
import { cellText } from './cell-text.js'
import { serialToIso } from './serial-date.js'
import { largestSheet, type Sheet, type Workbook } from './workbook.js'
import { readXml, type XmlReader } from './xml-reader.js'
import type { ZipArchive } from '../zip/zip-archive.js'
import { notWorkbook } from './open-archive.js'
import { worded } from '../../../src/errors/wording.js'

export type CellValue = string | SourceNumber | boolean

export interface SheetRow {
  readonly number: number
  /** By column from 1; cells without a value are left out. */
  readonly cells: ReadonlyMap<number, CellValue>
}

/** The rows of a sheet that hold a value, streamed. */
export async function* sheetRows(
  archive: ZipArchive,
  workbook: Workbook,
  sheet: Sheet,
  signal: AbortSignal,
): AsyncGenerator<SheetRow> {
  yield* readXml(archive.read(sheet.part, largestSheet), new SheetReader(workbook), signal)
}

class SheetReader implements XmlReader<SheetRow> {
  #found: SheetRow[] = []
  #row = 0
  #column = 0
  #cells = new Map<number, CellValue>()
  #type = 'n'
  #style = 0
  #text = ''
  #collecting = false
  #inReadingAid = false

  constructor(readonly workbook: Workbook) {}

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    switch (name) {
      case 'row':
        this.#openRow(attributes['r'])
        break
      case 'c':
        this.#openCell(attributes)
        break
      case 'v':
        this.#collecting = true
        break
      case 't':
        this.#collecting = this.#type === 'inlineStr' && !this.#inReadingAid
        break
      case 'rPh':
        this.#inReadingAid = true
        break
    }
  }

  text(text: string): void {
    if (this.#collecting) this.#text += text
  }

  close(name: string): void {
    switch (name) {
      case 'v':
      case 't':
        this.#collecting = false
        break
      case 'rPh':
        this.#inReadingAid = false
        break
      case 'c': {
        const value = this.#value()
        if (value !== undefined) this.#cells.set(this.#column, value)
        break
      }
      case 'row':
        if (this.#cells.size > 0) this.#found.push({ number: this.#row, cells: this.#cells })
        this.#cells = new Map()
        break
    }
  }

  take(): readonly SheetRow[] {
    const found = this.#found
    this.#found = []
    return found
  }

  /** Writers may leave the number out; then it is the next one. */
  #openRow(number: string | undefined): void {
    const row = number === undefined ? this.#row + 1 : Number(number)
    if (!Number.isInteger(row) || row <= this.#row || row > mostRows) {
      throw notWorkbook(
        worded(
          `row ${this.#row} is followed by row ${number ?? row}`,
          `sau hàng ${this.#row} là hàng ${number ?? row}`,
        ),
      )
    }
    this.#row = row
    this.#column = 0
  }

  #openCell(attributes: Readonly<Record<string, string>>): void {
    const reference = attributes['r']
    const column = reference === undefined ? this.#column + 1 : parsePlace(reference)?.column
    if (column === undefined || column <= this.#column || column > mostColumns) {
      throw notWorkbook(
        worded(
          `row ${this.#row} has a cell ${reference ?? ''} out of place`,
          `hàng ${this.#row} có ô ${reference ?? ''} sai vị trí`,
        ),
      )
    }
    this.#column = column
    this.#type = attributes['t'] ?? 'n'
    this.#style = Number(attributes['s'] ?? 0)
    this.#text = ''
  }

  #value(): CellValue | undefined {
    if (this.#text === '') return undefined
    switch (this.#type) {
      case 's':
        return this.#shared() || undefined
      case 'b':
        return this.#text === '1' || this.#text === 'true'
      case 'e':
        // "Not available" is how a sheet says that there is no value; the other errors are mistakes for the agency to see.
        return this.#text === '#N/A' ? undefined : this.#text
      case 'n':
        return this.#number()
      default:
        return cellText(this.#text)
    }
  }

  #shared(): string {
    const text = this.workbook.strings[Number(this.#text)]
    if (text === undefined)
      throw notWorkbook(
        worded(
          `a cell of row ${this.#row} refers to a text that is not there`,
          `một ô của hàng ${this.#row} dẫn tới đoạn chữ không có`,
        ),
      )
    return text
  }

  #number(): CellValue {
    const text = this.#text.trim()
    if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/iu.test(text)) {
      throw notWorkbook(
        worded(
          `a cell of row ${this.#row} is said to be a number and is not`,
          `một ô của hàng ${this.#row} ghi là số nhưng không phải số`,
        ),
      )
    }
    const style = this.workbook.dateStyles[this.#style]
    const date = style === undefined ? undefined : serialToIso(Number(text), style, this.workbook.from1904)
    return date ?? new SourceNumber(canonical(text))
  }
}

/**
 * The notation of JSON: `1E-3` is `1e-3`, `.5` is `0.5`. A cell holds a double; with more than 15 digits the file spells out the
 * binary fraction (`60.564999999999998`), and the shortest text that means the same double is what was typed: `60.565`.
 */
function canonical(text: string): string {
  const digits = text.replace(/e.*$/iu, '').replace(/\D/gu, '').replace(/^0+/u, '').length
  const written = digits > 15 ? String(Number(text)) : text.toLowerCase().replace(/^\+/u, '')
  return written
    .replace('e+', 'e')
    .replace(/^(-?)\./u, '$10.')
    .replace(/\.(?=e|$)/u, '')
}
