import { markName } from '../../connectors/outbound/source.js'
import { SourceFault, type SourceFaultCode } from '../../errors/source-fault.js'
import type { Connector } from '../registration/connector.js'
import { percent } from './guards.js'
import type { StoredMemory } from './memory.js'
import type { Staged } from './stage-resource.js'

/**
 * From where an incremental reading may go on: the last one left a mark and everything was read not longer ago than the manifest
 * allows. Undefined: everything is to be read.
 */
export function markToStartFrom(
  { manifest }: Connector,
  memory: StoredMemory | undefined,
  now: Date,
): string | undefined {
  const fullEveryMs = 'fullEveryMs' in manifest.refresh ? manifest.refresh.fullEveryMs : undefined
  if (fullEveryMs === undefined || memory?.fullAt === undefined) return undefined
  const isDue = now.getTime() - Date.parse(memory.fullAt) >= fullEveryMs
  return isDue ? undefined : memory.values[markName]
}

/**
 * What can be wrong with a part and yet not with the whole: an expired mark, a column that just these rows do not have, two wrong
 * rows of three. The whole is read then, and judged.
 */
const judgedByTheWhole: ReadonlySet<SourceFaultCode> = new Set<SourceFaultCode>([
  'NOT_FOUND',
  'NOT_DATA',
  'TRUNCATED',
  'MISSING_COLUMNS',
  'MAPPING',
  'NO_ROWS',
  'TOO_MANY_SET_ASIDE',
  'PERSONAL_DATA',
])

export function mayBeOfThePart(error: unknown): error is SourceFault {
  if (!(error instanceof SourceFault)) return false
  const status = Number(error.details['status'] ?? 500)
  return judgedByTheWhole.has(error.code) || (error.code === 'BAD_STATUS' && status < 500)
}

/** Throws what the whole would be refused for. */
export function guardPart({ guards }: Connector, { mapped, setAside }: Staged): void {
  if (setAside > mapped * guards.setAside) {
    throw new SourceFault('TOO_MANY_SET_ASIDE', { setAside, read: mapped, limit: percent(guards.setAside) })
  }
}
