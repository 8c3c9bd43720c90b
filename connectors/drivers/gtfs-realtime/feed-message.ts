import protobuf from 'protobufjs'
import { z } from 'zod'
import { SourceFault } from '../../../src/errors/source-fault.js'
import { asWritten, worded, type Wording } from '../../../src/errors/wording.js'
import { feedEntityType, feedHeaderType } from './feed-schema.js'

/** Unix seconds; absent and 0 (which many producers write for "unknown") are both null, never 1970. */
const instant = z
  .string()
  .optional()
  .transform((seconds) => (seconds === undefined || seconds === '0' ? null : isoFromSeconds(seconds)))

const text = z.string().optional()
/** NaN and the infinities are floats too; whether they fit is for the record schema to say. */
const float = z.custom<number>((value) => typeof value === 'number')
const tripDescriptor = z.object({
  tripId: text,
  startTime: text,
  startDate: text,
  scheduleRelationship: text,
  routeId: text,
  directionId: z.number().optional(),
})
const vehicleDescriptor = z.object({ id: text, label: text })

const vehiclePosition = z.object({
  trip: tripDescriptor.optional(),
  position: z
    .object({
      latitude: float,
      longitude: float,
      bearing: float.optional(),
      speed: float.optional(),
    })
    .optional(),
  currentStopSequence: z.number().optional(),
  currentStatus: text,
  timestamp: instant,
  stopId: text,
  vehicle: vehicleDescriptor.optional(),
  occupancyStatus: text,
})
export type VehiclePosition = z.output<typeof vehiclePosition>

const stopTimeEvent = z.object({ delay: z.number().optional(), time: instant })
const tripUpdate = z.object({
  trip: tripDescriptor,
  stopTimeUpdate: z
    .array(
      z.object({
        stopSequence: z.number().optional(),
        arrival: stopTimeEvent.optional(),
        departure: stopTimeEvent.optional(),
        stopId: text,
        scheduleRelationship: text,
      }),
    )
    .default([]),
  vehicle: vehicleDescriptor.optional(),
  timestamp: instant,
  delay: z.number().optional(),
})
export type TripUpdate = z.output<typeof tripUpdate>

const translated = z.object({
  translation: z.array(z.object({ text: z.string(), language: text })).default([]),
})
export type Translated = z.output<typeof translated>

const alert = z.object({
  activePeriod: z.array(z.object({ start: instant, end: instant })).default([]),
  informedEntity: z
    .array(z.object({ agencyId: text, routeId: text, stopId: text, trip: tripDescriptor.optional() }))
    .default([]),
  cause: text,
  effect: text,
  url: translated.optional(),
  headerText: translated.optional(),
  descriptionText: translated.optional(),
  severityLevel: text,
})
export type Alert = z.output<typeof alert>

const feedHeader = z.object({ version: z.string(), incrementality: text, timestamp: instant })
export type FeedHeader = z.output<typeof feedHeader>

const feedEntity = z.object({
  id: z.string(),
  isDeleted: z.boolean().default(false),
  vehicle: vehiclePosition.optional(),
  tripUpdate: tripUpdate.optional(),
  alert: alert.optional(),
})
export type FeedEntity = z.output<typeof feedEntity>

const headerField = 1
const entityField = 2
const lengthDelimited = 2

/** The feed's header; reads over the whole message, so a message that is cut off is refused before its first entity is used. */
export function readHeader(message: Uint8Array): FeedHeader {
  let header: FeedHeader | undefined
  for (const field of fieldsOf(message)) {
    if (field.number === headerField) header = parse(feedHeaderType, feedHeader, field.bytes)
  }
  if (header === undefined) throw notAFeed(worded('it has no header', 'không có phần đầu (header)'))
  if (header.incrementality === 'DIFFERENTIAL') {
    throw notAFeed(
      worded(
        'it holds only differences (DIFFERENTIAL), which would lose the vehicles that did not change',
        'chỉ có phần thay đổi (DIFFERENTIAL), sẽ mất các phương tiện không thay đổi',
      ),
    )
  }
  return header
}

/** The feed's entities one after the other, so that never more than one is in memory beside the message's bytes. */
export function* readEntities(message: Uint8Array): Generator<FeedEntity> {
  for (const field of fieldsOf(message)) {
    if (field.number === entityField) yield parse(feedEntityType, feedEntity, field.bytes)
  }
}

interface MessageField {
  readonly number: number
  readonly bytes: Uint8Array
}

function* fieldsOf(message: Uint8Array): Generator<MessageField> {
  const reader = protobuf.Reader.create(message)
  while (reader.pos < reader.len) {
    const field = refusingGarbage(() => nextField(reader))
    if (field !== undefined) yield field
  }
}

function nextField(reader: protobuf.Reader): MessageField | undefined {
  const tag = reader.uint32()
  const number = tag >>> 3
  const wireType = tag & 7
  if (number === 0) throw new RangeError('field number 0')
  if (number !== headerField && number !== entityField) {
    reader.skipType(wireType)
    return undefined
  }
  if (wireType !== lengthDelimited) throw new RangeError(`field ${number} is not a message`)
  return { number, bytes: reader.bytes() }
}

/** proto2 knows "absent" from zero: `defaults: false` leaves absent fields out, so a speed of 0 stays 0. */
const asPlain: protobuf.IConversionOptions = { longs: String, enums: String, defaults: false }

function parse<Shape extends z.ZodType>(type: protobuf.Type, shape: Shape, bytes: Uint8Array): z.output<Shape> {
  const plain: unknown = refusingGarbage(() => {
    const reader = protobuf.Reader.create(bytes)
    reader.discardUnknown = true
    return type.toObject(type.decode(reader), asPlain)
  })
  const parsed = shape.safeParse(plain)
  if (!parsed.success) throw notAFeed(asWritten(z.prettifyError(parsed.error)))
  return parsed.data
}

/** protobufjs throws plain errors of several kinds for bytes that are not such a message. */
function refusingGarbage<Result>(read: () => Result): Result {
  try {
    return read()
  } catch (error) {
    throw notAFeed(asWritten(error instanceof Error ? error.message : String(error)), error)
  }
}

function notAFeed(detail: Wording, cause?: unknown): SourceFault {
  return new SourceFault('NOT_DATA', { expected: asWritten('GTFS-Realtime'), detail }, cause)
}

/** A number of seconds beyond what a date can be is kept as it came, so that the row is set aside with it. */
function isoFromSeconds(seconds: string): string {
  const date = new Date(Number(seconds) * 1000)
  return Number.isNaN(date.getTime()) ? seconds : date.toISOString()
}
