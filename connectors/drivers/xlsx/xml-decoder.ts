import { TextDecoder } from 'node:util'
import { SourceFault } from '../../../src/errors/source-fault.js'

/** XML parts are UTF-8, or UTF-16 with a byte-order mark. Throws a SourceFault ENCODING when the bytes are not. */
export class XmlDecoder {
  #decoder: TextDecoder | undefined
  #offset = 0

  decode(chunk: Uint8Array): string {
    this.#decoder ??= new TextDecoder(encodingOf(chunk), { fatal: true })
    const text = this.#checked(() => this.#decoder?.decode(chunk, { stream: true }))
    this.#offset += chunk.length
    return text
  }

  end(): string {
    return this.#checked(() => this.#decoder?.decode())
  }

  #checked(decode: () => string | undefined): string {
    try {
      return decode() ?? ''
    } catch (error) {
      const details = { encoding: this.#decoder?.encoding ?? 'utf-8', offset: this.#offset }
      throw new SourceFault('ENCODING', details, error)
    }
  }
}

function encodingOf(chunk: Uint8Array): string {
  if (chunk[0] === 0xff && chunk[1] === 0xfe) return 'utf-16le'
  return chunk[0] === 0xfe && chunk[1] === 0xff ? 'utf-16be' : 'utf-8'
}
