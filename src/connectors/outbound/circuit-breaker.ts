import {
  BrokenCircuitError,
  circuitBreaker,
  ConsecutiveBreaker,
  handleWhen,
  type CircuitBreakerPolicy,
} from 'cockatiel'
import { SourceFault } from '../../errors/source-fault.js'

export interface BreakerSettings {
  /** Faults in a row after which the source is left alone. */
  readonly faults: number
  /** How long, until one request tries again. */
  readonly pauseMs: number
}

const usual: BreakerSettings = { faults: 5, pauseMs: 30_000 }

/**
 * Leaves a source alone that fails again and again: while it is open, waiting queries get BUSY at once and their old copy,
 * instead of each waiting for a time-out. One for each connector.
 */
export class CircuitBreaker {
  readonly #policy: CircuitBreakerPolicy
  readonly #pauseMs: number

  constructor({ faults, pauseMs }: BreakerSettings = usual) {
    this.#pauseMs = pauseMs
    this.#policy = circuitBreaker(handleWhen(saysSourceIsDown), {
      halfOpenAfter: pauseMs,
      breaker: new ConsecutiveBreaker(faults),
    })
  }

  async run<Result>(request: () => Promise<Result>): Promise<Result> {
    try {
      return await this.#policy.execute(request)
    } catch (error) {
      if (error instanceof BrokenCircuitError) {
        throw new SourceFault('BUSY', { seconds: Math.ceil(this.#pauseMs / 1000) }, error)
      }
      throw error
    }
  }
}

/** A run that was ended from our side, or data that does not fit, says nothing about whether the source answers. */
function saysSourceIsDown(error: unknown): boolean {
  return error instanceof SourceFault && error.retry && error.code !== 'INTERRUPTED' && error.code !== 'INTERNAL'
}
