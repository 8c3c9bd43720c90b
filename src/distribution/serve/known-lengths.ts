/** Lengths of files that were made before, by entity tag: equal tags are equal bytes. The oldest are forgotten. */
export class KnownLengths {
  private readonly lengths = new Map<string, number>()

  constructor(private readonly most = 5_000) {}

  of(tag: string): number | undefined {
    return this.lengths.get(tag)
  }

  learn(tag: string, bytes: number): void {
    this.lengths.delete(tag)
    this.lengths.set(tag, bytes)
    const oldest = this.lengths.keys().next()
    if (this.lengths.size > this.most && oldest.done !== true) this.lengths.delete(oldest.value)
  }
}
