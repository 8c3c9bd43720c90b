import type { CellShape } from '../columns/column.js'
import { xmlText } from '../formats/xml-text.js'
import { columnLetters, styles, textCell } from './cells.js'

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packages = 'http://schemas.openxmlformats.org/package/2006'
const spreadsheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** Up to the first row: the header stays in sight. */
export function sheetStart(shapes: readonly CellShape[]): string {
  const columns = shapes
    .map((shape, index) => `<col min="${index + 1}" max="${index + 1}" width="${widthOf(shape)}" customWidth="1"/>`)
    .join('')
  return `${declaration}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${columns}</cols><sheetData>`
}

export const sheetEnd = '</sheetData></worksheet>'

function widthOf({ kind, list }: CellShape): number {
  if (list || kind === 'text' || kind === 'url' || kind === 'json') return 28
  return kind === 'dateTime' ? 18 : 14
}

/** A sheet of two or more columns of text: a name, then what is said of it. */
export function textSheet(rows: readonly (readonly string[])[]): string {
  const body = rows.map((cells, index) => {
    const written = cells.map((text, column) =>
      text === ''
        ? ''
        : textCell(`${columnLetters(column + 1)}${index + 1}`, text, column === 0 ? styles.header : styles.wrapped),
    )
    return `<row r="${index + 1}">${written.join('')}</row>`
  })
  return `${declaration}<worksheet xmlns="${main}"><cols><col min="1" max="1" width="30" customWidth="1"/><col min="2" max="4" width="60" customWidth="1"/></cols><sheetData>${body.join('')}${sheetEnd}`
}

export const stylesXml = `${declaration}<styleSheet xmlns="${main}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE7EEF7"/><bgColor indexed="64"/></patternFill></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="2" borderId="0" xfId="0" applyFont="1" applyFill="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`

/** The parts that name the sheets; `names` in their order. */
export function workbookParts(names: readonly string[]): ReadonlyMap<string, string> {
  const sheets = names.map(
    (name, index) => `<sheet name="${xmlText(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`,
  )
  const sheetParts = names.map((_, index) => sheetPart(index + 1))
  const relations = sheetParts.map((part, index) => relation(index + 1, 'worksheet', part.replace(/^xl\//, '')))
  const overrides = sheetParts.map((part) => override(part, `${spreadsheet}.worksheet+xml`))
  return new Map([
    [
      'xl/workbook.xml',
      `${declaration}<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${sheets.join('')}</sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      relationships([...relations, relation(names.length + 1, 'styles', 'styles.xml')].join('')),
    ],
    ['_rels/.rels', relationships(relation(1, 'officeDocument', 'xl/workbook.xml'))],
    [
      '[Content_Types].xml',
      `${declaration}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${override('xl/workbook.xml', `${spreadsheet}.sheet.main+xml`)}${override('xl/styles.xml', `${spreadsheet}.styles+xml`)}${overrides.join('')}</Types>`,
    ],
  ])
}

export function sheetPart(number: number): string {
  return `xl/worksheets/sheet${number}.xml`
}

function relationships(inner: string): string {
  return `${declaration}<Relationships xmlns="${packages}/relationships">${inner}</Relationships>`
}

function relation(number: number, kind: string, target: string): string {
  return `<Relationship Id="rId${number}" Type="${office}/${kind}" Target="${target}"/>`
}

function override(part: string, contentType: string): string {
  return `<Override PartName="/${part}" ContentType="${contentType}"/>`
}
