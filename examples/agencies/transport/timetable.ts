import { metresBetween } from './geometry.js'
import type { Route, Stop } from './network.js'

export interface Trip {
  readonly id: string
  readonly route: Route
  /** 0: from the first terminus to the last, 1: back. */
  readonly direction: 0 | 1
  readonly headsign: string
  readonly shape: string
  readonly calls: readonly Call[]
}

export interface Call {
  readonly stop: Stop
  /** Seconds after midnight of the service day; past 86,400 after the next midnight. */
  readonly time: number
  /** Metres from the trip's first stop. */
  readonly distance: number
}

/** Metres a second, stops included. */
const averageSpeed = 9

/** All trips of a service day; every day has the same. */
export function timetableOf(routes: readonly Route[]): Trip[] {
  return routes.flatMap((route) => [...tripsOf(route, 0), ...tripsOf(route, 1)])
}

function tripsOf(route: Route, direction: 0 | 1): Trip[] {
  const stops = direction === 0 ? route.stops : route.stops.toReversed()
  const headsign = stops.at(-1)?.name ?? ''
  const trips: Trip[] = []
  for (let departure = route.first; departure <= route.last; departure += route.headway) {
    const number = String(trips.length + 1).padStart(3, '0')
    const shape = `${route.id}-${direction}`
    trips.push({
      id: `${shape}-${number}`,
      route,
      direction,
      headsign,
      shape,
      calls: callsAt(stops, departure * 60),
    })
  }
  return trips
}

function callsAt(stops: readonly Stop[], departure: number): Call[] {
  const calls: Call[] = []
  for (const stop of stops) {
    const before = calls.at(-1)
    if (before === undefined) {
      calls.push({ stop, distance: 0, time: departure })
      continue
    }
    const metres = metresBetween(before.stop, stop)
    const seconds = Math.max(60, Math.round(metres / averageSpeed / 30) * 30)
    calls.push({ stop, distance: before.distance + metres, time: before.time + seconds })
  }
  return calls
}
