import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { z } from 'zod'
import { createRecordWorld, type RecordWorld } from '../../../../test/support/record-world.js'

let world: RecordWorld
beforeAll(async () => {
  world = await createRecordWorld()
  const { id, datasetId } = await world.seed({
    ...{ dataset: 'primary-schools', resource: 'schools', recordType: 'School' },
    rows: [],
  })
  const { pool } = world.database
  await pool.query(
    `insert into records."School" (_dataset, _resource, _key, _hash, _version, _updated_at, code, name, pupils)
     select $1, $2, 'S' || n, '', 1, now(), 'S' || n, 'Trường Đá ' || n * 7919 % 20000, nullif(n % 2000, 7)
     from generate_series(1, 20000) n`,
    [datasetId, id],
  )
  await pool.query('analyze records."School"')
}, 60_000)
afterAll(async () => {
  await world.dispose()
})

/** How Postgres reads the one statement of a question: the lines that say which rows it looks at. */
async function scansOf(question: string, variables: Record<string, unknown> = {}): Promise<string[]> {
  const { runner } = world
  const run = runner.run.bind(runner)
  const asked: { text: string; values: readonly unknown[] }[] = []
  runner.run = (statements, signal) => {
    asked.push(...statements)
    return run(statements, signal)
  }
  try {
    expect((await world.query(question, variables)).errors).toBeUndefined()
  } finally {
    runner.run = run
  }
  const [statement] = asked
  const { rows } = await world.database.pool.query<{ 'QUERY PLAN': string }>(
    `explain (costs off) ${statement?.text ?? ''}`,
    [...(statement?.values ?? [])],
  )
  return (
    rows
      .map((row) => row['QUERY PLAN'].trim())
      // A bitmap's heap scan looks at what its index scan found.
      .filter((line) => line.includes('Scan') && line.includes('"School') && !line.includes('Bitmap Heap Scan'))
      .map((line) => line.replace(/^-> +/, ''))
  )
}

const pageShape = z.object({ schools: z.object({ pageInfo: z.object({ endCursor: z.string() }) }) })

test.each(['name: ASC', 'name: DESC', 'pupils: ASC', 'pupils: DESC_NULLS_FIRST'])(
  'a page far along an order by %s is read from the index of that order, and from no other',
  async (order) => {
    const ordered = `orderBy: [{ ${order} }]`
    let cursor: string | null = null
    for (let page = 0; page < 12; page += 1) {
      const { data } = await world.query(
        `query ($c: String) { schools(${ordered}, first: 1000, after: $c) { pageInfo { endCursor } } }`,
        { c: cursor },
      )
      cursor = pageShape.parse(data).schools.pageInfo.endCursor
    }
    const scans = await scansOf(
      `query ($c: String) { schools(${ordered}, first: 20, after: $c) { nodes { key website } } }`,
      {
        c: cursor,
      },
    )
    const index = `"School.${order.split(':')[0] ?? ''}"`
    expect(scans.length).toBeGreaterThan(0)
    expect(scans.filter((scan) => !scan.includes(index))).toEqual([])
  },
)

test.each(['key: ASC', 'key: DESC'])('within one dataset the order by %s is that of the primary key', async (order) => {
  const scans = await scansOf(`{ schools(orderBy: [{ ${order} }], first: 20) { nodes { key name } } }`)
  const backward = order === 'key: DESC' ? ' Backward' : ''
  expect(scans.map((scan) => scan.replace(/ on .*/, ''))).toEqual([`Index Scan${backward} using "School_pkey"`])
})

test.each(['eq: "Trường Đá 5"', 'in: ["Trường Đá 5", "Trường Đá 6"]'])(
  'what has a name is found by the index of names: %s',
  async (comparison) => {
    const scans = await scansOf(`{ schools(where: { name: { ${comparison} } }) { nodes { key website } } }`)
    expect(scans.length).toBeGreaterThan(0)
    expect(scans.filter((scan) => !scan.includes('"School.name"'))).toEqual([])
  },
)
