import DataLoader from 'dataloader'
import type { FieldNode, GraphQLResolveInfo } from 'graphql'
import { GatewayError } from '../../../errors/gateway-error.js'
import { costOfRecords } from '../plan/cost.js'
import { lookupLevelsOfRecords } from '../plan/lookup-levels.js'
import { planRecords, type RecordsArguments, type RecordsPlan } from '../plan/plan-records.js'
import type { Planning } from '../plan/planning.js'
import { emitRecordsStatement } from '../sql/emit-records.js'
import type { StatementOptions } from '../sql/emit-statement.js'
import { answerRecords, type RecordsContext, type RootAnswer } from './answer-records.js'
import { answerLookedUp, refresh } from './bring-up-to-date.js'
import type { ControlExecution, LeafRequest } from './control-plane.js'
import { datasetCodesOf } from './dataset-codes.js'
import { dueMarker } from './due-keys.js'
import type { RawJson } from './raw-json.js'
import type { RecordFields } from './record-fields.js'
import { unavailable } from './unavailable.js'

export interface RunContext extends RecordsContext {
  readonly planning: Planning
  /** Throws QUERY_TOO_COMPLEX when the operation has spent more than it may. */
  readonly charge: (cost: number) => void
}

/** Answers what one operation asks of records: at its root, and below objects of the control plane. */
export class OperationRun {
  private readonly leaves = new Map<FieldNode, DataLoader<RecordsRequest, RawJson | null>>()

  /** False once a dataset's records were read below the control plane whose source ages with each query. */
  leavesReusable = true

  constructor(
    private readonly context: RunContext,
    private readonly control: ControlExecution,
  ) {}

  /** The root's record fields, in one snapshot. */
  root(fields: RecordFields): Promise<RootAnswer> {
    return answerRecords(this.context, fields, () =>
      this.options({ from: 0, to: this.context.planning.datasetRequests.length }),
    )
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
    const asked = planning.datasetRequests.length
    const planned = requests.map(({ datasetId, args }): RecordsPlan | Error => {
      try {
        const plan = planRecords(planning, nodes, datasetId, args)
        this.context.charge(costOfRecords(plan))
        return plan
      } catch (error) {
        return error instanceof Error ? error : new GatewayError('INTERNAL', 'Planning failed.', { cause: error })
      }
    })
    const askedHere = { from: asked, to: planning.datasetRequests.length }
    const plans = planned.filter((plan): plan is RecordsPlan => !(plan instanceof Error))
    if (plans.length === 0) return planned.map((plan) => (plan instanceof Error ? plan : null))
    const read = plans.flatMap((plan) => plan.parts.map((part) => part.resource))
    if (read.some((resource) => resource.mode !== 'SNAPSHOT')) this.leavesReusable = false
    await refresh(this.context, read)
    const levels = Math.max(...plans.map(lookupLevelsOfRecords))
    const { answers } = await answerLookedUp(this.context, levels, async (tellDue) => {
      const options = await this.options(askedHere)
      const statements = [emitRecordsStatement(plans, tellDue ? { ...options, dueMarker } : options)]
      return { statements, answers: await runner.run(statements, signal) }
    })
    const rows = answers.flat()
    let next = 0
    return Promise.all(
      planned.map(async (plan) => {
        if (plan instanceof Error) return plan
        const json = rows[next]?.json ?? null
        next += 1
        if (json !== null) return json
        const scope = plan.parts.map((part) => part.resource)
        return unavailable(scope, await this.context.describeSources(scope))
      }),
    )
  }

  /**
   * With the selections on datasets that these plans asked for. Those of plans around them are being answered: the records are
   * part of them, so to ask for them again would never end.
   */
  private async options({ from, to }: { readonly from: number; readonly to: number }): Promise<StatementOptions> {
    const { planning, fetched } = this.context
    const { codes, list } = datasetCodesOf(planning.resources)
    const datasetJson = await Promise.all(
      planning.datasetRequests.map(async (request, index) =>
        from <= index && index < to ? await this.control.datasets(request, codes) : new Map<number, string>(),
      ),
    )
    return { datasetJson, datasetCodes: list, timeZone: planning.timeZone, isFetched: (scope) => fetched.has(scope) }
  }
}

interface RecordsRequest {
  readonly datasetId: number
  readonly args: RecordsArguments
}
