import type { SourceRow, SourceValue } from '../driver.js'
import { deriveFares } from './derive-fares.js'
import { deriveRoutes } from './derive-routes.js'
import { deriveTrips } from './derive-trips.js'
import type { FeedArchive } from './feed-archive.js'
import { openTable } from './feed-table.js'
import type { GtfsSelection } from './options.js'

/** A computed column: its value for the row of which `read` tells the file's own columns. */
interface ComputedColumn {
  readonly name: string
  value(read: (column: string) => string | null): SourceValue
}

/** The rows of one file of the feed with the computed columns after the file's own; their number is the line in the file. */
export async function* feedRows(archive: FeedArchive, selection: GtfsSelection): AsyncGenerator<SourceRow, void> {
  const { file } = selection
  const computed = archive.has(file) ? await computedColumns(archive, selection) : []
  const table = await openTable(archive, file)
  try {
    const places = new Map(table.columns.map((column, index) => [column, index]))
    for await (const row of table.rows) {
      const read = (column: string): string | null => row.values[places.get(column) ?? -1] ?? null
      const values: Record<string, SourceValue> = { __proto__: null }
      for (const [column, index] of places) values[column] = row.values[index] ?? null
      for (const column of computed) values[column.name] = column.value(read)
      yield { number: row.line, part: `${file}.txt`, values }
    }
  } finally {
    await table.close()
  }
}

async function computedColumns(archive: FeedArchive, selection: GtfsSelection): Promise<ComputedColumn[]> {
  if (selection.derive.length === 0) return []
  switch (selection.file) {
    case 'routes': {
      const derived = await deriveRoutes(archive, selection.derive)
      return selection.derive.map((name) => ({
        name,
        value: (read) => derived.get(name)?.(read('route_id'), read('agency_id')) ?? null,
      }))
    }
    case 'trips': {
      const valueOf = await deriveTrips(archive)
      return selection.derive.map((name) => ({ name, value: (read) => valueOf(read('trip_id'), name) }))
    }
    case 'fare_attributes': {
      const valueOf = await deriveFares(archive)
      return selection.derive.map((name) => ({ name, value: (read) => valueOf(read('fare_id'), name) }))
    }
    default:
      return []
  }
}
