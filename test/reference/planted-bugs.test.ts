import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { checkCase, Disagreement, gatewayFailed } from './check-case.js'
import { printOperation, type Selection } from './operation-tree.js'
import { randomOperation } from './random-operation.js'
import { randomRows, type RandomRows } from './random-rows.js'
import { randomSchema, type RandomSchema } from './random-types.js'
import { createSeededWorld, type SeededWorld } from './seed-reference-world.js'

/** As many as `npm test` tries. */
const cases = 500
const casesPerRows = 10
const casesPerSchema = 50
/** One of those by which each of the bugs below meets a case that shows it. */
const firstSeed = 2

/** Mistakes that a compiler could make, as changes of the SQL that it emits; each leaves a statement that Postgres takes. */
const plantedBugs: readonly { readonly name: string; readonly plant: (text: string) => string }[] = [
  { name: 'a bound is included', plant: (text) => text.replaceAll(/ < (\$\d+::(?:int4|text|date))/g, ' <= $1') },
  { name: 'not takes nulls for matches of its operand', plant: (text) => text.replaceAll(' is not true', ' = false') },
  { name: 'notIn forgets nothing', plant: (text) => text.replaceAll(' <> all(', ' <> any(') },
  {
    name: 'none is some',
    plant: (text) => text.replaceAll('not exists (select 1 from records', 'exists (select 1 from records'),
  },
  { name: 'names sort by code point', plant: (text) => text.replaceAll('collate "vi-x-icu"', 'collate "C"') },
  { name: 'nulls come first', plant: (text) => text.replaceAll(' nulls last', ' nulls first') },
  { name: 'ties go up', plant: (text) => text.replaceAll('"_key" desc', '"_key"') },
  { name: 'a page has a row too many', plant: (text) => text.replaceAll(/x\._rn <= (\d+)/g, 'x._rn <= $1 + 1') },
  {
    name: 'a page begins at its cursor',
    plant: (text) => text.replaceAll(/ and \(t\d+\."_dataset", t\d+\."_key"\) <> \([^)]*\)/g, ''),
  },
  {
    name: 'a relation forgets the dataset',
    plant: (text) => text.replaceAll(/ and (t\d+)\."_dataset" = t\d+\."_dataset"/g, ''),
  },
  {
    name: 'a past row lives a version too long',
    plant: (text) => text.replaceAll('h._to_version > v.number', 'h._to_version >= v.number'),
  },
  {
    name: 'a version is seen before it is published',
    plant: (text) => text.replaceAll('where published_at <=', "where published_at + interval '1 day' >="),
  },
  { name: 'distinct values are not', plant: (text) => text.replaceAll('count(distinct ', 'count(') },
  { name: 'months begin a day early', plant: (text) => text.replaceAll("date_trunc('month', ", "date_trunc('week', ") },
  {
    name: 'diacritics are never looked at',
    plant: (text) => text.replaceAll(/ and (lower\(\S+ collate "vi-x-icu"\) like)/g, ' or $1'),
  },
  {
    name: 'sums leave out negative values',
    plant: (text) => text.replaceAll(/sum\((t\d+\."\w+")\)/g, 'sum($1) filter (where $1 >= 0)'),
  },
  {
    name: 'a relation leads to what a retired connector left',
    plant: (text) => text.replaceAll(/ and t\d+\."_resource" in \([\d, ]+\)/g, ''),
  },
  {
    name: 'times are compared more exactly than they are shown',
    plant: (text) => text.replaceAll(" + interval '1 ms'", ''),
  },
  { name: 'near counts metres for kilometres', plant: (text) => text.replaceAll('::float8 * 1000', '::float8 * 1') },
]

test('each planted bug is noticed within the cases of a test run', async () => {
  const unnoticed = new Map(plantedBugs.map((bug) => [bug.name, bug.plant]))
  for (const batch of generated()) {
    if (unnoticed.size === 0) break
    const seeded = await createSeededWorld(batch.schema)
    try {
      for (const { rows, operations } of batch.asked) {
        for (const operation of operations) {
          const texts = await statementsOf(batch.schema, seeded, rows, operation)
          for (const [name, plant] of unnoticed) {
            if (texts.every((text) => plant(text) === text)) continue
            if (await isNoticed(batch.schema, seeded, rows, operation, plant)) unnoticed.delete(name)
          }
        }
      }
    } finally {
      await seeded.records.dispose()
    }
  }
  expect([...unnoticed.keys()]).toEqual([])
}, 240_000)

/** What the case runs when nothing is planted: then both answers are the same. */
async function statementsOf(
  schema: RandomSchema,
  seeded: SeededWorld,
  rows: RandomRows,
  operation: readonly Selection[],
): Promise<string[]> {
  const texts: string[] = []
  const restore = plantInto(seeded, (text) => {
    texts.push(text)
    return text
  })
  try {
    await checkCase(schema, seeded, rows, operation)
    return texts
  } finally {
    restore()
  }
}

async function isNoticed(
  schema: RandomSchema,
  seeded: SeededWorld,
  rows: RandomRows,
  operation: readonly Selection[],
  plant: (text: string) => string,
): Promise<boolean> {
  const restore = plantInto(seeded, plant)
  try {
    await checkCase(schema, seeded, rows, operation)
    return false
  } catch (error) {
    if (!(error instanceof Disagreement)) throw error
    // A statement that Postgres refuses would be noticed by anyone.
    return !error.message.includes(gatewayFailed)
  } finally {
    restore()
  }
}

function plantInto({ records: { runner } }: SeededWorld, plant: (text: string) => string): () => void {
  const run = runner.run.bind(runner)
  runner.run = (statements, signal) =>
    run(
      statements.map((statement) => ({ ...statement, text: plant(statement.text) })),
      signal,
    )
  return () => {
    runner.run = run
  }
}

test('the operations of a test run ask for everything that they can', () => {
  const texts: string[] = []
  for (const { asked } of generated()) {
    for (const { operations } of asked) texts.push(...operations.map(printedWithVariables))
  }
  const wanted = [
    ...['where', 'orderBy', 'near', 'after:', 'before:', 'first', 'last', 'asOf', 'dataset:', 'some', 'none', 'every'],
    ...['not', 'and', 'or', 'isNull', 'validOn', 'eq', 'ne', 'in', 'notIn', 'lt', 'lte', 'gt', 'gte', 'contains'],
    ...['startsWith', 'containsAny', 'containsAll', 'nodes', 'edges', 'pageInfo', 'totalCount', 'aggregate', 'groupBy'],
    ...['having', 'bucket', 'sources', 'distance', 'updatedAt', 'fragment', '@skip', '@include', 'countDistinct'],
  ]
  const missing = wanted.filter((word) => !texts.some((text) => text.includes(word)))
  expect(missing).toEqual([])
})

function printedWithVariables(operation: readonly Selection[]): string {
  const { text, variables } = printOperation(operation)
  return `${text} ${JSON.stringify(variables).replaceAll('":', ':').replaceAll('"', ' ')}`
}

interface Batch {
  readonly schema: RandomSchema
  readonly asked: readonly { readonly rows: RandomRows; readonly operations: readonly (readonly Selection[])[] }[]
}

/** Other cases than those of the property, as many as `npm test` tries. */
function* generated(): Generator<Batch> {
  for (let done = 0; done < cases; done += casesPerSchema) {
    const seed = firstSeed + done
    const [schema] = fc.sample(randomSchema, { seed, numRuns: 1 })
    const rows = fc.sample(randomRows(schema!), { seed, numRuns: casesPerSchema / casesPerRows })
    const operations = fc.sample(randomOperation(schema!), { seed, numRuns: casesPerSchema })
    yield {
      schema: schema!,
      asked: rows.map((each, index) => ({
        rows: each,
        operations: operations.slice(index * casesPerRows, (index + 1) * casesPerRows),
      })),
    }
  }
}
