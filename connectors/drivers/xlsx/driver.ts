import type { Driver, ResourceDescription, Source, SourceRow } from '../driver.js'
import { SourceFault } from '../../../src/errors/source-fault.js'
import { worded } from '../../../src/errors/wording.js'
import { guessHeaderRows, rowsLookedAt } from './guess-header.js'
import { mergedRanges } from './merged-ranges.js'
import { xlsxOptions, xlsxSelection, type XlsxOptions, type XlsxSelection } from './options.js'
import { sheetRows, type SheetRow } from './sheet-rows.js'
import { sheetTable } from './sheet-table.js'
import { readWorkbook, type Sheet, type Workbook } from './workbook.js'
import type { ZipArchive } from '../zip/zip-archive.js'
import { notWorkbook, openArchive } from './open-archive.js'

/** Excel workbooks at an address, read sheet by sheet without ever being held in memory. */
export const driver: Driver<XlsxOptions, XlsxSelection> = {
  name: 'xlsx',
  title: { vi: 'Bảng tính Excel (.xlsx)', en: 'Excel workbook (.xlsx)' },
  options: xlsxOptions,
  selection: xlsxSelection,
  capabilities: { scan: true, lookupBatch: undefined, conditional: true, since: false },

  async check(source) {
    const { archive } = await openWorkbook(source, source.options.url)
    archive.close()
  },

  async describe(source, sampleRows) {
    const { archive, workbook } = await openWorkbook(source, source.options.url)
    try {
      const described: ResourceDescription<XlsxSelection>[] = []
      for (const sheet of workbook.sheets) {
        described.push(await describeSheet(archive, workbook, sheet, sampleRows, source.signal))
      }
      return described
    } finally {
      archive.close()
    }
  },

  async *scan(source, selection) {
    const { archive, workbook } = await openWorkbook(source, workbookUrl(source.options.url, selection))
    try {
      yield* sheetTable(archive, workbook, sheetOf(workbook, selection), selection, source.signal)
    } finally {
      archive.close()
    }
  },
}

async function openWorkbook(
  source: Source<XlsxOptions>,
  url: string,
): Promise<{ archive: ZipArchive; workbook: Workbook }> {
  const download = await source.download(url)
  const archive = await openArchive(download.path, source.signal)
  try {
    const workbook = await readWorkbook(archive, source.signal)
    if (workbook.sheets.length === 0)
      throw notWorkbook(worded('it has no sheet with cells', 'không có trang tính nào có ô'))
    return { archive, workbook }
  } catch (error) {
    archive.close()
    throw error
  }
}

async function describeSheet(
  archive: ZipArchive,
  workbook: Workbook,
  sheet: Sheet,
  sampleRows: number,
  signal: AbortSignal,
): Promise<ResourceDescription<XlsxSelection>> {
  const top: SheetRow[] = []
  for await (const row of sheetRows(archive, workbook, sheet, signal)) {
    if (row.number > rowsLookedAt) break
    top.push(row)
  }
  const merges = await mergedRanges(archive, sheet, { from: 1, to: rowsLookedAt }, signal)
  const selection = { sheet: sheet.name, headerRows: guessHeaderRows(top, merges) }
  let columns: readonly string[] = []
  const sample: SourceRow[] = []
  if (top.length === 0) return { name: sheet.name, selection, columns, sample }
  const rows = sheetTable(archive, workbook, sheet, selection, signal, (names) => (columns = names))
  for await (const row of rows) {
    if (sample.length === sampleRows) break
    sample.push(row)
  }
  return { name: sheet.name, selection, columns, sample }
}

function sheetOf(workbook: Workbook, selection: XlsxSelection): Sheet {
  const wanted = selection.sheet ?? 1
  const sheet =
    typeof wanted === 'number'
      ? workbook.sheets[wanted - 1]
      : workbook.sheets.find(({ name }) => sheetKey(name) === sheetKey(wanted))
  if (sheet !== undefined) return sheet
  const there = workbook.sheets.map(({ name }) => `"${name}"`).join(', ')
  throw new SourceFault('NOT_FOUND', {
    what: worded(`sheet ${wanted} (there are ${there})`, `trang tính ${wanted} (hiện có ${there})`),
  })
}

/** Excel itself takes sheet names without regard to case, and people add spaces. */
function sheetKey(name: string): string {
  return name.normalize('NFC').trim().toLowerCase()
}

/** The credentials are those of the address's server, so another workbook has to be on the same one. */
function workbookUrl(url: string, selection: XlsxSelection): string {
  if (selection.file === undefined) return url
  const file = URL.parse(selection.file, url)
  if (file === null || file.origin !== new URL(url).origin) {
    throw new SourceFault('MAPPING', {
      detail: worded(
        `the file ${selection.file} is not on the server of the address`,
        `tệp ${selection.file} không nằm trên máy chủ của địa chỉ`,
      ),
    })
  }
  return file.href
}
