import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import { createCatalogue, type CatalogueUnderTest } from './catalogue-under-test.js'

let catalogue: CatalogueUnderTest
beforeAll(async () => {
  catalogue = await createCatalogue()
})
afterAll(async () => {
  await catalogue.dispose()
})

const query = `query (
  $where: DatasetWhere, $search: String, $orderBy: [DatasetOrder!], $first: Int, $last: Int, $after: String, $before: String
) {
  datasets(where: $where, search: $search, orderBy: $orderBy, first: $first, last: $last, after: $after, before: $before) {
    nodes { code planRow title }
    edges { cursor }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    totalCount
  }
}`

const page = z.object({
  datasets: z.object({
    nodes: z.array(z.object({ code: z.string(), planRow: z.int().nullable(), title: z.string() })),
    edges: z.array(z.object({ cursor: z.string() })),
    pageInfo: z.object({
      hasNextPage: z.boolean(),
      hasPreviousPage: z.boolean(),
      startCursor: z.string().nullable(),
      endCursor: z.string().nullable(),
    }),
    totalCount: z.int(),
  }),
})

type Arguments = Readonly<Record<string, unknown>>

async function list(variables: Arguments) {
  const { data, errors } = await catalogue.ask(query, { variables })
  expect(errors).toEqual([])
  return page.parse(data).datasets
}

async function codes(variables: Arguments): Promise<string[]> {
  return (await list({ first: 1000, ...variables })).nodes.map(({ code }) => code)
}

async function refusal(variables: Arguments): Promise<string | undefined> {
  const { errors } = await catalogue.ask(query, { variables })
  return errors[0]
}

describe('pages', () => {
  test('20 in the order of the plan when nothing is said', async () => {
    const { nodes, pageInfo, totalCount } = await list({})
    expect(nodes.map(({ planRow }) => planRow)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
    expect(pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false })
    expect(totalCount).toBe(167)
  })

  test.each([
    { planRow: 'ASC' },
    { planRow: 'DESC' },
    { title: 'ASC' },
    { title: 'DESC' },
    { publishedAt: 'DESC_NULLS_FIRST' },
  ])('forward and backward by %j they give the same rows, each once', async (order) => {
    const orderBy = [order]
    const whole = await codes({ orderBy })
    expect(new Set(whole).size).toBe(167)

    const forward: string[] = []
    for (let after: string | null = null, more = true; more;) {
      const { nodes, pageInfo } = await list({ first: 50, after, orderBy })
      forward.push(...nodes.map(({ code }) => code))
      after = pageInfo.endCursor
      more = pageInfo.hasNextPage
    }
    expect(forward).toEqual(whole)

    const backward: string[] = []
    for (let before: string | null = null, more = true; more;) {
      const { nodes, pageInfo } = await list({ last: 50, before, orderBy })
      backward.unshift(...nodes.map(({ code }) => code))
      before = pageInfo.startCursor
      more = pageInfo.hasPreviousPage
    }
    expect(backward).toEqual(whole)
  })

  test('what lies between two cursors, from either end', async () => {
    const { edges } = await list({ first: 10 })
    const between = { after: edges[1]?.cursor, before: edges[8]?.cursor }
    const rows = async (size: Arguments) => (await list({ ...between, ...size })).nodes.map(({ planRow }) => planRow)
    expect(await rows({ first: 2 })).toEqual([3, 4])
    expect(await rows({ last: 2 })).toEqual([7, 8])
    expect(await rows({ first: 20 })).toEqual([3, 4, 5, 6, 7, 8])
  })

  test('a cursor stays good when the row that it was taken from has moved away', async () => {
    const args = { orderBy: [{ code: 'ASC' }], where: { code: { gte: 's' } } }
    const { nodes, edges } = await list({ ...args, first: 3 })
    const rename = (from: string | undefined, to: string | undefined) =>
      catalogue.dataSource.query('update gateway.dataset set code = $2 where code = $1', [from, to])
    await rename(nodes[1]?.code, 'zzz')
    try {
      expect((await list({ ...args, first: 1, after: edges[1]?.cursor })).nodes).toEqual([nodes[2]])
    } finally {
      await rename('zzz', nodes[1]?.code)
    }
  })

  test('a page may be empty', async () => {
    const none = await list({ first: 0 })
    expect(none).toMatchObject({ nodes: [], pageInfo: { hasNextPage: true, startCursor: null }, totalCount: 167 })
    const nothing = await list({ where: { or: [] } })
    expect(nothing).toMatchObject({ nodes: [], pageInfo: { hasNextPage: false, endCursor: null }, totalCount: 0 })
  })

  test.each([
    [{ first: 1, last: 1 }, 'BAD_USER_INPUT Give first or last, not both.'],
    [{ first: 1001 }, 'BAD_USER_INPUT first must be at most 1000; page on with a cursor.'],
    [{ last: -1 }, 'BAD_USER_INPUT last must not be negative.'],
    [{ orderBy: [{ relevance: 'DESC' }] }, 'BAD_USER_INPUT An order by relevance needs search.'],
    [{ after: 'rubbish' }, expect.stringMatching(/^CURSOR_INVALID /)],
    [{ after: '' }, expect.stringMatching(/^CURSOR_INVALID /)],
    [{ search: 'a\0b' }, expect.stringMatching(/^BAD_USER_INPUT /)],
    [{ orderBy: [{ code: 'ASC', title: 'ASC' }] }, expect.stringMatching(/^GRAPHQL .*[Ee]xactly one/)],
    [{ orderBy: [{ code: null }] }, expect.stringMatching(/^GRAPHQL /)],
  ])('refuses %j', async (variables, message) => {
    expect(await refusal(variables)).toEqual(message)
  })

  test('refuses the cursor of another order, of another list, and one that was changed', async () => {
    const after = (await list({ first: 1 })).pageInfo.endCursor ?? ''
    expect(await refusal({ after, orderBy: [{ title: 'ASC' }] })).toMatch(/^CURSOR_INVALID .*another list or order/)
    const changed = Buffer.from(after, 'base64url').toString().replace('"1"', '"one"')
    expect(await refusal({ after: Buffer.from(changed).toString('base64url') })).toMatch(/^CURSOR_INVALID .*changed/)
    const { data, errors } = await catalogue.ask(
      'query ($after: String) { dataset(code: "nurseries") { versions(after: $after) { totalCount } } }',
      { variables: { after } },
    )
    expect([data, errors]).toEqual([{ dataset: null }, [expect.stringMatching(/^CURSOR_INVALID /)]])
  })
})

describe('filters', () => {
  const rows = async (where: Arguments) => (await list({ first: 1000, where })).nodes.map(({ planRow }) => planRow)

  test('compare codes and rows', async () => {
    expect(await rows({ planRow: { gt: 2, lte: 4, ne: 3 } })).toEqual([4])
    expect(await rows({ theme: { eq: 'education' }, code: { startsWith: 'PRIMARY' } })).toEqual([5])
    expect(await rows({ theme: { in: ['education'] }, planRow: { lt: 6, notIn: [1, 2] } })).toEqual([3, 4, 5])
  })

  test('text with diacritics is found only as it is', async () => {
    expect(await rows({ code: { contains: 'school' } })).not.toEqual([])
    expect(await rows({ code: { contains: 'schóol' } })).toEqual([])
  })

  test('a comparison with a missing value matches nothing, its negation everything else', async () => {
    const health = await rows({ agency: { eq: 'health' } })
    expect(await rows({ agency: { ne: 'health' } })).toHaveLength(167 - 40 - health.length)
    expect(await rows({ agency: { notIn: [] } })).toHaveLength(167 - 40)
    expect(await rows({ not: { agency: { eq: 'health' } } })).toHaveLength(167 - health.length)
    expect(await rows({ not: {} })).toEqual([])
  })

  test('status is filtered as it is answered', async () => {
    expect(await rows({ status: { eq: 'PLANNED' } })).toHaveLength(40)
    expect(await rows({ status: { notIn: ['PLANNED', 'ASSIGNED'] } })).toEqual([])
    expect(await rows({ status: { ne: 'PLANNED' } })).toHaveLength(127)
  })

  test('a null operand is left out', async () => {
    expect(await rows({ planRow: { eq: 7, lt: null }, code: null, not: null, and: null })).toEqual([7])
  })
})

describe('search', () => {
  test('finds Vietnamese words with, without and with decomposed diacritics, and English ones', async () => {
    const plain = await codes({ search: 'truong tieu hoc' })
    expect(plain[0]).toBe('primary-schools')
    expect(await codes({ search: 'TRƯỜNG tiểu học' })).toEqual(plain)
    expect(await codes({ search: 'trường tiểu học'.normalize('NFD') })).toEqual(plain)
    expect((await codes({ search: 'primary schools' }))[0]).toBe('primary-schools')
  })

  test('đ is found as d', async () => {
    const { nodes } = await list({ search: 'do xe diem' })
    expect(nodes[0]?.title).toMatch(/điểm đỗ xe/)
  })

  test('all words must occur, in any order; wildcards are letters like others', async () => {
    expect(await codes({ search: 'schools primary' })).toContain('primary-schools')
    for (const search of ['primary zebra', '100%', '％', '_', "'; \\"]) {
      expect([search, await codes({ search })]).toEqual([search, []])
    }
  })

  test('blank is no search', async () => {
    expect(await codes({ search: '  ' })).toHaveLength(167)
  })

  test('pages by relevance, and a cursor of one search is not good for another', async () => {
    const whole = await codes({ search: 'truong' })
    const { nodes, pageInfo } = await list({ first: 2, search: 'truong' })
    const after = pageInfo.endCursor
    const rest = await codes({ search: 'truong', after })
    expect([...nodes.map(({ code }) => code), ...rest]).toEqual(whole)
    expect(await refusal({ search: 'tieu', after })).toMatch(/^CURSOR_INVALID/)
  })
})

test('titles sort as Vietnamese does', async () => {
  const { nodes } = await list({ first: 1000, orderBy: [{ title: 'ASC' }] })
  const titles = nodes.map(({ title }) => title)
  expect(titles).toEqual([...titles].sort(new Intl.Collator('vi').compare))
})
