import { z } from 'zod'
import { NotModified } from '../../../connectors/drivers/driver.js'

const statesSchema = z.object({ fingerprint: z.string(), states: z.record(z.string(), z.string()) })

/** Under what the memory of a run has the states. */
export const statesName = 'gateway.states'

/** The memory of a run by which nothing is taken for unchanged on the source's own word; ETags still count, since they are of the bytes. */
export function withoutStates(memory: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(memory).filter(([name]) => name !== statesName))
}

/** Asks the source in what state a part of it is; undefined: it does not say, or not so that it can be relied on. */
export type StateOf = (part: string) => Promise<string | undefined>

/**
 * What the parts of a source say of their own state, where HTTP has no validator for them. A run may read several parts, of which
 * a later one may have changed: so before the first is read, all parts of the last run are asked.
 */
export class SourceStates {
  readonly #fingerprint: string | undefined
  readonly #last: Readonly<Record<string, string>>
  readonly #seen: Record<string, string> = {}
  #complete = true
  #comparison: Promise<void> | undefined

  /** `fingerprint`: see `SourceSettings.conditional`; undefined when an unchanged source is to be read too. */
  constructor(remembered: string | undefined, fingerprint: string | undefined) {
    this.#fingerprint = fingerprint
    this.#last = lastStates(remembered, fingerprint)
  }

  /** Throws NotModified when all parts of the last run are in the state in which it read them. */
  async compare(part: string, stateOf: StateOf): Promise<void> {
    this.#comparison ??= this.#compareAll(part, stateOf)
    await this.#comparison
    const state = await stateOf(part)
    if (state === undefined) this.#complete = false
    else this.#seen[part] = state
  }

  /** To be remembered; undefined when the next run cannot rely on it. */
  text(): string | undefined {
    if (this.#fingerprint === undefined || !this.#complete || Object.keys(this.#seen).length === 0) return undefined
    return JSON.stringify({ fingerprint: this.#fingerprint, states: this.#seen })
  }

  async #compareAll(first: string, stateOf: StateOf): Promise<void> {
    if (this.#last[first] === undefined) return
    for (const [part, state] of Object.entries(this.#last)) {
      if ((await stateOf(part)) !== state) return
    }
    throw new NotModified()
  }
}

function lastStates(remembered: string | undefined, fingerprint: string | undefined): Readonly<Record<string, string>> {
  if (remembered === undefined || fingerprint === undefined) return {}
  const parsed = statesSchema.safeParse(JSON.parse(remembered))
  return parsed.success && parsed.data.fingerprint === fingerprint ? parsed.data.states : {}
}
