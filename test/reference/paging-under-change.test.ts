import { afterAll, beforeAll, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { z } from 'zod'
import { createRecordWorld, type RecordWorld } from '../support/record-world.js'

/** REFERENCE_CASES and REFERENCE_SEED choose how many walks are tried, and which. */
const walks = Math.ceil(Number(process.env['REFERENCE_CASES'] ?? '500') / 10)
const seed = Number(process.env['REFERENCE_SEED'] ?? '20250630')

const directions = ['ASC', 'DESC', 'ASC_NULLS_FIRST', 'DESC_NULLS_FIRST'] as const
const value = fc.option(fc.nat({ max: 5 }), { freq: 2 })
const name = fc.option(fc.constantFrom('An', 'Ân', 'Đá', 'Da', 'Bình'), { freq: 3 })

/** A walk through all pages, and what others write between two of them. */
const walk = fc.record({
  stays: fc.array(fc.tuple(value, name), { minLength: 1, maxLength: 25 }),
  comesAndGoes: fc.array(fc.tuple(value, name), { maxLength: 25 }),
  pupils: fc.constantFrom(...directions),
  name: fc.constantFrom(...directions),
  backward: fc.boolean(),
  size: fc.integer({ min: 1, max: 4 }),
})

let world: RecordWorld
beforeAll(async () => {
  world = await createRecordWorld()
  await world.seed({ dataset: 'primary-schools', resource: 'schools', recordType: 'School', rows: [] })
})
afterAll(async () => {
  await world.dispose()
})

async function insert(rows: readonly { key: string; row: readonly [number | null, string | null] }[]): Promise<void> {
  const [resource] = world.resources
  await world.database.pool.query(
    `insert into records."School" (_dataset, _resource, _key, _hash, _version, _updated_at, code, pupils, name)
     select $1, $2, k, '', 1, now(), k, p, n from unnest($3::text[], $4::int[], $5::text[]) v(k, p, n)`,
    [
      resource?.datasetId,
      resource?.id,
      rows.map(({ key }) => key),
      rows.map(({ row }) => row[0]),
      rows.map(({ row }) => row[1]),
    ],
  )
}

const pageShape = z.object({
  schools: z.object({
    nodes: z.array(z.object({ key: z.string() })),
    pageInfo: z.object({
      hasNextPage: z.boolean(),
      hasPreviousPage: z.boolean(),
      startCursor: z.string().nullable(),
      endCursor: z.string().nullable(),
    }),
  }),
})

async function page(args: string, cursor: string | null): Promise<z.infer<typeof pageShape>['schools']> {
  const answer = await world.query(
    `query ($cursor: String) { schools(${args}) { nodes { key } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`,
    { cursor },
  )
  expect(answer.errors).toBeUndefined()
  return pageShape.parse(answer.data).schools
}

test('who pages through a list, either way, sees each record once that was there all the time, whatever others write', async () => {
  await fc.assert(
    fc.asyncProperty(walk, async ({ stays, comesAndGoes, pupils, name: byName, backward, size }) => {
      const { pool } = world.database
      await pool.query('truncate records."School"')
      await insert(stays.map((row, index) => ({ key: `S${index}`, row })))
      const order = `orderBy: [{ pupils: ${pupils} }, { name: ${byName} }]`
      const whole = (await page(`${order}, first: 1000, after: $cursor`, null)).nodes.map(({ key }) => key)
      const sized = backward ? `${order}, last: ${size}, before: $cursor` : `${order}, first: ${size}, after: $cursor`
      const seen: string[] = []
      const others = [...comesAndGoes.entries()]
      for (let cursor: string | null = null, more = true; more;) {
        const { nodes, pageInfo }: Awaited<ReturnType<typeof page>> = await page(sized, cursor)
        const keys = nodes.map(({ key }) => key)
        if (backward) seen.unshift(...keys)
        else seen.push(...keys)
        cursor = backward ? pageInfo.startCursor : pageInfo.endCursor
        more = backward ? pageInfo.hasPreviousPage : pageInfo.hasNextPage
        // The row of the cursor itself may be one of those that go.
        await pool.query(`delete from records."School" where _key like 'X%' and random() < 0.5`)
        await insert(others.splice(0, 4).map(([index, row]) => ({ key: `X${index}`, row })))
      }
      expect(seen.filter((key) => key.startsWith('S'))).toEqual(whole)
      expect(new Set(seen).size).toBe(seen.length)
    }),
    { seed, numRuns: walks },
  )
}, 1_200_000)
