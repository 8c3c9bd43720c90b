import type { ConnectionPlan, RecordEntry, RootPlan } from './plan.js'

const perRecord = 1
const perField = 0.1
const perScan = 10

/**
 * What an answer can cost at most, counted from the plan: a record 1, each of its fields 0.1, times the sizes of the pages
 * around it; 10 for each count, aggregate or grouping, which reads all rows that match, and 1 for each group. Objects of the
 * control plane are counted as they come, see `countObjects`.
 */
export function costOf(plan: RootPlan): number {
  return plan.kind === 'record' ? recordCost(plan.selection) : connectionCost(plan)
}

function connectionCost(plan: ConnectionPlan): number {
  let cost = perRecord
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
