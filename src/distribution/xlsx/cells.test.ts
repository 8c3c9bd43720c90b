import { expect, test } from '@jest/globals'
import { ByteBlock } from '../copy/byte-block.js'
import { RowCells } from '../copy/row-cells.js'
import { cellStep } from './cells.js'

const ahead = 7 * 3_600_000

function cellOf(kind: 'date' | 'dateTime', text: string): string {
  const cells = new RowCells(1)
  const block = new ByteBlock()
  const row = Buffer.from(`${text}\n`)
  cells.read(row, 0, row.length)
  block.reserve(1000)
  cellStep('A', { kind, list: false }, () => ahead)(cells, 0, 2, block)
  return block.take().toString()
}

test.each([
  ['date', '9999-12-31', '<c r="A2" s="2"><v>2958465</v></c>'],
  ['date', '1900-03-01', '<c r="A2" s="2"><v>61</v></c>'],
  ['dateTime', '2025-06-30T17:00:00.000Z', '<c r="A2" s="3"><v>45839</v></c>'],
] as const)('a %s is a day that spreadsheets count: %s', (kind, text, cell) => {
  expect(cellOf(kind, text)).toBe(cell)
})

test.each([
  ['date', '1900-02-28'],
  ['date', '0001-01-01'],
  // In the province it is the year 10000 by then.
  ['dateTime', '9999-12-31T23:59:59.000Z'],
] as const)('a %s that spreadsheets cannot count is text: %s', (kind, text) => {
  expect(cellOf(kind, text)).toBe(`<c r="A2" t="inlineStr"><is><t xml:space="preserve">${text}</t></is></c>`)
})
