import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createRecordWorld, type RecordWorld } from '../../../test/support/record-world.js'

let world: RecordWorld

beforeAll(async () => {
  world = await createRecordWorld()
  await world.seed({
    dataset: 'places',
    resource: 'units',
    recordType: 'AdministrativeUnit',
    rows: [
      { key: '52~1989-06-30', code: '52', name: 'Bình Định', validFrom: '1989-06-30', validTo: '2025-06-30' },
      {
        key: '540~1986-07-03',
        code: '540',
        name: 'Quy Nhơn',
        validFrom: '1986-07-03',
        validTo: '2025-06-30',
        parent: '52~1989-06-30',
      },
      {
        key: '549~2011-11-28',
        code: '549',
        name: 'An Nhơn',
        validFrom: '2011-11-28',
        validTo: '2025-06-30',
        parent: '52~1989-06-30',
      },
      { key: '21583~2025-07-01', code: '21583', name: 'Đập Đá', validFrom: '2025-07-01', validTo: null },
    ],
  })
  const school = (code: string, name: string, rest: object) => ({ key: code, code, name, ...rest })
  await world.seed({
    dataset: 'primary-schools',
    resource: 'schools',
    recordType: 'School',
    rows: [
      school('P1', 'Tiểu học Trần Phú', {
        level: 'PRIMARY',
        pupils: 500,
        district: '540~1986-07-03',
        openedOn: '1990-09-05',
        latitude: 13.78,
        longitude: 109.22,
        budget: '12345678901234567890.50',
        seats: '9007199254740993',
      }),
      school('P2', 'Tiểu học Đống Đa', {
        level: 'PRIMARY',
        pupils: 300,
        district: '540~1986-07-03',
        openedOn: '1990-12-01',
        latitude: 13.77,
        longitude: 109.21,
      }),
      school('P3', 'Tiểu học Nhơn Hưng', {
        level: 'PRIMARY',
        pupils: null,
        district: '549~2011-11-28',
        tags: ['xanh', 'sạch'],
      }),
    ],
  })
  await world.seed({
    dataset: 'nurseries',
    resource: 'schools',
    recordType: 'School',
    rows: [school('N1', 'Nhà trẻ Hoa Mai', { level: 'NURSERY', pupils: 80, district: null })],
  })
  await world.seed({
    dataset: 'bus-network',
    resource: 'stops',
    recordType: 'BusStop',
    rows: [
      { key: 'S1', code: 'S1', name: 'Bến xe' },
      { key: 'S2', code: 'S2', name: 'Chợ' },
    ],
  })
  await world.seed({
    dataset: 'bus-network',
    resource: 'routes',
    recordType: 'BusRoute',
    rows: [
      { key: 'T1', code: 'T1', stops: ['S1', 'S2'] },
      { key: 'T2', code: 'T2', stops: ['S2'] },
    ],
  })
  await world.seed({ dataset: 'beds', resource: 'beds', recordType: 'BedAvailability', mode: 'LOOKUP', fetched: false })
})
afterAll(async () => {
  await world.dispose()
})

const names = (answer: { data: Record<string, unknown> | null }, field = 'schools') =>
  (answer.data?.[field] as { nodes: { name: string }[] }).nodes.map((node) => node.name)

describe('a connection', () => {
  test('answers nodes, counts, sources and relations with aliases', async () => {
    const answer = await world.query(`{
      schools(orderBy: [{ name: ASC }], first: 2) {
        __typename
        all: totalCount
        nodes { __typename id k: key name pupils openedOn budget seats district { name parent { name } } dataset { code title(lang: EN) } }
        pageInfo { hasNextPage hasPreviousPage endCursor }
        sources { resource state mode dataset { code } error { code } version }
      }
    }`)
    expect(answer.errors).toBeUndefined()
    expect(answer.data).toMatchObject({
      schools: {
        __typename: 'SchoolConnection',
        all: 4,
        nodes: [
          {
            __typename: 'School',
            k: 'N1',
            name: 'Nhà trẻ Hoa Mai',
            pupils: 80,
            openedOn: null,
            district: null,
            dataset: { code: 'nurseries', title: 'nurseries' },
          },
          {
            k: 'P2',
            name: 'Tiểu học Đống Đa',
            openedOn: '1990-12-01',
            district: { name: 'Quy Nhơn', parent: { name: 'Bình Định' } },
          },
        ],
        pageInfo: { hasNextPage: true, hasPreviousPage: false },
        sources: [
          {
            resource: 'schools',
            state: 'FRESH',
            mode: 'SNAPSHOT',
            dataset: { code: 'primary-schools' },
            error: null,
            version: 1,
          },
          { dataset: { code: 'nurseries' } },
          { resource: 'units', dataset: { code: 'places' } },
        ],
      },
    })
  })

  test('keeps big numbers as strings', async () => {
    const answer = await world.query('{ school(key: "P1", dataset: "primary-schools") { budget seats } }')
    expect(answer.data).toEqual({ school: { budget: '12345678901234567890.50', seats: '9007199254740993' } })
  })

  test('pages forward and backward over nulls in any direction', async () => {
    for (const orderBy of [
      '{ pupils: DESC }',
      '{ pupils: ASC }',
      '{ pupils: ASC_NULLS_FIRST }',
      '{ pupils: DESC_NULLS_FIRST }',
      '{ district: { name: ASC } }, { pupils: DESC }',
      '{ name: DESC }',
      '{ updatedAt: ASC }',
    ]) {
      const whole = names(await world.query(`{ schools(orderBy: [${orderBy}]) { nodes { name } } }`))
      const forward: string[] = []
      let after: string | null = null
      do {
        const answer: Awaited<ReturnType<RecordWorld['query']>> = await world.query(
          `query($after: String) { schools(orderBy: [${orderBy}], first: 1, after: $after) { nodes { name } pageInfo { hasNextPage endCursor } } }`,
          { after },
        )
        expect(answer.errors).toBeUndefined()
        forward.push(...names(answer))
        const page = (answer.data?.['schools'] as { pageInfo: { hasNextPage: boolean; endCursor: string } }).pageInfo
        after = page.hasNextPage ? page.endCursor : null
      } while (after !== null)
      expect(forward).toEqual(whole)
      const backward: string[] = []
      let before: string | null = null
      do {
        const answer: Awaited<ReturnType<RecordWorld['query']>> = await world.query(
          `query($before: String) { schools(orderBy: [${orderBy}], last: 1, before: $before) { edges { node { name } cursor } pageInfo { hasPreviousPage startCursor } } }`,
          { before },
        )
        expect(answer.errors).toBeUndefined()
        const connection = answer.data?.['schools'] as {
          edges: { node: { name: string } }[]
          pageInfo: { hasPreviousPage: boolean; startCursor: string }
        }
        backward.unshift(...connection.edges.map((edge) => edge.node.name))
        before = connection.pageInfo.hasPreviousPage ? connection.pageInfo.startCursor : null
      } while (before !== null)
      expect(backward).toEqual(whole)
    }
  })
})

describe('filters', () => {
  const found = async (where: string, variables = {}, declared = '') =>
    names(
      await world.query(
        `query${declared} { schools(where: ${where}, orderBy: [{ key: ASC }]) { nodes { name: key } } }`,
        variables,
      ),
    )

  test('fold case and diacritics, but a query with diacritics finds only those', async () => {
    expect(await found('{ name: { contains: "dong da" } }')).toEqual(['P2'])
    expect(await found('{ name: { contains: "ĐỐNG" } }')).toEqual(['P2'])
    expect(await found('{ name: { contains: "dống" } }')).toEqual([])
    expect(await found('{ name: { startsWith: "nha tre" } }')).toEqual(['N1'])
    expect(await found('{ name: { contains: "%" } }')).toEqual([])
  })

  test('take nulls as the contract says', async () => {
    expect(await found('{ pupils: { ne: 300 } }')).toEqual(['N1', 'P1'])
    expect(await found('{ pupils: { notIn: [] } }')).toEqual(['N1', 'P1', 'P2'])
    expect(await found('{ not: { pupils: { eq: 300 } } }')).toEqual(['N1', 'P1', 'P3'])
    expect(await found('{ pupils: { isNull: true } }')).toEqual(['P3'])
    expect(await found('{ and: [] }')).toEqual(['N1', 'P1', 'P2', 'P3'])
    expect(await found('{ or: [] }')).toEqual([])
    expect(await found('{ pupils: { eq: null }, name: null }')).toEqual(['N1', 'P1', 'P2', 'P3'])
  })

  test('go through relations both ways', async () => {
    expect(await found('{ district: { name: { eq: "Quy Nhơn" } } }')).toEqual(['P1', 'P2'])
    expect(await found('{ district: { not: { name: { eq: "Quy Nhơn" } } } }')).toEqual(['N1', 'P3'])
    expect(await found('{ district: { isNull: true } }')).toEqual(['N1'])
    expect(await found('{ district: { parent: { code: { eq: "52" } }, validOn: "2025-06-30" } }')).toEqual([
      'P1',
      'P2',
      'P3',
    ])
    const units =
      await world.query(`{ administrativeUnits(where: { schools: { some: { pupils: { gt: 400 } } } }) { nodes { name } }
      none: administrativeUnits(where: { schools: { none: {} } }, orderBy: [{ name: ASC }]) { nodes { name } }
      every: administrativeUnits(where: { schools: { every: { pupils: { gte: 300 } } } }, orderBy: [{ name: ASC }]) { nodes { name } } }`)
    expect(names(units, 'administrativeUnits')).toEqual(['Quy Nhơn'])
    expect(names(units, 'none')).toEqual(['Bình Định', 'Đập Đá'])
    expect(names(units, 'every')).toEqual(['Bình Định', 'Đập Đá', 'Quy Nhơn'])
  })

  test('take variables, code lists, lists and dates', async () => {
    expect(await found('{ level: { in: [NURSERY] } }')).toEqual(['N1'])
    expect(await found('{ tags: { contains: "xanh" } }')).toEqual(['P3'])
    expect(await found('{ openedOn: { gte: "1990-10-01" } }')).toEqual(['P2'])
    expect(await found('$where', { where: { seats: { eq: '9007199254740993' } } }, '($where: SchoolWhere)')).toEqual([
      'P1',
    ])
    expect(await found('{ updatedAt: { gt: "2020-01-01" } }')).toEqual(['N1', 'P1', 'P2', 'P3'])
  })

  test('search and near rank what they find', async () => {
    const answer = await world.query(`{ schools(search: "tieu hoc tran") { nodes { name: key } }
      near: schools(near: { latitude: 13.78, longitude: 109.22, km: 5 }, orderBy: [{ distance: ASC }]) { nodes { name: key } } }`)
    expect(names(answer)[0]).toBe('P1')
    expect(names(answer, 'near')).toEqual(['P1', 'P2'])
  })
})

describe('aggregates', () => {
  test('sum, average, count distinct and group with buckets, having and relation keys', async () => {
    const answer = await world.query(`{ schools(where: { level: { eq: PRIMARY } }) {
      totalCount
      aggregate { count sum { pupils budget } avg { pupils } min { name pupils openedOn } max { pupils } countDistinct { district } }
      groupBy(by: [{ field: DISTRICT }], orderBy: [{ count: DESC }]) { key { district { name } level } count sum { pupils } }
      years: groupBy(by: [{ field: OPENED_ON, bucket: QUARTER }, { field: DATASET }], having: { count: { gte: 1 } }) { key { openedOn dataset { code } } count }
      byName: groupBy(by: [{ field: DISTRICT }], orderBy: [{ key: { district: { name: ASC } } }], having: { sum: { pupils: { gt: 1 } } }) { key { district { name } } }
    } }`)
    expect(answer.errors).toBeUndefined()
    expect(answer.data).toEqual({
      schools: {
        totalCount: 3,
        aggregate: {
          count: 3,
          sum: { pupils: '800', budget: '12345678901234567890.50' },
          avg: { pupils: 400 },
          min: { name: 'Tiểu học Đống Đa', pupils: 300, openedOn: '1990-09-05' },
          max: { pupils: 500 },
          countDistinct: { district: 2 },
        },
        groupBy: [
          { key: { district: { name: 'Quy Nhơn' }, level: null }, count: 2, sum: { pupils: '800' } },
          { key: { district: { name: 'An Nhơn' }, level: null }, count: 1, sum: { pupils: null } },
        ],
        years: [
          { key: { openedOn: '1990-07-01', dataset: { code: 'primary-schools' } }, count: 1 },
          { key: { openedOn: '1990-10-01', dataset: { code: 'primary-schools' } }, count: 1 },
          { key: { openedOn: null, dataset: { code: 'primary-schools' } }, count: 1 },
        ],
        byName: [{ key: { district: { name: 'Quy Nhơn' } } }],
      },
    })
  })
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
