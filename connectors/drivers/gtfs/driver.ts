import { NotModified, type Driver, type ResourceDescription, type Source, type SourceRow } from '../driver.js'
import { FeedArchive } from './feed-archive.js'
import { feedRows } from './feed-rows.js'
import { openTable } from './feed-table.js'
import { derivations, gtfsOptions, gtfsSelection, type GtfsOptions, type GtfsSelection } from './options.js'
import { requireFiles } from './required-files.js'

/** A static GTFS feed: a zip archive over HTTP whose files are read row by row. */
export const driver: Driver<GtfsOptions, GtfsSelection> = {
  name: 'gtfs',
  title: { vi: 'GTFS (tuyến, điểm dừng, biểu đồ chạy xe, giá vé)', en: 'GTFS (routes, stops, timetable, fares)' },
  options: gtfsOptions,
  selection: gtfsSelection,
  capabilities: { scan: true, lookupBatch: undefined, conditional: true, since: false },

  async check(source) {
    try {
      const archive = await openFeed(source)
      archive.close()
    } catch (error) {
      // Unchanged since a run that succeeded: it is there, and it is a feed.
      if (!(error instanceof NotModified)) throw error
    }
  },

  async describe(source, sampleRows) {
    const archive = await openFeed(source)
    try {
      const described: ResourceDescription<GtfsSelection>[] = []
      for (const file of archive.files) described.push(await describeFile(archive, selectionOf(file), sampleRows))
      return described
    } finally {
      archive.close()
    }
  },

  async *scan(source, selection) {
    const archive = await openFeed(source)
    try {
      yield* feedRows(archive, selection)
    } finally {
      archive.close()
    }
  },
}

async function openFeed(source: Source<GtfsOptions>): Promise<FeedArchive> {
  const { url, maxInflatedBytes } = source.options
  const { path } = await source.download(url)
  const archive = await FeedArchive.open(path, maxInflatedBytes, source.signal)
  try {
    requireFiles(archive)
    return archive
  } catch (error) {
    archive.close()
    throw error
  }
}

/** What can be computed is offered with the file. */
function selectionOf(file: string): GtfsSelection {
  switch (file) {
    case 'routes':
      return { file, derive: [...derivations.routes] }
    case 'trips':
      return { file, derive: [...derivations.trips] }
    case 'fare_attributes':
      return { file, derive: [...derivations.fare_attributes] }
    default:
      return { file, derive: [] }
  }
}

async function describeFile(
  archive: FeedArchive,
  selection: GtfsSelection,
  sampleRows: number,
): Promise<ResourceDescription<GtfsSelection>> {
  const table = await openTable(archive, selection.file)
  await table.close()
  const sample: SourceRow[] = []
  if (sampleRows > 0) {
    for await (const row of feedRows(archive, selection)) {
      sample.push(row)
      if (sample.length === sampleRows) break
    }
  }
  return { name: selection.file, selection, columns: [...table.columns, ...selection.derive], sample }
}
