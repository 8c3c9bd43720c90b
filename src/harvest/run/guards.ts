import { SourceFault } from '../../errors/source-fault.js'
import { asWritten, type Wording } from '../../errors/wording.js'
import type { Connector } from '../registration/connector.js'

/** Fewer rows are the beginning of a dataset, and may become many. */
const fewRows = 100

export interface ResourceCounts {
  readonly mapped: number
  readonly setAside: number
  /** Rows of the last good version; undefined: there was none. */
  readonly before: number | undefined
}

/** Refuses a resource that looks like half a file, or like a file of something else: throws a SourceFault, and the last good version stays. */
export function guardResource({ guards, manifest }: Connector, { mapped, setAside, before }: ResourceCounts): void {
  const valid = mapped - setAside
  // Nothing under way at night is an answer of a live source; an empty file is none.
  const mayBeEmpty = manifest.refresh.mode === 'live' && mapped === 0
  if (setAside > mapped * guards.setAside && valid > 0) {
    throw new SourceFault('TOO_MANY_SET_ASIDE', { setAside, read: mapped, limit: percent(guards.setAside) })
  }
  if (valid === 0 && !mayBeEmpty) throw new SourceFault('NO_ROWS')
  if (before !== undefined && valid < before * (1 - guards.drop)) {
    throw new SourceFault('ROWS_DROPPED', { rows: valid, before })
  }
  if (before !== undefined && before >= fewRows && valid > before * guards.growth) {
    throw new SourceFault('ROWS_GREW', { rows: valid, before, limit: asWritten(guards.growth) })
  }
}

export function percent(share: number): Wording {
  return asWritten(`${Number((share * 100).toFixed(2))} %`)
}
