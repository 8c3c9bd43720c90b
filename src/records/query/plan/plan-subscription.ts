import type { GraphQLError, OperationDefinitionNode } from 'graphql'
import { GatewayError } from '../../../errors/gateway-error.js'
import type { RecordTypes } from '../../schema/record-type.js'
import { collectFields, SelectionBudget, type Operation } from './operation.js'
import { costOfSubscription, planChanges, type ChangesPlan } from './plan-changes.js'
import type { Planning } from './planning.js'

/** A subscription as the record types of a moment answer it. */
export interface PlannedSubscription {
  readonly as: string
  readonly plan: ChangesPlan
  /** What one page of events can cost. */
  readonly cost: number
  /** For a page of events. */
  readonly anew: () => Planning
}

export function planSubscription(
  { selectionSet }: OperationDefinitionNode,
  planned: Operation,
  types: RecordTypes,
  options: {
    readonly planning: (types: RecordTypes, operation: Operation) => Planning
    readonly mostSelections: number
  },
): PlannedSubscription {
  const [field, ...others] = collectFields(planned, 'Subscription', [selectionSet])
  if (field === undefined || others.length > 0 || field.name.startsWith('__')) {
    throw new GatewayError('BAD_USER_INPUT', 'A subscription asks for exactly one field of Subscription.')
  }
  const { planning, mostSelections } = options
  const anew = (): Planning =>
    // Fragments are counted anew for each page of events.
    planning(types, { ...planned, budget: new SelectionBudget(mostSelections) })
  const plan = planChanges(anew(), field)
  return { as: field.as, plan, cost: costOfSubscription(plan, types.types.values(), anew), anew }
}

/** Why a subscription ends when the record types have changed under it. */
export function misfit([first]: readonly GraphQLError[]): GatewayError {
  const why = first?.message ?? 'its schema is gone.'
  return new GatewayError(
    'GRAPHQL_VALIDATION_FAILED',
    `The record types have changed and the subscription does not fit them any more: ${why} Subscribe anew after the last cursor.`,
  )
}
