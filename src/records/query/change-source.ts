/** As many changes are read, and answered by one statement a record type, at once. */
export const changesAtOnce = 200

/** The change feed as subscriptions read it. The changes feature implements it. */
export interface ChangeSource {
  /**
   * Pages of events after the cursor (undefined: from now on), never empty, until the consumer returns or the signal is
   * aborted. Throws CURSOR_INVALID and CURSOR_EXPIRED.
   */
  subscribe(subscription: {
    readonly after: string | undefined
    readonly recordTypes: readonly string[] | undefined
    readonly signal: AbortSignal
  }): Promise<AsyncIterableIterator<readonly FedChange[], void>>
}

export interface FedChange {
  /** Encoded. */
  readonly cursor: string
  readonly type: 'ADDED' | 'CHANGED' | 'REMOVED' | 'LOADED'
  readonly datasetId: number
  readonly datasetCode: string
  readonly recordType: string
  /** JSON text of the record table's row after and before the change. */
  readonly record: string | null
  readonly previous: string | null
  readonly at: Date
}
