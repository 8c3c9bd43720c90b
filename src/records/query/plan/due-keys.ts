import { relationScope, type Planning } from './planning.js'
import type { ConnectionPlan, RecordEntry, RootPlan } from './plan.js'
import type { RecordsPlan } from './plan-records.js'

const prefix = 'lookup:'

/**
 * The plan cut down to the keys that must be looked up before it can be answered: the same rows, of each only the keys of
 * looked-up relations that are missing or old. Undefined when the plan reads none.
 */
export function dueKeysPlan(planning: Planning, plan: RootPlan): RootPlan | undefined {
  if (plan.kind === 'connection') return pruneConnection(planning, plan)
  const selection = pruneRecord(planning, plan.selection)
  return selection.length === 0 ? undefined : { ...plan, selection }
}

export function dueKeysOfRecords(planning: Planning, plan: RecordsPlan): RecordsPlan | undefined {
  const selections = plan.parts.map((_, part) =>
    plan.selection.flatMap((entry) => {
      if (entry.kind === 'nodes') return pruneRecord(planning, entry.selections[part] ?? [])
      if (entry.kind !== 'edges') return []
      return entry.selection.flatMap((edge) =>
        edge.kind === 'node' ? pruneRecord(planning, edge.selections[part] ?? []) : [],
      )
    }),
  )
  if (selections.every((selection) => selection.length === 0)) return undefined
  return { ...plan, selection: [{ as: 'nodes', kind: 'nodes', selections }] }
}

function pruneConnection(planning: Planning, plan: ConnectionPlan): ConnectionPlan | undefined {
  const selection = plan.selection.flatMap((entry) => {
    if (entry.kind === 'nodes') return pruneRecord(planning, entry.selection)
    if (entry.kind !== 'edges') return []
    return entry.selection.flatMap((edge) => (edge.kind === 'node' ? pruneRecord(planning, edge.selection) : []))
  })
  // What is read at a past time is not looked up now.
  if (selection.length === 0 || plan.asOf !== undefined) return undefined
  return { ...plan, selection: [{ as: 'nodes', kind: 'nodes', selection: renamed(selection) }] }
}

function pruneRecord(planning: Planning, selection: readonly RecordEntry[]): RecordEntry[] {
  return selection.flatMap((entry): RecordEntry[] => {
    if (entry.kind === 'toMany') {
      const connection = pruneConnection(planning, entry.connection)
      return connection === undefined ? [] : [{ ...entry, connection }]
    }
    if (entry.kind !== 'toOne') return []
    const { relation } = entry
    const keys = relationScope(planning, relation)
      .filter((resource) => resource.mode === 'LOOKUP')
      .map((resource) => ({ as: `${prefix}${resource.id}`, kind: 'lookupKey' as const, relation, resource }))
    const below = pruneRecord(planning, entry.selection)
    return below.length === 0 ? keys : [...keys, { ...entry, selection: below }]
  })
}

/** Nodes and edges of one connection may both have an entry of the same name. */
function renamed(selection: readonly RecordEntry[]): RecordEntry[] {
  const seen = new Set<string>()
  return selection.flatMap((entry, index): RecordEntry[] => {
    if (entry.kind === 'lookupKey') {
      if (seen.has(entry.as)) return []
      seen.add(entry.as)
      return [entry]
    }
    return [{ ...entry, as: `r${index}` }]
  })
}

const anyDue = new RegExp(`"${prefix}\\d+"\\s*:\\s*"`)

/** The keys to look up by resource, gathered from the answer to a due-keys plan. */
export function collectDueKeys(json: string, into: Map<number, Set<string>>): void {
  // Of a thousand rows usually none is due, and to look is far cheaper than to parse.
  if (!anyDue.test(json)) return
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    // Lists as well: no index looks like a lookup.
    for (const [name, each] of Object.entries(value)) {
      if (!name.startsWith(prefix)) visit(each)
      else if (typeof each === 'string') {
        const id = Number(name.slice(prefix.length))
        const keys = into.get(id) ?? new Set()
        into.set(id, keys.add(each))
      }
    }
  }
  visit(JSON.parse(json))
}
