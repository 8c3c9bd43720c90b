import type { SourceRow } from '../driver.js'
import type { Case } from './conformance-case.js'
import { expectFault, inRun, readRow, scenarioOf, type Trial, type TrialRun } from './trial.js'

/** What a lookup by key must give. */
export const lookupCases: readonly Case[] = [
  {
    name: 'lookup',
    applies: looksUp,
    async problems(trial) {
      const scenario = scenarioOf(trial, 7, { reversed: true })
      const { key, text } = trial.fixture.columns
      const keys = ['k-5', 'unknown', 'k-2', 'k-5', '', 'k-7', 'a b/c&d=e?f#g']
      const batch = trial.driver.capabilities.lookupBatch ?? 1
      return inRun(trial, scenario, async (run) => {
        const found = await lookUp(trial, run, keys)
        const names = [...found.keys()].sort().join(' ')
        const misplaced = [...found].flatMap(([asked, row]) => {
          const values = readRow(trial, row)
          const expected = scenario.rows.find((one) => one[key] === asked)
          const fits = values[key] === asked && values[text] === expected?.[text]
          return fits ? [] : [`the key ${asked} got the row of ${String(values[key])}`]
        })
        const most = Math.ceil((new Set(keys).size - 1) / batch)
        const asked = run.server.requests.length
        return [
          ...(names === 'k-2 k-5 k-7' ? [] : [`asked for k-2 k-5 k-7 and unknown ones, got ${names}`]),
          ...misplaced,
          ...(asked <= most ? [] : [`${keys.length} keys took ${asked} requests where ${most} are enough`]),
        ]
      })
    },
  },
  {
    name: 'lookup fault',
    applies: looksUp,
    async problems(trial) {
      const problems: string[] = []
      for (const kind of ['error-status', 'html', 'truncated', 'unauthorised'] as const) {
        const scenario = scenarioOf(trial, 7, { fault: { kind, after: 0 } })
        problems.push(
          ...(await inRun(trial, scenario, (run) =>
            expectFault(`a lookup with ${kind}`, () => lookUp(trial, run, ['k-1'])),
          )),
        )
      }
      return problems
    },
  },
]

function looksUp({ driver }: Trial): boolean {
  return driver.capabilities.lookupBatch !== undefined
}

function lookUp(
  trial: Trial,
  { server, source }: TrialRun,
  keys: readonly string[],
): Promise<ReadonlyMap<string, SourceRow>> {
  const { driver } = trial
  if (driver.lookup === undefined)
    throw new Error(`The driver ${driver.name} says that it can look up, but has no lookup.`)
  return driver.lookup(source, server.selection, keys)
}
