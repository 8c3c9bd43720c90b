import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { z } from 'zod'
import { createCatalogue, type CatalogueUnderTest } from './catalogue-under-test.js'
import { connectDataset } from './published-datasets.js'
import { schoolTypes } from './school-type.js'

let catalogue: CatalogueUnderTest
beforeAll(async () => {
  catalogue = await createCatalogue()
  const codes = await catalogue.dataSource.query<{ code: string }[]>('select code from gateway.dataset')
  for (const { code } of codes) await connectDataset(catalogue.dataSource, code, { versions: 2, records: 3 })
})
afterAll(async () => {
  await catalogue.dispose()
})

async function statements(query: string): Promise<number> {
  const answer = await catalogue.ask(query, { recordTypes: schoolTypes })
  expect(answer.errors).toEqual([])
  return answer.statements
}

const everything = (first: number) => `{
  datasets(first: ${first}) {
    totalCount
    nodes {
      id title status recordCount theme { name leadAgencies { code } } agency { name predecessors { code } successors { code } }
      candidateAgencies { name } duplicateOf { title } related { code }
      resources { recordType { code } source { state dataset { code } } }
      version { number } versions(first: 1) { nodes { number } totalCount }
    }
  }
}`

test('a page of datasets with all that is around them costs the same statements, whatever its size', async () => {
  const few = await statements(everything(20))
  expect(await statements(everything(160))).toBe(few)
  expect(few).toBeLessThanOrEqual(18)
})

test('only what is asked for costs anything', async () => {
  expect(await statements('{ datasets { nodes { code title } } }')).toBe(2)
  expect(await statements('{ datasets { totalCount } }')).toBe(1)
  expect(await statements('{ recordTypes { code } }')).toBe(0)
})

test('the datasets of all themes and all agencies come with one statement for equal arguments', async () => {
  const nested = (list: string) =>
    `{ ${list} { datasets(first: 3, where: { planRow: { lt: 160 } }, orderBy: [{ title: ASC }]) { totalCount nodes { code } } } }`
  expect(await statements(nested('themes'))).toBe(4)
  expect(await statements(nested('agencies'))).toBe(4)
})

test('each parent gets its own page', async () => {
  const { data } = await catalogue.ask(`{
    themes { code datasets(first: 1, where: { planRow: { gt: 5 } }) { totalCount nodes { planRow theme { code } } } }
  }`)
  const themes = z.object({ themes: z.array(z.unknown()) }).parse(data).themes
  expect(themes[0]).toEqual({
    code: 'education',
    datasets: { totalCount: 8, nodes: [{ planRow: 6, theme: { code: 'education' } }] },
  })
  expect(themes[1]).toMatchObject({ datasets: { nodes: [{ planRow: 14 }] } })
})

test('a list that cannot be answered costs only itself', async () => {
  const { data, errors } = await catalogue.ask(`{
    good: theme(code: "health") { datasets(first: 1) { nodes { planRow } } }
    bad: theme(code: "health") { datasets(first: 1, after: "x") { nodes { planRow } } }
  }`)
  expect(data).toMatchObject({ good: { datasets: { nodes: [{}] } }, bad: null })
  expect(errors).toEqual([expect.stringMatching(/^CURSOR_INVALID/)])
})
