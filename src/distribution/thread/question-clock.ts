/** For how long after a question more are expected. */
const expectedMs = 200

/**
 * When somebody last asked a question. The thread that answers writes it and the one that makes files reads it, in memory that
 * both see: a message for each question would cost more than it is worth.
 */
export class QuestionClock {
  private readonly lastAsked: BigInt64Array<SharedArrayBuffer>

  constructor(readonly memory = new SharedArrayBuffer(BigInt64Array.BYTES_PER_ELEMENT)) {
    this.lastAsked = new BigInt64Array(memory)
  }

  /** Somebody asks. */
  asked(): void {
    Atomics.store(this.lastAsked, 0, BigInt(Date.now()))
  }

  isBusy(): boolean {
    return Date.now() - Number(Atomics.load(this.lastAsked, 0)) < expectedMs
  }
}
