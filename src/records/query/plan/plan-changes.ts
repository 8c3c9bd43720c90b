import type { FieldNode } from 'graphql'
import type { RecordType } from '../../schema/record-type.js'
import { changesAtOnce } from '../change-source.js'
import { costOfChanges } from './cost.js'
import { argumentsOf, collectFields, subselections, type CollectedField } from './operation.js'
import { checkLength, planCondition, valueText } from './plan-condition.js'
import { planRecord } from './plan-record.js'
import { resourcesOf, type Planning } from './planning.js'
import type { Condition, RecordEntry } from './plan.js'

/** What a subscription asks for of one change. */
export type ChangeEntry = { readonly as: string } & (
  | { readonly kind: 'cursor' | 'type' | 'at' }
  | { readonly kind: 'typename'; readonly name: string }
  | { readonly kind: 'dataset'; readonly nodes: readonly FieldNode[] }
  | { readonly kind: 'record' | 'previous'; readonly field: CollectedField }
)

export interface ChangesPlan {
  /** The one type of `schoolChanges`; undefined for `changes` over all. */
  readonly type: RecordType | undefined
  readonly typeName: string
  readonly where: Condition | undefined
  readonly datasets: readonly string[] | undefined
  readonly themes: readonly string[] | undefined
  readonly after: string | undefined
  readonly selection: readonly ChangeEntry[]
}

export function planChanges(planning: Planning, field: CollectedField): ChangesPlan {
  const args = argumentsOf(planning.operation, 'Subscription', field)
  const type = [...planning.types.types.values()].find((each) => `${each.singular}Changes` === field.name)
  const typeName = type === undefined ? 'Change' : `${type.code}Change`
  const where = args['where']
  return {
    type,
    typeName,
    where: type === undefined || where === undefined ? undefined : planCondition(planning, type, where),
    datasets: codes(args['datasets']),
    themes: codes(args['themes']),
    after: typeof args['after'] === 'string' ? args['after'] : undefined,
    selection: collectFields(planning.operation, typeName, subselections(field)).map((child): ChangeEntry => {
      const { as, name } = child
      switch (name) {
        case 'cursor':
        case 'type':
        case 'at':
          return { as, kind: name }
        case 'dataset':
          return { as, kind: name, nodes: child.nodes }
        case 'record':
        case 'previous':
          return { as, kind: name, field: child }
        default:
          return { as, kind: 'typename', name: typeName }
      }
    }),
  }
}

/**
 * What the changes that are answered at once can cost at most. `planning` is made anew for each type, as it is for each page of
 * changes, since fragments are counted by it.
 */
export function costOfSubscription(plan: ChangesPlan, types: Iterable<RecordType>, planning: () => Planning): number {
  const selections = [...(plan.type === undefined ? types : [plan.type])].map((type) => {
    const fresh = planning()
    return plan.selection.flatMap((entry) =>
      entry.kind === 'record' || entry.kind === 'previous' ? planChangedRecord(fresh, type, entry.field) : [],
    )
  })
  return costOfChanges(selections, changesAtOnce)
}

/** The record's selection for a change of this type. */
export function planChangedRecord(planning: Planning, type: RecordType, field: CollectedField): RecordEntry[] {
  return planRecord(planning, type, subselections(field), { scope: resourcesOf(planning, type), asOf: undefined })
}

function codes(value: unknown): string[] | undefined {
  if (!Array.isArray(value)) return undefined
  checkLength(value)
  return value.map(valueText)
}
