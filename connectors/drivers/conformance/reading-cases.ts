import { SourceNumber, type SourceRow } from '../driver.js'
import type { Case } from './conformance-case.js'
import type { Scenario } from './driver-fixture.js'
import { inRun, readRow, scanAll, scenarioOf, type Trial } from './trial.js'

/** What a scan of a good source must give. */
export const readingCases: readonly Case[] = [
  {
    name: 'every row once and in order',
    applies: ({ driver }) => driver.capabilities.scan,
    problems: (trial) => keysDiffer(trial, scenarioOf(trial, 7)),
  },
  {
    name: 'pages',
    applies: ({ driver, fixture }) => driver.capabilities.scan && fixture.paged,
    async problems(trial) {
      const partly = scenarioOf(trial, 7, { pageSize: 3 })
      const full = scenarioOf(trial, 6, { pageSize: 3 })
      const requests = await inRun(trial, partly, async (run) => {
        await scanAll(trial, run)
        return run.server.requests.length
      })
      const unpaged = requests < 3 ? [`7 rows in pages of 3 took ${requests} requests: the fixture does not page`] : []
      return [...unpaged, ...(await keysDiffer(trial, partly)), ...(await keysDiffer(trial, full))]
    },
  },
  {
    name: 'text is kept',
    applies: ({ driver }) => driver.capabilities.scan,
    problems(trial) {
      const { text, digits } = trial.fixture.columns
      return valuesDiffer(
        trial,
        [text, digits].filter((column) => column !== undefined),
        (value) => typeof value === 'string',
      )
    },
  },
  {
    name: 'numbers are kept',
    applies: ({ driver, fixture }) => driver.capabilities.scan && fixture.columns.number !== undefined,
    problems(trial) {
      const column = trial.fixture.columns.number?.column ?? ''
      return valuesDiffer(trial, [column], (value) => typeof value === 'string' || value instanceof SourceNumber)
    },
  },
  {
    name: 'rows are numbered',
    applies: ({ driver }) => driver.capabilities.scan,
    async problems(trial) {
      const rows = await rowsOf(trial, scenarioOf(trial, 7, trial.fixture.paged ? { pageSize: 3 } : {}))
      const places = rows.map((row) => `${row.part ?? ''}#${row.number}`)
      return [
        ...rows
          .filter(({ number }) => !Number.isInteger(number) || number < 1)
          .map(({ number }) => `a row is numbered ${number}`),
        ...(new Set(places).size < places.length ? [`two rows have the same place: ${places.join(' ')}`] : []),
      ]
    },
  },
  {
    name: 'no rows',
    applies: ({ driver }) => driver.capabilities.scan,
    async problems(trial) {
      const rows = await rowsOf(trial, scenarioOf(trial, 0))
      return rows.length === 0 ? [] : [`an empty source gives ${rows.length} rows`]
    },
  },
  {
    name: 'describe',
    applies: () => true,
    async problems(trial) {
      const described = await inRun(trial, scenarioOf(trial, 7), ({ source }) => trial.driver.describe(source, 2))
      if (described.length === 0) return ['nothing is described']
      return described.flatMap(({ name, selection, columns, sample }) => [
        ...(trial.driver.selection.safeParse(selection).success
          ? []
          : [`the selection of ${name} does not fit its schema`]),
        ...(sample.length <= 2 ? [] : [`${name} shows ${sample.length} rows where 2 were asked for`]),
        ...sample
          .flatMap((row) => Object.keys(row.values))
          .filter((column) => !columns.includes(column))
          .map((column) => `${name} has a value in ${column}, which is none of its columns`),
      ])
    },
  },
  {
    name: 'check',
    applies: () => true,
    async problems(trial) {
      await inRun(trial, scenarioOf(trial, 7), ({ source }) => trial.driver.check(source))
      return []
    },
  },
]

function rowsOf(trial: Trial, scenario: Scenario): Promise<SourceRow[]> {
  return inRun(trial, scenario, (run) => scanAll(trial, run))
}

async function keysDiffer(trial: Trial, scenario: Scenario): Promise<string[]> {
  const { key } = trial.fixture.columns
  const found = (await rowsOf(trial, scenario)).map((row) => String(readRow(trial, row)[key])).join(' ')
  const expected = scenario.rows.map((row) => row[key]).join(' ')
  return found === expected ? [] : [`expected the rows ${expected} but got ${found}`]
}

async function valuesDiffer(
  trial: Trial,
  columns: readonly string[],
  isOfKind: (value: unknown) => boolean,
): Promise<string[]> {
  const scenario = scenarioOf(trial, 7)
  const rows = await rowsOf(trial, scenario)
  return scenario.rows.flatMap((expected, at) =>
    columns.flatMap((column) => {
      const row = rows[at]
      const value = row === undefined ? undefined : readRow(trial, row)[column]
      if (isOfKind(value) && String(value) === expected[column]) return []
      return [`${column} of row ${at + 1} is ${typeof value} ${String(value)}, expected ${expected[column] ?? ''}`]
    }),
  )
}
