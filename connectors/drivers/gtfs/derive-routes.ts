import { SourceNumber, type SourceValue } from '../driver.js'
import { FareRoutes } from './derive-fares.js'
import type { FeedArchive } from './feed-archive.js'
import { forEachRow } from './feed-table.js'
import type { RouteColumn } from './options.js'
import { shapeLengths } from './route-lengths.js'
import { forEachStopTime } from './stop-times.js'

/** The columns of one route, as they were computed from the other files. */
export type RouteValues = (route: string | null, agency: string | null) => SourceValue

/** Reads only the files that the wanted columns need, each once, and keeps only what is distinct for a route. */
export async function deriveRoutes(
  archive: FeedArchive,
  columns: readonly RouteColumn[],
): Promise<ReadonlyMap<RouteColumn, RouteValues>> {
  const wanted = new Set(columns)
  const derived = new Map<RouteColumn, RouteValues>()
  if (wanted.has('agency_name')) {
    const nameOf = await agencyNames(archive)
    derived.set('agency_name', (_route, agency) => nameOf(agency))
  }
  if (wanted.has('stop_ids') || wanted.has('zone_ids') || wanted.has('trip_count') || wanted.has('length_km')) {
    await addTripColumns(archive, wanted, derived)
  }
  if (wanted.has('full_fare') || wanted.has('fare_currency')) {
    const fares = await highestFares(archive)
    derived.set('full_fare', (route) => fares.get(route ?? '')?.price ?? null)
    derived.set('fare_currency', (route) => fares.get(route ?? '')?.currency ?? null)
  }
  return derived
}

/** With a single agency neither it nor its routes need an `agency_id`. */
async function agencyNames(archive: FeedArchive): Promise<(agency: string | null) => string | null> {
  const names = new Map<string | null, string | null>()
  await forEachRow(archive, 'agency', { required: ['agency_name'], optional: ['agency_id'] }, (value) => {
    names.set(value('agency_id'), value('agency_name'))
  })
  const only = names.size === 1 ? [...names.values()][0] : undefined
  return (agency) => names.get(agency) ?? (agency === null ? (only ?? null) : null)
}

interface RouteTrips {
  trips: number
  readonly shapes: Set<string>
  /** Where each stop is first met when one goes through the trips in their order and along each trip's stops. */
  readonly stops: Map<string, { trip: number; sequence: number }>
}

async function addTripColumns(
  archive: FeedArchive,
  wanted: ReadonlySet<RouteColumn>,
  derived: Map<RouteColumn, RouteValues>,
): Promise<void> {
  const routes = new Map<string, RouteTrips>()
  const trips = new Map<string, { order: number; route: RouteTrips }>()
  await forEachRow(archive, 'trips', { required: ['route_id', 'trip_id'], optional: ['shape_id'] }, (value) => {
    const route = routeTrips(routes, value('route_id') ?? '')
    route.trips += 1
    const shape = value('shape_id')
    if (shape !== null) route.shapes.add(shape)
    trips.set(value('trip_id') ?? '', { order: trips.size, route })
  })
  derived.set('trip_count', (route) => new SourceNumber(String(routes.get(route ?? '')?.trips ?? 0)))

  if (wanted.has('stop_ids') || wanted.has('zone_ids')) {
    await forEachStopTime(archive, ({ trip, stop, sequence }) => {
      const of = trips.get(trip)
      if (of === undefined || stop === null) return
      const met = of.route.stops.get(stop)
      if (met === undefined) of.route.stops.set(stop, { trip: of.order, sequence })
      else if (of.order < met.trip || (of.order === met.trip && sequence < met.sequence)) {
        met.trip = of.order
        met.sequence = sequence
      }
    })
    derived.set('stop_ids', (route) => stopsInOrder(routes.get(route ?? '')))
  }
  if (wanted.has('zone_ids')) {
    const zones = await stopZones(archive)
    derived.set('zone_ids', (route) => distinctZones(stopsInOrder(routes.get(route ?? '')), zones))
  }
  if (wanted.has('length_km')) {
    const lengths = await shapeLengths(archive)
    derived.set('length_km', (route) => longest(routes.get(route ?? ''), lengths))
  }
}

function routeTrips(routes: Map<string, RouteTrips>, id: string): RouteTrips {
  const known = routes.get(id)
  if (known !== undefined) return known
  const route: RouteTrips = { trips: 0, shapes: new Set(), stops: new Map() }
  routes.set(id, route)
  return route
}

function stopsInOrder(route: RouteTrips | undefined): string[] {
  if (route === undefined) return []
  return [...route.stops].toSorted(([, a], [, b]) => a.trip - b.trip || a.sequence - b.sequence).map(([stop]) => stop)
}

async function stopZones(archive: FeedArchive): Promise<ReadonlyMap<string, string>> {
  const zones = new Map<string, string>()
  await forEachRow(archive, 'stops', { required: ['stop_id'], optional: ['zone_id'] }, (value) => {
    const stop = value('stop_id')
    const zone = value('zone_id')
    if (stop !== null && zone !== null) zones.set(stop, zone)
  })
  return zones
}

function distinctZones(stops: readonly string[], zones: ReadonlyMap<string, string>): string[] {
  return [...new Set(stops.map((stop) => zones.get(stop)).filter((zone) => zone !== undefined))]
}

function longest(route: RouteTrips | undefined, lengths: ReadonlyMap<string, number>): SourceNumber | null {
  const all = [...(route?.shapes ?? [])].map((shape) => lengths.get(shape)).filter((length) => length !== undefined)
  return all.length === 0 ? null : new SourceNumber(String(Number(Math.max(...all).toFixed(3))))
}

interface Fare {
  readonly price: string
  readonly currency: string | null
}

/** The full fare of a route is the highest price among its fares; reduced ones are below it. */
async function highestFares(archive: FeedArchive): Promise<ReadonlyMap<string, Fare>> {
  const highest = new Map<string, Fare>()
  if (!archive.has('fare_attributes')) return highest
  const fareRoutes = await FareRoutes.read(archive)
  const columns = { required: ['fare_id', 'price'], optional: ['currency_type'] } as const
  await forEachRow<'fare_id' | 'price' | 'currency_type'>(archive, 'fare_attributes', columns, (value) => {
    const id = value('fare_id')
    const price = value('price')
    if (id === null || price === null || Number.isNaN(Number(price))) return
    for (const route of fareRoutes.of(id)) {
      const known = highest.get(route)
      if (known === undefined || Number(price) > Number(known.price)) {
        highest.set(route, { price, currency: value('currency_type') })
      }
    }
  })
  return highest
}
