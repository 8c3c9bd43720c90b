import { SourceFault } from '../../../src/errors/source-fault.js'
import { parseRange, type CellRange } from './cell-range.js'
import type { Sheet } from './workbook.js'
import { readXml, type XmlReader } from './xml-reader.js'
import type { ZipArchive } from './zip-archive.js'

const largestSheet = 1024 * 1024 * 1024
const mostRanges = 20_000

/** The merged ranges that touch the rows from `from` to `to`. They stand behind the cells, so this reads the whole sheet. */
export async function mergedRanges(
  archive: ZipArchive,
  sheet: Sheet,
  rows: { readonly from: number; readonly to: number },
  signal: AbortSignal,
): Promise<CellRange[]> {
  const ranges: CellRange[] = []
  for await (const range of readXml(archive.read(sheet.part, largestSheet), new MergesReader(), signal)) {
    if (range.from.row > rows.to || range.to.row < rows.from) continue
    ranges.push(range)
    if (ranges.length > mostRanges) throw new SourceFault('TOO_LARGE', { limit: `${mostRanges} merged ranges` })
  }
  return ranges
}

class MergesReader implements XmlReader<CellRange> {
  #found: CellRange[] = []

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name !== 'mergeCell') return
    const range = parseRange(attributes['ref'] ?? '')
    if (range !== undefined) this.#found.push(range)
  }

  take(): readonly CellRange[] {
    const found = this.#found
    this.#found = []
    return found
  }
}
