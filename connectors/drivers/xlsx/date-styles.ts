import { readXml, type XmlReader } from './xml-reader.js'
import type { ZipArchive } from '../zip/zip-archive.js'

const largestPart = 32 * 1024 * 1024

/** What a number format shows of a serial number. */
export type DateStyle = 'date' | 'time'

/** The formats that have a number instead of a code; those from 27 on are the East Asian ones. */
const builtIn = new Map<number, DateStyle>([
  ...[14, 15, 16, 17, 22].map((id) => [id, 'date'] as const),
  ...[18, 19, 20, 21, 45, 47].map((id) => [id, 'time'] as const),
  ...[27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58].map((id) => [id, 'date'] as const),
])

/** For each cell style of the workbook whether it shows a date. */
export async function readDateStyles(
  archive: ZipArchive,
  part: string,
  signal: AbortSignal,
): Promise<(DateStyle | undefined)[]> {
  const formats = new Map<number, DateStyle | undefined>()
  const styles: number[] = []
  for await (const found of readXml(archive.read(part, largestPart), new StylesReader(), signal)) {
    if (found.code === undefined) styles.push(found.id)
    else formats.set(found.id, dateStyleOf(found.code))
  }
  return styles.map((id) => (formats.has(id) ? formats.get(id) : builtIn.get(id)))
}

/** Whether a format code shows a date, a time of day, or neither; a duration (`[h]:mm`) is a number of days and neither. */
function dateStyleOf(code: string): DateStyle | undefined {
  const positive = code.split(';', 1)[0] ?? ''
  const bare = positive.replace(/"[^"]*"?|\\.|_.|\*./gu, '')
  if (/\[(h+|m+|s+)\]/iu.test(bare)) return undefined
  const letters = bare.replace(/\[[^\]]*\]/gu, '').replace(/general|am\/pm|a\/p/giu, '')
  if (/[dy]/iu.test(letters)) return 'date'
  if (/[hs]/iu.test(letters)) return 'time'
  return /m/iu.test(letters) ? 'date' : undefined
}

/** A number format with its code, or a cell style (in order) without one. */
interface Found {
  readonly id: number
  readonly code?: string
}

class StylesReader implements XmlReader<Found> {
  #found: Found[] = []
  #inCellStyles = false

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'cellXfs') this.#inCellStyles = true
    const id = Number(attributes['numFmtId'] ?? 0)
    if (name === 'numFmt') this.#found.push({ id, code: attributes['formatCode'] ?? '' })
    else if (name === 'xf' && this.#inCellStyles) this.#found.push({ id })
  }

  close(name: string): void {
    if (name === 'cellXfs') this.#inCellStyles = false
  }

  take(): readonly Found[] {
    const found = this.#found
    this.#found = []
    return found
  }
}
