/** Keeps what is sent to one reader in step with what the reader takes, so that nothing piles up for a slow one. */
export class StreamFlow {
  /** Live operations. */
  operations = 0
  private waiting = 0
  private ended = false
  private readonly resume: (() => void)[] = []

  constructor(private readonly most: number) {}

  /** Call before an event is queued: settles when there is room for it, or the stream has ended. */
  async room(): Promise<void> {
    while (this.waiting >= this.most && !this.ended) {
      await new Promise<void>((resolve) => this.resume.push(resolve))
    }
    this.waiting += 1
  }

  /** Call when an event has been handed to the network. */
  sent(): void {
    if (this.waiting > 0) this.waiting -= 1
    this.resume.shift()?.()
  }

  end(): void {
    this.ended = true
    for (const resume of this.resume.splice(0)) resume()
  }
}
