import {
  BrokenCircuitError,
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  handleAll,
  type CircuitBreakerPolicy,
} from 'cockatiel'
import { SourceFault } from '../../errors/source-fault.js'

const failuresBeforeOpen = 5

/** `halfOpen`: its pause is over, and the next query tries it once. */
export type BreakerState = 'closed' | 'halfOpen' | 'open'

/** Thrown in place of asking a source that is to be left alone now. */
export class LeftAlone extends Error {
  constructor() {
    super('The source is left alone for a while.')
    this.name = 'LeftAlone'
  }
}

interface Guarded {
  readonly circuit: CircuitBreakerPolicy
  /** By the process's monotonic clock. */
  openedAt: number
  quietUntil: number
}

/**
 * A circuit breaker a connector: a source that failed five times in a row is left alone for a while, then tried once; one that
 * asks to be left alone is, for as long as it asks.
 */
export class SourceBreakers {
  readonly #guarded = new Map<number, Guarded>()
  readonly #pauseMs: number

  constructor(pauseMs: number) {
    this.#pauseMs = pauseMs
  }

  /** Does the work that asks the connector's source. Throws LeftAlone when it is not to be asked now. */
  async execute<Result>(connectorId: number, work: () => Promise<Result>): Promise<Result> {
    const guarded = this.#of(connectorId)
    if (performance.now() < guarded.quietUntil) throw new LeftAlone()
    try {
      return await guarded.circuit.execute(work)
    } catch (error) {
      if (error instanceof BrokenCircuitError) throw new LeftAlone()
      const seconds = error instanceof SourceFault ? error.secondsAsked : undefined
      if (seconds !== undefined) this.leaveAlone(connectorId, seconds * 1000)
      throw error
    }
  }

  /** The source has asked for it, here or at another replica. */
  leaveAlone(connectorId: number, forMs: number): void {
    this.#of(connectorId).quietUntil = performance.now() + forMs
  }

  /** The source has answered, whoever asked it: what it asked for before counts no more. */
  answered(connectorId: number): void {
    const guarded = this.#guarded.get(connectorId)
    if (guarded !== undefined) guarded.quietUntil = 0
  }

  state(connectorId: number): BreakerState {
    const guarded = this.#guarded.get(connectorId)
    if (guarded === undefined) return 'closed'
    const now = performance.now()
    if (now < guarded.quietUntil) return 'open'
    switch (guarded.circuit.state) {
      case CircuitState.Closed:
        return 'closed'
      case CircuitState.HalfOpen:
        return 'halfOpen'
      case CircuitState.Open:
      case CircuitState.Isolated:
        return now - guarded.openedAt < this.#pauseMs ? 'open' : 'halfOpen'
    }
  }

  #of(connectorId: number): Guarded {
    const known = this.#guarded.get(connectorId)
    if (known !== undefined) return known
    const circuit = circuitBreaker(handleAll, {
      halfOpenAfter: this.#pauseMs,
      breaker: new ConsecutiveBreaker(failuresBeforeOpen),
    })
    const guarded: Guarded = { circuit, openedAt: 0, quietUntil: 0 }
    circuit.onBreak(() => {
      guarded.openedAt = performance.now()
    })
    this.#guarded.set(connectorId, guarded)
    return guarded
  }
}
