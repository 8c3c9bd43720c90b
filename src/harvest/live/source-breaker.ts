import { circuitBreaker, ConsecutiveBreaker, handleAll, type CircuitBreakerPolicy } from 'cockatiel'

const failuresBeforeOpen = 5

/** A circuit breaker a connector: a source that failed five times in a row is left alone for a while, then tried once. */
export class SourceBreakers {
  readonly #breakers = new Map<number, CircuitBreakerPolicy>()
  readonly #pauseMs: number

  constructor(pauseMs: number) {
    this.#pauseMs = pauseMs
  }

  of(connectorId: number): CircuitBreakerPolicy {
    const known = this.#breakers.get(connectorId)
    if (known !== undefined) return known
    const breaker = circuitBreaker(handleAll, {
      halfOpenAfter: this.#pauseMs,
      breaker: new ConsecutiveBreaker(failuresBeforeOpen),
    })
    this.#breakers.set(connectorId, breaker)
    return breaker
  }
}
