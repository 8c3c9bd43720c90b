import { isOfPage, type ConnectionPlan, type OrderTerm, type RecordEntry, type RootPlan } from './plan.js'
import type { RecordsPlan } from './plan-records.js'

const perRecord = 1
const perField = 0.1
const perScan = 10

/**
 * What an answer can cost at most, counted from the plan: a record 1, each of its fields 0.1, times the sizes of the pages
 * around it; 10 for each count, aggregate or grouping, which reads all rows that match, and for a page in an order that no index
 * serves; 1 for each group. Objects of the control plane are counted as they come, see `countObjects`.
 */
export function costOf(plan: RootPlan): number {
  return plan.kind === 'record' ? recordCost(plan.selection) : connectionCost(plan)
}

/** The same for the records of a dataset, of which each can be of any of its types. */
export function costOfRecords(plan: RecordsPlan): number {
  let cost = perRecord
  const dearest = (selections: readonly (readonly RecordEntry[])[]): number =>
    Math.max(0, ...selections.map(recordCost))
  for (const entry of plan.selection) {
    if (entry.kind === 'nodes') cost += plan.size * dearest(entry.selections)
    else if (entry.kind !== 'edges') cost += perField
    else {
      for (const edge of entry.selection) {
        cost += plan.size * (edge.kind === 'node' ? dearest(edge.selections) : perField)
      }
    }
  }
  return cost
}

/** The same for the changes that are answered at once, each of which can be of the type whose record is dearest. */
export function costOfChanges(selections: readonly (readonly RecordEntry[])[], changes: number): number {
  return changes * (perRecord + Math.max(0, ...selections.map(recordCost)))
}

function connectionCost(plan: ConnectionPlan): number {
  let cost = perRecord
  if (isSorted(plan.order) && plan.selection.some(isOfPage)) cost += perScan
  for (const entry of plan.selection) {
    switch (entry.kind) {
      case 'nodes':
        cost += plan.page.size * recordCost(entry.selection)
        break
      case 'edges':
        for (const edge of entry.selection) {
          cost += plan.page.size * (edge.kind === 'node' ? recordCost(edge.selection) : perField)
        }
        break
      case 'totalCount':
      case 'aggregate':
        cost += perScan
        break
      case 'groupBy':
        cost += perScan + entry.groups.size * groupCost(entry.groups.selection)
        break
      default:
        cost += perField
    }
  }
  return cost
}

/** Whether all rows that match have to be read to know which come first. */
function isSorted([first]: readonly OrderTerm[]): boolean {
  if (first === undefined) return false
  return !(first.by.kind === 'field' && first.by.path.length === 0 && first.by.field.ordered)
}

function groupCost(
  selection: Extract<ConnectionPlan['selection'][number], { kind: 'groupBy' }>['groups']['selection'],
): number {
  let cost = perRecord
  for (const entry of selection) {
    if (entry.kind !== 'key') cost += perField
    else for (const key of entry.selection) cost += key.kind === 'relation' ? recordCost(key.selection) : perField
  }
  return cost
}

function recordCost(selection: readonly RecordEntry[]): number {
  let cost = perRecord
  for (const entry of selection) {
    if (entry.kind === 'toOne') cost += recordCost(entry.selection)
    else if (entry.kind === 'toMany') cost += connectionCost(entry.connection)
    else cost += perField
  }
  return cost
}
