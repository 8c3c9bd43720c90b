/** Takes the bodies of data rows as they arrive, in pieces. */
export interface RowSink {
  /** A piece of a row's body; `last` when the row is complete. */
  piece(bytes: Buffer, last: boolean): void
}

const headerBytes = 5
const dataRow = 'D'.charCodeAt(0)

/**
 * Follows the messages of Postgres' protocol in the bytes that a connection receives (PostgreSQL documentation, "Message
 * Formats": a byte that tells the kind, the length in four bytes, which counts itself, the body) and takes the data rows out.
 */
export class RowFrames {
  /** Bytes left of the message that is under way. */
  private left = 0
  private takes = false
  private header: Buffer = Buffer.alloc(0)

  /** Who takes the rows now; undefined: they stay among the rest. */
  sink: RowSink | undefined

  /** The bytes without the rows that were taken. */
  filter(chunk: Buffer): Buffer[] {
    const rest: Buffer[] = []
    let bytes = this.header.length === 0 ? chunk : Buffer.concat([this.header, chunk])
    this.header = Buffer.alloc(0)
    while (bytes.length > 0) {
      if (this.left === 0) {
        if (bytes.length < headerBytes) {
          this.header = Buffer.from(bytes)
          break
        }
        this.takes = bytes[0] === dataRow && this.sink !== undefined
        const whole = bytes.readUInt32BE(1) + 1
        if (this.takes) bytes = bytes.subarray(headerBytes)
        this.left = this.takes ? whole - headerBytes : whole
      }
      const piece = bytes.subarray(0, this.left)
      bytes = bytes.subarray(piece.length)
      this.left -= piece.length
      if (this.takes) this.sink?.piece(piece, this.left === 0)
      else rest.push(piece)
    }
    return rest
  }
}
