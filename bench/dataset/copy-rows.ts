import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { PoolClient } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { quote } from '../../src/database/identifiers.js'
import type { GeneratedRow } from './generate.js'

const rowsPerChunk = 500

/** Copies rows into a table; the columns are those of the first row. Answers how many there were. */
export async function copyRows(client: PoolClient, table: string, rows: Iterable<GeneratedRow>): Promise<number> {
  const iterator = rows[Symbol.iterator]()
  const first = iterator.next()
  if (first.done === true) return 0
  const columns = Object.keys(first.value)
  let count = 0
  function* text(): Generator<string> {
    let chunk = ''
    for (let step: IteratorResult<GeneratedRow> = first; step.done !== true; step = iterator.next()) {
      const { value } = step
      chunk += `${columns.map((column) => field(value[column] ?? null)).join('\t')}\n`
      count += 1
      if (count % rowsPerChunk === 0) {
        yield chunk
        chunk = ''
      }
    }
    yield chunk
  }
  const target = client.query(copyFrom(`copy ${table} (${columns.map(quote).join(', ')}) from stdin`))
  await pipeline(Readable.from(text()), target)
  return count
}

function field(value: string | number | null): string {
  if (value === null) return '\\N'
  return String(value).replace(/[\\\t\n\r]/g, (character) => `\\${character}`)
}
