import { GatewayError } from '../../errors/gateway-error.js'
import { untilStarted } from './until-started.js'

export const compileLimits = {
  /** Operations of one address that wait. */
  waiting: 200,
  patienceMs: 15_000,
  /** From how long a compilation on the others are owed the same time, and the longest that they are. */
  restFromMs: 10,
  longestRestMs: 500,
}

/**
 * Lets operations that have to be compiled begin one after another. To parse, validate and plan a text of some kilobytes takes as long as a
 * hundred small answers, and nothing interrupts it: were a hundred such texts taken as they come, all others would wait for the last. So what
 * else has come is answered between two, for as long as the one before took, and addresses take turns.
 */
export class CompileTurns {
  private readonly lines = new Map<string, (() => void)[]>()
  private isBusy = false

  constructor(private readonly limits: typeof compileLimits = compileLimits) {}

  /**
   * Settles when the operation may be compiled, which must be the next thing that is done. Rejects with RATE_LIMITED when its turn does not
   * come, with the signal's reason when nobody waits any more.
   */
  async enter(address: string, signal: AbortSignal): Promise<void> {
    if (!this.isBusy) {
      this.begin(() => undefined)
      return
    }
    const line = this.lines.get(address) ?? []
    if (line.length >= this.limits.waiting) throw tooMany()
    this.lines.set(address, line)
    let own: (() => void) | undefined
    await untilStarted(
      (start) => {
        own = start
        line.push(start)
      },
      {
        signal,
        ms: this.limits.patienceMs,
        outOfPatience: tooMany,
        leaveLine: () => {
          const place = own === undefined ? -1 : line.indexOf(own)
          if (place >= 0) line.splice(place, 1)
        },
      },
    )
  }

  private begin(start: () => void): void {
    this.isBusy = true
    const began = performance.now()
    start()
    // Comes when all that `start` set off at once is done.
    setImmediate(() => {
      const took = performance.now() - began
      if (took < this.limits.restFromMs) this.beginNext()
      else setTimeout(this.beginNext, Math.min(took, this.limits.longestRestMs))
    })
  }

  private readonly beginNext = (): void => {
    for (const [address, line] of this.lines) {
      this.lines.delete(address)
      const next = line.shift()
      if (next === undefined) continue
      // Whoever had a turn comes after the others.
      if (line.length > 0) this.lines.set(address, line)
      this.begin(next)
      return
    }
    this.isBusy = false
  }
}

function tooMany(): GatewayError {
  return new GatewayError(
    'RATE_LIMITED',
    'Many queries that have not come before wait to be read: send them one after another, or the same text with variables.',
  )
}
