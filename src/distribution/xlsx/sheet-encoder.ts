import { ByteBlock } from '../copy/byte-block.js'
import type { RowEncoder } from '../copy/copy-out.js'
import { RowCells } from '../copy/row-cells.js'
import { headerOf, type FileContext } from '../formats/file-context.js'
import { zoneOffset } from '../formats/zone-offset.js'
import { cellOverhead, cellStep, columnLetters, styles, textCell, type CellStep } from './cells.js'
import { sheetEnd, sheetStart } from './workbook-parts.js'

const mostRows = 1_048_576
/** An archive's entry stays below 4 GiB: a sheet that comes near it ends. */
const mostBytes = 3_500_000_000

const rowOpen = Buffer.from('<row r="')
const rowBegun = Buffer.from('">')
const rowClose = Buffer.from('</row>')

/**
 * The XML of the sheets, one after the other in one stream of bytes: what no longer fits a sheet goes on in the next. Where
 * in the stream each sheet but the last ends is in `ends`.
 */
export class SheetEncoder implements RowEncoder {
  readonly ends: number[] = []
  private readonly block = new ByteBlock()
  private readonly cells: RowCells
  private readonly steps: readonly CellStep[]
  private readonly start: Buffer
  private readonly overhead: number
  private rowNumber = 0
  private taken = 0
  private sheetBegan = 0

  constructor(
    context: FileContext,
    private readonly most: number = mostRows,
  ) {
    const { columns, header, timeZone } = context
    const offset = zoneOffset(timeZone)
    const letters = columns.map((_, index) => columnLetters(index + 1))
    const shapes = columns.map(({ shape }) => shape)
    this.cells = new RowCells(columns.length)
    this.steps = shapes.map((shape, index) => cellStep(letters[index] ?? '', shape, offset))
    this.overhead = columns.length * cellOverhead + 64
    const titles = columns.map((column, index) =>
      textCell(`${letters[index] ?? ''}1`, headerOf(column, header), styles.header),
    )
    this.start = Buffer.from(`${sheetStart(shapes)}<row r="1">${titles.join('')}</row>`)
  }

  begin(): Buffer {
    this.beginSheet()
    return this.takeBytes()
  }

  row(source: Buffer, start: number, end: number): void {
    const { block, cells, steps } = this
    cells.read(source, start, end)
    if (this.rowNumber >= this.most || this.position - this.sheetBegan > mostBytes) this.nextSheet()
    this.rowNumber += 1
    // A control character of one byte becomes seven.
    block.reserve((end - start) * 7 + this.overhead)
    block.all(rowOpen)
    block.number(this.rowNumber)
    block.all(rowBegun)
    for (let cell = 0; cell < steps.length; cell++) {
      if (!cells.isNull(cell)) steps[cell]?.(cells, cell, this.rowNumber, block)
    }
    block.all(rowClose)
  }

  take(): readonly Buffer[] {
    return [this.takeBytes()]
  }

  end(): Buffer {
    return Buffer.from(sheetEnd)
  }

  private takeBytes(): Buffer {
    const bytes = this.block.take()
    this.taken += bytes.length
    return bytes
  }

  private get position(): number {
    return this.taken + this.block.length
  }

  private nextSheet(): void {
    this.block.reserve(sheetEnd.length)
    this.block.text(sheetEnd)
    this.ends.push(this.position)
    this.beginSheet()
  }

  private beginSheet(): void {
    this.sheetBegan = this.position
    this.block.reserve(this.start.length)
    this.block.all(this.start)
    this.rowNumber = 1
  }
}
