import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { single } from './exchange.js'

/**
 * Does the answer itself say where it ends? One that ends with its connection cannot be told from one that was cut off (RFC 9112,
 * section 8); compressed data has an end of its own.
 */
export function marksItsEnd(headers: IncomingHttpHeaders): boolean {
  const coding = single(headers['content-encoding'])?.trim().toLowerCase() ?? ''
  return (
    headers['content-length'] !== undefined ||
    /\bchunked\b/i.test(headers['transfer-encoding'] ?? '') ||
    (coding !== '' && coding !== 'identity')
  )
}

/** What a reading got by answers of which only their format can tell that they are whole, and some formats cannot. */
export class UnmarkedEnds {
  readonly #seen: string[] = []

  /** Passes on a body that is read to its end. */
  async *watch(url: URL, body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
    const hash = createHash('sha256')
    for await (const chunk of body) {
      hash.update(chunk)
      yield chunk
    }
    this.#seen.push(`${url.href} ${hash.digest('hex')}`)
  }

  add(url: URL, bytes: Uint8Array): void {
    this.#seen.push(`${url.href} ${createHash('sha256').update(bytes).digest('hex')}`)
  }

  /** The same for two readings that got the same; undefined: the end of every answer was marked. */
  digest(): string | undefined {
    if (this.#seen.length === 0) return undefined
    return createHash('sha256').update(this.#seen.toSorted().join('\n')).digest('hex')
  }
}
