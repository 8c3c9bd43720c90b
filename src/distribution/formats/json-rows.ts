import { ByteBlock } from '../copy/byte-block.js'
import type { RowEncoder } from '../copy/copy-out.js'
import { held, RowCells } from '../copy/row-cells.js'

/** How a cell becomes a JSON value: `plain` as it is, `quoted` between quotes, `string` escaped too, `json` is JSON already. */
export type JsonForm = 'plain' | 'boolean' | 'quoted' | 'string' | 'json'

/** A JSON value as it is written for each row; numbers are those of cells. */
export type JsonNode =
  | { readonly kind: 'value'; readonly cell: number; readonly form: JsonForm }
  /** Null when the cell that tells of its presence is. */
  | { readonly kind: 'object'; readonly presence: number | undefined; readonly members: readonly JsonMember[] }
  /** A GeoJSON point; null when either coordinate is. */
  | { readonly kind: 'point'; readonly longitude: number; readonly latitude: number }
  | { readonly kind: 'constant'; readonly json: string }

/** What rows of cells become. */
export interface JsonShape {
  readonly node: JsonNode
  /** How many cells a row has. */
  readonly cells: number
}

export interface JsonMember {
  readonly name: string
  readonly node: JsonNode
}

/** What stands around and between the rows. */
export interface JsonFrame {
  readonly begin: string
  readonly between: string
  readonly after: string
  readonly end: string
}

type Step = (cells: RowCells, block: ByteBlock) => void

const quote = 0x22
const backslash = 0x5c
const nullText = Buffer.from('null')
const trueText = Buffer.from('true')
const falseText = Buffer.from('false')
const hex = Buffer.from('0123456789abcdef')

/**
 * Rows of COPY's text format as JSON. Of what COPY escapes in a text, all but the vertical tab is escaped in JSON the same
 * way, so a text is mostly copied.
 */
export class JsonRowEncoder implements RowEncoder {
  private readonly block = new ByteBlock()
  private readonly cells: RowCells
  private readonly write: Step
  private readonly overhead: number
  private readonly between: Buffer
  private readonly after: Buffer
  private rows = 0

  constructor(
    private readonly frame: JsonFrame,
    node: JsonNode,
    cells: number,
  ) {
    this.cells = new RowCells(cells)
    this.write = stepOf(node)
    this.between = Buffer.from(frame.between)
    this.after = Buffer.from(frame.after)
    this.overhead = sizeOf(node) + this.between.length + this.after.length
  }

  begin(): Buffer {
    return Buffer.from(this.frame.begin)
  }

  row(source: Buffer, start: number, end: number): void {
    const { block, cells } = this
    cells.read(source, start, end)
    // A control character of one byte becomes six.
    block.reserve((end - start) * 6 + this.overhead)
    if (this.rows > 0) block.all(this.between)
    this.write(cells, block)
    block.all(this.after)
    this.rows += 1
  }

  take(): readonly Buffer[] {
    return [this.block.take()]
  }

  end(): Buffer {
    return Buffer.from(this.frame.end)
  }
}

/** The most bytes that a node adds to those of its cells. */
function sizeOf(node: JsonNode): number {
  switch (node.kind) {
    case 'value':
      return 6
    case 'point':
      return 64
    case 'constant':
      return Buffer.byteLength(node.json)
    case 'object':
      return node.members.reduce(
        (sum, { name, node: value }) => sum + Buffer.byteLength(name) * 2 + 8 + sizeOf(value),
        8,
      )
  }
}

function stepOf(node: JsonNode): Step {
  switch (node.kind) {
    case 'value':
      return valueStep(node.cell, node.form)
    case 'object':
      return objectStep(node.presence, node.members)
    case 'point':
      return pointStep(node.longitude, node.latitude)
    case 'constant': {
      const bytes = Buffer.from(node.json)
      return (_, block) => {
        block.all(bytes)
      }
    }
  }
}

function objectStep(presence: number | undefined, members: readonly JsonMember[]): Step {
  const parts = members.map(({ name, node }, index) => ({
    before: Buffer.from(`${index === 0 ? '{' : ','}${JSON.stringify(name)}:`),
    write: stepOf(node),
  }))
  const end = Buffer.from(parts.length === 0 ? '{}' : '}')
  return (cells, block) => {
    if (presence !== undefined && cells.isNull(presence)) {
      block.all(nullText)
      return
    }
    for (const { before, write } of parts) {
      block.all(before)
      write(cells, block)
    }
    block.all(end)
  }
}

function pointStep(longitude: number, latitude: number): Step {
  const begin = Buffer.from('{"type":"Point","coordinates":[')
  const end = Buffer.from(']}')
  return (cells, block) => {
    if (cells.isNull(longitude) || cells.isNull(latitude)) {
      block.all(nullText)
      return
    }
    block.all(begin)
    block.add(cells.source, cells.start(longitude), cells.end(longitude))
    block.byte(0x2c)
    block.add(cells.source, cells.start(latitude), cells.end(latitude))
    block.all(end)
  }
}

function valueStep(cell: number, form: JsonForm): Step {
  const write = writers[form]
  return (cells, block) => {
    if (cells.isNull(cell)) block.all(nullText)
    else write(cells, cell, block)
  }
}

type CellWriter = (cells: RowCells, cell: number, block: ByteBlock) => void

const writers: Readonly<Record<JsonForm, CellWriter>> = {
  plain(cells, cell, block) {
    block.add(cells.source, cells.start(cell), cells.end(cell))
  },
  boolean(cells, cell, block) {
    block.all(cells.source[cells.start(cell)] === 0x74 ? trueText : falseText)
  },
  quoted(cells, cell, block) {
    block.byte(quote)
    block.add(cells.source, cells.start(cell), cells.end(cell))
    block.byte(quote)
  },
  string(cells, cell, block) {
    block.byte(quote)
    if (cells.has(cell, held.quote | held.escape | held.control)) escapedString(cells, cell, block)
    else block.add(cells.source, cells.start(cell), cells.end(cell))
    block.byte(quote)
  },
  json(cells, cell, block) {
    if (cells.has(cell, held.escape)) unescapedJson(cells, cell, block)
    else block.add(cells.source, cells.start(cell), cells.end(cell))
  },
}

function escapedString(cells: RowCells, cell: number, block: ByteBlock): void {
  const { source } = cells
  const end = cells.end(cell)
  for (let at = cells.start(cell); at < end; at++) {
    const byte = source[at] ?? 0
    if (byte === backslash) {
      at += 1
      const escaped = source[at] ?? 0
      // JSON has no short form of the vertical tab.
      if (escaped === 0x76) {
        control(0x0b, block)
      } else {
        block.byte(backslash)
        block.byte(escaped)
      }
    } else if (byte === quote) {
      block.byte(backslash)
      block.byte(quote)
    } else if (byte < 0x20) {
      control(byte, block)
    } else {
      block.byte(byte)
    }
  }
}

function control(code: number, block: ByteBlock): void {
  for (const byte of [backslash, 0x75, 0x30, 0x30]) block.byte(byte)
  block.byte(hex[code >> 4] ?? 0)
  block.byte(hex[code & 15] ?? 0)
}

/** JSON text has no raw control characters: what COPY escaped in it are backslashes only, or blanks between its tokens. */
function unescapedJson(cells: RowCells, cell: number, block: ByteBlock): void {
  block.text(cells.text(cell))
}
