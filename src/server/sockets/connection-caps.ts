import { addressGroup } from '../address-group.js'

/** How many long-lived connections may be open: in all, and from one address. */
export class ConnectionCaps {
  private readonly open = new Map<string, number>()
  private total = 0

  constructor(private readonly limits: { readonly perAddress: number; readonly total: number }) {}

  /** Counts a connection until the answer is called; undefined: there are too many. */
  enter(address: string): (() => void) | undefined {
    const key = addressGroup(address)
    const count = this.open.get(key) ?? 0
    if (count >= this.limits.perAddress || this.total >= this.limits.total) return undefined
    this.open.set(key, count + 1)
    this.total += 1
    let entered = true
    return () => {
      if (!entered) return
      entered = false
      this.total -= 1
      const left = (this.open.get(key) ?? 1) - 1
      if (left === 0) this.open.delete(key)
      else this.open.set(key, left)
    }
  }
}
