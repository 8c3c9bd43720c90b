import type { ResourceInfo } from '../../sources.js'
import { dueKeysPlan } from '../plan/due-keys.js'
import type { PlannedField } from '../plan/plan-query.js'
import type { Planning } from '../plan/planning.js'
import { resourcesRead } from '../plan/resources-read.js'
import { emitStatement, type Statement, type StatementOptions } from '../sql/emit-statement.js'

/** The record fields of a query, with all that does not depend on the moment in which they are answered. */
export class RecordFields {
  /** Every resource that the answers can read. */
  readonly read: readonly ResourceInfo[]
  /** They tell which keys have to be looked up first. */
  readonly due: readonly Statement[]
  private readonly lasting = new Map<boolean, readonly Statement[]>()

  constructor(
    planning: Planning,
    readonly planned: readonly PlannedField[],
  ) {
    const plans = planned.map((field) => field.plan)
    this.read = [...new Set(plans.flatMap((plan) => [...resourcesRead(planning, plan)]))]
    const bare = { datasetJson: [], datasetCodes: [], timeZone: planning.timeZone }
    this.due = plans.flatMap((plan) => dueKeysPlan(planning, plan) ?? []).map((plan) => emitStatement(plan, bare))
  }

  /**
   * A statement for each field. With `tellStates` the first tells the states of what is read, too: all see one snapshot. They are made
   * once when nothing in them can change: no answer of the control plane, no source that was never fetched.
   */
  statements(options: StatementOptions, tellStates: boolean): readonly Statement[] {
    const known = this.lasting.get(tellStates)
    if (known !== undefined) return known
    const tokensOf = tellStates ? this.read.map((resource) => resource.id) : undefined
    const statements = this.planned.map(({ plan }, index) =>
      emitStatement(plan, index === 0 ? { ...options, tokensOf } : options),
    )
    if (options.datasetJson.length === 0 && statements.every(({ scopes }) => scopes.length === 0))
      this.lasting.set(tellStates, statements)
    return statements
  }
}
