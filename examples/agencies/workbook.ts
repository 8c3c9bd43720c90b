import { strToU8, zipSync } from 'fflate'

/** What a cell of a sample workbook holds; a number with `date` is a day that Excel shows as dd/mm/yyyy. */
export type Cell = string | number | null | { readonly date: string } | { readonly bold: string }

export interface SheetContent {
  readonly name: string
  readonly rows: readonly (readonly Cell[])[]
  /** Ranges such as `A1:F1`. */
  readonly merges?: readonly string[]
}

/** The bytes of an .xlsx workbook; the same sheets always give the same bytes. */
export function writeWorkbook(sheets: readonly SheetContent[]): Uint8Array {
  const strings = new SharedStrings()
  const parts: Record<string, string> = {
    '[Content_Types].xml': contentTypes(sheets.length),
    '_rels/.rels': relationships([['rId1', 'officeDocument', 'xl/workbook.xml']]),
    'xl/workbook.xml': workbookXml(sheets),
    'xl/_rels/workbook.xml.rels': relationships([
      ...sheets.map((_, index): Relationship => [`rId${index + 1}`, 'worksheet', `worksheets/sheet${index + 1}.xml`]),
      [`rId${sheets.length + 1}`, 'styles', 'styles.xml'],
      [`rId${sheets.length + 2}`, 'sharedStrings', 'sharedStrings.xml'],
    ]),
    'xl/styles.xml': stylesXml,
  }
  sheets.forEach((sheet, index) => (parts[`xl/worksheets/sheet${index + 1}.xml`] = sheetXml(sheet, strings)))
  parts['xl/sharedStrings.xml'] = strings.xml()
  const files = Object.fromEntries(Object.entries(parts).map(([name, xml]) => [name, strToU8(declaration + xml)]))
  // Zip archives keep local times; a day built from local parts is the same text everywhere.
  return zipSync(files, { level: 6, mtime: new Date(2025, 5, 30, 8, 0, 0) })
}

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packageSchemas = 'http://schemas.openxmlformats.org/package/2006'
const spreadsheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

const styleOf = { plain: 0, bold: 1, date: 2 } as const
const stylesXml =
  `<styleSheet xmlns="${main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts>` +
  '<fonts count="2"><font><sz val="12"/><name val="Times New Roman"/></font>' +
  '<font><b/><sz val="12"/><name val="Times New Roman"/></font></fonts>' +
  '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
  '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>' +
  '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>' +
  '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>'

class SharedStrings {
  readonly #numbers = new Map<string, number>()

  number(text: string): number {
    const known = this.#numbers.get(text)
    if (known !== undefined) return known
    this.#numbers.set(text, this.#numbers.size)
    return this.#numbers.size - 1
  }

  xml(): string {
    const items = [...this.#numbers.keys()].map((text) => `<si><t xml:space="preserve">${escaped(text)}</t></si>`)
    return `<sst xmlns="${main}" uniqueCount="${items.length}">${items.join('')}</sst>`
  }
}

function sheetXml(sheet: SheetContent, strings: SharedStrings): string {
  const rows = sheet.rows.map((cells, index) => {
    const number = index + 1
    const written = cells.map((cell, column) => cellXml(cell, `${columnLetters(column + 1)}${number}`, strings))
    return `<row r="${number}">${written.join('')}</row>`
  })
  const merges = sheet.merges ?? []
  const merged = merges.map((range) => `<mergeCell ref="${range}"/>`).join('')
  const mergeXml = merges.length === 0 ? '' : `<mergeCells count="${merges.length}">${merged}</mergeCells>`
  return `<worksheet xmlns="${main}"><sheetData>${rows.join('')}</sheetData>${mergeXml}</worksheet>`
}

function cellXml(cell: Cell, place: string, strings: SharedStrings): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return `<c r="${place}"><v>${cell}</v></c>`
  if (typeof cell === 'string') return `<c r="${place}" t="s"><v>${strings.number(cell)}</v></c>`
  if ('date' in cell) return `<c r="${place}" s="${styleOf.date}"><v>${daySerial(cell.date)}</v></c>`
  return `<c r="${place}" s="${styleOf.bold}" t="s"><v>${strings.number(cell.bold)}</v></c>`
}

/** Days since 1899-12-30, as Excel counts those after February 1900. */
function daySerial(isoDate: string): number {
  return Math.round((Date.parse(`${isoDate}T00:00:00Z`) - Date.UTC(1899, 11, 30)) / 86_400_000)
}

/** 1 is A, 27 is AA. */
export function columnLetters(column: number): string {
  const before = Math.floor((column - 1) / 26)
  return (before > 0 ? columnLetters(before) : '') + String.fromCharCode(65 + ((column - 1) % 26))
}

function workbookXml(sheets: readonly SheetContent[]): string {
  const list = sheets.map(
    ({ name }, index) => `<sheet name="${escaped(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`,
  )
  return `<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${list.join('')}</sheets></workbook>`
}

type Relationship = readonly [id: string, type: string, target: string]

function relationships(all: readonly Relationship[]): string {
  const list = all.map(([id, type, target]) => `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}"/>`)
  return `<Relationships xmlns="${packageSchemas}/relationships">${list.join('')}</Relationships>`
}

function contentTypes(sheets: number): string {
  const parts: (readonly [string, string])[] = [
    ['workbook', `${spreadsheet}.sheet.main+xml`],
    ...Array.from({ length: sheets }, (_, index) => {
      return [`worksheets/sheet${index + 1}`, `${spreadsheet}.worksheet+xml`] as const
    }),
    ['styles', `${spreadsheet}.styles+xml`],
    ['sharedStrings', `${spreadsheet}.sharedStrings+xml`],
  ]
  const overrides = parts.map(([part, type]) => `<Override PartName="/xl/${part}.xml" ContentType="${type}"/>`)
  return (
    `<Types xmlns="${packageSchemas}/content-types">` +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    `<Default Extension="xml" ContentType="application/xml"/>${overrides.join('')}</Types>`
  )
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
