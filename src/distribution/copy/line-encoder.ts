import type { RowEncoder } from './copy-out.js'

/**
 * Rows of COPY's format csv, whose lines end in a line feed only. A line with both line ends is shorter than its message was, so
 * the rows are moved together where they stand: nothing is allocated for them, which at a hundred megabytes a second would
 * keep the garbage collector busy with the whole heap.
 */
export class CsvLineEncoder implements RowEncoder {
  private source: Buffer | undefined
  private used = 0
  private done: Buffer[] = []

  constructor(private readonly header: string) {}

  begin(): Buffer {
    return Buffer.from(this.header)
  }

  row(source: Buffer, start: number, end: number): void {
    if (source !== this.source) {
      this.finishSource()
      this.source = source
    }
    const length = end - 1 - start
    source.copyWithin(this.used, start, end - 1)
    source[this.used + length] = 0x0d
    source[this.used + length + 1] = 0x0a
    this.used += length + 2
  }

  take(): readonly Buffer[] {
    this.finishSource()
    const { done } = this
    this.done = []
    return done
  }

  end(): Buffer {
    return Buffer.alloc(0)
  }

  private finishSource(): void {
    if (this.source !== undefined && this.used > 0) this.done.push(this.source.subarray(0, this.used))
    this.source = undefined
    this.used = 0
  }
}
