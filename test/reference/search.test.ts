import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { z } from 'zod'
import { createRecordWorld, type RecordWorld } from '../support/record-world.js'

/** REFERENCE_CASES and REFERENCE_SEED choose how many searches are tried, and which. */
const cases = Math.ceil(Number(process.env['REFERENCE_CASES'] ?? '500') / 5)
const seed = Number(process.env['REFERENCE_SEED'] ?? '20250630')

const words = [
  'Trường',
  'Tiểu',
  'học',
  'Trần',
  'Phú',
  'Đống',
  'Đa',
  'Nguyễn',
  'Huệ',
  'Ngô',
  'Mây',
  'An',
  'Nhơn',
  'số',
  '1',
  '12',
  'A2',
  'THCS',
  'ô',
  'O’Neil',
]

/** Rows whose searched texts are made of few words, so that searches find many of them; no two have the same key. */
const names = fc.array(
  fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 5 }).map((each) => each.join(' ')),
  { minLength: 1, maxLength: 40 },
)

/** Words of the rows, whole or begun, with and without marks, in any case and order, with signs between them. */
const searches = fc
  .array(
    fc
      .tuple(fc.constantFrom(...words), fc.nat({ max: 6 }), fc.constantFrom('as is', 'bare', 'lower', 'upper'))
      .map(([word, cut, style]) => {
        const begun = word.slice(0, Math.max(1, word.length - Math.max(0, cut - 3)))
        return style === 'bare'
          ? fold(begun)
          : style === 'lower'
            ? begun.toLowerCase()
            : style === 'upper'
              ? begun.toUpperCase()
              : begun
      }),
    { minLength: 1, maxLength: 3 },
  )
  .chain((each) => fc.constantFrom(' ', '  ', ', ', ' - ', '/').map((between) => each.join(between)))

/** Without case and Vietnamese marks. */
function fold(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/đ/g, 'd')
    .replaceAll(/Đ/g, 'D')
    .replaceAll('’', "'")
    .toLowerCase()
}

const wordsOf = (text: string): string[] =>
  fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')

/** A row has every word of the search, whole or begun. */
function isFound(name: string, search: string): boolean {
  const own = wordsOf(name)
  return wordsOf(search).every((word) => own.some((each) => each.startsWith(word)))
}

let world: RecordWorld
beforeAll(async () => {
  world = await createRecordWorld()
  await world.seed({
    dataset: 'primary-schools',
    resource: 'schools',
    recordType: 'School',
    rows: [{ key: 'none', code: 'none' }],
  })
})
afterAll(async () => {
  await world.dispose()
})

async function put(rows: readonly string[]): Promise<void> {
  const { pool } = world.database
  await pool.query('truncate records."School"')
  await pool.query(
    `insert into records."School" (_dataset, _resource, _key, _hash, _version, _updated_at, code, name)
     select $1, $2, 'K' || n, '', 1, now(), 'K' || n, name from unnest($3::text[]) with ordinality v(name, n)`,
    [world.resources[0]?.datasetId, world.resources[0]?.id, rows],
  )
}

const pageShape = z.object({
  schools: z.object({
    totalCount: z.number(),
    nodes: z.array(z.object({ key: z.string(), name: z.string() })),
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
  }),
})

async function find(
  search: string,
  first: number,
  after: string | null,
): Promise<z.infer<typeof pageShape>['schools']> {
  const answer = await world.query(
    'query ($search: String, $first: Int, $after: String) { schools(search: $search, first: $first, after: $after) { totalCount nodes { key name } pageInfo { hasNextPage endCursor } } }',
    { search, first, after },
  )
  expect(answer.errors).toBeUndefined()
  return pageShape.parse(answer.data).schools
}

describe('a search', () => {
  test('finds the records that have all its words, in an order that pages keep', async () => {
    let found = 0
    await fc.assert(
      fc.asyncProperty(names, fc.array(searches, { minLength: 5, maxLength: 5 }), async (rows, asked) => {
        await put(rows)
        for (const search of asked) {
          const expected = rows.flatMap((name, index) => (isFound(name, search) ? [`K${index + 1}`] : []))
          // Then what is spelled alike is found, which is another rule.
          if (expected.length === 0) continue
          found += 1
          const whole = await find(search, 1000, null)
          expect([search, whole.nodes.map(({ key }) => key).sort()]).toEqual([search, expected.sort()])
          expect(whole.totalCount).toBe(expected.length)
          const paged: string[] = []
          for (let after: string | null = null, more = true; more;) {
            const page: typeof whole = await find(search, 3, after)
            paged.push(...page.nodes.map(({ key }) => key))
            after = page.pageInfo.endCursor
            more = page.pageInfo.hasNextPage
          }
          expect([search, paged]).toEqual([search, whole.nodes.map(({ key }) => key)])
        }
      }),
      { seed, numRuns: cases },
    )
    expect(found).toBeGreaterThan(cases)
  }, 1_200_000)

  test('puts a name that is the search before one that begins like it or has its words far apart', async () => {
    await put(['Trần Nguyễn Huệ An Nhơn Phú', 'Trần Phú', 'Trầng Phúc'])
    for (const search of ['Trần Phú', 'tran phu', 'TRẦN PHÚ']) {
      expect((await find(search, 10, null)).nodes[0]?.name).toBe('Trần Phú')
    }
  })

  test('finds what is spelled alike when no record has all its words', async () => {
    await put(['Trường Tiểu học Trần Phú', 'Bến xe'])
    expect((await find('Trưòng Tieu hocc', 10, null)).nodes.map(({ key }) => key)).toEqual(['K1'])
    expect((await find('xyzw', 10, null)).nodes).toEqual([])
  })
})
