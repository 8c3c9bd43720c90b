import type pg from 'pg'
import { storeLookup, type LookupBatch } from './store-lookup.js'

interface Waiting {
  batch: LookupBatch
  readonly stored: PromiseWithResolvers<undefined>
}

/**
 * Stores looked-up batches one at a time for each resource, since each holds the dataset's lock: what arrives while one is
 * being stored waits and is stored together, so that an operation of forty requests costs a few statements and not forty.
 */
export class MergedStores {
  readonly #pool: pg.Pool
  readonly #waiting = new Map<number, Waiting | undefined>()

  constructor(pool: pg.Pool) {
    this.#pool = pool
  }

  async store(batch: LookupBatch): Promise<void> {
    const { id } = batch.resource
    if (!this.#waiting.has(id)) {
      this.#waiting.set(id, undefined)
      await this.#storeFrom(id, batch)
      return
    }
    const waiting = this.#waiting.get(id)
    // A change of the connector in between: its own rules are not for the others' rows.
    if (waiting !== undefined && waiting.batch.resource !== batch.resource) {
      await waiting.stored.promise
      await this.store(batch)
      return
    }
    const merged = waiting ?? { batch: { ...batch, found: [], misses: [] }, stored: Promise.withResolvers<undefined>() }
    merged.batch = {
      ...merged.batch,
      found: [...merged.batch.found, ...batch.found],
      misses: [...merged.batch.misses, ...batch.misses],
    }
    this.#waiting.set(id, merged)
    await merged.stored.promise
  }

  async #storeFrom(id: number, batch: LookupBatch): Promise<void> {
    try {
      await storeLookup(this.#pool, batch)
    } finally {
      const next = this.#waiting.get(id)
      if (next === undefined) {
        this.#waiting.delete(id)
      } else {
        this.#waiting.set(id, undefined)
        this.#storeFrom(id, next.batch).then(() => {
          next.stored.resolve(undefined)
        }, next.stored.reject)
      }
    }
  }
}
