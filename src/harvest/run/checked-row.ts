import type { Connector, ConnectorResource } from '../registration/connector.js'
import type { RecordType } from '../../records/schema/record-type.js'

/** A row after read → map → validate: a record as column texts, or what is wrong with it. */
export interface CheckedRow {
  /** Where the agency finds the row, from 1. */
  readonly number: number
  readonly part: string | undefined
  readonly outcome: RowOutcome
}

export type RowOutcome =
  | { readonly ok: true; readonly key: string; readonly columns: readonly (string | null)[] }
  | { readonly ok: false; readonly problems: readonly RowProblem[] }

export interface RowProblem {
  readonly field: string | undefined
  readonly value: string | undefined
  readonly reasonVi: string
  readonly reasonEn: string
}

/** Everything that reading one resource depends on; plain data, so that it can be sent to a process of its own. */
export interface ReadTask {
  readonly connector: Connector
  readonly resource: ConnectorResource
  readonly type: RecordType
  /** What the last successful run remembered; empty when it no longer counts. */
  readonly memory: Readonly<Record<string, string>>
  /** Only rows that have changed since this mark are to be read; undefined: all. */
  readonly since?: string | undefined
  /** Differs when the same source gives other records. */
  readonly basis: string
  /** Path of the file that stands behind `uploaded:`. */
  readonly uploaded?: string | undefined
}

/** What a reading tells beside its rows. */
export interface ReadTally {
  /** Rows of the source, before the manifest's row steps. */
  read: number
  bytes: number
  /** The columns of the source and what they hold; empty for answers by key. */
  columns: Readonly<Record<string, string>>
  /** Stands for what came by answers that do not say where they end; undefined: all did. */
  unmarkedEnds?: string | undefined
  /** Kept if the run succeeds. */
  readonly memory: Map<string, string>
}

/**
 * read → map → validate of one resource, or of some of its keys. Throws a SourceFault, or NotModified before the first row.
 */
export interface RecordReader {
  /** In batches: a wait for each row would cost more than the row. */
  scan(task: ReadTask, tally: ReadTally, signal: AbortSignal): AsyncIterable<readonly CheckedRow[]>
  /** By asked key; a key that the source does not know is left out. */
  lookUp(
    task: ReadTask,
    keys: readonly string[],
    tally: ReadTally,
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, RowOutcome>>
}
