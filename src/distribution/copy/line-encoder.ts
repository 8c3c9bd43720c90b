import { ByteBlock } from './byte-block.js'
import type { RowEncoder } from './copy-out.js'

/** Rows of COPY's format csv, whose lines end in a line feed only. */
export class CsvLineEncoder implements RowEncoder {
  private readonly block = new ByteBlock()

  constructor(private readonly header: string) {}

  begin(): Buffer {
    return Buffer.from(this.header)
  }

  row(source: Buffer, start: number, end: number): void {
    this.block.reserve(end - start + 1)
    this.block.add(source, start, end - 1)
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
