/**
 * How old each resource's copy is, from memory, so that a query on a fresh copy costs no statement. Ages come from the
 * database's clock and are carried on by this process's monotonic one: clocks of replicas that differ do no harm.
 */
export class Freshness {
  readonly #fetchedAt = new Map<number, number>()

  /** The age that the database gave; undefined: never fetched. A later fetch that is already known stays. */
  stored(resourceId: number, ageMs: number | undefined): void {
    if (ageMs === undefined) {
      this.#fetchedAt.delete(resourceId)
      return
    }
    const fetchedAt = performance.now() - ageMs
    const known = this.#fetchedAt.get(resourceId)
    if (known === undefined || fetchedAt > known) this.#fetchedAt.set(resourceId, fetchedAt)
  }

  /** Milliseconds since the fetch; undefined: never fetched, as far as is known. */
  ageMs(resourceId: number): number | undefined {
    const fetchedAt = this.#fetchedAt.get(resourceId)
    return fetchedAt === undefined ? undefined : performance.now() - fetchedAt
  }
}
