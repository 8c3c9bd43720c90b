/** What a cell holds beside plain characters, as bits: a writer looks closer only at cells that have something for it. */
export const held = {
  quote: 1,
  /** & < > */
  markup: 2,
  /** A backslash: COPY escaped something. */
  escape: 4,
  /** A control character other than those that COPY escapes. */
  control: 8,
  underscore: 16,
  /** U+F000 to U+FFFF: full-width forms, and what is no character at all. */
  high: 32,
} as const

const tab = 0x09
const backslash = 0x5c
const capitalN = 0x4e
const endOfCell = 64

const bits = new Uint8Array(256)
for (let code = 0; code < 0x20; code++) bits[code] = held.control
bits[tab] = endOfCell
bits[0x22] = held.quote
for (const code of [0x26, 0x3c, 0x3e]) bits[code] = held.markup
bits[backslash] = held.escape
bits[0x5f] = held.underscore
bits[0xef] = held.high

/** The cells of one row of COPY's text format, where they stand: nothing is copied or decoded. */
export class RowCells {
  source: Buffer = Buffer.alloc(0)
  readonly starts: Int32Array
  readonly ends: Int32Array
  readonly holds: Uint8Array

  constructor(readonly count: number) {
    this.starts = new Int32Array(count)
    this.ends = new Int32Array(count)
    this.holds = new Uint8Array(count)
  }

  /** Reads the row in the message from `start` to `end`, which ends in a line feed. */
  read(source: Buffer, start: number, end: number): void {
    this.source = source
    const last = end - 1
    let cell = 0
    let found = 0
    this.starts[0] = start
    for (let at = start; at < last; at++) {
      const bit = bits[source[at] ?? 0] ?? 0
      if (bit === 0) continue
      if (bit !== endOfCell) {
        found |= bit
        continue
      }
      this.ends[cell] = at
      this.holds[cell] = found
      found = 0
      cell += 1
      this.starts[cell] = at + 1
    }
    this.ends[cell] = last
    this.holds[cell] = found
  }

  start(cell: number): number {
    return this.starts[cell] ?? 0
  }

  end(cell: number): number {
    return this.ends[cell] ?? 0
  }

  /** Whether the cell holds any of these. */
  has(cell: number, what: number): boolean {
    return ((this.holds[cell] ?? 0) & what) !== 0
  }

  isNull(cell: number): boolean {
    const start = this.start(cell)
    return this.end(cell) - start === 2 && this.source[start] === backslash && this.source[start + 1] === capitalN
  }

  /** The value of a cell that is not null. */
  text(cell: number): string {
    const text = this.source.toString('utf8', this.start(cell), this.end(cell))
    return this.has(cell, held.escape) ? text.replace(/\\(.)/gs, unescaped) : text
  }
}

const escapes: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' }

function unescaped(_: string, character: string): string {
  return escapes[character] ?? character
}
