import { SourceFault } from '../../../src/errors/source-fault.js'
import { worded } from '../../../src/errors/wording.js'

/** With the flag `u` a pair is one character outside this class, so only halves are found. */
const loneSurrogate = /\p{Surrogate}/u

/** UTF-16 to UTF-8, chunk by chunk; a half surrogate pair is a SourceFault ENCODING with its byte offset. */
export class Utf16 {
  #rest: Buffer = Buffer.alloc(0)
  #offset: number

  /** `start` is the place in the file of the first byte given. */
  constructor(
    readonly encoding: 'utf-16le' | 'utf-16be',
    start: number,
  ) {
    this.#offset = start
  }

  toUtf8(chunk: Uint8Array): Uint8Array {
    const all = Buffer.concat([this.#rest, chunk])
    const even = all.subarray(0, all.length - (all.length % 2))
    const units = this.encoding === 'utf-16be' ? Buffer.from(even).swap16() : even
    let text = units.toString('utf16le')
    if (isHighSurrogate(text.charCodeAt(text.length - 1))) text = text.slice(0, -1)
    const lone = text.search(loneSurrogate)
    if (lone >= 0) throw new SourceFault('ENCODING', { encoding: this.encoding, offset: this.#offset + 2 * lone })
    this.#rest = all.subarray(2 * text.length)
    this.#offset += 2 * text.length
    return Buffer.from(text)
  }

  /** Throws when the file ends within a character. */
  end(): void {
    if (this.#rest.length > 0) {
      throw new SourceFault('TRUNCATED', {
        detail: worded(
          `the file ends within a character, at byte ${this.#offset}`,
          `tệp kết thúc giữa một ký tự, tại byte ${this.#offset}`,
        ),
      })
    }
  }
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff
}
