import { GatewayError } from '../../errors/gateway-error.js'

export interface SlotLimits {
  /** Downloads at a time. */
  readonly all: number
  /** Downloads at a time of one client. */
  readonly perClient: number
  /** How long a download waits for another to end before it is refused. */
  readonly patienceMs: number
  /** Downloads that wait; more are refused at once. */
  readonly waiting: number
}

interface Waiting {
  readonly client: string
  readonly admit: () => void
}

/** Lets only so many downloads run at a time: each holds a connection and a snapshot of the database. */
export class DownloadSlots {
  private readonly running = new Map<string, number>()
  private all = 0
  private readonly queue: Waiting[] = []

  constructor(private readonly limits: SlotLimits) {}

  /** Waits for a slot and gives what releases it. Throws RATE_LIMITED when none becomes free in time. */
  async acquire(client: string): Promise<() => void> {
    if (!this.isFree(client)) await this.wait(client)
    else this.take(client)
    let released = false
    return () => {
      if (released) return
      released = true
      this.release(client)
    }
  }

  private async wait(client: string): Promise<void> {
    if (this.queue.length >= this.limits.waiting) throw this.refusal(client)
    await new Promise<void>((resolve, reject) => {
      const waiting: Waiting = {
        client,
        admit: () => {
          clearTimeout(timer)
          this.take(client)
          resolve()
        },
      }
      const timer = setTimeout(() => {
        this.queue.splice(this.queue.indexOf(waiting), 1)
        reject(this.refusal(client))
      }, this.limits.patienceMs)
      this.queue.push(waiting)
    })
  }

  private isFree(client: string): boolean {
    return this.all < this.limits.all && (this.running.get(client) ?? 0) < this.limits.perClient
  }

  private take(client: string): void {
    this.all += 1
    this.running.set(client, (this.running.get(client) ?? 0) + 1)
  }

  private release(client: string): void {
    this.all -= 1
    const left = (this.running.get(client) ?? 1) - 1
    if (left === 0) this.running.delete(client)
    else this.running.set(client, left)
    const next = this.queue.findIndex((waiting) => this.isFree(waiting.client))
    if (next !== -1) this.queue.splice(next, 1)[0]?.admit()
  }

  private refusal(client: string): GatewayError {
    const own = (this.running.get(client) ?? 0) >= this.limits.perClient
    const { perClient, all } = this.limits
    return new GatewayError(
      'RATE_LIMITED',
      own
        ? `You have ${perClient} downloads under way, which is the most at a time; go on when one has ended.`
        : `${all} downloads are under way, which is the most at a time; try again soon.`,
      { extensions: { retryAfterSeconds: 5, limit: own ? perClient : all } },
    )
  }
}
