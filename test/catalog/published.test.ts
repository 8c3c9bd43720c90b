import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { RecordLeaf } from '../../src/catalog/control-context.js'
import { createCatalogue, type CatalogueUnderTest } from './catalogue-under-test.js'
import { connectDataset } from './published-datasets.js'
import { schoolTypes } from './school-type.js'

// Rows 16, 20 and 21 of the plan are one dataset.
const original = 'fixed-broadband-subscriptions'
const recordTypes = schoolTypes

let catalogue: CatalogueUnderTest
beforeAll(async () => {
  catalogue = await createCatalogue()
  const { dataSource } = catalogue
  await connectDataset(dataSource, original, { versions: 3, records: 5, row: 'fetched_at = now()' })
  await connectDataset(dataSource, 'nurseries')
  await connectDataset(dataSource, 'kindergartens', { recordType: 'NotYetPublic', versions: 1, records: 9 })
  await connectDataset(dataSource, 'primary-schools', {
    row: "error_code = 'TIMEOUT', error_vi = 'Quá lâu.', error_en = 'Too slow.', error_at = '2025-06-30T01:00:00Z'",
  })
})
afterAll(async () => {
  await catalogue.dispose()
})

test('a duplicate answers with what its original has published', async () => {
  const fields = `
    status recordCount firstPublishedOn version { number publishedAt recordCount added changed removed setAside }
    resources { name recordCount recordType { code } source { dataset { code } resource state mode version } }
    versions(first: 2) { nodes { number } totalCount pageInfo { hasNextPage } }`
  const { data, errors } = await catalogue.ask(
    `{ datasets(where: { planRow: { in: [16, 20, 21] } }) { nodes { ${fields} } } }`,
    { recordTypes },
  )
  const published = {
    status: 'PUBLISHED',
    recordCount: 5,
    firstPublishedOn: '2025-06-02',
    version: {
      number: 3,
      publishedAt: expect.any(String),
      recordCount: 5,
      added: 1,
      changed: 2,
      removed: 3,
      setAside: 4,
    },
    resources: [
      {
        name: 'all',
        recordCount: 5,
        recordType: { code: 'School' },
        source: { dataset: { code: original }, resource: 'all', state: 'FRESH', mode: 'SNAPSHOT', version: 3 },
      },
    ],
    versions: { nodes: [{ number: 3 }, { number: 2 }], totalCount: 3, pageInfo: { hasNextPage: true } },
  }
  expect(errors).toEqual([])
  expect(data).toEqual({ datasets: { nodes: [published, published, published] } })
})

test('versions page from the newest to the first', async () => {
  const page = `nodes { number } pageInfo { hasNextPage hasPreviousPage endCursor }`
  const first = await catalogue.ask(`{ dataset(code: "${original}") { versions(first: 1) { ${page} } } }`)
  const after = /"endCursor":"([^"]+)/.exec(JSON.stringify(first.data))?.[1]
  const { data } = await catalogue.ask(
    `query ($after: String) {
      dataset(code: "${original}") { versions(after: $after) { ${page} } oldest: versions(last: 1) { ${page} } }
    }`,
    { variables: { after } },
  )
  const endCursor = expect.any(String)
  expect(data).toEqual({
    dataset: {
      versions: {
        nodes: [{ number: 2 }, { number: 1 }],
        pageInfo: { hasNextPage: false, hasPreviousPage: true, endCursor },
      },
      oldest: { nodes: [{ number: 1 }], pageInfo: { hasNextPage: false, hasPreviousPage: true, endCursor } },
    },
  })
})

test('status goes from connected to published, and can be filtered by', async () => {
  const { data } = await catalogue.ask(`{
    published: datasets(where: { status: { eq: PUBLISHED } }, orderBy: [{ planRow: ASC }]) { nodes { planRow } }
    connected: datasets(where: { status: { eq: CONNECTED } }) { nodes { code status version { number } } }
    newest: datasets(first: 2, orderBy: [{ publishedAt: DESC }, { planRow: DESC }]) { nodes { planRow } }
  }`)
  expect(data).toEqual({
    published: { nodes: [{ planRow: 4 }, { planRow: 16 }, { planRow: 20 }, { planRow: 21 }] },
    connected: {
      nodes: [
        { code: 'nurseries', status: 'CONNECTED', version: null },
        { code: 'primary-schools', status: 'CONNECTED', version: null },
      ],
    },
    newest: { nodes: [{ planRow: 21 }, { planRow: 20 }] },
  })
})

test('a source that failed says why, in both languages', async () => {
  const { data } = await catalogue.ask(
    `{ dataset(code: "primary-schools") { resources { source {
      state fetchedAt ageSeconds version error { code message english: message(lang: EN) at }
    } } } }`,
    { recordTypes },
  )
  const error = { code: 'TIMEOUT', message: 'Quá lâu.', english: 'Too slow.', at: '2025-06-30T01:00:00.000Z' }
  const source = { state: 'FAILED', fetchedAt: null, ageSeconds: null, version: null, error }
  expect(data).toEqual({ dataset: { resources: [{ source }] } })
})

test('a resource whose type is not public yet is not shown', async () => {
  const { data, errors } = await catalogue.ask(
    '{ dataset(code: "kindergartens") { recordCount resources { name } } }',
    {
      recordTypes,
    },
  )
  expect({ data, errors }).toEqual({ data: { dataset: { recordCount: 0, resources: [] } }, errors: [] })
})

test('records are asked of the record plane, for the original, and its answer is passed on as it is', async () => {
  const asked: unknown[] = []
  const records: RecordLeaf = {
    connection({ info, ...leaf }) {
      asked.push({ field: info.fieldName, ...leaf, datasetId: typeof leaf.datasetId })
      return Promise.resolve({ compiled: 'text' })
    },
  }
  const { data, errors } = await catalogue.ask(
    '{ datasets(where: { planRow: { eq: 20 } }) { nodes { records(resource: "all", first: 2) } } }',
    { records },
  )
  expect(errors).toEqual([])
  expect(data).toEqual({ datasets: { nodes: [{ records: { compiled: 'text' } }] } })
  const args = { resource: 'all', first: 2, last: undefined, after: undefined, before: undefined }
  expect(asked).toEqual([{ field: 'records', datasetId: 'number', datasetCode: original, args }])
})

test('record types are described by what their schemas say', async () => {
  const { data, errors } = await catalogue.ask(
    `{
      recordTypes { code }
      none: recordType(code: "Zebra") { code }
      recordType(code: "School") {
        code plural title english: title(lang: EN)
        fields { name title(lang: EN) type unit values { value label } }
      }
    }`,
    { recordTypes },
  )
  const field = (name: string, title: string, type: string, unit: string | null = null, values: unknown = null) => {
    return { name, title, type, unit, values }
  }
  const levels = [
    { value: 'NURSERY', label: 'Nhà trẻ' },
    { value: 'PRIMARY', label: 'Tiểu học' },
  ]
  expect(errors).toEqual([])
  expect(data).toEqual({
    recordTypes: [{ code: 'School' }],
    none: null,
    recordType: {
      code: 'School',
      plural: 'schools',
      title: 'Trường học',
      english: 'School',
      fields: [
        field('code', 'School code', 'String'),
        field('level', 'Level', 'SchoolLevel', null, levels),
        field('pupils', 'Pupils', 'Int', 'people'),
        field('budget', 'School code', 'Decimal', 'VND'),
        field('district', 'School code', 'AdministrativeUnit'),
        field('stops', 'School code', '[BusStop!]'),
        field('tags', 'School code', '[String!]'),
      ],
    },
  })
})
