import { expect, test } from '@jest/globals'
import { Resource } from './entities/resource.js'
import { sourceState } from './source-state.js'

const now = new Date('2025-06-30T12:00:00Z')
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000)

function resource(row: Partial<Resource>): Resource {
  const blank = { datasetId: 1, name: 'schools', mode: 'SNAPSHOT', maxAgeMs: 3_600_000, version: null } as const
  const never = { fetchedAt: null, errorCode: null, errorVi: null, errorEn: null, errorAt: null }
  return Object.assign(new Resource(), blank, never, row)
}

const failed = { errorCode: 'TIMEOUT', errorVi: 'Quá lâu.', errorEn: 'Too slow.', errorAt: minutesAgo(1) }

test.each([
  ['NEVER_FETCHED', {}],
  ['FAILED', failed],
  ['FRESH', { fetchedAt: minutesAgo(60) }],
  ['STALE', { fetchedAt: minutesAgo(61) }],
  ['STALE', { ...failed, fetchedAt: minutesAgo(1) }],
] as const)('is %s by what its row says', (state, row) => {
  expect(sourceState(resource(row), now).state).toBe(state)
})

test('tells the age in whole seconds, and none of a source that was never read', () => {
  expect(sourceState(resource({ fetchedAt: new Date(now.getTime() - 90_999) }), now).ageSeconds).toBe(90)
  expect(sourceState(resource({}), now).ageSeconds).toBeNull()
})

test('a clock that is behind makes no negative age', () => {
  expect(sourceState(resource({ fetchedAt: minutesAgo(-1) }), now).ageSeconds).toBe(0)
})

test('carries the error in both languages', () => {
  const { error } = sourceState(resource(failed), now)
  expect(error).toEqual({ code: 'TIMEOUT', at: minutesAgo(1), vi: 'Quá lâu.', en: 'Too slow.' })
})
