import type { Cell } from '../workbook.js'
import { comma, dmy, referenceDay, type Row } from './rows.js'
import { element, type XmlElement } from './xml-document.js'

/** Which column of a row goes where in its element: `Ten`, `DiaChi/Xa`, `@ma` or `DiaChi/@ma`, in the order of the document. */
export type RowLayout = readonly (readonly [place: string, column: string])[]

export interface XmlReport {
  /** The root, with what declares its namespaces. */
  readonly root: string
  readonly attributes?: Readonly<Record<string, string>>
  /** Before the names of all elements, with its colon; empty when there is none. */
  readonly prefix?: string
  readonly office: string
  readonly title: string
  readonly rowName: string
  readonly rows: readonly Row[]
  readonly layout: RowLayout
  /** Values of columns that are lists, each an element of its own; the others are written as they are. */
  readonly listSeparator?: string
  /** How a missing value is written. */
  readonly missing?: '' | null
}

/** A report as the programs of ministries export it: a block about it, the rows, and their count at the end. */
export function xmlReport(report: XmlReport): XmlElement {
  const { root, attributes = {}, office, title, rowName, rows, prefix = '' } = report
  const named = (name: string, content: XmlElement['content']): XmlElement => element(`${prefix}${name}`, content)
  return element(
    `${prefix}${root}`,
    [
      named('ThongTinChung', [
        named('DonViBaoCao', `${office} TỈNH BÌNH ĐỊNH`),
        named('TieuDe', title),
        named('NgayBaoCao', dmy(referenceDay)),
        named('GhiChu', 'Dữ liệu minh hoạ, không phải số liệu thật'),
      ]),
      named(
        'DanhSach',
        rows.map((row) => rowElement(rowName, row, report)),
      ),
      named('TongSo', String(rows.length)),
    ],
    attributes,
  )
}

function rowElement(
  name: string,
  row: Row,
  { layout, prefix = '', missing = '', listSeparator }: XmlReport,
): XmlElement {
  const cells = layout.map(([place, column]): readonly [string[], string | null] => {
    return [place.split('/'), written(row[column] ?? null) ?? missing]
  })
  return built(`${prefix}${name}`, cells, { prefix, listSeparator })
}

/** What the places of a row make of it; neighbours with the same first step share an element. */
function built(
  name: string,
  cells: readonly (readonly [place: readonly string[], text: string | null])[],
  how: { readonly prefix: string; readonly listSeparator: string | undefined },
): XmlElement {
  const attributes: Record<string, string> = {}
  const groups = new Map<string, [string[], string | null][]>()
  for (const [[step = '', ...rest], text] of cells) {
    if (step.startsWith('@')) attributes[step.slice(1)] = text ?? ''
    else groups.set(step, [...(groups.get(step) ?? []), [rest, text]])
  }
  const children = [...groups].flatMap(([step, inner]) => {
    const [only] = inner
    if (only?.[0].length !== 0) return [built(`${how.prefix}${step}`, inner, how)]
    const text = only[1]
    const items = text === null || how.listSeparator === undefined ? [text] : text.split(how.listSeparator)
    return items.map((item) => element(`${how.prefix}${step}`, item))
  })
  return element(name, children, attributes)
}

function written(cell: Cell): string | null {
  if (cell === null) return null
  if (typeof cell === 'string') return cell
  if (typeof cell === 'number') return comma(cell)
  return 'date' in cell ? dmy(cell.date) : cell.bold
}
