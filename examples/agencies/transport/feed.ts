import { strToU8, zipSync } from 'fflate'
import type { Network, Route } from './network.js'
import type { Trip } from './timetable.js'

type Cell = string | number

/** The feed as a zip archive; the same bytes at every start. */
export function createFeed(network: Network, trips: readonly Trip[]): Uint8Array {
  const files: Record<string, string> = {
    'agency.txt': agencies(network.routes),
    'stops.txt': stops(network),
    'routes.txt': routes(network.routes),
    'trips.txt': table(
      ['route_id', 'service_id', 'trip_id', 'trip_headsign', 'direction_id', 'shape_id'],
      trips.map((trip) => [trip.route.id, 'DAILY', trip.id, trip.headsign, trip.direction, trip.shape]),
    ),
    'stop_times.txt': stopTimes(trips),
    'shapes.txt': shapes(trips),
    'calendar.txt': table(
      [
        'service_id',
        'monday',
        'tuesday',
        'wednesday',
        'thursday',
        'friday',
        'saturday',
        'sunday',
        'start_date',
        'end_date',
      ],
      [['DAILY', 1, 1, 1, 1, 1, 1, 1, '20250101', '20271231']],
    ),
    'fare_attributes.txt': fares(network.routes),
    'fare_rules.txt': table(
      ['fare_id', 'route_id'],
      network.routes.flatMap((route) => fareKinds.map((kind) => [fareId(route, kind.name), route.id])),
    ),
    'feed_info.txt': table(
      ['feed_publisher_name', 'feed_publisher_url', 'feed_lang', 'feed_start_date', 'feed_end_date', 'feed_version'],
      [['Sở Giao thông vận tải (dữ liệu mẫu)', 'http://localhost/', 'vi', '20250101', '20271231', '2025-06-30']],
    ),
  }
  const mtime = new Date(2025, 5, 30)
  return zipSync(
    Object.fromEntries(Object.entries(files).map(([name, text]) => [name, [strToU8(text), { mtime }] as const])),
  )
}

/** VND for the whole route. */
function fullFare(route: Route): number {
  const steps: readonly (readonly [km: number, fare: number])[] = [
    [15, 7_000],
    [25, 10_000],
    [40, 15_000],
    [60, 22_000],
    [80, 28_000],
  ]
  return steps.find(([km]) => route.length <= km * 1000)?.[1] ?? 35_000
}

const fareKinds = [
  { name: 'FULL', share: 1 },
  { name: 'HALF', share: 0.6 },
  { name: 'CONCESSION', share: 0.5 },
] as const

function fareId(route: Route, kind: string): string {
  return `${route.id}-${kind}`
}

function fares(all: readonly Route[]): string {
  return table(
    // `fare_kind` is a column of our own: the reference has none for what a fare is.
    ['fare_id', 'price', 'currency_type', 'payment_method', 'transfers', 'fare_kind'],
    all.flatMap((route) => {
      const full = fullFare(route)
      return fareKinds.map(({ name, share }) => {
        const price = Math.round((full * share) / 1000) * 1000
        return [fareId(route, name), price, 'VND', 0, 0, name]
      })
    }),
  )
}

function agencyId(operator: string, all: readonly Route[]): string {
  return `OP${[...new Set(all.map((route) => route.operator))].indexOf(operator) + 1}`
}

function agencies(all: readonly Route[]): string {
  return table(
    ['agency_id', 'agency_name', 'agency_url', 'agency_timezone', 'agency_lang'],
    [...new Set(all.map((route) => route.operator))].map((name) => [
      agencyId(name, all),
      name,
      'http://localhost/',
      'Asia/Ho_Chi_Minh',
      'vi',
    ]),
  )
}

function stops(network: Network): string {
  return table(
    ['stop_id', 'stop_name', 'stop_lat', 'stop_lon', 'zone_id'],
    // Blanks after a name, as real feeds have them.
    network.stops.map((stop, index) => [
      stop.id,
      index % 17 === 5 ? `${stop.name} ` : stop.name,
      stop.latitude.toFixed(6),
      stop.longitude.toFixed(6),
      stop.district,
    ]),
  )
}

function routes(all: readonly Route[]): string {
  return table(
    ['route_id', 'agency_id', 'route_short_name', 'route_long_name', 'route_type', 'route_color', 'route_text_color'],
    all.map((route) => [route.id, agencyId(route.operator, all), route.id, route.name, 3, route.color, 'FFFFFF']),
  )
}

function stopTimes(trips: readonly Trip[]): string {
  return table(
    ['trip_id', 'arrival_time', 'departure_time', 'stop_id', 'stop_sequence', 'shape_dist_traveled'],
    trips.flatMap((trip) =>
      trip.calls.map((call, index) => {
        const time = clock(call.time)
        return [trip.id, time, time, call.stop.id, index + 1, (call.distance / 1000).toFixed(3)]
      }),
    ),
  )
}

function shapes(trips: readonly Trip[]): string {
  const one = new Map(trips.map((trip) => [trip.shape, trip]))
  return table(
    ['shape_id', 'shape_pt_lat', 'shape_pt_lon', 'shape_pt_sequence', 'shape_dist_traveled'],
    [...one].flatMap(([shape, trip]) =>
      trip.calls.map(({ stop, distance }, index) => [
        shape,
        stop.latitude.toFixed(6),
        stop.longitude.toFixed(6),
        index + 1,
        (distance / 1000).toFixed(3),
      ]),
    ),
  )
}

/** With one digit for the hours before ten, as GTFS allows; past 24 after midnight. */
function clock(seconds: number): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
}

function table(columns: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return [columns, ...rows].map((row) => row.map(cell).join(',')).join('\r\n') + '\r\n'
}

function cell(value: Cell): string {
  const text = String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
