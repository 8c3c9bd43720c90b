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
  failures,
  failingForMs,
})

test.each([
  ['MISSING_COLUMNS', 'SCHEMA_DRIFT'],
  ['NOT_FOUND', 'SOURCE_VANISHED'],
  ['ROWS_DROPPED', 'HELD_BY_GUARD'],
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

test.each(['INTERRUPTED', 'INTERNAL'])('%s is nothing that the owner could do', (code) => {
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
  failures: 0,
  failingForMs: 0,
  ...run,
})

const settledByItself = noticeCauses.filter((cause) => cause !== 'ROWS_SET_ASIDE' && cause !== 'COLUMNS_CHANGED')

test('a success settles what failed; wrong rows only when they were read anew and are right', () => {
  expect(meaningOf(succeeded({}))).toEqual({ causes: [], settled: [...settledByItself, 'ROWS_SET_ASIDE'] })
  expect(meaningOf(succeeded({ outcome: 'UNCHANGED', read: 0 }))).toEqual({ causes: [], settled: settledByItself })
  expect(meaningOf(succeeded({ incremental: true }))).toEqual({ causes: [], settled: settledByItself })
  expect(meaningOf(succeeded({ setAside: 2 }))).toEqual({ causes: ['ROWS_SET_ASIDE'], settled: settledByItself })
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
