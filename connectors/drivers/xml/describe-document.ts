import type { ResourceDescription, SourceRow } from '../driver.js'
import { DocumentOutline, type RowCandidate } from './document-outline.js'
import type { XmlRows } from './options.js'
import { parseDocument } from './parse-document.js'
import { RowReader } from './row-reader.js'

const mostResources = 12
/** Rows whose columns are gathered: some have elements that the first ones lack. */
const columnRows = 500

/** The lists in a document, each as a resource that could be read. `open` begins the document anew. */
export async function describeDocument(
  open: () => AsyncIterable<string>,
  sampleRows: number,
): Promise<ResourceDescription<XmlRows>[]> {
  const outline = new DocumentOutline()
  for await (const seen of parseDocument(open(), outline)) {
    if (seen.hasRoot) break
  }
  const described: ResourceDescription<XmlRows>[] = []
  for (const candidate of outline.candidates().slice(0, mostResources)) {
    described.push(await describeRows(open(), candidate, sampleRows))
  }
  return described
}

async function describeRows(
  text: AsyncIterable<string>,
  { rows, lists }: RowCandidate,
  sampleRows: number,
): Promise<ResourceDescription<XmlRows>> {
  const selection: XmlRows = { rows, ...(lists.length > 0 && { lists }) }
  const columns = new Set<string>()
  const sample: SourceRow[] = []
  let read = 0
  for await (const row of parseDocument(text, new RowReader(selection))) {
    if (read === Math.max(columnRows, sampleRows)) break
    read += 1
    for (const column of Object.keys(row.values)) columns.add(column)
    if (sample.length < sampleRows) sample.push(row)
  }
  return { name: rows.split('/').at(-1) ?? 'rows', selection, columns: [...columns], sample, isStructured: true }
}
