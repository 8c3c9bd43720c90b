import { between, bearingFrom, type Place } from './geometry.js'
import type { Route } from './network.js'
import type { Call, Trip } from './timetable.js'

export interface Bus {
  readonly vehicle: string
  readonly place: Place
  /** Undefined for a bus that stands at the depot. */
  readonly trip: { readonly id: string; readonly route: string; readonly direction: 0 | 1 } | undefined
  /** Where it goes next. */
  readonly nextStop: { readonly id: string; readonly sequence: number } | undefined
  /** Degrees clockwise from north. */
  readonly bearing: number | undefined
  /** Metres a second. */
  readonly speed: number
  /** Milliseconds since 1970; undefined when the bus does not say. */
  readonly reportedAt: number | undefined
  /** 0 empty to 1 full. */
  readonly load: number
}

/** Việt Nam is seven hours ahead of UTC, all the year round. */
const zoneOffset = 7 * 3600
const secondsADay = 86_400
/** Each bus reports every ten seconds, not all in the same second. */
const reportEvery = 10

/**
 * Where the buses are at an instant, out of nothing but the timetable and the time of day. So that there are buses to look at
 * round the clock, the hours of service repeat through the night: this is a sample, the real buses would be in the depot.
 */
export class Fleet {
  private readonly duties: readonly Duty[]

  constructor(trips: readonly Trip[]) {
    const routes = [...new Set(trips.map((trip) => trip.route))]
    this.duties = routes.flatMap((route) =>
      dutiesOf(
        route,
        trips.filter((trip) => trip.route === route),
      ),
    )
  }

  at(instant: Date): Bus[] {
    const running = this.duties.flatMap((duty, index) => {
      const reportedAt = lastReport(instant, index)
      const bus = onTheRoad(duty, reportedAt)
      return bus === undefined ? [] : [bus]
    })
    return [...running, ...parked(instant)]
  }
}

/** The trips that one bus makes on a day, one after the other. */
interface Duty {
  readonly vehicle: string
  readonly route: Route
  readonly trips: readonly Trip[]
}

function dutiesOf(route: Route, trips: readonly Trip[]): Duty[] {
  const open: { trips: Trip[]; stop: string; free: number }[] = []
  for (const trip of trips.toSorted((a, b) => start(a) - start(b))) {
    const from = trip.calls[0]?.stop.id ?? ''
    const to = trip.calls.at(-1)?.stop.id ?? ''
    const free = end(trip)
    // The service repeats: the last trips of a bus must be over before its first one comes round again.
    const duty = open.find(
      (one) => one.stop === from && one.free <= start(trip) && free <= start(one.trips[0] ?? trip) + period(route),
    )
    if (duty === undefined) open.push({ trips: [trip], stop: to, free })
    else {
      duty.trips.push(trip)
      duty.stop = to
      duty.free = free
    }
  }
  return open.map((duty, index) => ({
    vehicle: `${route.id}-${String(index + 1).padStart(2, '0')}`,
    route,
    trips: duty.trips,
  }))
}

function onTheRoad(duty: Duty, reportedAt: number): Bus | undefined {
  const time = serviceTime(duty.route, reportedAt)
  for (const trip of duty.trips) {
    for (const at of [time, time + period(duty.route)]) {
      if (at >= start(trip) && at < end(trip)) return busOn(trip, at, duty.vehicle, reportedAt)
    }
  }
  return undefined
}

function busOn(trip: Trip, time: number, vehicle: string, reportedAt: number): Bus | undefined {
  const next = trip.calls.findIndex((call) => call.time > time)
  const [from, to] = [trip.calls[next - 1], trip.calls[next]]
  if (from === undefined || to === undefined) return undefined
  return {
    vehicle,
    place: between(from.stop, to.stop, (time - from.time) / (to.time - from.time)),
    trip: { id: trip.id, route: trip.route.id, direction: trip.direction },
    nextStop: { id: to.stop.id, sequence: next + 1 },
    bearing: bearingFrom(from.stop, to.stop),
    speed: speedBetween(from, to),
    reportedAt,
    load: Math.sin((Math.PI * next) / trip.calls.length),
  }
}

function speedBetween(from: Call, to: Call): number {
  return (to.distance - from.distance) / (to.time - from.time)
}

const depot: Place = { latitude: 13.7528, longitude: 109.2086 }

/** Buses without a trip: a speed of zero, and one whose clock is broken. */
function parked(instant: Date): Bus[] {
  return [1, 2, 3, 4].map((number) => ({
    vehicle: `DP-0${number}`,
    place: { latitude: depot.latitude + number * 0.0001, longitude: depot.longitude },
    trip: undefined,
    nextStop: undefined,
    bearing: undefined,
    speed: 0,
    reportedAt: number === 4 ? undefined : instant.getTime() - number * 60_000,
    load: 0,
  }))
}

function lastReport(instant: Date, bus: number): number {
  const seconds = Math.floor(instant.getTime() / 1000)
  return (seconds - ((seconds + bus) % reportEvery)) * 1000
}

/** The second of the service day that stands for this instant: the service's own at day, a repeated one at night. */
function serviceTime(route: Route, instant: number): number {
  const timeOfDay = (Math.floor(instant / 1000) + zoneOffset) % secondsADay
  const first = route.first * 60
  const since = (timeOfDay - first + secondsADay) % secondsADay
  return first + (since % period(route))
}

/** Seconds from the first departure until the service would begin anew if it never stopped. */
function period(route: Route): number {
  return (route.last - route.first + route.headway) * 60
}

function start(trip: Trip): number {
  return trip.calls[0]?.time ?? 0
}

function end(trip: Trip): number {
  return trip.calls.at(-1)?.time ?? 0
}
