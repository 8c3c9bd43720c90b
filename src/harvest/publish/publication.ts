import type { Connector } from '../registration/connector.js'
import type { RunCounts } from '../run/run-log.js'
import type { RunNote } from '../run/run-notes.js'
import type { SetAsideRow } from '../run/set-aside.js'
import type { Comparison } from './changes-of-run.js'

/** Everything that a run has read, staged and checked, ready to become visible. */
export interface Publication {
  readonly runId: string
  readonly connector: Connector
  readonly comparisons: readonly Comparison[]
  /** The state that each resource of the run gets, those that had not changed at the source too. */
  readonly states: readonly ResourceState[]
  readonly counts: RunCounts
  readonly setAsideRows: readonly SetAsideRow[]
  readonly notes: readonly RunNote[]
  readonly timeZone: string
}

export interface ResourceState {
  readonly resourceId: number
  readonly fetchedAt: string
  /** Undefined when the source had not changed: the count and the memory stay. */
  readonly read: { readonly recordCount: number; readonly mapped: number; readonly memory: unknown } | undefined
}
