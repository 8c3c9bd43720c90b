import { SourceFault } from '../../../src/errors/source-fault.js'
import { asWritten, worded, type Wording } from '../../../src/errors/wording.js'

/** Longest row in characters: a quote that is left open must not gather the rest of the file in memory. */
const longestRow = 1024 * 1024

export interface TableRow {
  /** The line of the file that the row begins in, from 1. */
  readonly line: number
  readonly cells: readonly string[]
  /** False for a last row that has no line end. */
  readonly ended: boolean
}

/**
 * Splits text into rows as RFC 4180 has them. Parsers that we could take have one of two faults here: they refuse the quote
 * within a plain cell (`37°36'37.8"N`), which real files have, or they are so lenient that a stray quote swallows the rows up to
 * the next one. Here a quote within a plain cell is text, and everything else about quotes is strict.
 */
export class RowSplitter {
  #line: number
  #carriageReturnEnds: boolean | undefined

  constructor(
    readonly delimiter: string,
    readonly quote: string,
    firstLine: number,
  ) {
    this.#line = firstLine
  }

  /**
   * The rows that are whole in `text`, which begins with a row, and what is left of it. With `last` the text is all that will
   * come. Throws a SourceFault for a quote out of place or left open.
   */
  split(text: string, last: boolean): { rows: TableRow[]; rest: string } {
    const rows: TableRow[] = []
    let start = 0
    while (start < text.length) {
      const read = this.#row(text, start, last)
      if (read === undefined) break
      if (read.cells.length > 1 || read.cells[0] !== '') rows.push({ ...read, line: this.#line })
      this.#line += 1 + read.innerLineEnds
      start = read.next
    }
    if (text.length - start > longestRow) {
      this.#refuse(worded('has no end; is a quote open?', 'không có chỗ kết thúc; có dấu nháy nào chưa đóng?'))
    }
    return { rows, rest: text.slice(start) }
  }

  #row(text: string, start: number, last: boolean): ReadRow | undefined {
    const cells: string[] = []
    let innerLineEnds = 0
    for (let at = start; ; at += 1) {
      const cell =
        this.quote !== '' && text.startsWith(this.quote, at) ? this.#quoted(text, at, last) : this.#plain(text, at)
      if (cell === undefined) return undefined
      cells.push(cell.text)
      innerLineEnds += cell.lineEnds
      at = cell.end
      if (at < text.length && text[at] === this.delimiter) continue
      const end = this.#lineEnd(text, at, last)
      return end === undefined ? undefined : { cells, innerLineEnds, next: at + end, ended: end > 0 }
    }
  }

  #plain(text: string, start: number): Cell {
    let end = start
    while (end < text.length) {
      const character = text[end]
      if (character === this.delimiter || character === '\n') break
      if (character === '\r' && (text[end + 1] ?? '\n') === '\n') break
      if (character === '\r' && (this.#carriageReturnEnds ??= true)) break
      end += 1
    }
    return { text: text.slice(start, end), end, lineEnds: 0 }
  }

  #quoted(text: string, start: number, last: boolean): Cell | undefined {
    let close = text.indexOf(this.quote, start + 1)
    let doubled = false
    while (close >= 0 && text[close + 1] === this.quote) {
      doubled = true
      close = text.indexOf(this.quote, close + 2)
    }
    if (close < 0) {
      if (!last) return undefined
      throw new SourceFault('TRUNCATED', {
        detail: worded(
          `a quote that opens in the row of line ${this.#line} is not closed`,
          `dấu nháy mở ở dòng bắt đầu tại hàng ${this.#line} chưa được đóng`,
        ),
      })
    }
    const end = close + 1
    // What follows decides whether the quote closes: it may still be to come.
    if (end === text.length && !last) return undefined
    if (end < text.length && text[end] !== this.delimiter && text[end] !== '\n' && text[end] !== '\r') {
      this.#refuse(worded('has a quote out of place', 'có dấu nháy đặt sai chỗ'))
    }
    const written = text.slice(start + 1, close)
    return {
      text: doubled ? written.replaceAll(this.quote + this.quote, this.quote) : written,
      end,
      lineEnds: written.split('\n').length - 1,
    }
  }

  /** Length of the line end at a place, 0 at the end of the text; undefined when that is still to come. */
  #lineEnd(text: string, at: number, last: boolean): number | undefined {
    if (at >= text.length) return last ? 0 : undefined
    if (text[at] === '\n') return this.#linesEndWith('\n', 1)
    if (at + 1 === text.length && !last) return undefined
    return text[at + 1] === '\n' ? this.#linesEndWith('\n', 2) : this.#linesEndWith('\r', 1)
  }

  /** A carriage return alone ends a row only in files whose first row ends so; elsewhere it is part of a plain cell. */
  #linesEndWith(character: '\n' | '\r', length: number): number {
    this.#carriageReturnEnds ??= character === '\r'
    return length
  }

  #refuse(what: Wording): never {
    throw new SourceFault('NOT_DATA', {
      expected: asWritten('CSV'),
      detail: worded(`the row of line ${this.#line} ${what.en}`, `dòng bắt đầu ở hàng ${this.#line} ${what.vi}`),
    })
  }
}

interface Cell {
  readonly text: string
  /** Where the delimiter or line end after it stands. */
  readonly end: number
  readonly lineEnds: number
}

interface ReadRow {
  readonly cells: readonly string[]
  readonly innerLineEnds: number
  readonly next: number
  readonly ended: boolean
}
