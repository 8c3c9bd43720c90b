import type { ResourceInfo } from '../../sources.js'
import { lookupLevels } from '../plan/lookup-levels.js'
import type { PlannedField } from '../plan/plan-query.js'
import type { Planning } from '../plan/planning.js'
import { resourcesRead } from '../plan/resources-read.js'
import { dueMarker } from './due-keys.js'
import { emitStatement, type Statement, type StatementOptions } from '../sql/emit-statement.js'

/** What the answers tell beside the records. */
interface Told {
  readonly tellStates: boolean
  readonly tellDue: boolean
}

/** The record fields of a query, with all that does not depend on the moment in which they are answered. */
export class RecordFields {
  /** Every resource that the answers can read. */
  readonly read: readonly ResourceInfo[]
  /** See the function of that name. */
  readonly lookupLevels: number
  private readonly lasting = new Map<string, readonly Statement[]>()

  constructor(
    planning: Planning,
    readonly planned: readonly PlannedField[],
  ) {
    const plans = planned.map((field) => field.plan)
    this.read = [...new Set(plans.flatMap((plan) => [...resourcesRead(planning, plan)]))]
    this.lookupLevels = Math.max(0, ...plans.map(lookupLevels))
  }

  /**
   * A statement for each field. With `tellStates` the first tells the states of what is read, too: all see one snapshot. With `tellDue`
   * they tell keys to look up in the place of records that are missing or too old. They are made once when nothing in them can change: no
   * answer of the control plane, no source that was never fetched.
   */
  statements(options: StatementOptions, { tellStates, tellDue }: Told): readonly Statement[] {
    const told = `${tellStates} ${tellDue}`
    const known = this.lasting.get(told)
    if (known !== undefined) return known
    const tokensOf = tellStates ? this.read.map((resource) => resource.id) : undefined
    const all = tellDue ? { ...options, dueMarker } : options
    const statements = this.planned.map(({ plan }, index) =>
      emitStatement(plan, index === 0 ? { ...all, tokensOf } : all),
    )
    if (options.datasetJson.length === 0 && statements.every(({ scopes }) => scopes.length === 0))
      this.lasting.set(told, statements)
    return statements
  }
}
