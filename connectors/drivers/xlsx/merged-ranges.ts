import { SourceFault } from '../../../src/errors/source-fault.js'
import { worded } from '../../../src/errors/wording.js'
import { parseRange, type CellRange } from './cell-range.js'
import { largestSheet, type Sheet } from './workbook.js'
import { XmlDecoder } from './xml-decoder.js'
import type { ZipArchive } from '../zip/zip-archive.js'

const mostRanges = 20_000
const mergeCell = /<(?:\w+:)?mergeCell\s[^>]{0,200}?ref=["']([A-Z0-9:$]{1,40})["']/gu
/** Longer than any match, so that one that two chunks share is found in the next one's beginning. */
const overlap = 300

/**
 * The merged ranges that touch the rows from `from` to `to`. They stand behind the cells, so this passes the whole sheet; it looks
 * for their tags in the text (where `<` stands for nothing else), as parsing every cell twice would double a harvest's time.
 */
export async function mergedRanges(
  archive: ZipArchive,
  sheet: Sheet,
  rows: { readonly from: number; readonly to: number },
  signal: AbortSignal,
): Promise<CellRange[]> {
  const ranges = new Map<string, CellRange>()
  const decoder = new XmlDecoder()
  let tail = ''
  for await (const chunk of archive.read(sheet.part, largestSheet)) {
    signal.throwIfAborted()
    const text = tail + decoder.decode(chunk)
    tail = text.slice(-overlap)
    if (!text.includes('mergeCell')) continue
    for (const [, reference = ''] of text.matchAll(mergeCell)) {
      const range = parseRange(reference)
      if (range === undefined || range.from.row > rows.to || range.to.row < rows.from) continue
      ranges.set(reference, range)
      if (ranges.size > mostRanges)
        throw new SourceFault('TOO_LARGE', { limit: worded(`${mostRanges} merged ranges`, `${mostRanges} vùng ô gộp`) })
    }
  }
  return [...ranges.values()]
}
