import { Readable } from 'node:stream'
import type { CopyOut, RowEncoder } from '../copy/copy-out.js'
import type { Snapshot } from '../copy/snapshot.js'
import { csvEncoder } from '../formats/csv.js'
import type { FileContext } from '../formats/file-context.js'
import { geojsonEncoder, jsonEncoder, ndjsonEncoder } from '../formats/json.js'
import { XmlEncoder } from '../formats/xml.js'
import { SheetEncoder } from '../xlsx/sheet-encoder.js'
import { workbookStream } from '../xlsx/workbook-stream.js'
import type { FileRecipe, Writing } from './file-recipe.js'

export interface MadeFile {
  /** The whole file. */
  readonly stream: Readable
  /** The rows behind it. */
  readonly copy: CopyOut
  /** How many bytes the stream has had: those of the file, once it has ended. */
  length(): number
}

/** Starts to read the file from the snapshot. The same snapshot and the same recipe give the same bytes. */
export async function makeFile(snapshot: Snapshot, { statement, writing, context }: FileRecipe): Promise<MadeFile> {
  if (writing.format !== 'xlsx') {
    const copy = await snapshot.copy(statement, encoderOf(writing, context))
    return { stream: copy, copy, length: () => copy.bytes }
  }
  const encoder = new SheetEncoder(context)
  const copy = await snapshot.copy(statement, encoder)
  let length = 0
  const counted = async function* (): AsyncGenerator<Buffer> {
    for await (const bytes of workbookStream(context, encoder, copy)) {
      length += bytes.length
      yield bytes
    }
  }
  return { copy, stream: Readable.from(counted(), { objectMode: false }), length: () => length }
}

function encoderOf(writing: Exclude<Writing, { format: 'xlsx' }>, context: FileContext): RowEncoder {
  switch (writing.format) {
    case 'csv':
      return csvEncoder(context, writing.bom)
    case 'json':
      return jsonEncoder(context, writing.shape)
    case 'ndjson':
      return ndjsonEncoder(writing.shape)
    case 'geojson':
      return geojsonEncoder(context, writing.shape)
    case 'xml':
      return new XmlEncoder(context, writing.schemaAddress)
  }
}
