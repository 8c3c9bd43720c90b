import { afterAll, beforeAll, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { from as copyFrom } from 'pg-copy-streams'
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.js'
import { copyText } from './copy-text.js'
import { rowHash } from './row-hash.js'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(async () => {
  await database.dispose()
})

const text = fc.string({ unit: 'grapheme' }).filter((value) => !value.includes('\0') && value.isWellFormed())
const tricky = fc.constantFrom('', '\\', '\\N', '\\.', '\t', '\n', '\r\n', 'a\\tb', 'Đà Nẵng', null)
const cell = fc.oneof(text, tricky)

test('every text and null comes out of COPY as it went in', async () => {
  await database.pool.query('create table copied (n int, a text, b text)')
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(cell, cell), { maxLength: 50 }), async (rows) => {
      const client = await database.pool.connect()
      try {
        await client.query('truncate copied')
        const lines = rows.map(([a, b], index) => `${copyText([String(index), a, b])}\n`)
        await pipeline(Readable.from(lines), client.query(copyFrom('copy copied from stdin')))
        const copied = await client.query({ text: 'select a, b from copied order by n', rowMode: 'array' })
        expect(copied.rows).toEqual(rows)
      } finally {
        client.release()
      }
    }),
    { numRuns: 50 },
  )
})

test('rows that differ in any column, or in where a text ends, have different hashes', () => {
  fc.assert(
    fc.property(
      fc.array(cell, { minLength: 1, maxLength: 4 }),
      fc.array(cell, { minLength: 1, maxLength: 4 }),
      (a, b) => {
        expect(rowHash(a) === rowHash(b)).toBe(JSON.stringify(a) === JSON.stringify(b))
      },
    ),
  )
  expect(rowHash(['a', 'b'])).not.toBe(rowHash(['ab', '']))
  expect(rowHash(['1:a'])).not.toBe(rowHash(['a']))
  expect(rowHash([null, 'a'])).not.toBe(rowHash(['', 'a']))
})
