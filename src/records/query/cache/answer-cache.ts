import type { AnswerFreshness } from './answer-freshness.js'
import type { SourceClock } from './source-clock.js'

export interface CachedAnswer {
  readonly body: Buffer
  readonly etag: string
  readonly contentType: string
  readonly freshness: AnswerFreshness
}

export interface FoundAnswer {
  readonly answer: CachedAnswer
  /** How much longer the answer is good if nothing changes, in milliseconds. */
  readonly goodForMs: number
}

/** Answers by operation, bounded in bytes; the least recently used go first. */
export class AnswerCache {
  private readonly entries = new Map<string, CachedAnswer>()
  private bytes = 0

  constructor(
    private readonly clock: SourceClock,
    private readonly maxBytes: number,
  ) {}

  get size(): { readonly entries: number; readonly bytes: number } {
    return { entries: this.entries.size, bytes: this.bytes }
  }

  /** Undefined when there is none, or when a new one could differ. */
  find(key: string): FoundAnswer | undefined {
    const answer = this.entries.get(key)
    if (answer === undefined) return undefined
    const goodForMs = this.clock.goodFor(answer.freshness)
    if (goodForMs === undefined) return undefined
    this.entries.delete(key)
    this.entries.set(key, answer)
    return { answer, goodForMs }
  }

  store(key: string, answer: CachedAnswer): void {
    this.remove(key)
    const size = sizeOf(key, answer)
    if (size > this.maxBytes / 10) return
    this.entries.set(key, answer)
    this.bytes += size
    for (const [oldest] of this.entries) {
      if (this.bytes <= this.maxBytes) return
      this.remove(oldest)
    }
  }

  private remove(key: string): void {
    const known = this.entries.get(key)
    if (known === undefined) return
    this.entries.delete(key)
    this.bytes -= sizeOf(key, known)
  }
}

function sizeOf(key: string, answer: CachedAnswer): number {
  return key.length + answer.body.length + 500
}
