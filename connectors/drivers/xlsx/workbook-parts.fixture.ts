import { strToU8, zipSync, type Zippable } from 'fflate'

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

export interface WorkbookParts {
  /** What stands in the sheet's root element. */
  readonly sheet: string
  readonly strings?: string
  readonly styles?: string
  /** Attributes of `workbookPr`. */
  readonly properties?: string
  readonly more?: Zippable
}

/** A workbook of one sheet out of raw XML, to write what no writer would. */
export function workbookOf(parts: WorkbookParts): Uint8Array {
  const rels = [
    `<Relationship Id="r1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/>`,
    `<Relationship Id="r2" Type="${office}/sharedStrings" Target="/xl/sharedStrings.xml"/>`,
    `<Relationship Id="r3" Type="${office}/styles" Target="styles.xml"/>`,
  ]
  return zipSync({
    '_rels/.rels': strToU8(
      `<Relationships><Relationship Id="r1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ),
    'xl/workbook.xml': strToU8(
      `<workbook xmlns="${main}" xmlns:r="${office}"><workbookPr ${parts.properties ?? ''}/><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': strToU8(`<Relationships>${rels.join('')}</Relationships>`),
    'xl/worksheets/sheet1.xml': strToU8(`<worksheet xmlns="${main}">${parts.sheet}</worksheet>`),
    ...(parts.strings === undefined ? {} : { 'xl/sharedStrings.xml': strToU8(`<sst>${parts.strings}</sst>`) }),
    ...(parts.styles === undefined ? {} : { 'xl/styles.xml': strToU8(`<styleSheet>${parts.styles}</styleSheet>`) }),
    ...parts.more,
  })
}

/** A row of cells given as `A="…"` text cells: the header of most tests. */
export function textRow(number: number, texts: readonly string[]): string {
  const cells = texts.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`)
  return `<row r="${number}">${cells.join('')}</row>`
}
