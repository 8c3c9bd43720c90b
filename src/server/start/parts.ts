/** What was started, ended in the reverse order. */
export class Parts {
  private readonly ends: { readonly name: string; readonly end: () => unknown }[] = []

  /** `end` is called once, when everything stops; a promise of it is waited for. */
  add(name: string, end: () => unknown): void {
    this.ends.push({ name, end })
  }

  /** Ends everything; a part that fails to end does not keep the others from it. */
  async endAll(onError: (name: string, error: unknown) => void): Promise<void> {
    for (const { name, end } of this.ends.splice(0).reverse()) {
      try {
        await end()
      } catch (error) {
        onError(name, error)
      }
    }
  }
}
