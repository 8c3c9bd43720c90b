import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { RowFrames } from './row-frames.js'

function message(kind: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5)
  head.write(kind, 0, 'latin1')
  head.writeUInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}

const messages = fc.array(
  fc.record({
    kind: fc.constantFrom('D', '2', 'C', 'Z', 'N'),
    body: fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
  }),
  { maxLength: 12 },
)

test('takes exactly the data rows out, wherever the bytes are cut', () => {
  fc.assert(
    fc.property(messages, fc.array(fc.nat(200), { maxLength: 10 }), (sent, cuts) => {
      const bytes = Buffer.concat(sent.map(({ kind, body }) => message(kind, body)))
      const at = [...new Set([0, ...cuts.filter((cut) => cut < bytes.length), bytes.length])].sort((a, b) => a - b)
      const frames = new RowFrames()
      const rows: Buffer[] = []
      let pieces: Buffer[] = []
      frames.sink = {
        piece: (piece, last) => {
          pieces.push(piece)
          if (!last) return
          rows.push(Buffer.concat(pieces))
          pieces = []
        },
      }
      const rest = at.slice(1).flatMap((end, index) => frames.filter(bytes.subarray(at[index], end)))
      const others = sent.filter(({ kind, body }) => kind !== 'D' || body.length === 0)
      // A row without even a number of columns is no row.
      fc.pre(others.every(({ kind }) => kind !== 'D'))
      expect(rows).toEqual(sent.flatMap(({ kind, body }) => (kind === 'D' ? [body] : [])))
      expect(Buffer.concat(rest)).toEqual(Buffer.concat(others.map(({ kind, body }) => message(kind, body))))
    }),
  )
})

test('leaves rows among the rest when nobody takes them', () => {
  const frames = new RowFrames()
  const bytes = Buffer.concat([message('D', Buffer.from('row')), message('Z', Buffer.from('I'))])
  expect(Buffer.concat(frames.filter(bytes))).toEqual(bytes)
})
