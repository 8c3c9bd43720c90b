import { GatewayError } from '../../errors/gateway-error.js'

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

/** Where an event is in the feed, and what it is about; its records are read when it is known who wants what of them. */
export interface FedChange {
  /** Encoded. */
  readonly cursor: string
  readonly position: string
  readonly seq: number
  readonly datasetId: number
  readonly datasetCode: string
  readonly recordType: string
}

/** The answer to who would miss changes. */
export function cursorExpired(): GatewayError {
  return new GatewayError('CURSOR_EXPIRED', 'The changes after this cursor are no longer kept. Read the data anew.')
}
