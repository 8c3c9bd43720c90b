import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { RecordWorld } from '../../../test/support/record-world.js'
import { createSchoolsWorld } from './schools-world.fixture.js'

let world: RecordWorld

beforeAll(async () => {
  world = await createSchoolsWorld()
})
afterAll(async () => {
  await world.dispose()
})

describe('both planes', () => {
  test('mix in one operation, with fragments shared by both and __typename beside records', async () => {
    const answer = await world.query(`
      query { __typename dataset(code: "primary-schools") { ...D records(first: 2) { __typename totalCount nodes { __typename key ... on School { name district { name } } dataset { ...D } } pageInfo { hasNextPage endCursor } } }
        administrativeUnits(where: { code: { eq: "540" } }) { nodes { name schools(orderBy: [{ key: ASC }]) { totalCount nodes { key dataset { ...D } } sources { state } } } }
        busRoutes { nodes { key stops { totalCount nodes { code routes { nodes { key } } } } } }
      }
      fragment D on Dataset { __typename code }`)
    expect(answer.errors).toBeUndefined()
    const dataset = { __typename: 'Dataset', code: 'primary-schools' }
    expect(answer.data).toMatchObject({
      __typename: 'Query',
      dataset: {
        ...dataset,
        records: {
          __typename: 'RecordConnection',
          totalCount: 3,
          nodes: [
            { __typename: 'School', key: 'P1', name: 'Tiểu học Trần Phú', district: { name: 'Quy Nhơn' }, dataset },
            { key: 'P2', dataset },
          ],
          pageInfo: { hasNextPage: true },
        },
      },
      administrativeUnits: {
        nodes: [
          {
            name: 'Quy Nhơn',
            schools: {
              totalCount: 2,
              nodes: [
                { key: 'P1', dataset },
                { key: 'P2', dataset },
              ],
              sources: [{ state: 'FRESH' }, { state: 'FRESH' }],
            },
          },
        ],
      },
      busRoutes: {
        nodes: [
          {
            key: 'T1',
            stops: {
              totalCount: 2,
              nodes: [
                { code: 'S1', routes: { nodes: [{ key: 'T1' }] } },
                { code: 'S2', routes: { nodes: [{ key: 'T1' }, { key: 'T2' }] } },
              ],
            },
          },
          { key: 'T2', stops: { totalCount: 1, nodes: [{ code: 'S2' }] } },
        ],
      },
    })
  })

  test('find a record again by its id, and a dataset by its own', async () => {
    const first = await world.query(
      '{ school(key: "P1", dataset: "primary-schools") { id } dataset(code: "places") { id } nothing: school(key: "X", dataset: "primary-schools") { id } }',
    )
    const id = (first.data?.['school'] as { id: string }).id
    const datasetId = (first.data?.['dataset'] as { id: string }).id
    const again = await world.query(
      'query($id: ID!, $d: ID!) { node(id: $id) { id ... on School { name } } record(id: $id) { key } d: node(id: $d) { ... on Dataset { code } } none: record(id: "eA") { key } }',
      { id, d: datasetId },
    )
    expect(first.data?.['nothing']).toBeNull()
    expect(again.errors).toBeUndefined()
    expect(again.data).toEqual({
      node: { id, name: 'Tiểu học Trần Phú' },
      record: { key: 'P1' },
      d: { code: 'places' },
      none: null,
    })
  })

  test('a field whose value Postgres cannot hold costs only itself', async () => {
    const page = await world.query('{ schools(orderBy: [{ pupils: ASC }], first: 1) { pageInfo { endCursor } } }')
    const { endCursor } = (page.data?.['schools'] as { pageInfo: { endCursor: string } }).pageInfo
    const forged = JSON.parse(Buffer.from(endCursor, 'base64url').toString()) as unknown[]
    forged[1] = 'many'
    const after = Buffer.from(JSON.stringify(forged)).toString('base64url')
    const answer = await world.query(
      'query($after: String) { bad: schools(orderBy: [{ pupils: ASC }], after: $after) { nodes { key } } good: busStops { totalCount } }',
      { after },
    )
    expect(answer.data).toEqual({ bad: null, good: { totalCount: 2 } })
    expect(answer.errors?.map((error) => [error.path, error.extensions['code']])).toEqual([[['bad'], 'BAD_USER_INPUT']])
  })

  test('a bare date may be asOf beside fields of the control plane', async () => {
    const answer = await world.query(
      'query($t: DateTime = "2025-06-30") { schools(asOf: $t) { totalCount } dataset(code: "places") { code } }',
    )
    expect(answer.errors).toBeUndefined()
    expect(answer.data).toEqual({ schools: { totalCount: 0 }, dataset: { code: 'places' } })
  })

  test('a connection that was never fetched is null with its sources in the error, and costs only its field', async () => {
    const answer = await world.query(
      '{ bedAvailabilities { totalCount } busStops { nodes { code freeBeds { available } } } dataset(code: "beds") { code records { totalCount } } }',
    )
    expect(answer.data).toEqual({
      bedAvailabilities: null,
      busStops: {
        nodes: [
          { code: 'S1', freeBeds: null },
          { code: 'S2', freeBeds: null },
        ],
      },
      dataset: { code: 'beds', records: null },
    })
    expect(answer.errors?.map((error) => [error.path, error.extensions['code']])).toEqual([
      [['bedAvailabilities'], 'SOURCE_UNAVAILABLE'],
      [['dataset', 'records'], 'SOURCE_UNAVAILABLE'],
    ])
    expect(answer.errors?.[0]?.extensions['sources']).toEqual([{ dataset: 'beds', resource: 'beds' }])
    expect(world.asked.lookedUp.at(-1)?.keys).toEqual(['S1', 'S2'])
  })
})
