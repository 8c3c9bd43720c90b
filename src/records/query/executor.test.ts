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

const names = (answer: { data: Record<string, unknown> | null }, field = 'schools') =>
  (answer.data?.[field] as { nodes: { name: string }[] }).nodes.map((node) => node.name)

describe('a connection', () => {
  test('takes any response key, also one that its statement calls something of its own', async () => {
    for (const key of ['t1', 't2', 't3', 't4', 't5', 'x', 'o', 'pg', '_rn', '_key', 'row_to_json']) {
      const answer = await world.query(
        `{ schools(orderBy: [{ name: ASC }], first: 1) { nodes { ${key}: name district { ${key}: name } } } }`,
      )
      expect(answer.errors).toBeUndefined()
      expect(answer.data).toEqual({ schools: { nodes: [{ [key]: 'Nhà trẻ Hoa Mai', district: null }] } })
    }
  })

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

describe('errors', () => {
  test('have the path of their field, and none when they are about the whole request', async () => {
    const tooMuch = await world.query(
      '{ schools(first: 1000) { nodes { district { schools(first: 1000) { nodes { name } } } } } }',
    )
    expect(tooMuch.errors?.map(({ extensions }) => extensions['code'])).toEqual(['QUERY_TOO_COMPLEX'])
    expect(tooMuch.errors?.map(({ path }) => path)).toEqual([undefined])
    const ofField = await world.query('{ found: schools(after: "nonsense") { nodes { name } } }')
    expect(ofField.errors?.map(({ path }) => path)).toEqual([['found']])
  })
})
