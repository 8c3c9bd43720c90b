import type { ResourceInfo, Sources } from '../../sources.js'
import { collectDueKeys } from '../plan/due-keys.js'
import type { Statement } from '../sql/emit-statement.js'
import type { StatementRunner } from './statement-runner.js'

interface Reach {
  readonly sources: Sources
  readonly runner: StatementRunner
  readonly signal: AbortSignal
}

/** Reads live sources whose copy is too old. */
export async function refresh({ sources, signal }: Reach, resources: readonly ResourceInfo[]): Promise<void> {
  const live = [...new Set(resources.filter((each) => each.mode === 'LIVE').map((each) => each.id))]
  if (live.length > 0) await sources.bringUpToDate(live, signal)
}

/** Looks up the keys that these statements find to be due. */
export async function lookUp({ runner, sources, signal }: Reach, due: readonly Statement[]): Promise<void> {
  if (due.length === 0) return
  const keys = new Map<number, Set<string>>()
  for (const rows of await runner.run(due, signal)) {
    for (const { json } of rows) if (json !== null) collectDueKeys(json.text, keys)
  }
  await Promise.all([...keys].map(([resourceId, found]) => sources.lookUp(resourceId, [...found], signal)))
}
