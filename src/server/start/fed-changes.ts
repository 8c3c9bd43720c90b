import { decodeCursor, encodeCursor } from '../../changes/change-cursor.js'
import type { ChangeFeed } from '../../changes/change-feed.js'
import type { ChangeEvent } from '../../changes/read-changes.js'
import type { ChangeSource, FedChange } from '../../records/query/change-source.js'

/** The change feed as subscriptions of the record plane read it. */
export function changeSourceOf(feed: ChangeFeed): ChangeSource {
  return {
    async subscribe({ after, recordTypes, signal }) {
      const pages = await feed.subscribe({
        after: after === undefined ? undefined : decodeCursor(after),
        recordTypes,
        signal,
      })
      const iterator: AsyncIterableIterator<readonly FedChange[], void> = {
        async next() {
          const result = await pages.next()
          return result.done === true ? result : { done: false, value: result.value.map(fed) }
        },
        async return() {
          await pages.return?.()
          return { done: true, value: undefined }
        },
        [Symbol.asyncIterator]: () => iterator,
      }
      return iterator
    },
  }
}

function fed(event: ChangeEvent): FedChange {
  const { datasetId, datasetCode, recordType } = event
  const { position, seq } = event.cursor
  return { cursor: encodeCursor(event.cursor), position: String(position), seq, datasetId, datasetCode, recordType }
}
