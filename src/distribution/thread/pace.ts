import { performance } from 'node:perf_hooks'
import { setTimeout } from 'node:timers/promises'

/** What files may take of the thread's time while others ask. Postgres sends no faster than the thread reads. */
const share = 1 / 3
const longestRestMs = 100

/** How long the thread has worked so far, in milliseconds, and what time it is. */
export interface Work {
  readonly active: number
  readonly at: number
}

/** Lets a file rest after each of its pieces, while others ask, so that the thread works no more than its share of the time. */
export class Pace {
  private last: Work

  constructor(
    private readonly isBusy: () => boolean,
    private readonly work: () => Work = workOfThisThread,
  ) {
    this.last = work()
  }

  async rest(): Promise<void> {
    const now = this.work()
    const owed = restOwed(this.last, now)
    // Before the rest: it counts as time of the next piece, and so does what is worked during it.
    this.last = now
    if (owed > 0 && this.isBusy()) await setTimeout(owed)
  }
}

/** Milliseconds. */
export function restOwed(last: Work, now: Work): number {
  return Math.min((now.active - last.active) / share - (now.at - last.at), longestRestMs)
}

function workOfThisThread(): Work {
  return { active: performance.eventLoopUtilization().active, at: performance.now() }
}
