import type { RowEncoder } from './copy-out.js'

/** Rows that Postgres has written as text already: only what stands around and between them is added. */
export interface LineShape {
  readonly begin: string
  readonly between: string
  readonly after: string
  readonly end: string
}

const blockBytes = 131_072

/** Rows of COPY's format csv, whose lines end in a line feed only. */
export class CsvLineEncoder implements RowEncoder {
  private readonly block = new ByteBlock()

  constructor(private readonly header: string) {}

  begin(): Buffer {
    return Buffer.from(this.header)
  }

  row(source: Buffer, start: number, end: number): void {
    this.block.add(source, start, end - 1, 2)
    this.block.byte(0x0d)
    this.block.byte(0x0a)
  }

  take(): Buffer {
    return this.block.take()
  }

  end(): Buffer {
    return Buffer.alloc(0)
  }
}

const copySignature = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1')
const copyHeadBytes = copySignature.length + 8

/** Rows of COPY's format binary with one text column: the only format in which Postgres escapes nothing. */
export class TextRowEncoder implements RowEncoder {
  private readonly block = new ByteBlock()
  private readonly between: Buffer
  private readonly after: Buffer
  private rows = 0
  private begun = false

  constructor(private readonly shape: LineShape) {
    this.between = Buffer.from(shape.between)
    this.after = Buffer.from(shape.after)
  }

  begin(): Buffer {
    return Buffer.from(this.shape.begin)
  }

  row(source: Buffer, start: number, end: number): void {
    // The head of the copy comes in the message of the first row.
    let at = start
    if (!this.begun) {
      at += copyHeadBytes
      this.begun = true
    }
    // The last message holds no row: -1 where the number of columns stands.
    if (end - at < 6) return
    const more = this.between.length + this.after.length
    if (this.rows > 0) this.block.add(this.between, 0, this.between.length, more)
    this.block.add(source, at + 6, end, more)
    this.block.add(this.after, 0, this.after.length, 0)
    this.rows += 1
  }

  take(): Buffer {
    return this.block.take()
  }

  end(): Buffer {
    return Buffer.from(this.shape.end)
  }
}

/** Gathers short pieces of bytes into long ones. */
class ByteBlock {
  private bytes = Buffer.allocUnsafe(blockBytes)
  private used = 0

  /** Leaves room for `more` bytes behind. */
  add(source: Buffer, start: number, end: number, more: number): void {
    this.reserve(end - start + more)
    source.copy(this.bytes, this.used, start, end)
    this.used += end - start
  }

  byte(value: number): void {
    this.bytes[this.used] = value
    this.used += 1
  }

  /** The bytes so far, which are the taker's: those that come go to another piece. */
  take(): Buffer {
    const taken = this.bytes.subarray(0, this.used)
    this.bytes = this.bytes.subarray(this.used)
    this.used = 0
    return taken
  }

  private reserve(size: number): void {
    if (this.bytes.length - this.used >= size) return
    const grown = Buffer.allocUnsafe(Math.max(blockBytes, (this.used + size) * 2))
    this.bytes.copy(grown, 0, 0, this.used)
    this.bytes = grown
  }
}
