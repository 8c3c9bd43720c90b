import protobuf from 'protobufjs'
import type { Bus } from './buses.js'

const wire = { varint: 0, text: 2, float: 5 } as const

/** A GTFS-Realtime message with the positions of the buses, field numbers as in the specification. */
export function encodeVehiclePositions(buses: readonly Bus[], at: Date): Uint8Array {
  const writer = protobuf.Writer.create()
  nested(writer, 1, () => {
    text(writer, 1, '2.0')
    number(writer, 2, 0)
    instant(writer, 3, at.getTime())
  })
  for (const bus of buses) {
    nested(writer, 2, () => {
      text(writer, 1, bus.vehicle)
      nested(writer, 4, () => {
        encodeBus(writer, bus)
      })
    })
  }
  return writer.finish()
}

function encodeBus(writer: protobuf.Writer, { trip, nextStop, place, bearing, ...bus }: Bus): void {
  if (trip !== undefined) {
    nested(writer, 1, () => {
      text(writer, 1, trip.id)
      text(writer, 5, trip.route)
      number(writer, 6, trip.direction)
    })
  }
  nested(writer, 2, () => {
    float(writer, 1, place.latitude)
    float(writer, 2, place.longitude)
    if (bearing !== undefined) float(writer, 3, bearing)
    float(writer, 5, bus.speed)
  })
  if (nextStop !== undefined) {
    number(writer, 3, nextStop.sequence)
    number(writer, 4, inTransitTo)
  }
  if (bus.reportedAt !== undefined) instant(writer, 5, bus.reportedAt)
  if (nextStop !== undefined) text(writer, 7, nextStop.id)
  nested(writer, 8, () => {
    text(writer, 1, bus.vehicle)
    text(writer, 2, `Xe ${bus.vehicle}`)
  })
  number(writer, 9, occupancy(bus.load))
}

const inTransitTo = 2

/** EMPTY, MANY_SEATS_AVAILABLE, FEW_SEATS_AVAILABLE, STANDING_ROOM_ONLY */
function occupancy(load: number): number {
  return Math.min(3, Math.floor(load * 4))
}

function nested(writer: protobuf.Writer, field: number, write: () => void): void {
  writer.uint32((field << 3) | wire.text).fork()
  write()
  writer.ldelim()
}

function text(writer: protobuf.Writer, field: number, value: string): void {
  writer.uint32((field << 3) | wire.text).string(value)
}

function number(writer: protobuf.Writer, field: number, value: number): void {
  writer.uint32((field << 3) | wire.varint).uint32(value)
}

function instant(writer: protobuf.Writer, field: number, milliseconds: number): void {
  writer.uint32((field << 3) | wire.varint).uint64(Math.floor(milliseconds / 1000))
}

function float(writer: protobuf.Writer, field: number, value: number): void {
  writer.uint32((field << 3) | wire.float).float(value)
}
