import { GatewayError } from '../../errors/gateway-error.js'
import { untilStarted } from './until-started.js'

export const heavyLimits = {
  /** The cost from which an operation waits for its turn; lighter ones, which most are, never do. */
  from: 2_000,
  /** Cost under way for one address, from the first read to the last byte taken: as much as the dearest operation may cost. */
  perAddress: 100_000,
  /** Operations that read at the same time, over all addresses: half of the connections to the database are left to light ones. */
  reading: 8,
  readingPerAddress: 4,
  /** Operations of one address that wait. */
  waiting: 100,
  patienceMs: 15_000,
}

/** A heavy operation under way. */
export interface HeavyTurn {
  /** Call when its result is there. */
  readonly read: () => void
  /** Call when its answer was taken or nobody wants it any more: until then it is in memory. */
  readonly leave: () => void
}

interface Waiting {
  readonly cost: number
  start: () => void
}

interface Address {
  /** Cost under way. */
  cost: number
  reading: number
  readonly waiting: Waiting[]
}

/**
 * Lets heavy operations run one after another where many come at once, so that neither the connections to the database nor the
 * memory for answers that a slow reader does not take is one client's alone. Addresses take turns.
 */
export class HeavyTurns {
  private readonly addresses = new Map<string, Address>()
  private reading = 0

  constructor(private readonly limits: typeof heavyLimits = heavyLimits) {}

  /**
   * Settles when an operation of this cost may run. Undefined: a light one, of which nothing has to be told.
   * Rejects with RATE_LIMITED when its turn does not come, with the signal's reason when nobody waits any more.
   */
  async enter(name: string, cost: number, signal: AbortSignal): Promise<HeavyTurn | undefined> {
    if (cost < this.limits.from) return undefined
    const address = this.addresses.get(name) ?? { cost: 0, reading: 0, waiting: [] }
    this.addresses.set(name, address)
    if (address.waiting.length >= this.limits.waiting) throw tooMany()
    const waiting: Waiting = { cost, start: () => undefined }
    await untilStarted(
      (start) => {
        waiting.start = start
        address.waiting.push(waiting)
        this.startNext()
      },
      {
        signal,
        ms: this.limits.patienceMs,
        outOfPatience: tooMany,
        leaveLine: () => {
          const place = address.waiting.indexOf(waiting)
          if (place >= 0) address.waiting.splice(place, 1)
          this.forget(name, address)
        },
      },
    )
    let isReading = true
    let held = cost
    const read = (): void => {
      if (!isReading) return
      isReading = false
      this.reading -= 1
      address.reading -= 1
      this.startNext()
    }
    const leave = (): void => {
      read()
      address.cost -= held
      held = 0
      this.forget(name, address)
      this.startNext()
    }
    return { read, leave }
  }

  private startNext(): void {
    // Whoever has a turn comes after the others, and so is looked at again.
    for (const [name, address] of this.addresses) {
      if (this.reading >= this.limits.reading) return
      const [next] = address.waiting
      if (next === undefined || address.reading >= this.limits.readingPerAddress) continue
      if (address.cost > 0 && address.cost + next.cost > this.limits.perAddress) continue
      address.waiting.shift()
      this.reading += 1
      address.reading += 1
      address.cost += next.cost
      this.addresses.delete(name)
      this.addresses.set(name, address)
      next.start()
    }
  }

  private forget(name: string, address: Address): void {
    if (address.cost === 0 && address.waiting.length === 0) this.addresses.delete(name)
  }
}

function tooMany(): GatewayError {
  return new GatewayError(
    'RATE_LIMITED',
    `Many operations that cost ${heavyLimits.from} or more wait for their turn: ask for them one after another, or for less at once.`,
  )
}

/** What one operation has to do with turns, also when it is run again, or is a light one. */
export class OperationTurn {
  private turn: HeavyTurn | undefined

  constructor(
    private readonly turns: HeavyTurns,
    private readonly address: string,
    private readonly signal: AbortSignal,
  ) {}

  async admit(cost: number): Promise<void> {
    this.turn ??= await this.turns.enter(this.address, cost, this.signal)
  }

  /** Its result is there. Undefined: it was a light one; else call the answer when that was taken. */
  read(): (() => void) | undefined {
    this.turn?.read()
    return this.turn?.leave
  }
}
