import type { ResourceInfo } from '../../sources.js'
import { relationScope, type Planning } from './planning.js'
import type { Condition, ConnectionPlan, GroupByPlan, OrderTerm, RecordEntry, RootPlan, ToMany, ToOne } from './plan.js'

/** Every resource that an answer's rows, relations, filters or orders can read. */
export function resourcesRead(planning: Planning, plan: RootPlan): ReadonlySet<ResourceInfo> {
  const found = new Set<ResourceInfo>()
  const relation = (step: ToOne | ToMany): void => {
    for (const resource of relationScope(planning, step)) found.add(resource)
  }
  const condition = (each: Condition): void => {
    switch (each.kind) {
      case 'and':
      case 'or':
        each.of.forEach(condition)
        break
      case 'not':
        condition(each.of)
        break
      case 'toOne':
      case 'toMany':
        relation(each.relation)
        condition(each.where)
        break
      default:
    }
  }
  const order = (terms: readonly OrderTerm[]): void => {
    for (const { by } of terms) if ('path' in by) by.path.forEach(relation)
  }
  const record = (entries: readonly RecordEntry[]): void => {
    for (const entry of entries) {
      if (entry.kind === 'toOne') {
        relation(entry.relation)
        record(entry.selection)
      }
      if (entry.kind === 'toMany') connection(entry.connection)
    }
  }
  const groups = (plan: GroupByPlan): void => {
    for (const entry of plan.selection) {
      if (entry.kind !== 'key') continue
      for (const key of entry.selection) if (key.kind === 'relation') record(key.selection)
    }
    for (const key of plan.by) if (key.kind === 'relation') relation(key.relation)
    for (const term of plan.order) if (term.by.kind === 'key') order([term.by.term])
  }
  const connection = (plan: ConnectionPlan): void => {
    for (const resource of plan.scope) found.add(resource)
    if (plan.where !== undefined) condition(plan.where)
    order(plan.order)
    for (const entry of plan.selection) {
      if (entry.kind === 'nodes') record(entry.selection)
      if (entry.kind === 'edges') for (const edge of entry.selection) if (edge.kind === 'node') record(edge.selection)
      if (entry.kind === 'groupBy') groups(entry.groups)
    }
  }
  if (plan.kind === 'record') {
    for (const resource of plan.scope) found.add(resource)
    record(plan.selection)
  } else {
    connection(plan)
  }
  return found
}
