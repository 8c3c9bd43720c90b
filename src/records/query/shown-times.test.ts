import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { z } from 'zod'
import { createRecordWorld, type RecordWorld } from '../../../test/support/record-world.js'
import { schoolSchema, smallTypes } from '../schema/small-types.fixture.js'

let world: RecordWorld
beforeAll(async () => {
  const times = { name: 'times', type: 'array', items: { type: 'datetime' }, title: 'times', titleEn: 'times' }
  const fields = [...schoolSchema.fields.filter(({ name }) => name !== 'district'), times]
  world = await createRecordWorld(smallTypes([{ ...schoolSchema, fields, foreignKeys: [] }]))
  const reported = (key: string, reportedAt: string | null, ofTimes: readonly string[] | null) => ({
    ...{ key, code: key, reportedAt, times: ofTimes },
  })
  await world.seed({
    ...{ dataset: 'primary-schools', resource: 'schools', recordType: 'School' },
    rows: [
      reported('first', '2025-06-30T10:00:00.123Z', ['2025-06-30T10:00:00.123456Z']),
      reported('late', '2025-06-30T10:00:00.123999Z', ['2025-06-30T10:00:00.124Z', '2025-06-30T10:00:00.125Z']),
      reported('next', '2025-06-30T10:00:00.124Z', []),
      reported('never', null, null),
    ],
  })
  await world.database.pool.query(
    `update records."School" set _updated_at = coalesce("reportedAt", '2020-01-01T00:00:00.000001Z')`,
  )
})
afterAll(async () => {
  await world.dispose()
})

const found = z.object({ schools: z.object({ nodes: z.array(z.object({ key: z.string() })) }) })

async function keys(where: string): Promise<string[]> {
  const { data, errors } = await world.query(
    `{ schools(where: { ${where} }, orderBy: [{ key: ASC }]) { nodes { key } } }`,
  )
  expect(errors).toBeUndefined()
  return found.parse(data).schools.nodes.map(({ key }) => key)
}

const shown = '"2025-06-30T10:00:00.123Z"'
const next = '"2025-06-30T10:00:00.124Z"'
const exact = '"2025-06-30T10:00:00.123999Z"'

test.each([
  [`eq: ${shown}`, ['first', 'late']],
  [`in: [${shown}]`, ['first', 'late']],
  [`in: [${shown}, ${next}]`, ['first', 'late', 'next']],
  [`ne: ${shown}`, ['next']],
  [`notIn: [${shown}]`, ['next']],
  [`notIn: []`, ['first', 'late', 'next']],
  [`in: []`, []],
  [`lt: ${shown}`, []],
  [`lte: ${shown}`, ['first', 'late']],
  [`gt: ${shown}`, ['next']],
  [`gte: ${shown}`, ['first', 'late', 'next']],
  [`gt: ${shown}, lte: ${next}`, ['next']],
])('a time is compared as it is shown, to the millisecond: %s', async (comparison, expected) => {
  expect(await keys(`reportedAt: { ${comparison} }`)).toEqual(expected)
  const updated = (await keys(`updatedAt: { ${comparison} }`)).filter((key) => key !== 'never')
  expect(updated).toEqual(expected)
})

test.each([
  [`eq: ${exact}`, ['late']],
  [`in: [${exact}, ${next}]`, ['late', 'next']],
  [`ne: ${exact}`, ['first', 'next']],
  [`notIn: [${exact}]`, ['first', 'next']],
  [`lte: "2025-06-30T10:00:00.1239Z"`, ['first']],
  [`gt: "2025-06-30T10:00:00.1239Z"`, ['late', 'next']],
])('a time that is told more exactly is compared so: %s', async (comparison, expected) => {
  expect(await keys(`reportedAt: { ${comparison} }`)).toEqual(expected)
})

test('the complement of a comparison has what has no time', async () => {
  expect(await keys(`not: { reportedAt: { eq: ${shown} } }`)).toEqual(['never', 'next'])
  expect(await keys(`not: { reportedAt: { in: [${shown}] } }`)).toEqual(['never', 'next'])
})

test.each([
  [`contains: ${shown}`, ['first']],
  [`containsAny: [${shown}, "2025-06-30T10:00:00.125Z"]`, ['first', 'late']],
  [`containsAll: ["2025-06-30T10:00:00.124Z", "2025-06-30T10:00:00.125Z"]`, ['late']],
  [`containsAll: []`, ['first', 'late', 'next']],
  [`contains: ${exact}`, []],
])('times in a list are compared as they are shown: %s', async (comparison, expected) => {
  expect(await keys(`times: { ${comparison} }`)).toEqual(expected)
})

test('the year of the first time that there is begins in the year before', async () => {
  await world.seed({
    ...{ dataset: 'old', resource: 'schools', recordType: 'School' },
    rows: [{ key: 'min', code: 'min', reportedAt: '0001-01-01T00:00:00Z' }],
  })
  const groups =
    '{ schools(dataset: ["old"]) { groupBy(by: [{ field: REPORTED_AT, bucket: YEAR }]) { key { reportedAt } } } }'
  expect(await world.query(groups)).toMatchObject({
    data: { schools: { groupBy: [{ key: { reportedAt: '0000-12-31T16:53:30.000Z' } }] } },
  })
})
