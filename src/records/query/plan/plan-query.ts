import type { FieldNode, OperationDefinitionNode } from 'graphql'
import { GatewayError } from '../../../errors/gateway-error.js'
import { costOf } from './cost.js'
import { collectFields } from './operation.js'
import type { RootPlan } from './plan.js'
import { planRootField, recordFieldOf } from './plan-root.js'
import type { Planning } from './planning.js'

export interface PlannedField {
  readonly as: string
  readonly plan: RootPlan
}

/** The root fields of a query, by who answers them. */
export interface QueryPlan {
  /** The answer's names in their order, with the values that are known already; null for the others. */
  readonly data: Readonly<Record<string, 'Query' | null>>
  readonly records: readonly PlannedField[]
  readonly control: readonly FieldNode[]
  readonly introspection: readonly FieldNode[]
  readonly refused: readonly { readonly as: string; readonly error: unknown }[]
}

/** Throws what refuses the whole operation; `charge` is told what each record field costs. */
export function planQuery(
  planning: Planning,
  operation: OperationDefinitionNode,
  charge: (cost: number) => void,
): QueryPlan {
  const data: Record<string, 'Query' | null> = {}
  const records: PlannedField[] = []
  const control: FieldNode[] = []
  const introspection: FieldNode[] = []
  const refused: { as: string; error: unknown }[] = []
  for (const field of collectFields(planning.operation, 'Query', [operation.selectionSet])) {
    data[field.as] = field.name === '__typename' ? 'Query' : null
    if (field.name === '__typename') continue
    if (field.name.startsWith('__')) {
      introspection.push(...field.nodes)
    } else if (recordFieldOf(planning, field) === undefined) {
      control.push(...field.nodes)
    } else {
      try {
        const plan = planRootField(planning, field)
        if (plan === undefined) continue
        charge(costOf(plan))
        records.push({ as: field.as, plan })
      } catch (error) {
        if (isAboutTheWhole(error)) throw error
        refused.push({ as: field.as, error })
      }
    }
  }
  return { data, records, control, introspection, refused }
}

/** Whether an error of one field refuses the whole operation. */
function isAboutTheWhole(error: unknown): boolean {
  return error instanceof GatewayError && (error.code === 'QUERY_TOO_COMPLEX' || error.code === 'QUERY_TOO_DEEP')
}
