import { randomUUID } from 'node:crypto'
import type { StatementAnswer } from './statement-runner.js'

/** Nothing that is published can look like it: nobody outside this process knows it. */
export const dueMarker = `due:${randomUUID()}:`

export type DueKeys = ReadonlyMap<number, ReadonlySet<string>>

/** The keys to look up by resource that answers tell in the place of records; undefined: they are the answers. */
export function dueKeysOf(answers: readonly (readonly StatementAnswer[] | Error)[]): DueKeys | undefined {
  const found = new Map<number, Set<string>>()
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    // Lists as well: no index looks like a marker.
    for (const [name, each] of Object.entries(value)) {
      if (!name.startsWith(dueMarker)) visit(each)
      else if (typeof each === 'string') {
        const id = Number(name.slice(dueMarker.length))
        found.set(id, (found.get(id) ?? new Set()).add(each))
      }
    }
  }
  for (const rows of answers) {
    if (rows instanceof Error) continue
    // Of a thousand records usually none is due, and to look is far cheaper than to parse.
    for (const { json } of rows) if (json?.bytes.includes(dueMarker) === true) visit(JSON.parse(json.text))
  }
  return found.size === 0 ? undefined : found
}
