import DataLoader from 'dataloader'
import type { FieldNode, GraphQLError, GraphQLResolveInfo } from 'graphql'
import { z } from 'zod'
import { GatewayError } from '../../../errors/gateway-error.js'
import type { RecordTypes } from '../../schema/record-type.js'
import type { ResourceInfo, Sources } from '../../sources.js'
import { collectDueKeys, dueKeysOfRecords, dueKeysPlan } from '../plan/due-keys.js'
import { costOfRecords } from '../plan/cost.js'
import type { RootPlan } from '../plan/plan.js'
import { planRecords, type RecordsArguments, type RecordsPlan } from '../plan/plan-records.js'
import type { Planning } from '../plan/planning.js'
import { resourcesRead } from '../plan/resources-read.js'
import { emitRecordsStatement } from '../sql/emit-records.js'
import { emitStatement, type Statement, type StatementOptions } from '../sql/emit-statement.js'
import type { ControlExecution, LeafRequest } from './control-plane.js'
import { agesOf, isReusable, type AnswerFreshness } from '../cache/answer-freshness.js'
import type { FetchedScopes } from './fetched-scopes.js'
import { toGraphQLError } from './graphql-errors.js'
import type { RawJson } from './raw-json.js'
import type { StatementRunner } from './statement-runner.js'
import { unavailable, unavailableErrors, type DescribeSources } from './unavailable.js'

export interface RunContext {
  readonly planning: Planning
  readonly types: RecordTypes
  readonly sources: Sources
  readonly runner: StatementRunner
  readonly fetched: FetchedScopes
  readonly timeZone: string
  readonly signal: AbortSignal
  readonly describeSources: DescribeSources
  /** Throws QUERY_TOO_COMPLEX when the operation has spent more than it may. */
  readonly charge: (cost: number) => void
  /** Whether the answer's freshness is wanted. */
  readonly observed: boolean
}

export interface PlannedField {
  readonly as: string
  readonly plan: RootPlan
}

export interface RootAnswer {
  readonly values: ReadonlyMap<string, RawJson | null>
  readonly errors: readonly GraphQLError[]
  /** Undefined: it is not asked for, or the answer is not to be used again. */
  readonly freshness: AnswerFreshness | undefined
}

/** Answers the record fields of one operation: brings sources up to date, looks up what is due, runs the statements. */
export class OperationRun {
  private readonly leaves = new Map<FieldNode, DataLoader<RecordsRequest, RawJson | null>>()

  /** False once a dataset's records were read below the control plane whose source ages with each query. */
  leavesReusable = true

  constructor(
    private readonly context: RunContext,
    private readonly control: ControlExecution,
  ) {}

  /** The root's record fields, in one snapshot. */
  async root(fields: readonly PlannedField[]): Promise<RootAnswer> {
    if (fields.length === 0) return { values: new Map(), errors: [], freshness: emptyFreshness }
    const { planning, runner, signal } = this.context
    const plans = fields.map((field) => field.plan)
    const read = [...new Set(plans.flatMap((plan) => [...resourcesRead(planning, plan)]))]
    await this.refresh(read)
    const due = plans.flatMap((plan) => dueKeysPlan(planning, plan) ?? [])
    await this.lookUp(due.map((plan) => emitStatement(plan, this.bare())))
    const options = await this.options({ from: 0, to: planning.datasetRequests.length })
    const observed = this.context.observed && isReusable(read)
    const tokensOf = observed ? read.map((resource) => resource.id) : undefined
    // One of the statements tells the states: all see one snapshot.
    const statements = plans.map((plan, index) => emitStatement(plan, index === 0 ? { ...options, tokensOf } : options))
    const answers = await runner.runEach(statements, signal)
    const values = new Map<string, RawJson | null>()
    const errors: GraphQLError[] = []
    for (const [index, { as, plan }] of fields.entries()) {
      const answer = answers[index] ?? []
      if (answer instanceof Error) {
        errors.push(toGraphQLError(answer, [as]))
        continue
      }
      const [row] = answer
      const statement = statements[index]
      const json = row?.json ?? null
      values.set(as, json)
      if (row === undefined || statement === undefined) continue
      this.context.fetched.learn(statement.scopes, row.fetched)
      errors.push(...(await unavailableErrors(plan, [as], json, statement, row.fetched, this.context.describeSources)))
    }
    const [first] = answers
    const tokens = observed && first !== undefined && !(first instanceof Error) ? first[0]?.tokens : undefined
    return { values, errors, freshness: tokens === undefined ? undefined : freshnessOf(read, tokens) }
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
    await this.refresh(read)
    const due = plans.flatMap((plan) => dueKeysOfRecords(planning, plan) ?? [])
    if (due.length > 0) await this.lookUp([emitRecordsStatement(due, this.bare())])
    const statement = emitRecordsStatement(plans, await this.options(askedHere))
    const [rows = []] = await runner.run([statement], signal)
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

  private async refresh(resources: readonly ResourceInfo[]): Promise<void> {
    const live = [...new Set(resources.filter((each) => each.mode === 'LIVE').map((each) => each.id))]
    if (live.length > 0) await this.context.sources.bringUpToDate(live, this.context.signal)
  }

  private async lookUp(statements: readonly Statement[]): Promise<void> {
    const { runner, sources, signal } = this.context
    if (statements.length === 0) return
    const keys = new Map<number, Set<string>>()
    for (const rows of await runner.run(statements, signal)) {
      for (const { json } of rows) if (json !== null) collectDueKeys(json.text, keys)
    }
    await Promise.all([...keys].map(([resourceId, due]) => sources.lookUp(resourceId, [...due], signal)))
  }

  private bare(): StatementOptions {
    return { datasetJson: [], datasetCodes: [], timeZone: this.context.timeZone }
  }

  /**
   * With the selections on datasets that these plans asked for. Those of plans around them are being answered: the records are
   * part of them, so to ask for them again would never end.
   */
  private async options({ from, to }: { readonly from: number; readonly to: number }): Promise<StatementOptions> {
    const { planning, timeZone } = this.context
    const { codes, list } = datasetCodesOf(planning.resources)
    const datasetJson = await Promise.all(
      planning.datasetRequests.map(async (request, index) =>
        from <= index && index < to ? await this.control.datasets(request, codes) : new Map<number, string>(),
      ),
    )
    return { datasetJson, datasetCodes: list, timeZone, isFetched: (scope) => this.context.fetched.has(scope) }
  }
}

interface DatasetCodes {
  readonly codes: ReadonlyMap<number, string>
  readonly list: StatementOptions['datasetCodes']
}

const codesByResources = new WeakMap<readonly ResourceInfo[], DatasetCodes>()

/** Made once for each state of the registry, since every operation asks. */
function datasetCodesOf(resources: readonly ResourceInfo[]): DatasetCodes {
  const known = codesByResources.get(resources)
  if (known !== undefined) return known
  const codes = new Map(resources.map((resource) => [resource.datasetId, resource.datasetCode]))
  const made = { codes, list: [...codes].map(([id, code]) => ({ id, code })) }
  codesByResources.set(resources, made)
  return made
}

interface RecordsRequest {
  readonly datasetId: number
  readonly args: RecordsArguments
}

const emptyFreshness: AnswerFreshness = { tokens: new Map(), ages: new Map(), whole: undefined }
const tokenShape = z.record(z.string(), z.string())

function freshnessOf(read: readonly ResourceInfo[], { text }: RawJson): AnswerFreshness | undefined {
  const tokens = new Map(Object.entries(tokenShape.parse(JSON.parse(text))).map(([id, token]) => [Number(id), token]))
  // A source that fails is asked again by the next query.
  if ([...tokens.values()].some((token) => !token.endsWith('/'))) return undefined
  return { tokens, ages: agesOf(read), whole: undefined }
}
