const signatureBytes = 11
const headBytes = signatureBytes + 8

/** Reads rows of COPY's format binary with text columns only. */
export class ColumnRows {
  private begun = false

  /** The columns of the row in this message; undefined for the message that ends the copy. */
  read(source: Buffer, start: number, end: number): (string | null)[] | undefined {
    // The head of the copy comes in the message of the first row.
    let at = this.begun ? start : start + headBytes
    this.begun = true
    if (end - at < 2) return undefined
    const count = source.readInt16BE(at)
    if (count < 0) return undefined
    at += 2
    const values: (string | null)[] = new Array<string | null>(count)
    for (let index = 0; index < count; index++) {
      const length = source.readInt32BE(at)
      at += 4
      if (length < 0) {
        values[index] = null
      } else {
        values[index] = source.toString('utf8', at, at + length)
        at += length
      }
    }
    return values
  }
}
