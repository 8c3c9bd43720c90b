const blockBytes = 131_072
// Below this a loop is quicker than a call into the runtime.
const shortPiece = 24

/** Gathers short pieces of bytes into long ones. */
export class ByteBlock {
  private bytes = Buffer.allocUnsafe(blockBytes)
  private used = 0

  /** Makes room for so many bytes: the other methods rely on it. */
  reserve(size: number): void {
    if (this.bytes.length - this.used >= size) return
    const grown = Buffer.allocUnsafe(Math.max(blockBytes, (this.used + size) * 2))
    this.bytes.copy(grown, 0, 0, this.used)
    this.bytes = grown
  }

  add(source: Buffer, start: number, end: number): void {
    const { bytes } = this
    let { used } = this
    if (end - start > shortPiece) {
      source.copy(bytes, used, start, end)
      this.used = used + end - start
      return
    }
    for (let at = start; at < end; at++) bytes[used++] = source[at] ?? 0
    this.used = used
  }

  all(source: Buffer): void {
    this.add(source, 0, source.length)
  }

  byte(value: number): void {
    this.bytes[this.used] = value
    this.used += 1
  }

  text(text: string): void {
    this.used += this.bytes.write(text, this.used)
  }

  /** A whole number that is not negative, in decimal digits. */
  number(value: number): void {
    if (value >= 10) this.number(Math.floor(value / 10))
    this.byte(0x30 + (value % 10))
  }

  /** How many bytes wait to be taken. */
  get length(): number {
    return this.used
  }

  /** The bytes so far, which are the taker's: those that come go to another piece. */
  take(): Buffer {
    const taken = this.bytes.subarray(0, this.used)
    this.bytes = this.bytes.subarray(this.used)
    this.used = 0
    return taken
  }
}
