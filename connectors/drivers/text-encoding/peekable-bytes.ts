/** A stream of bytes whose beginning can be looked at before it is read. */
export class PeekableBytes {
  readonly #source: AsyncIterator<Uint8Array>
  #read: Uint8Array[] = []
  #ended = false

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]()
  }

  /** At least the first `size` bytes, or all of them when there are fewer. */
  async peek(size: number): Promise<Uint8Array> {
    let length = this.#read.reduce((sum, chunk) => sum + chunk.length, 0)
    while (length < size && !this.#ended) {
      const next = await this.#source.next()
      if (next.done === true) {
        this.#ended = true
      } else {
        this.#read.push(next.value)
        length += next.value.length
      }
    }
    const head = Buffer.concat(this.#read)
    this.#read = [head]
    return head
  }

  /** All bytes, those that were looked at included; once. */
  async *all(): AsyncGenerator<Uint8Array> {
    const peeked = this.#read
    this.#read = []
    yield* peeked
    while (!this.#ended) {
      const next = await this.#source.next()
      if (next.done === true) this.#ended = true
      else yield next.value
    }
  }

  /** Lets go of the source; to be called in any case, also when everything was read. */
  async close(): Promise<void> {
    this.#ended = true
    await this.#source.return?.()
  }
}
