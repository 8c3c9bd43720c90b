import { markName } from '../../../src/connectors/outbound/source.js'
import type { Case } from './conformance-case.js'
import type { Scenario } from './driver-fixture.js'
import { expectFault, inRun, readRow, scanAll, scenarioOf, type Trial } from './trial.js'

const longAgo = '2025-06-01T08:00:00.000Z'
const lately = '2025-06-30T08:00:00.000Z'
const today = '2025-07-02T08:00:00.000Z'

/** What a driver that can read only changes must give of them. */
export const sinceCases: readonly Case[] = [
  {
    name: 'only what changed',
    applies: tellsChanges,
    async problems(trial) {
      const first = await reading(trial, changed(trial, 6, { 4: lately }))
      if (first.mark === undefined) return ['a reading of everything leaves no mark']
      // The second row was changed, the eighth is new.
      const second = await reading(trial, changed(trial, 8, { 2: today, 4: lately, 7: today, 8: today }), first.mark)
      if (second.mark === undefined) return ['a reading of changes leaves no mark']
      const third = await reading(trial, changed(trial, 8, { 2: today, 4: lately, 7: today, 8: today }), second.mark)
      return [
        ...(second.mark === first.mark ? ['a reading of changes leaves the mark where it was'] : []),
        ...differs('of what changed', second.keys, ['k-2', 'k-7', 'k-8'], ['k-4']),
        ...differs('after the second mark', third.keys, [], ['k-2', 'k-7', 'k-8']),
      ]
    },
  },
  {
    name: 'nothing changed',
    applies: tellsChanges,
    async problems(trial) {
      const first = await reading(trial, changed(trial, 5, {}))
      const later = await reading(trial, changed(trial, 5, {}), today)
      return [
        ...(first.mark === undefined ? ['a reading of everything leaves no mark'] : []),
        ...differs('of a source without changes', later.keys, [], []),
        ...(later.mark === undefined || later.mark === today ? [] : [`the mark went from ${today} to ${later.mark}`]),
      ]
    },
  },
  {
    name: 'changes in pages',
    applies: (trial) => tellsChanges(trial) && trial.fixture.paged,
    async problems(trial) {
      const scenario = { ...changed(trial, 9, { 1: today, 3: today, 4: today, 6: today, 9: today }), pageSize: 2 }
      const { keys } = await reading(trial, scenario, lately)
      return differs('of changes in pages', keys, ['k-1', 'k-3', 'k-4', 'k-6', 'k-9'], [])
    },
  },
  {
    name: 'faults among changes',
    applies: tellsChanges,
    async problems(trial) {
      const problems: string[] = []
      for (const kind of ['truncated', 'html', 'error-status', 'unauthorised'] as const) {
        for (const after of trial.fixture.paged ? [0, 1] : [0]) {
          const scenario: Scenario = {
            ...changed(trial, 7, Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((at) => [at, today]))),
            ...(after > 0 ? { pageSize: 3 } : {}),
            fault: { kind, after },
          }
          problems.push(
            ...(await inRun(trial, scenario, (run) =>
              expectFault(`a reading of changes with ${kind}`, () => scanAll(trial, run, lately)),
            )),
          )
        }
      }
      return problems
    },
  },
]

function tellsChanges({ driver }: Trial): boolean {
  return driver.capabilities.since
}

/** So many rows, those of these numbers changed then and all others long ago. */
function changed(trial: Trial, rows: number, at: Readonly<Record<number, string>>): Scenario {
  const scenario = scenarioOf(trial, rows)
  return { ...scenario, changedAt: scenario.rows.map((_row, index) => at[index + 1] ?? longAgo) }
}

async function reading(
  trial: Trial,
  scenario: Scenario,
  since?: string,
): Promise<{ keys: string[]; mark: string | undefined }> {
  const { key } = trial.fixture.columns
  return inRun(trial, scenario, async (run) => {
    const rows = await scanAll(trial, run, since)
    return { keys: rows.map((row) => String(readRow(trial, row)[key])), mark: run.source.memory()[markName] }
  })
}

/** All of `expected` in order, and of others only those that may come again. */
function differs(
  what: string,
  found: readonly string[],
  expected: readonly string[],
  again: readonly string[],
): string[] {
  const news = found.filter((key) => expected.includes(key) || !again.includes(key))
  if (news.join(' ') === expected.join(' ')) return []
  return [`${what}: expected ${expected.join(' ') || 'nothing'} but got ${found.join(' ') || 'nothing'}`]
}
