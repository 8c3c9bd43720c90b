import { GatewayError } from '../../../errors/gateway-error.js'

/** What an operation has cost so far, as the plans and the control plane count it. */
export class CostMeter {
  spent = 0
  constructor(readonly limit: number) {}

  /** Throws QUERY_TOO_COMPLEX when more was spent than may be. */
  charge(cost: number): void {
    this.spend(cost)
    this.check()
  }

  /** False when more was spent than may be. */
  spend(cost: number): boolean {
    this.spent += cost
    return this.spent <= this.limit
  }

  check(): void {
    if (this.spent > this.limit) {
      throw new GatewayError(
        'QUERY_TOO_COMPLEX',
        `The operation costs up to ${Math.ceil(this.spent)} and may cost ${this.limit}: ask for fewer records (first), fields or nested lists.`,
        { extensions: { cost: Math.ceil(this.spent), limit: this.limit } },
      )
    }
  }
}
