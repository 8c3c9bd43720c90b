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

interface Asked {
  readonly text: string
  readonly values: readonly unknown[]
}

/** The one statement of a question. */
async function statementOf(question: string, variables: Record<string, unknown>): Promise<Asked> {
  const { runner } = world
  const run = runner.run.bind(runner)
  const asked: Asked[] = []
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
  if (statement === undefined) throw new Error('Nothing was asked of Postgres.')
  return statement
}

/** How Postgres reads the one statement of a question: the lines that say which rows it looks at. */
async function scansOf(question: string, variables: Record<string, unknown> = {}): Promise<string[]> {
  const { text, values } = await statementOf(question, variables)
  const { rows } = await world.database.pool.query<{ 'QUERY PLAN': string }>(`explain (costs off) ${text}`, [...values])
  return (
    rows
      .map((row) => row['QUERY PLAN'].trim())
      // A bitmap's heap scan looks at what its index scan found.
      .filter((line) => line.includes('Scan') && line.includes('"School') && !line.includes('Bitmap Heap Scan'))
      .map((line) => line.replace(/^-> +/, ''))
  )
}

/** How many rows the scans of a question go through, with those that a filter leaves out. */
async function rowsReadOf(question: string): Promise<number> {
  const statement = await statementOf(question, {})
  const { rows } = await world.database.pool.query<{ 'QUERY PLAN': unknown }>(
    `explain (analyze, timing off, format json) ${statement.text}`,
    [...statement.values],
  )
  let read = 0
  const visit = (node: PlanNode): void => {
    if (node['Relation Name'] === 'School') {
      read += ((node['Actual Rows'] ?? 0) + (node['Rows Removed by Filter'] ?? 0)) * (node['Actual Loops'] ?? 0)
    }
    node.Plans?.forEach(visit)
  }
  for (const { Plan } of planShape.parse(rows[0]?.['QUERY PLAN'])) visit(Plan)
  return read
}

const nodeShape = z.object({
  'Relation Name': z.string().optional(),
  'Actual Rows': z.number().optional(),
  'Actual Loops': z.number().optional(),
  'Rows Removed by Filter': z.number().optional(),
  get Plans() {
    return z.array(nodeShape).optional()
  },
})
type PlanNode = z.infer<typeof nodeShape>
const planShape = z.array(z.object({ Plan: nodeShape }))

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

test('below parents with few rows an order is not read from the index of all rows, whatever parents have on average', async () => {
  const { pool } = world.database
  const { id, datasetId } = await world.seed({
    ...{ dataset: 'places', resource: 'units', recordType: 'AdministrativeUnit', rows: [] },
  })
  await pool.query(
    `insert into records."AdministrativeUnit" (_dataset, _resource, _key, _hash, _version, _updated_at, code, name, "validFrom")
     select $1, $2, 'U' || n, '', 1, now(), 'U' || n, 'U' || n, '2000-01-01' from generate_series(0, 39) n`,
    [datasetId, id],
  )
  // One district has nearly all of the schools, the others five each.
  await pool.query(
    `update records."School" set district = 'U' || case when substr(_key, 2)::int > 195 then 0 else 1 + substr(_key, 2)::int % 39 end`,
  )
  await pool.query('vacuum analyze records."School"')
  for (const order of ['name: ASC', 'pupils: DESC']) {
    const read = await rowsReadOf(
      `{ administrativeUnits(where: { code: { ne: "U0" } }, first: 39) { nodes { schools(orderBy: [{ ${order} }], first: 3) { nodes { key website } } } } }`,
    )
    expect(read).toBeLessThan(1000)
  }
})
