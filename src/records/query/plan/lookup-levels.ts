import type { RecordsPlan } from './plan-records.js'
import type { ConnectionPlan, RecordEntry, RootPlan } from './plan.js'

/** How many looked-up records stand below each other in an answer at most; 0: nothing is looked up for it. */
export function lookupLevels(plan: RootPlan): number {
  return plan.kind === 'connection' ? ofConnection(plan) : ofRecord(plan.selection)
}

export function lookupLevelsOfRecords(plan: RecordsPlan): number {
  const selections = plan.selection.flatMap((entry) => {
    if (entry.kind === 'nodes') return entry.selections
    if (entry.kind !== 'edges') return []
    return entry.selection.flatMap((edge) => (edge.kind === 'node' ? edge.selections : []))
  })
  return most(selections.map(ofRecord))
}

function ofConnection(plan: ConnectionPlan): number {
  const selections = plan.selection.flatMap((entry) => {
    if (entry.kind === 'nodes') return [entry.selection]
    if (entry.kind !== 'edges') return []
    return entry.selection.flatMap((edge) => (edge.kind === 'node' ? [edge.selection] : []))
  })
  return most(selections.map(ofRecord))
}

function ofRecord(selection: readonly RecordEntry[]): number {
  return most(
    selection.map((entry) => {
      if (entry.kind === 'toMany') return ofConnection(entry.connection)
      if (entry.kind !== 'toOne') return 0
      return (entry.lookups.length > 0 ? 1 : 0) + ofRecord(entry.selection)
    }),
  )
}

const most = (levels: readonly number[]): number => Math.max(0, ...levels)
