import { z } from 'zod'
import { columnTree, type ColumnNode } from '../columns/column-tree.js'
import type { FileColumn } from '../columns/column.js'
import { ByteBlock } from '../copy/byte-block.js'
import type { RowEncoder } from '../copy/copy-out.js'
import { held, RowCells } from '../copy/row-cells.js'
import { fetchedAtOf, type FileContext } from './file-context.js'
import { xmlText } from './xml-text.js'

type Step = (cells: RowCells, block: ByteBlock) => void

/** What a cell must hold for its text not to be XML as it is. */
const needsCare = held.quote | held.markup | held.escape | held.control | held.high

/**
 * XML as the XSD of the same resource describes it: a `record` for each row, an element for each value; a value that is
 * not there has no element.
 */
export class XmlEncoder implements RowEncoder {
  private readonly block = new ByteBlock()
  private readonly cells: RowCells
  private readonly steps: readonly Step[]
  private readonly overhead: number
  private readonly open = Buffer.from('<record>')
  private readonly close = Buffer.from('</record>\n')

  constructor(
    private readonly context: FileContext,
    private readonly schemaAddress: string,
  ) {
    const { columns } = context
    this.cells = new RowCells(columns.length)
    this.steps = columnTree(columns, ({ nested }) => nested).map((node) => stepOf(node, columns))
    this.overhead = columns.reduce((sum, { name }) => sum + 2 * Buffer.byteLength(name) + 32, 32)
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
    const { block, cells } = this
    cells.read(source, start, end)
    // A quote becomes six bytes, an item of a list of two or three bytes sixteen.
    block.reserve((end - start) * 8 + this.overhead)
    block.all(this.open)
    for (const step of this.steps) step(cells, block)
    block.all(this.close)
  }

  take(): readonly Buffer[] {
    return [this.block.take()]
  }

  end(): Buffer {
    return Buffer.from('</records>\n')
  }
}

function stepOf(node: ColumnNode<FileColumn>, columns: readonly FileColumn[]): Step {
  const open = Buffer.from(`<${node.name}>`)
  const close = Buffer.from(`</${node.name}>`)
  if (node.kind === 'column') {
    const cell = columns.indexOf(node.column)
    const { kind, list } = node.column.shape
    if (list) return listStep(cell, open, close)
    return kind === 'boolean' ? booleanStep(cell, open, close) : valueStep(cell, open, close)
  }
  const steps = node.nodes.map((each) => stepOf(each, columns))
  const inside = cellsBelow(node, columns)
  return (cells, block) => {
    if (inside.every((cell) => cells.isNull(cell))) return
    block.all(open)
    for (const step of steps) step(cells, block)
    block.all(close)
  }
}

function cellsBelow(node: ColumnNode<FileColumn>, columns: readonly FileColumn[]): readonly number[] {
  return node.kind === 'column'
    ? [columns.indexOf(node.column)]
    : node.nodes.flatMap((each) => cellsBelow(each, columns))
}

function valueStep(cell: number, open: Buffer, close: Buffer): Step {
  return (cells, block) => {
    if (cells.isNull(cell)) return
    block.all(open)
    if (cells.has(cell, needsCare)) block.text(xmlText(cells.text(cell)))
    else block.add(cells.source, cells.start(cell), cells.end(cell))
    block.all(close)
  }
}

const yes = Buffer.from('true')
const no = Buffer.from('false')

/** Postgres says t and f. */
function booleanStep(cell: number, open: Buffer, close: Buffer): Step {
  return (cells, block) => {
    if (cells.isNull(cell)) return
    block.all(open)
    block.all(cells.source[cells.start(cell)] === 0x74 ? yes : no)
    block.all(close)
  }
}

const items = z.array(z.json().nullable())

function listStep(cell: number, open: Buffer, close: Buffer): Step {
  return (cells, block) => {
    if (cells.isNull(cell)) return
    const xml = items
      .parse(JSON.parse(cells.text(cell)))
      .map((item) => `<item>${xmlText(typeof item === 'string' ? item : JSON.stringify(item))}</item>`)
    block.all(open)
    block.text(xml.join(''))
    block.all(close)
  }
}
