import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { z } from 'zod'
import { encodeRecordId } from '../../src/records/query/record-id.js'
import { randomRows } from './random-rows.js'
import { randomSchema } from './random-types.js'
import { datasetCode, typeOf, updatedAt, type Json, type ReferenceWorld } from './reference-world.js'
import { createSeededWorld, type SeededWorld } from './seed-reference-world.js'
import { compareText, shown, shownInstant } from './values.js'

/** REFERENCE_CASES and REFERENCE_SEED choose how much is tried, and what. */
const schemas = Math.max(4, Math.ceil(Number(process.env['REFERENCE_CASES'] ?? '500') / 250))
const seed = Number(process.env['REFERENCE_SEED'] ?? '20250630')

type Shown = Readonly<Record<string, Json>>

/** Fields of several types have one name and other types: each has an alias of its own. */
function selectionOf(world: ReferenceWorld): string {
  const fragments = [...world.types.types.values()].map((type) => {
    const fields = type.fields.filter((field) => field.reference === undefined)
    return `... on ${type.code} { ${fields.map(({ name }) => `${type.code}_${name}: ${name}`).join(' ')} }`
  })
  return `__typename id key updatedAt ${fragments.join(' ')}`
}

/** The records of a dataset by resource, then by key. */
function expectedRecords(world: ReferenceWorld, datasetId: number): Shown[] {
  return world.resources
    .filter((resource) => resource.datasetId === datasetId)
    .flatMap(({ recordType }) => {
      const type = typeOf(world, recordType)
      return world.states
        .filter((state) => state.type === recordType && state.datasetId === datasetId && state.to === undefined)
        .sort((a, b) => compareText(a.key, b.key))
        .map((state): Shown => {
          const dataset = datasetCode(world, datasetId)
          const fields = type.fields.filter((field) => field.reference === undefined)
          return {
            __typename: recordType,
            id: encodeRecordId({ type: recordType, dataset, version: undefined, key: state.key }),
            key: state.key,
            updatedAt: shownInstant(updatedAt(world, { type, state, asOf: undefined })),
            ...Object.fromEntries(
              fields.map((field) => [`${recordType}_${field.name}`, shown(field, state.values[field.name] ?? null)]),
            ),
          }
        })
    })
}

const recordsShape = z.object({
  dataset: z.object({
    records: z.object({
      totalCount: z.number(),
      nodes: z.array(z.record(z.string(), z.json())),
      pageInfo: z.object({
        hasNextPage: z.boolean(),
        hasPreviousPage: z.boolean(),
        startCursor: z.string().nullable(),
        endCursor: z.string().nullable(),
      }),
    }),
  }),
})

type Records = z.infer<typeof recordsShape>['dataset']['records']

async function recordsOf({ records }: SeededWorld, dataset: string, selection: string, page: string): Promise<Records> {
  const answer = await records.query(
    `query ($code: ID!) { dataset(code: $code) { records(${page}) { totalCount nodes { ${selection} } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }`,
    { code: dataset },
  )
  expect(answer.errors).toBeUndefined()
  return recordsShape.parse(answer.data).dataset.records
}

async function checkPages(seeded: SeededWorld, dataset: string, expected: readonly Shown[]): Promise<void> {
  const keys = expected.map(({ id }) => id)
  const idsOf = ({ nodes }: Records): unknown[] => nodes.map(({ id }) => id)
  const forward: unknown[] = []
  for (let after = '', more = true; more;) {
    const page = await recordsOf(seeded, dataset, 'id', `first: 3${after}`)
    expect(page.pageInfo.hasPreviousPage).toBe(forward.length > 0)
    forward.push(...idsOf(page))
    after = `, after: ${JSON.stringify(page.pageInfo.endCursor)}`
    more = page.pageInfo.hasNextPage
  }
  expect(forward).toEqual(keys)
  const backward: unknown[] = []
  for (let before = '', more = true; more;) {
    const page = await recordsOf(seeded, dataset, 'id', `last: 3${before}`)
    expect(page.pageInfo.hasNextPage).toBe(backward.length > 0)
    backward.unshift(...idsOf(page))
    before = `, before: ${JSON.stringify(page.pageInfo.startCursor)}`
    more = page.pageInfo.hasPreviousPage
  }
  expect(backward).toEqual(keys)
}

async function checkDataset(seeded: SeededWorld, world: ReferenceWorld, datasetId: number): Promise<void> {
  const dataset = datasetCode(world, datasetId)
  if (!world.fetched.has(datasetId)) {
    const answer = await seeded.records.query(
      'query ($code: ID!) { dataset(code: $code) { records { totalCount } } }',
      { code: dataset },
    )
    expect(answer.data).toEqual({ dataset: { records: null } })
    expect(answer.errors?.map(({ extensions }) => extensions['code'])).toEqual(['SOURCE_UNAVAILABLE'])
    return
  }
  const selection = selectionOf(world)
  const expected = expectedRecords(world, datasetId)
  const whole = await recordsOf(seeded, dataset, selection, 'first: 1000')
  expect(whole.nodes).toEqual(expected)
  expect(whole.totalCount).toBe(expected.length)
  await checkPages(seeded, dataset, expected)
  for (const record of expected.slice(0, 6)) {
    const answer = await seeded.records.query(
      `query ($id: ID!) { record(id: $id) { ${selection} } node(id: $id) { __typename id ... on Record { ${selection} } } }`,
      { id: record['id'] },
    )
    expect(answer).toMatchObject({ data: { record, node: record } })
    expect(answer.errors).toBeUndefined()
  }
}

describe('the records of a dataset, whatever their types', () => {
  test.each(Array.from({ length: schemas }, (_, index) => seed + index))(
    'are those of its resources, page by page, and found by their ids: schema %d',
    async (schemaSeed) => {
      const [schema] = fc.sample(randomSchema, { seed: schemaSeed, numRuns: 1 })
      const seeded = await createSeededWorld(schema!)
      try {
        await fc.assert(
          fc.asyncProperty(randomRows(schema!), async (rows) => {
            const world = await seeded.seed(rows)
            for (const datasetId of new Set(world.resources.map((resource) => resource.datasetId))) {
              await checkDataset(seeded, world, datasetId)
            }
          }),
          { seed: schemaSeed, numRuns: 5, endOnFailure: true },
        )
      } finally {
        await seeded.records.dispose()
      }
    },
    300_000,
  )
})
