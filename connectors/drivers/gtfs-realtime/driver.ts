import type { Driver, Source, SourceRow } from '../driver.js'
import { columns, entityRow } from './entity-rows.js'
import { readEntities, readHeader } from './feed-message.js'
import {
  entities,
  gtfsRealtimeOptions,
  gtfsRealtimeSelection,
  type GtfsRealtimeOptions,
  type GtfsRealtimeSelection,
} from './options.js'

/**
 * GTFS-Realtime over HTTP, as protobuf. One row an entity. Without an instant the `timestamp` is null: the age of the
 * position is then unknown, and nothing stands in for it.
 */
export const driver: Driver<GtfsRealtimeOptions, GtfsRealtimeSelection> = {
  name: 'gtfs-realtime',
  title: { vi: 'GTFS-Realtime (vị trí xe, cập nhật chuyến, cảnh báo)', en: 'GTFS-Realtime (vehicles, trips, alerts)' },
  options: gtfsRealtimeOptions,
  selection: gtfsRealtimeSelection,
  capabilities: { scan: true, lookupBatch: undefined, conditional: true, since: false },

  async check(source) {
    readHeader(await fetchFeed(source))
  },

  async describe(source, sampleRows) {
    const message = await fetchFeed(source)
    readHeader(message)
    return entities.map((entity) => ({
      name: entity,
      selection: { entity },
      columns: columns[entity],
      sample: firstRows(rowsOf(message, { entity }, source.options.language), sampleRows),
    }))
  },

  async *scan(source, wanted) {
    const message = await fetchFeed(source)
    const header = readHeader(message)
    const made = new Date(header.timestamp ?? Number.NaN)
    if (!Number.isNaN(made.getTime())) source.asOf(made)
    yield* rowsOf(message, wanted, source.options.language)
  },
}

async function fetchFeed(source: Source<GtfsRealtimeOptions>): Promise<Uint8Array> {
  const { url, maxBytes } = source.options
  const answer = await source.request(url, {
    headers: { accept: 'application/x-protobuf, application/octet-stream' },
    maxBytes,
  })
  return answer.bytes()
}

function* rowsOf(message: Uint8Array, wanted: GtfsRealtimeSelection, language: string): Generator<SourceRow> {
  let number = 0
  for (const entity of readEntities(message)) {
    number += 1
    if (entity.isDeleted) continue
    const values = entityRow(entity, wanted, language)
    if (values !== undefined) yield { number, values }
  }
}

function firstRows(rows: Iterable<SourceRow>, count: number): SourceRow[] {
  const first: SourceRow[] = []
  if (count === 0) return first
  for (const row of rows) {
    first.push(row)
    if (first.length === count) break
  }
  return first
}
