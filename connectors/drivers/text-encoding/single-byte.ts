import iconv from 'iconv-lite'
import { SourceFault } from '../../../src/errors/source-fault.js'

const longestCharacter = 3

/** One of the encodings whose every byte is one character: for each byte its UTF-8 form, none for a byte without meaning. */
export class SingleByteTable {
  readonly #bytes = new Uint8Array(256 * longestCharacter)
  readonly #lengths = new Uint8Array(256)

  constructor(readonly encoding: string) {
    for (let byte = 0; byte < 256; byte++) {
      const character = iconv.decode(Buffer.of(byte), encoding)
      if (character === '\uFFFD') continue
      const utf8 = Buffer.from(character)
      this.#bytes.set(utf8, byte * longestCharacter)
      this.#lengths[byte] = utf8.length
    }
  }

  /** The chunk in UTF-8. Throws a SourceFault ENCODING with the place of a byte without meaning; `start` is the chunk's. */
  toUtf8(chunk: Uint8Array, start: number): Uint8Array {
    const out = Buffer.allocUnsafe(chunk.length * longestCharacter)
    let length = 0
    for (let index = 0; index < chunk.length; index++) {
      const byte = chunk[index] ?? 0
      const count = this.#lengths[byte] ?? 0
      if (count === 0) throw new SourceFault('ENCODING', { encoding: this.encoding, offset: start + index })
      for (let part = 0; part < count; part++) out[length++] = this.#bytes[byte * longestCharacter + part] ?? 0
    }
    return out.subarray(0, length)
  }
}
