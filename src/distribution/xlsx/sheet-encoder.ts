import { ColumnRows } from '../copy/column-rows.js'
import type { RowEncoder } from '../copy/copy-out.js'
import { shapeOf } from '../columns/column.js'
import { headerOf, type FileContext } from '../formats/file-context.js'
import { cellWriter, columnLetters, styles, textCell, type CellWriter } from './cells.js'
import { sheetEnd, sheetStart } from './workbook-parts.js'
import { zoneOffset } from '../formats/zone-offset.js'

export const mostRows = 1_048_576
/** An archive's entry stays below 4 GiB: a sheet that comes near it ends. */
const mostBytes = 3_500_000_000

/**
 * The XML of the sheets, one after the other in one stream of bytes: what no longer fits a sheet goes on in the next. Where
 * in the stream each sheet but the last ends is in `ends`.
 */
export class SheetEncoder implements RowEncoder {
  readonly ends: number[] = []
  private readonly rows = new ColumnRows()
  private readonly writers: readonly CellWriter[]
  private readonly letters: readonly string[]
  private text = ''
  private row_ = 0
  private bytes = 0
  private sheetBegan = 0

  constructor(
    private readonly context: FileContext,
    private readonly most: number = mostRows,
  ) {
    const offset = zoneOffset(context.timeZone)
    this.writers = context.columns.map((column) => cellWriter(shapeOf(column), offset))
    this.letters = context.columns.map((_, index) => columnLetters(index + 1))
  }

  begin(): Buffer {
    this.beginSheet()
    return this.take()
  }

  row(source: Buffer, start: number, end: number): void {
    const values = this.rows.read(source, start, end)
    if (values === undefined) return
    if (this.row_ >= this.most || this.bytes - this.sheetBegan > mostBytes) this.nextSheet()
    this.row_ += 1
    let cells = ''
    for (let index = 0; index < values.length; index++) {
      const value = values[index] ?? null
      const writer = this.writers[index]
      if (value === null || writer === undefined) continue
      cells += writer(`${this.letters[index] ?? ''}${this.row_}`, value)
    }
    this.text += `<row r="${this.row_}">${cells}</row>`
  }

  take(): Buffer {
    const taken = Buffer.from(this.text)
    this.text = ''
    this.bytes += taken.length
    return taken
  }

  end(): Buffer {
    this.text += sheetEnd
    return this.take()
  }

  private nextSheet(): void {
    this.text += sheetEnd
    const before = this.bytes + Buffer.byteLength(this.text)
    this.ends.push(before)
    this.sheetBegan = before
    this.beginSheet()
  }

  private beginSheet(): void {
    const { columns, header } = this.context
    const cells = columns.map((column, index) =>
      textCell(`${this.letters[index] ?? ''}1`, headerOf(column, header), styles.header),
    )
    this.text += `${sheetStart(columns.map((column) => shapeOf(column)))}<row r="1">${cells.join('')}</row>`
    this.row_ = 1
  }
}
