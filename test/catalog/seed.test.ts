import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { markSample, upsertDatasetEntry } from '../../src/catalog/seed/dataset-entry.js'
import { seedPlan } from '../../src/catalog/seed/seed-plan.js'
import { queriesIn } from '../../src/database/queries.js'
import { loadPlan, type PlanFile } from '../../src/plan/plan-file.js'
import { createCatalogue, planFolder, type CatalogueUnderTest } from './catalogue-under-test.js'

let catalogue: CatalogueUnderTest
let plan: PlanFile
beforeAll(async () => {
  catalogue = await createCatalogue()
  plan = await loadPlan(planFolder)
})
afterAll(async () => {
  await catalogue.dispose()
})

async function revision(): Promise<number> {
  const rows = await catalogue.dataSource.query<{ revision: string }[]>('select revision from gateway.control_revision')
  return Number(rows[0]?.revision)
}

test('files that were applied before are not applied again: what was changed since stays', async () => {
  const before = await revision()
  await catalogue.dataSource.query("update gateway.dataset set title_en = 'Changed' where code = 'nurseries'")
  expect(await seedPlan(catalogue.dataSource, plan)).toEqual({ applied: false, changes: 0 })
  expect((await catalogue.ask('{ dataset(code: "nurseries") { title(lang: EN) } }')).data).toEqual({
    dataset: { title: 'Changed' },
  })
  expect(await revision()).toBe(before)
})

test('a changed file is applied as a whole: rows that swap, links that go, agencies that are renamed', async () => {
  const before = await revision()
  const [first, second] = [plan.datasets[2]!, plan.datasets[3]!]
  const changed: PlanFile = {
    ...plan,
    agencies: plan.agencies.map((agency) => (agency.code === 'health' ? { ...agency, nameEn: 'Health' } : agency)),
    datasets: plan.datasets.map((dataset) => {
      if (dataset === first) return { ...dataset, row: second.row }
      if (dataset === second) return { ...dataset, row: first.row }
      if (dataset.row === 101) return { ...dataset, leadAgency: 'finance', candidateAgencies: [] }
      return { ...dataset, related: [] }
    }),
  }
  expect(await seedPlan(catalogue.dataSource, changed)).toMatchObject({ applied: true })
  const { data } = await catalogue.ask(`{
    swapped: datasets(where: { planRow: { eq: ${second.row} } }) { nodes { code } }
    decided: datasets(where: { planRow: { eq: 101 } }) { nodes { status agency { code } candidateAgencies { code } } }
    unrelated: datasets(where: { planRow: { eq: 52 } }) { nodes { related { code } } }
    agency(code: "health") { name(lang: EN) }
  }`)
  expect(data).toEqual({
    swapped: { nodes: [{ code: first.code }] },
    decided: { nodes: [{ status: 'ASSIGNED', agency: { code: 'finance' }, candidateAgencies: [] }] },
    unrelated: { nodes: [{ related: [] }] },
    agency: { name: 'Health' },
  })
  expect(await revision()).toBeGreaterThan(before)
  expect(await seedPlan(catalogue.dataSource, plan)).toMatchObject({ applied: true })
})

test('replicas that start together apply the plan once', async () => {
  const changed = { ...plan, plan: { ...plan.plan, titleEn: 'Another title' } }
  const results = await Promise.all([1, 2, 3].map(() => seedPlan(catalogue.dataSource, changed)))
  expect(results.filter(({ applied }) => applied)).toHaveLength(1)
})

test('a dataset outside the plan comes from the manifest that connects it', async () => {
  const entry = {
    code: 'vehicle-positions',
    title: { vi: 'Vị trí xe buýt', en: 'Vehicle positions' },
    theme: 'transport',
    agency: 'transport',
    license: 'CC-BY-4.0',
    frequency: 'CONTINUOUS',
    sample: true,
  }
  const query = queriesIn(catalogue.dataSource.manager)
  const { id, changed } = await upsertDatasetEntry(query, entry)
  expect(changed).toBe(true)
  expect(await upsertDatasetEntry(query, entry)).toEqual({ id, changed: false })
  expect(await markSample(query, id, true)).toBe(false)
  expect(await markSample(query, id, false)).toBe(true)
  const fields = 'planRow title(lang: EN) description theme { code } agency { code } sample frequency'
  expect((await catalogue.ask(`{ dataset(code: "vehicle-positions") { ${fields} } }`)).data).toEqual({
    dataset: {
      planRow: null,
      title: 'Vehicle positions',
      description: null,
      theme: { code: 'transport' },
      agency: { code: 'transport' },
      sample: false,
      frequency: 'CONTINUOUS',
    },
  })
})

test('a manifest cannot describe a dataset of the plan again, nor name what does not exist', async () => {
  const query = queriesIn(catalogue.dataSource.manager)
  const entry = { code: 'x', title: { vi: 'x', en: 'x' }, license: 'CC-BY-4.0', sample: false }
  await expect(upsertDatasetEntry(query, { ...entry, code: 'nurseries' })).rejects.toMatchObject({ code: 'CONFLICT' })
  await expect(upsertDatasetEntry(query, { ...entry, theme: 'zebra' })).rejects.toMatchObject({
    code: 'BAD_USER_INPUT',
  })
  await expect(upsertDatasetEntry(query, { ...entry, agency: 'zebra' })).rejects.toMatchObject({
    code: 'BAD_USER_INPUT',
  })
})
