import type { ResourceInfo, Sources } from '../../sources.js'
import { dueKeysOf, type DueKeys } from './due-keys.js'
import type { StatementAnswer } from './statement-runner.js'

interface Reach {
  readonly sources: Sources
  readonly signal: AbortSignal
}

/** Reads live sources whose copy is too old. */
export async function refresh({ sources, signal }: Reach, resources: readonly ResourceInfo[]): Promise<void> {
  const live = [...new Set(resources.filter((each) => each.mode === 'LIVE').map((each) => each.id))]
  if (live.length > 0) await sources.bringUpToDate(live, signal)
}

interface Asked {
  readonly answers: readonly (readonly StatementAnswer[] | Error)[]
}

/**
 * Asks with the keys that are due in the place of records, as often as looked-up records stand below each other, and looks those up;
 * at last asks for what is stored then. Where nothing is due, as is usual, that is one statement a field.
 */
export async function answerLookedUp<A extends Asked>(
  { sources, signal }: Reach,
  levels: number,
  ask: (tellDue: boolean) => Promise<A>,
): Promise<A> {
  const lookedUp = new Map<number, Set<string>>()
  for (let level = 0; level < levels; level += 1) {
    const asked = await ask(true)
    const due = dueKeysOf(asked.answers)
    if (due === undefined) return asked
    const news = notYet(lookedUp, due)
    if (news.size === 0) break
    await Promise.all([...news].map(([resourceId, keys]) => sources.lookUp(resourceId, [...keys], signal)))
  }
  return await ask(false)
}

/** What of `due` is not in `lookedUp`, to which it is added: a source that could not answer is asked once. */
function notYet(lookedUp: Map<number, Set<string>>, due: DueKeys): DueKeys {
  const news = new Map<number, ReadonlySet<string>>()
  for (const [resourceId, keys] of due) {
    const before = lookedUp.get(resourceId) ?? new Set()
    const fresh = new Set([...keys].filter((key) => !before.has(key)))
    if (fresh.size > 0) news.set(resourceId, fresh)
    lookedUp.set(resourceId, new Set([...before, ...keys]))
  }
  return news
}
