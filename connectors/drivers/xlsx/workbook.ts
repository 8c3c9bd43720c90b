import { posix } from 'node:path'
import { readDateStyles, type DateStyle } from './date-styles.js'
import { readSharedStrings } from './shared-strings.js'
import { readXml, type XmlReader } from './xml-reader.js'
import type { ZipArchive } from '../zip/zip-archive.js'
import { notWorkbook } from './open-archive.js'
import { worded } from '../../../src/errors/wording.js'

const smallPart = 8 * 1024 * 1024
/** Most bytes that a sheet may inflate to; it is read as a stream. */
export const largestSheet = 1024 * 1024 * 1024

export interface Sheet {
  readonly name: string
  /** Where its cells are in the archive. */
  readonly part: string
}

/** What the cells of all sheets refer to. */
export interface Workbook {
  readonly sheets: readonly Sheet[]
  /** Days are counted from 1904-01-01 (workbooks that began on an old Mac). */
  readonly from1904: boolean
  readonly strings: readonly string[]
  /** By the style's number; undefined: the style shows no date. */
  readonly dateStyles: readonly (DateStyle | undefined)[]
}

export async function readWorkbook(archive: ZipArchive, signal: AbortSignal): Promise<Workbook> {
  if (archive.has('xl/workbook.bin'))
    throw notWorkbook(
      worded('it is a binary workbook (.xlsb); save it as .xlsx', 'là bảng tính nhị phân (.xlsb); hãy lưu thành .xlsx'),
    )
  if (archive.has('mimetype'))
    throw notWorkbook(
      worded('it is an OpenDocument file; save it as .xlsx', 'là tệp OpenDocument; hãy lưu thành .xlsx'),
    )
  const root = await relationships(archive, '_rels/.rels', '', signal)
  const part = root.find(({ kind }) => kind === 'officeDocument')?.target ?? 'xl/workbook.xml'
  if (!archive.has(part))
    throw notWorkbook(worded('it is a zip archive without a workbook', 'là tệp nén zip không có bảng tính'))
  const linked = await relationships(archive, relationshipsOf(part), part, signal)
  const reader = new WorkbookReader()
  await drain(readXml(archive.read(part, smallPart), reader, signal))
  const sheets = reader.sheets.flatMap(({ name, id }) => {
    const target = linked.find((relationship) => relationship.id === id && relationship.kind === 'worksheet')?.target
    return target === undefined ? [] : [{ name, part: target }]
  })
  const strings = linked.find(({ kind }) => kind === 'sharedStrings')?.target
  const styles = linked.find(({ kind }) => kind === 'styles')?.target
  return {
    sheets,
    from1904: reader.from1904,
    strings: strings === undefined || !archive.has(strings) ? [] : await readSharedStrings(archive, strings, signal),
    dateStyles: styles === undefined || !archive.has(styles) ? [] : await readDateStyles(archive, styles, signal),
  }
}

class WorkbookReader implements XmlReader<never> {
  readonly sheets: { readonly name: string; readonly id: string }[] = []
  from1904 = false

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'workbookPr') this.from1904 = ['1', 'true', 'on'].includes(attributes['date1904'] ?? '')
    if (name !== 'sheet') return
    const id = Object.entries(attributes).find(([attribute]) => /^\w+:id$/u.test(attribute))?.[1]
    const title = attributes['name']
    if (id !== undefined && title !== undefined) this.sheets.push({ name: title.normalize('NFC'), id })
  }

  take(): readonly never[] {
    return []
  }
}

interface Relationship {
  readonly id: string
  /** The last word of the type's address, the same in both editions of the standard. */
  readonly kind: string
  readonly target: string
}

async function relationships(
  archive: ZipArchive,
  part: string,
  owner: string,
  signal: AbortSignal,
): Promise<Relationship[]> {
  if (!archive.has(part)) return []
  const found: Relationship[] = []
  const reader: XmlReader<never> = {
    open(name, attributes) {
      const { Id: id, Type: type, Target: target, TargetMode: mode } = attributes
      if (name !== 'Relationship' || id === undefined || type === undefined || target === undefined) return
      if (mode === 'External') return
      found.push({ id, kind: type.slice(type.lastIndexOf('/') + 1), target: partName(target, owner) })
    },
    take: () => [],
  }
  await drain(readXml(archive.read(part, smallPart), reader, signal))
  return found
}

/** Targets are relative to the part that refers to them, or absolute within the archive. */
function partName(target: string, owner: string): string {
  return posix.resolve('/', posix.dirname(owner), target).slice(1)
}

function relationshipsOf(part: string): string {
  return posix.join(posix.dirname(part), '_rels', `${posix.basename(part)}.rels`)
}

async function drain(events: AsyncIterable<never>): Promise<void> {
  for await (const event of events) event satisfies never
}
