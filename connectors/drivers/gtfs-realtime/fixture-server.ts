import protobuf from 'protobufjs'
import type { DriverFixture } from '../conformance/driver-fixture.js'
import { serveScenario } from '../conformance/fixture-http.js'
import {
  gtfsRealtimeOptions,
  gtfsRealtimeSelection,
  type GtfsRealtimeOptions,
  type GtfsRealtimeSelection,
} from './options.js'

/** The suite's rows as vehicles. */
export const fixture: DriverFixture<GtfsRealtimeOptions, GtfsRealtimeSelection> = {
  columns: {
    key: 'entity_id',
    text: 'vehicle_label',
    digits: 'route_id',
    number: { column: 'latitude', text: '13.78' },
  },
  paged: false,
  // A message that is cut between two entities is a whole message: nothing in it says how many there are.
  showsItsEnd: false,
  async serve(scenario) {
    const message = feedMessage(scenario.rows)
    const server = await serveScenario(scenario, () => ({ contentType: 'application/x-protobuf', body: message }))
    return server.as({
      options: gtfsRealtimeOptions.parse({ url: `${server.url}/vehicles.pb` }),
      selection: gtfsRealtimeSelection.parse({ entity: 'vehicle' }),
    })
  },
  readRow: ({ values }) =>
    Object.fromEntries(['entity_id', 'vehicle_label', 'route_id', 'latitude'].map((name) => [name, values[name]])),
}

/** Written by hand, field by field, so that a mistake in the driver's schema is not made here as well. */
function feedMessage(rows: readonly Readonly<Record<string, string>>[]): Uint8Array {
  const message = protobuf.Writer.create()
  message.uint32(tag(1, 2)).fork().uint32(tag(1, 2)).string('2.0').uint32(tag(3, 0)).uint64(1_751_241_600).ldelim()
  for (const row of rows) {
    message.uint32(tag(2, 2)).fork()
    message.uint32(tag(1, 2)).string(row['entity_id'] ?? '')
    message.uint32(tag(4, 2)).fork()
    message
      .uint32(tag(1, 2))
      .fork()
      .uint32(tag(5, 2))
      .string(row['route_id'] ?? '')
      .ldelim()
    message.uint32(tag(2, 2)).fork()
    message.uint32(tag(1, 5)).float(Number(row['latitude'])).uint32(tag(2, 5)).float(109.22)
    message.ldelim()
    message
      .uint32(tag(8, 2))
      .fork()
      .uint32(tag(2, 2))
      .string(row['vehicle_label'] ?? '')
      .ldelim()
    message.ldelim().ldelim()
  }
  return message.finish()
}

function tag(field: number, wireType: number): number {
  return (field << 3) | wireType
}
