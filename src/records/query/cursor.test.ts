import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import { createRecordWorld, type RecordWorld } from '../../../test/support/record-world.js'

let world: RecordWorld

beforeAll(async () => {
  world = await createRecordWorld()
  const place = { latitude: 13.78, longitude: 109.22 }
  const rows = ['A', 'B', 'C'].map((key) => ({ key, code: key, name: `Trần ${key}`, ...place }))
  await world.seed({ dataset: 'primary-schools', resource: 'schools', recordType: 'School', rows })
  await world.seed({ dataset: 'bus-network', resource: 'stops', recordType: 'BusStop', rows })
})
afterAll(async () => {
  await world.dispose()
})

const near = (latitude: number): string => `near: { latitude: ${latitude}, longitude: 109.22, km: 50 }`

/** Lists of which each is another: by its type, its order, or what decides the order. */
const lists = [
  'schools(first: 1 AFTER) { PAGE }',
  'busStops(first: 1 AFTER) { PAGE }',
  'schools(first: 1, orderBy: [{ name: ASC }] AFTER) { PAGE }',
  'busStops(first: 1, orderBy: [{ name: ASC }] AFTER) { PAGE }',
  'schools(first: 1, orderBy: [{ name: DESC }] AFTER) { PAGE }',
  'schools(first: 1, orderBy: [{ name: ASC_NULLS_FIRST }] AFTER) { PAGE }',
  'schools(first: 1, search: "tran" AFTER) { PAGE }',
  'schools(first: 1, search: "tran a" AFTER) { PAGE }',
  `schools(first: 1, ${near(13.7)}, orderBy: [{ distance: ASC }] AFTER) { PAGE }`,
  `schools(first: 1, ${near(13.8)}, orderBy: [{ distance: ASC }] AFTER) { PAGE }`,
  'dataset(code: "primary-schools") { records(first: 1 AFTER) { PAGE } }',
  'dataset(code: "bus-network") { records(first: 1 AFTER) { PAGE } }',
]

const written = (list: string): string =>
  `query ($after: String) { list: ${list.replace('AFTER', ', after: $after').replace('PAGE', 'pageInfo { endCursor }')} }`

async function cursorOf(list: string): Promise<string> {
  const { data } = await world.query(written(list))
  const page = z.object({ pageInfo: z.object({ endCursor: z.string() }) })
  const shape = z.object({ list: z.union([page, z.object({ records: page })]) })
  const found = shape.parse(data).list
  return 'records' in found ? found.records.pageInfo.endCursor : found.pageInfo.endCursor
}

async function codesAfter(list: string, after: string): Promise<unknown[]> {
  const { errors = [] } = await world.query(written(list), { after })
  return errors.map(({ extensions }) => extensions['code'])
}

describe('a cursor', () => {
  test('is a place in its own list and refused in every other', async () => {
    for (const from of lists) {
      const cursor = await cursorOf(from)
      for (const to of lists) {
        expect([from, to, await codesAfter(to, cursor)]).toEqual([from, to, from === to ? [] : ['CURSOR_INVALID']])
      }
    }
  })

  test('goes on where its filter or size is another', async () => {
    const cursor = await cursorOf('schools(first: 1, orderBy: [{ name: ASC }] AFTER) { PAGE }')
    const other = 'schools(first: 7, where: { pupils: { isNull: true } }, orderBy: [{ name: ASC }] AFTER) { PAGE }'
    expect(await codesAfter(other, cursor)).toEqual([])
  })

  test.each([
    ['no base64', '!!!'],
    ['no JSON', Buffer.from('[1,').toString('base64url')],
    ['nothing', ''],
    ['an object', Buffer.from('{"a":1}').toString('base64url')],
    ['a list within', Buffer.from('[["a"],1,"A"]').toString('base64url')],
  ])('of %s is refused', async (_what, cursor) => {
    for (const list of lists) expect(await codesAfter(list, cursor)).toEqual(['CURSOR_INVALID'])
  })

  test('that was changed is refused or a place, and never a failure of ours', async () => {
    const list = 'schools(first: 1, orderBy: [{ pupils: ASC }, { name: ASC }] AFTER) { PAGE }'
    const [order] = z.array(z.unknown()).parse(JSON.parse(Buffer.from(await cursorOf(list), 'base64url').toString()))
    const changed: readonly (readonly unknown[])[] = [
      [order, 'many', 'A', 1, 'A'],
      [order, '99999999999', 'A', 1, 'A'],
      [order, null, null, 1.5, 'A'],
      [order, null, null, 1e300, 'A'],
      [order, null, null, '1; drop table x', 'A'],
      [order, null, 'a\0b', 1, 'A'],
      [order, null, null, 1, 'a\ud800'],
      [order, null, 1],
      [order, null, null, null, 1, 'A'],
    ]
    for (const values of changed) {
      const codes = await codesAfter(list, Buffer.from(JSON.stringify(values)).toString('base64url'))
      expect([values, codes.filter((code) => code !== 'CURSOR_INVALID' && code !== 'BAD_USER_INPUT')]).toEqual([
        values,
        [],
      ])
    }
  })
})
