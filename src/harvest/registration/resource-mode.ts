import type { Refresh } from '../../connectors/manifest/manifest.js'
import type { SourceMode } from '../../records/sources.js'

export interface ResourceMode {
  readonly mode: SourceMode
  readonly maxAgeMs: number
  readonly patienceMs: number
}

/** How a manifest's refresh rule is stored with its resources. A query never waits for a snapshot or an upload. */
export function resourceMode(refresh: Refresh): ResourceMode {
  switch (refresh.mode) {
    case 'snapshot':
      return { mode: 'SNAPSHOT', maxAgeMs: refresh.maxAgeMs, patienceMs: 0 }
    case 'live':
      return { mode: 'LIVE', maxAgeMs: refresh.maxAgeMs, patienceMs: refresh.patienceMs }
    case 'lookup':
      return { mode: 'LOOKUP', maxAgeMs: refresh.maxAgeMs, patienceMs: refresh.patienceMs }
    case 'push':
      return { mode: 'PUSHED', maxAgeMs: refresh.maxAgeMs, patienceMs: 0 }
  }
}
