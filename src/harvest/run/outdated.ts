import { asOfName } from '../../connectors/outbound/source.js'
import { SourceFault } from '../../errors/source-fault.js'
import type { StoredMemory } from './memory.js'

/** The clocks of agencies are not always right. */
const clockToleranceMs = 60_000

/** When the source's own time was seen first, so that one that stands still is noticed whatever its clock says. */
export type SeenAsOf = NonNullable<StoredMemory['asOf']>

export function seenAsOf(
  values: Readonly<Record<string, string>>,
  before: StoredMemory | undefined,
  now: Date,
): SeenAsOf | undefined {
  const moment = values[asOfName]
  if (moment === undefined) return undefined
  return before?.asOf?.moment === moment ? before.asOf : { moment, since: now.toISOString() }
}

/**
 * A source that answers with data that are older than `maxAge`, by its own clock or because its time has not moved for so long by
 * ours: its rows count, but they are not fresh.
 */
export function outdated(seen: SeenAsOf | undefined, maxAgeMs: number, now: Date): SourceFault | undefined {
  if (seen === undefined) return undefined
  const ageMs = now.getTime() - Date.parse(seen.moment)
  const unmovedMs = now.getTime() - Date.parse(seen.since)
  if (ageMs <= maxAgeMs + clockToleranceMs && unmovedMs <= maxAgeMs) return undefined
  return new SourceFault('OUTDATED', { at: seen.moment })
}
