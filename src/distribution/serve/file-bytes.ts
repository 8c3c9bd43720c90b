import { Readable } from 'node:stream'
import type { CopyOut } from '../copy/copy-out.js'
import type { Snapshot } from '../copy/snapshot.js'
import type { DownloadFormat } from '../formats.js'
import { csvEncoder } from '../formats/csv.js'
import { geojsonEncoder, jsonEncoder, ndjsonEncoder } from '../formats/json.js'
import { XmlEncoder } from '../formats/xml.js'
import { cellsStatement, csvStatement, featureStatement, jsonStatement } from '../query/download-statement.js'
import { SheetEncoder } from '../xlsx/sheet-encoder.js'
import { workbookStream } from '../xlsx/workbook-stream.js'
import type { PreparedFile } from './prepare-file.js'

export interface FileBytes {
  /** The whole file. */
  readonly stream: Readable
  /** The rows behind it. */
  readonly copy: CopyOut
  /** How many bytes the stream has had: those of the file, once it has ended. */
  length(): number
}

/** Starts to read the file from the snapshot. The same snapshot and the same file give the same bytes. */
export async function fileBytes(
  snapshot: Snapshot,
  { context, rows }: PreparedFile,
  format: DownloadFormat,
  options: { readonly bom: boolean; readonly schemaAddress: string },
): Promise<FileBytes> {
  switch (format) {
    case 'csv':
      return same(await snapshot.copy(csvStatement(rows), csvEncoder(context, options.bom)))
    case 'json': {
      const statement = jsonStatement(rows)
      return same(await snapshot.copy(statement, jsonEncoder(context, statement)))
    }
    case 'ndjson': {
      const statement = jsonStatement(rows)
      return same(await snapshot.copy(statement, ndjsonEncoder(statement)))
    }
    case 'geojson': {
      const statement = featureStatement(rows)
      return same(await snapshot.copy(statement, geojsonEncoder(context, statement)))
    }
    case 'xml':
      return same(await snapshot.copy(cellsStatement(rows), new XmlEncoder(context, options.schemaAddress)))
    case 'xlsx': {
      const encoder = new SheetEncoder(context)
      const copy = await snapshot.copy(cellsStatement(rows), encoder)
      let length = 0
      const counted = async function* (): AsyncGenerator<Buffer> {
        for await (const bytes of workbookStream(context, encoder, copy)) {
          length += bytes.length
          yield bytes
        }
      }
      return { copy, stream: Readable.from(counted(), { objectMode: false }), length: () => length }
    }
  }
}

function same(copy: CopyOut): FileBytes {
  return { stream: copy, copy, length: () => copy.bytes }
}
