import { notAFeed, type FeedArchive } from './feed-archive.js'
import { forEachRow } from './feed-table.js'
import { worded } from '../../../src/errors/wording.js'

export interface StopTime {
  readonly trip: string
  /** Null for what is not a stop (an area of GTFS-Flex). */
  readonly stop: string | null
  /** Grows along the trip. */
  readonly sequence: number
  readonly arrival: string | null
  readonly departure: string | null
  /** The row's line in stop_times.txt. */
  readonly line: number
}

/** The largest file of a feed, one row after the other; the rows of a trip may come in any order. */
export async function forEachStopTime(archive: FeedArchive, take: (stopTime: StopTime) => void): Promise<void> {
  await forEachRow(
    archive,
    'stop_times',
    { required: ['trip_id', 'stop_id', 'stop_sequence'], optional: ['arrival_time', 'departure_time'] },
    (value, line) => {
      const trip = value('trip_id')
      const sequence = value('stop_sequence')
      if (trip === null)
        throw notAFeed(
          worded(`stop_times.txt line ${line} has no trip_id`, `stop_times.txt hàng ${line} không có trip_id`),
        )
      if (sequence === null || !/^\d{1,9}$/.test(sequence)) {
        throw notAFeed(
          worded(
            `stop_times.txt line ${line}: stop_sequence is not a whole number`,
            `stop_times.txt hàng ${line}: stop_sequence không phải là số nguyên`,
          ),
        )
      }
      const times = { arrival: value('arrival_time'), departure: value('departure_time') }
      take({ trip, stop: value('stop_id'), sequence: Number(sequence), ...times, line })
    },
  )
}
