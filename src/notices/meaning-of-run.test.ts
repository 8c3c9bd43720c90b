import { expect, test } from '@jest/globals'
import { meaningOf, noticeCauses, type EndedRun } from './meaning-of-run.js'

const failed = (errorCode: string, failures = 1, failingForMs = 0): EndedRun => ({
  outcome: 'FAILED',
  errorCode,
  read: 0,
  setAside: 0,
  incremental: false,
  columnsChanged: false,
  remapped: false,
  outdated: undefined,
  failures,
  failingForMs,
})

test.each([
  ['MISSING_COLUMNS', 'SCHEMA_DRIFT'],
  ['NOT_FOUND', 'SOURCE_VANISHED'],
  ['ROWS_DROPPED', 'HELD_BY_GUARD'],
  ['ROWS_GREW', 'HELD_BY_GUARD'],
  ['TOO_MANY_SET_ASIDE', 'HELD_BY_GUARD'],
  ['NO_ROWS', 'HELD_BY_GUARD'],
  ['PERSONAL_DATA', 'PERSONAL_DATA'],
  ['UNAUTHORISED', 'RUN_FAILED'],
  ['MAPPING', 'RUN_FAILED'],
  ['NOT_DATA', 'RUN_FAILED'],
  ['A_CODE_OF_LATER', 'RUN_FAILED'],
])('%s is something to do at once: %s', (code, cause) => {
  expect(meaningOf(failed(code))).toEqual({ causes: [cause], settled: [] })
})

test.each(['INTERRUPTED', 'INTERNAL', 'STORAGE_FULL'])('%s is nothing that the owner could do', (code) => {
  expect(meaningOf(failed(code, 50, 1e9)).causes).toEqual([])
})

test.each(['UNREACHABLE', 'TIMEOUT', 'BUSY', 'BAD_STATUS', 'TRUNCATED'])('%s is told only when it lasts', (code) => {
  expect(meaningOf(failed(code)).causes).toEqual([])
  expect(meaningOf(failed(code, 100, 60_000)).causes).toEqual([])
  expect(meaningOf(failed(code, 2, 86_400_000)).causes).toEqual([])
  expect(meaningOf(failed(code, 3, 10 * 60_000)).causes).toEqual(['RUN_FAILED'])
})

const succeeded = (run: Partial<EndedRun>): EndedRun => ({
  outcome: 'PUBLISHED',
  errorCode: null,
  read: 10,
  setAside: 0,
  incremental: false,
  columnsChanged: false,
  remapped: false,
  outdated: undefined,
  failures: 0,
  failingForMs: 0,
  ...run,
})

const forOthersToSay = ['ROWS_SET_ASIDE', 'COLUMNS_CHANGED', 'SOURCE_OUTDATED']
const settledByItself = noticeCauses.filter((cause) => !forOthersToSay.includes(cause))
const settled = (run: Partial<EndedRun>) => [...meaningOf(succeeded(run)).settled].sort()

test('a success settles what failed; wrong rows only when they were read anew and are right', () => {
  const others = [...settledByItself, 'SOURCE_OUTDATED'].sort()
  expect(settled({})).toEqual([...others, 'ROWS_SET_ASIDE'].sort())
  expect(settled({ outcome: 'UNCHANGED', read: 0 })).toEqual(others)
  expect(settled({ incremental: true })).toEqual(others)
  expect(settled({ setAside: 2 })).toEqual(others)
  expect(meaningOf(succeeded({})).causes).toEqual([])
  expect(meaningOf(succeeded({ setAside: 2 })).causes).toEqual(['ROWS_SET_ASIDE'])
})

test('a source that is not renewed is told only when that lasts, and settled when it is', () => {
  expect(meaningOf(succeeded({ outdated: { runs: 2, forMs: 1e9 } })).causes).toEqual([])
  expect(meaningOf(succeeded({ outdated: { runs: 200, forMs: 60_000 } })).causes).toEqual([])
  expect(meaningOf(succeeded({ outdated: { runs: 3, forMs: 10 * 60_000 } })).causes).toEqual(['SOURCE_OUTDATED'])
  expect(settled({ outdated: { runs: 1, forMs: 0 } })).not.toContain('SOURCE_OUTDATED')
  expect(settled({})).toContain('SOURCE_OUTDATED')
})

test('changed columns are told beside wrong rows, and settled by a changed manifest, not by the next success', () => {
  expect(meaningOf(succeeded({ setAside: 2, columnsChanged: true })).causes).toEqual([
    'ROWS_SET_ASIDE',
    'COLUMNS_CHANGED',
  ])
  expect(meaningOf(succeeded({})).settled).not.toContain('COLUMNS_CHANGED')
  expect(meaningOf(succeeded({ remapped: true })).settled).toContain('COLUMNS_CHANGED')
  expect(meaningOf(succeeded({ remapped: true, columnsChanged: true })).settled).not.toContain('COLUMNS_CHANGED')
})
