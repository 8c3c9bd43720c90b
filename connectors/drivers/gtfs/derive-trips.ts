import { SourceNumber, type SourceValue } from '../driver.js'
import type { FeedArchive } from './feed-archive.js'
import type { TripColumn } from './options.js'
import { forEachStopTime, type StopTime } from './stop-times.js'

interface TripEnds {
  stops: number
  first: StopTime
  last: StopTime
}

/**
 * Where and when each trip begins and ends. The ends are those by `stop_sequence`, not by clock: times may be past 24:00:00,
 * and what is not a time is then still shown.
 */
export async function deriveTrips(
  archive: FeedArchive,
): Promise<(trip: string | null, column: TripColumn) => SourceValue> {
  const trips = new Map<string, TripEnds>()
  await forEachStopTime(archive, (stopTime) => {
    const trip = trips.get(stopTime.trip)
    if (trip === undefined) {
      trips.set(stopTime.trip, { stops: 1, first: stopTime, last: stopTime })
      return
    }
    trip.stops += 1
    if (stopTime.sequence < trip.first.sequence) trip.first = stopTime
    if (stopTime.sequence > trip.last.sequence) trip.last = stopTime
  })
  return (id, column) => {
    const trip = id === null ? undefined : trips.get(id)
    return trip === undefined ? (column === 'stop_count' ? new SourceNumber('0') : null) : valueOf(trip, column)
  }
}

function valueOf({ stops, first, last }: TripEnds, column: TripColumn): SourceValue {
  switch (column) {
    case 'first_departure':
      return first.departure ?? first.arrival
    case 'last_arrival':
      return last.arrival ?? last.departure
    case 'stop_count':
      return new SourceNumber(String(stops))
    case 'start_stop_id':
      return first.stop
    case 'end_stop_id':
      return last.stop
  }
}
