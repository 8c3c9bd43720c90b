import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { createTestDatabase } from '../support/database.js'
import { checkCase } from './check-case.js'
import { randomOperation } from './random-operation.js'
import { randomRows } from './random-rows.js'
import { randomSchema } from './random-types.js'
import { createSeededWorld } from './seed-reference-world.js'
import { valuePools } from './value-pools.js'
import { compareNames } from './values.js'

/** REFERENCE_CASES and REFERENCE_SEED choose how many operations are tried, and which. */
const cases = Number(process.env['REFERENCE_CASES'] ?? '500')
const seed = Number(process.env['REFERENCE_SEED'] ?? '20250630')

const casesPerRows = 10
const rowsPerSchema = 5
const schemas = Math.ceil(cases / (casesPerRows * rowsPerSchema))

describe('the record plane answers as the reference evaluator does', () => {
  test('names sort in Postgres as in the reference', async () => {
    const database = await createTestDatabase()
    try {
      const { rows } = await database.pool.query<{ name: string }>(
        'select name from unnest($1::text[]) name order by name collate "vi-x-icu"',
        [valuePools.text],
      )
      expect(rows.map((row) => row.name)).toEqual(valuePools.text.map(String).sort(compareNames))
    } finally {
      await database.dispose()
    }
  })

  test.each(Array.from({ length: schemas }, (_, index) => seed + index))(
    'random operations over the record types of seed %d',
    async (schemaSeed) => {
      const [schema] = fc.sample(randomSchema, { seed: schemaSeed, numRuns: 1 })
      const seeded = await createSeededWorld(schema!)
      try {
        const operations = fc.array(randomOperation(schema!), {
          minLength: 1,
          maxLength: 2 * casesPerRows,
          size: 'max',
        })
        const property = fc.asyncProperty(randomRows(schema!), operations, async (rows, asked) => {
          for (const operation of asked) await checkCase(schema!, seeded, rows, operation)
        })
        const result = await fc.check(property, {
          seed: schemaSeed,
          numRuns: rowsPerSchema,
          interruptAfterTimeLimit: 60_000,
        })
        if (result.failed) {
          throw result.errorInstance instanceof Error
            ? result.errorInstance
            : new Error('The property was interrupted.')
        }
      } finally {
        await seeded.records.dispose()
      }
    },
    600_000,
  )
})
