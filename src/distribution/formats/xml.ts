import { ColumnRows } from '../copy/column-rows.js'
import type { RowEncoder } from '../copy/copy-out.js'
import { nestedPath, shapeOf, type DownloadColumn } from '../columns/column.js'
import { z } from 'zod'
import { fetchedAtOf, type FileContext } from './file-context.js'
import { xmlText } from './xml-text.js'

/** One column as an element, inside the elements of its relations. */
interface Element {
  readonly path: readonly string[]
  readonly list: boolean
}

/**
 * XML as the XSD of the same resource describes it: a `record` for each row, an element for each value; a value that is
 * not there has no element.
 */
export class XmlEncoder implements RowEncoder {
  private readonly rows = new ColumnRows()
  private readonly elements: readonly Element[]
  private text = ''

  constructor(
    private readonly context: FileContext,
    private readonly schemaAddress: string,
  ) {
    this.elements = nestedTogether(context.columns).map((column) => ({
      path: nestedPath(column),
      list: shapeOf(column).list,
    }))
  }

  begin(): Buffer {
    const { dataset, resource, version, type } = this.context
    const fetchedAt = fetchedAtOf(this.context)
    const attributes = Object.entries({
      dataset: dataset.code,
      resource: resource.name,
      recordType: type.code,
      version: version === undefined ? undefined : String(version.number),
      fetchedAt: fetchedAt?.toISOString(),
      license: dataset.license,
      sample: String(dataset.sample),
      'xsi:noNamespaceSchemaLocation': this.schemaAddress,
    })
      .flatMap(([name, value]) => (value === undefined ? [] : [` ${name}="${xmlText(value)}"`]))
      .join('')
    return Buffer.from(
      `<?xml version="1.0" encoding="UTF-8"?>\n<records xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"${attributes}>\n`,
    )
  }

  row(source: Buffer, start: number, end: number): void {
    const values = this.rows.read(source, start, end)
    if (values === undefined) return
    this.text += `<record>${recordXml(this.elements, values)}</record>\n`
  }

  take(): Buffer {
    const taken = Buffer.from(this.text)
    this.text = ''
    return taken
  }

  end(): Buffer {
    return Buffer.from('</records>\n')
  }
}

/**
 * Columns of one relation next to each other, in the order in which each is first named: they share an element. XML and XSD
 * both follow it.
 */
export function nestedTogether(columns: readonly DownloadColumn[]): readonly DownloadColumn[] {
  const sorted: DownloadColumn[] = []
  const place = (at: readonly DownloadColumn[], depth: number): void => {
    const groups = new Map<string, DownloadColumn[]>()
    for (const column of at) {
      const name = nestedPath(column)[depth] ?? ''
      groups.set(name, [...(groups.get(name) ?? []), column])
    }
    for (const group of groups.values()) {
      const [first] = group
      if (first === undefined) continue
      if (nestedPath(first).length <= depth + 1) sorted.push(...group)
      else place(group, depth + 1)
    }
  }
  place(columns, 0)
  return sorted
}

const items = z.array(z.json().nullable())

function recordXml(elements: readonly Element[], values: readonly (string | null)[]): string {
  let xml = ''
  let open: readonly string[] = []
  for (let index = 0; index < elements.length; index++) {
    const element = elements[index]
    const value = values[index] ?? null
    if (element === undefined || value === null) continue
    const { path, list } = element
    const parents = path.slice(0, -1)
    xml += moved(open, parents)
    open = parents
    const name = path.at(-1) ?? ''
    xml += `<${name}>${list ? itemsXml(value) : xmlText(value)}</${name}>`
  }
  return xml + moved(open, [])
}

function moved(from: readonly string[], to: readonly string[]): string {
  if (from.length === 0 && to.length === 0) return ''
  let same = 0
  while (same < from.length && same < to.length && from[same] === to[same]) same += 1
  const closed = from.slice(same).reverse()
  return (
    closed.map((name) => `</${name}>`).join('') +
    to
      .slice(same)
      .map((name) => `<${name}>`)
      .join('')
  )
}

function itemsXml(json: string): string {
  return items
    .parse(JSON.parse(json))
    .map((item) => `<item>${xmlText(typeof item === 'string' ? item : JSON.stringify(item))}</item>`)
    .join('')
}
