import { SourceNumber, type SourceObject, type SourceValue } from '../driver.js'
import type { Alert, FeedEntity, Translated, TripUpdate, VehiclePosition } from './feed-message.js'
import { floatValue } from './float-text.js'
import type { GtfsRealtimeSelection } from './options.js'

export const columns: Readonly<Record<GtfsRealtimeSelection['entity'], readonly string[]>> = {
  vehicle: [
    'entity_id',
    'vehicle_id',
    'vehicle_label',
    'trip_id',
    'route_id',
    'direction_id',
    'start_time',
    'start_date',
    'latitude',
    'longitude',
    'bearing',
    'speed',
    'timestamp',
    'stop_id',
    'current_stop_sequence',
    'current_status',
    'occupancy',
  ],
  tripUpdate: [
    'entity_id',
    'trip_id',
    'route_id',
    'direction_id',
    'start_time',
    'start_date',
    'schedule_relationship',
    'vehicle_id',
    'vehicle_label',
    'timestamp',
    'delay',
    'stop_time_updates',
  ],
  alert: [
    'entity_id',
    'cause',
    'effect',
    'severity',
    'url',
    'header_text',
    'description_text',
    'active_periods',
    'agency_ids',
    'route_ids',
    'stop_ids',
    'trip_ids',
  ],
}

/** The values of the entity's row, in the order of `columns`; undefined when the entity is of another kind. */
export function entityRow(
  entity: FeedEntity,
  { entity: kind }: GtfsRealtimeSelection,
  language: string,
): SourceObject | undefined {
  const found = valuesOf(entity, kind, language)
  if (found === undefined) return undefined
  const values: Record<string, SourceValue> = { __proto__: null }
  for (const [index, name] of columns[kind].entries()) values[name] = found[index] ?? null
  return values
}

function valuesOf(
  entity: FeedEntity,
  kind: GtfsRealtimeSelection['entity'],
  language: string,
): SourceValue[] | undefined {
  switch (kind) {
    case 'vehicle':
      return entity.vehicle && vehicleValues(entity.id, entity.vehicle)
    case 'tripUpdate':
      return entity.tripUpdate && tripUpdateValues(entity.id, entity.tripUpdate)
    case 'alert':
      return entity.alert && alertValues(entity.id, entity.alert, language)
  }
}

function vehicleValues(id: string, { trip, position, vehicle, ...rest }: VehiclePosition): SourceValue[] {
  return [
    id,
    text(vehicle?.id),
    text(vehicle?.label),
    text(trip?.tripId),
    text(trip?.routeId),
    whole(trip?.directionId),
    text(trip?.startTime),
    text(trip?.startDate),
    floatValue(position?.latitude),
    floatValue(position?.longitude),
    floatValue(position?.bearing),
    floatValue(position?.speed),
    rest.timestamp,
    text(rest.stopId),
    whole(rest.currentStopSequence),
    text(rest.currentStatus),
    text(rest.occupancyStatus),
  ]
}

function tripUpdateValues(id: string, { trip, vehicle, ...rest }: TripUpdate): SourceValue[] {
  return [
    id,
    text(trip.tripId),
    text(trip.routeId),
    whole(trip.directionId),
    text(trip.startTime),
    text(trip.startDate),
    text(trip.scheduleRelationship),
    text(vehicle?.id),
    text(vehicle?.label),
    rest.timestamp,
    whole(rest.delay),
    rest.stopTimeUpdate.map((update) =>
      named({
        stop_sequence: whole(update.stopSequence),
        stop_id: text(update.stopId),
        arrival_delay: whole(update.arrival?.delay),
        arrival_time: update.arrival?.time ?? null,
        departure_delay: whole(update.departure?.delay),
        departure_time: update.departure?.time ?? null,
        schedule_relationship: text(update.scheduleRelationship),
      }),
    ),
  ]
}

function alertValues(id: string, alert: Alert, language: string): SourceValue[] {
  return [
    id,
    text(alert.cause),
    text(alert.effect),
    text(alert.severityLevel),
    inLanguage(alert.url, language),
    inLanguage(alert.headerText, language),
    inLanguage(alert.descriptionText, language),
    alert.activePeriod.map((period) => named({ start: period.start, end: period.end })),
    present(alert.informedEntity.map((one) => one.agencyId)),
    present(alert.informedEntity.map((one) => one.routeId ?? one.trip?.routeId)),
    present(alert.informedEntity.map((one) => one.stopId)),
    present(alert.informedEntity.map((one) => one.trip?.tripId)),
  ]
}

function text(value: string | undefined): string | null {
  return value === undefined || value === '' ? null : value
}

function whole(value: number | undefined): SourceNumber | null {
  return value === undefined ? null : new SourceNumber(String(value))
}

function present(values: readonly (string | undefined)[]): string[] {
  return [...new Set(values.filter((value) => value !== undefined).filter((value) => value !== ''))]
}

function inLanguage(translated: Translated | undefined, language: string): string | null {
  const all = translated?.translation ?? []
  const found =
    all.find((one) => one.language === language) ?? all.find((one) => one.language === undefined) ?? all.at(0)
  return text(found?.text)
}

function named(values: Record<string, SourceValue>): SourceObject {
  return { __proto__: null, ...values }
}
