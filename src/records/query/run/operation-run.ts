import DataLoader from 'dataloader'
import type { FieldNode, GraphQLError, GraphQLResolveInfo } from 'graphql'
import { GatewayError } from '../../../errors/gateway-error.js'
import type { RecordTypes } from '../../schema/record-type.js'
import type { ResourceInfo, Sources } from '../../sources.js'
import { collectDueKeys, dueKeysOfRecords, dueKeysPlan } from '../plan/due-keys.js'
import type { RootPlan } from '../plan/plan.js'
import { planRecords, type RecordsArguments, type RecordsPlan } from '../plan/plan-records.js'
import type { Planning } from '../plan/planning.js'
import { resourcesRead } from '../plan/resources-read.js'
import { emitRecordsStatement } from '../sql/emit-records.js'
import { emitStatement, type Statement, type StatementOptions } from '../sql/emit-statement.js'
import type { ControlExecution, LeafRequest } from './control-plane.js'
import { RawJson } from './raw-json.js'
import type { StatementRunner } from './statement-runner.js'
import { unavailable, unavailableErrors, type DescribeSources } from './unavailable.js'

export interface RunContext {
  readonly planning: Planning
  readonly types: RecordTypes
  readonly sources: Sources
  readonly runner: StatementRunner
  readonly timeZone: string
  readonly signal: AbortSignal
  readonly describeSources: DescribeSources
  /** Throws QUERY_TOO_COMPLEX when the operation has spent more than it may. */
  readonly charge: (cost: number) => void
}

export interface PlannedField {
  readonly as: string
  readonly plan: RootPlan
}

export interface RootAnswer {
  readonly values: ReadonlyMap<string, RawJson | null>
  readonly errors: readonly GraphQLError[]
}

/** Answers the record fields of one operation: brings sources up to date, looks up what is due, runs the statements. */
export class OperationRun {
  private readonly leaves = new Map<FieldNode, DataLoader<RecordsRequest, RawJson | null>>()

  constructor(
    private readonly context: RunContext,
    private readonly control: ControlExecution,
  ) {}

  /** The root's record fields, in one snapshot. */
  async root(fields: readonly PlannedField[]): Promise<RootAnswer> {
    if (fields.length === 0) return { values: new Map(), errors: [] }
    const { planning, runner, signal } = this.context
    const plans = fields.map((field) => field.plan)
    await this.refresh(plans.flatMap((plan) => [...resourcesRead(planning, plan)]))
    const due = plans.flatMap((plan) => dueKeysPlan(planning, plan) ?? [])
    await this.lookUp(due.map((plan) => emitStatement(plan, this.bare())))
    const options = await this.options()
    const statements = plans.map((plan) => emitStatement(plan, options))
    const answers = await runner.run(statements, signal)
    const values = new Map<string, RawJson | null>()
    const errors: GraphQLError[] = []
    for (const [index, { as, plan }] of fields.entries()) {
      const [row] = answers[index] ?? []
      const statement = statements[index]
      const json = row?.json ?? null
      values.set(as, json === null ? null : new RawJson(json))
      if (row === undefined || statement === undefined) continue
      errors.push(...(await unavailableErrors(plan, [as], json, statement, row.fetched, this.context.describeSources)))
    }
    return { values, errors }
  }

  /** The records of a dataset, below an object of the control plane: those of sibling objects share a statement. */
  connection({ info, datasetId, args }: LeafRequest): Promise<RawJson | null> {
    const [node] = info.fieldNodes
    if (node === undefined) throw new GatewayError('INTERNAL', 'A field without a node.')
    let loader = this.leaves.get(node)
    if (loader === undefined) {
      loader = new DataLoader((requests) => this.loadRecords(info, requests), { cache: false })
      this.leaves.set(node, loader)
    }
    return loader.load({ datasetId, args })
  }

  private async loadRecords(
    info: GraphQLResolveInfo,
    requests: readonly RecordsRequest[],
  ): Promise<(RawJson | null | Error)[]> {
    const { planning, runner, signal } = this.context
    const nodes = this.control.original(info.fieldNodes)
    const planned = requests.map(({ datasetId, args }): RecordsPlan | Error => {
      try {
        const plan = planRecords(planning, nodes, datasetId, args)
        this.context.charge(plan.size + 1)
        return plan
      } catch (error) {
        return error instanceof Error ? error : new GatewayError('INTERNAL', 'Planning failed.', { cause: error })
      }
    })
    const plans = planned.filter((plan): plan is RecordsPlan => !(plan instanceof Error))
    if (plans.length === 0) return planned.map((plan) => (plan instanceof Error ? plan : null))
    await this.refresh(plans.flatMap((plan) => plan.parts.map((part) => part.resource)))
    const due = plans.flatMap((plan) => dueKeysOfRecords(planning, plan) ?? [])
    if (due.length > 0) await this.lookUp([emitRecordsStatement(due, this.bare())])
    const statement = emitRecordsStatement(plans, await this.options())
    const [rows = []] = await runner.run([statement], signal)
    let next = 0
    return Promise.all(
      planned.map(async (plan) => {
        if (plan instanceof Error) return plan
        const json = rows[next]?.json ?? null
        next += 1
        if (json !== null) return new RawJson(json)
        const scope = plan.parts.map((part) => part.resource)
        return unavailable(scope, await this.context.describeSources(scope))
      }),
    )
  }

  private async refresh(resources: readonly ResourceInfo[]): Promise<void> {
    const live = [...new Set(resources.filter((each) => each.mode === 'LIVE').map((each) => each.id))]
    if (live.length > 0) await this.context.sources.bringUpToDate(live, this.context.signal)
  }

  private async lookUp(statements: readonly Statement[]): Promise<void> {
    const { runner, sources, signal } = this.context
    if (statements.length === 0) return
    const keys = new Map<number, Set<string>>()
    for (const rows of await runner.run(statements, signal)) {
      for (const { json } of rows) if (json !== null) collectDueKeys(json, keys)
    }
    await Promise.all([...keys].map(([resourceId, due]) => sources.lookUp(resourceId, [...due], signal)))
  }

  private bare(): StatementOptions {
    return { datasetJson: [], datasetCodes: [], timeZone: this.context.timeZone }
  }

  private async options(): Promise<StatementOptions> {
    const { planning, timeZone } = this.context
    const codes = new Map(planning.resources.map((resource) => [resource.datasetId, resource.datasetCode]))
    const datasetJson = await Promise.all(
      planning.datasetRequests.map((request) => this.control.datasets(request, codes)),
    )
    return { datasetJson, datasetCodes: [...codes].map(([id, code]) => ({ id, code })), timeZone }
  }
}

interface RecordsRequest {
  readonly datasetId: number
  readonly args: RecordsArguments
}
