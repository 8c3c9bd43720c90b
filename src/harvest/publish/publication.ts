import type { SourceFault } from '../../errors/source-fault.js'
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
  /** Of some resource only what had changed was read. */
  readonly incremental: boolean
  readonly timeZone: string
}

export interface ResourceState {
  readonly resourceId: number
  readonly fetchedAt: string
  /** Undefined when the source had not changed: the count stays. */
  readonly read: { readonly recordCount: number; readonly mapped: number } | undefined
  /** Only what had changed was read; what was counted is not all that there is. */
  readonly partial: boolean
  /** Undefined: it stays. */
  readonly memory: unknown
  /** What is the matter with the copy although it was read. */
  readonly fault: SourceFault | undefined
}
