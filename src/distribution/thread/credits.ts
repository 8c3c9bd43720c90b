/** How many pieces may still be sent; who has none left waits for more. */
export class Credits {
  private readonly waiting: PromiseWithResolvers<undefined>[] = []
  private ended: Error | undefined

  constructor(private left: number) {}

  give(): void {
    const next = this.waiting.shift()
    if (next === undefined) this.left += 1
    else next.resolve(undefined)
  }

  /** Rejects when there will be no more. */
  async take(): Promise<void> {
    if (this.ended !== undefined) throw this.ended
    if (this.left > 0) {
      this.left -= 1
      return
    }
    const mine = Promise.withResolvers<undefined>()
    this.waiting.push(mine)
    await mine.promise
  }

  end(reason: Error): void {
    this.ended = reason
    for (const each of this.waiting.splice(0)) each.reject(reason)
  }
}
