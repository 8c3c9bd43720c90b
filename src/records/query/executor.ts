import type { GraphQLError } from 'graphql'
import {
  getVariableValues,
  OperationTypeNode,
  validate,
  type DocumentNode,
  type ExecutionResult,
  type OperationDefinitionNode,
} from 'graphql'
import { GatewayError } from '../../errors/gateway-error.js'
import type { RecordTypes } from '../schema/record-type.js'
import type { Sources } from '../sources.js'
import type { ChangeSource } from './change-source.js'
import type { PublicSchema, PublicSchemas } from './public-schemas.js'
import { findOperation } from './plan/find-operation.js'
import { collectFields, SelectionBudget, type Operation } from './plan/operation.js'
import { planConnection } from './plan/plan-connection.js'
import { misfit, planSubscription, type PlannedSubscription } from './plan/plan-subscription.js'
import { planQuery, type QueryPlan } from './plan/plan-query.js'
import type { Planning } from './plan/planning.js'
import { introspectHere, type Introspect, type IntrospectionQuery } from './introspection/introspection.js'
import { checkIntrospection } from './introspection/introspection-limit.js'
import { introspectionOf } from './introspection/introspection-of.js'
import { agesOf, wholeTokenSql, type AnswerFreshness } from './cache/answer-freshness.js'
import { mentionsAge, readsAnyOf, readsControlPlane } from './plan/operation-traits.js'
import { answerRecords, type RootAnswer } from './run/answer-records.js'
import { datasetCodesOf } from './run/dataset-codes.js'
import { FetchedScopes } from './run/fetched-scopes.js'
import { CostMeter } from './run/cost-meter.js'
import { ControlExecution, type ControlPlane } from './run/control-plane.js'
import { coded, isInternal, toGraphQLError, wholeWhenAway } from './run/graphql-errors.js'
import { KnownQueries, type KnownQuery } from './run/known-queries.js'
import { OperationRun } from './run/operation-run.js'
import { RecordFields } from './run/record-fields.js'
import { subscribeToChanges } from './run/subscription-run.js'
import type { StatementRunner } from './run/statement-runner.js'
import type { DescribeSources } from './run/unavailable.js'

export interface ExecutorLimits {
  /** See `costOf`. */
  readonly cost: number
  /** Fields of an operation once its fragments are expanded. */
  readonly selections: number
}

/** How often a query over both planes is run while versions keep being published under it. */
const maxAttempts = 3

/** The cost is that of 50,000 records with ten fields each: more than any honest question of the corpus in `test/honest` asks. */
const defaultLimits: ExecutorLimits = { cost: 100_000, selections: 5_000 }

export interface ExecutorOptions<Viewer> {
  readonly control: ControlPlane<Viewer>
  readonly sources: Sources
  readonly changes: ChangeSource
  readonly runner: StatementRunner
  readonly describeSources: DescribeSources
  readonly timeZone: string
  /** Told of every failure that no client can have caused. */
  readonly report: (error: unknown) => void
  readonly limits?: ExecutorLimits
  /** Left out: in this thread. */
  readonly introspect?: Introspect
}

export interface ExecutionRequest<Viewer> {
  readonly document: DocumentNode
  readonly operationName?: string | undefined
  readonly variables: Readonly<Record<string, unknown>>
  readonly viewer: Viewer
  readonly signal: AbortSignal
  /** The schema that the document was validated against. */
  readonly public: PublicSchema
  /** Told what the answer was made of when it may be used again. */
  readonly observe?: ((freshness: AnswerFreshness) => void) | undefined
  /** Asked once the cost is known and before anything is read; a rejection refuses the operation. */
  readonly admit?: ((cost: number) => Promise<void>) | undefined
}

/**
 * Executes validated operations: record fields are compiled to one SQL statement each, whose JSON goes to the client as it
 * is; the rest is graphql-js' on the control plane.
 */
export class Executor<Viewer> {
  private readonly limits: ExecutorLimits
  private readonly fetched = new FetchedScopes()
  private readonly known = new KnownQueries()

  constructor(private readonly options: ExecutorOptions<Viewer>) {
    this.limits = options.limits ?? defaultLimits
  }

  async execute(request: ExecutionRequest<Viewer>): Promise<ExecutionResult> {
    const result = await this.answer(request).catch((error: unknown): ExecutionResult => ({
      errors: [toGraphQLError(error)],
    }))
    for (const error of result.errors ?? []) if (isInternal(error)) this.options.report(error.originalError ?? error)
    return wholeWhenAway(result)
  }

  private async answer(request: ExecutionRequest<Viewer>): Promise<ExecutionResult> {
    const known = this.known.find(request, this.options.sources.resources())
    if (known !== undefined) return this.answerKnown(request, known)
    const prepared = this.prepare(request)
    if ('errors' in prepared) return { errors: coded(prepared.errors) }
    const { operation, planned } = prepared
    if (operation.operation === OperationTypeNode.SUBSCRIPTION) {
      throw new GatewayError(
        'BAD_USER_INPUT',
        'Subscriptions are answered over WebSocket at /graphql or SSE at /graphql/stream.',
      )
    }
    if (operation.operation === OperationTypeNode.MUTATION) {
      const meter = new CostMeter(this.limits.cost)
      const control = this.controlExecution(request, operation, this.planning(request.public.types, planned), meter)
      const fields = collectFields(planned, 'Mutation', [operation.selectionSet])
      const result = await control.execution.root(fields.flatMap((field) => field.nodes))
      meter.check()
      return finish(result.data ?? null, coded(result.errors), meter)
    }
    return this.consistentQuery(request, planned, operation)
  }

  /**
   * A query that reads both planes is answered from one state of the world: when anything was published while it ran it is run
   * again, and only for so long.
   */
  private async consistentQuery(
    request: ExecutionRequest<Viewer>,
    prepared: Operation,
    operation: OperationDefinitionNode,
  ): Promise<ExecutionResult> {
    for (let attempt = 1; ; attempt += 1) {
      const fresh = { ...prepared, budget: new SelectionBudget(this.limits.selections) }
      const planning = this.planning(request.public.types, fresh)
      const meter = new CostMeter(this.limits.cost)
      const part = this.controlExecution(request, operation, planning, meter)
      // Before anything is waited for: who lets operations be planned in turn counts on it.
      const planned = this.plan(request, operation, planning, meter)
      await request.admit?.(meter.spent)
      const before = await this.wholeToken(request, planning, operation)
      const { result, freshness } = await this.query(planned, meter, part)
      const whole = before === undefined ? undefined : await this.wholeToken(request, planning, operation)
      if (before !== whole && attempt < maxAttempts) continue
      const anew = readsAnyOf(planning, operation, this.options.control.madeAnew)
      const clean = result.errors === undefined && before === whole && !anew && !mentionsAge(request.document)
      if (clean && freshness !== undefined && part.run.leavesReusable) {
        const ages = whole === undefined ? freshness.ages : agesOf(planning.resources)
        request.observe?.({ ...freshness, ages, whole })
      }
      return result
    }
  }

  /** Undefined for what reads records only: those of one operation see one snapshot anyway. */
  private async wholeToken(
    request: ExecutionRequest<Viewer>,
    planning: Planning,
    operation: OperationDefinitionNode,
  ): Promise<string | undefined> {
    if (request.observe === undefined || !readsControlPlane(planning, request.document, operation)) return undefined
    const statement = { text: `select ${wholeTokenSql}, '{}'::bool[]`, values: [], scopes: [] }
    const [[row] = []] = await this.options.runner.run([statement], request.signal)
    return row?.json?.text
  }

  /**
   * The results of a subscription as they come, or one result with the errors that refuse it. It goes on with the schema that
   * counts by then when it fits it.
   */
  async subscribe(
    request: ExecutionRequest<Viewer>,
    { current, onReplaced }: PublicSchemas,
  ): Promise<AsyncGenerator<ExecutionResult, void, undefined> | ExecutionResult> {
    try {
      const { operation } = findOperation(request.document, request.operationName)
      if (operation.operation !== OperationTypeNode.SUBSCRIPTION) return await this.execute(request)
      const prepared = this.prepare(request)
      if ('errors' in prepared) return { errors: coded(prepared.errors) }
      let asked = request
      let following = this.planSubscription(request, prepared)
      return await subscribeToChanges({
        as: following.as,
        plan: following.plan,
        ...this.options,
        signal: request.signal,
        onReplaced,
        page: () => {
          const latest = current()
          if (latest !== asked.public) {
            asked = { ...request, public: latest }
            following = this.planAgain(asked)
          }
          const { plan, anew } = following
          const meter = new CostMeter(this.limits.cost)
          const { execution } = this.controlExecution(asked, operation, anew(), meter)
          return { plan, types: asked.public.types, anew, control: execution, meter }
        },
      })
    } catch (error) {
      const shown = toGraphQLError(error)
      if (isInternal(shown)) this.options.report(error)
      return { errors: [shown] }
    }
  }

  private planSubscription(request: ExecutionRequest<Viewer>, { operation, planned }: Prepared): PlannedSubscription {
    const planning = (types: RecordTypes, of: Operation): Planning => this.planning(types, of)
    const options = { planning, mostSelections: this.limits.selections }
    const subscription = planSubscription(operation, planned, request.public.types, options)
    new CostMeter(this.limits.cost).charge(subscription.cost)
    return subscription
  }

  /** For record types that have changed since the subscription came. */
  private planAgain(request: ExecutionRequest<Viewer>): PlannedSubscription {
    const misfits = validate(request.public.schema, request.document)
    const prepared = misfits.length > 0 ? { errors: misfits } : this.prepare(request)
    if (!('errors' in prepared)) return this.planSubscription(request, prepared)
    throw misfit(prepared.errors)
  }

  /** What a query reads, with what that costs charged. */
  private plan(
    request: ExecutionRequest<Viewer>,
    operation: OperationDefinitionNode,
    planning: Planning,
    meter: CostMeter,
  ): PlannedQuery {
    const plan = planQuery(planning, operation, (cost) => {
      meter.charge(cost)
    })
    const fields = new RecordFields(planning, plan.records)
    const ofSchema =
      plan.introspection.length === 0 ? undefined : introspectionOf(request, operation, plan.introspection)
    if (ofSchema !== undefined) checkIntrospection(ofSchema.document)
    this.known.keep(request, planning, { plan, fields, cost: meter.spent })
    return { plan, fields, ofSchema }
  }

  private async query(
    { plan, fields, ofSchema }: PlannedQuery,
    meter: CostMeter,
    { execution, run }: ControlPart,
  ): Promise<Answered> {
    const [records, controlResult, introspected] = await Promise.all([
      run.root(fields).catch(nothingOf(fields)),
      plan.control.length === 0 ? undefined : execution.root(plan.control),
      ofSchema === undefined ? undefined : (this.options.introspect ?? introspectHere)(ofSchema),
    ])
    meter.check()
    const errors = plan.refused.map(({ as, error }) => toGraphQLError(error, [as]))
    if (controlResult !== undefined && (controlResult.data === null || controlResult.data === undefined)) {
      // A non-null field of the control plane failed: GraphQL then has no data at all.
      const result = finish(null, [...errors, ...records.errors, ...coded(controlResult.errors)], meter)
      return { result, freshness: undefined }
    }
    const data = {
      ...plan.data,
      ...introspected?.data,
      ...controlResult?.data,
      ...Object.fromEntries(records.values),
    }
    errors.push(...records.errors, ...coded(controlResult?.errors), ...coded(introspected?.errors))
    errors.push(...coded(execution.datasetErrors))
    return { result: finish(data, errors, meter), freshness: records.freshness }
  }

  /** A query of records alone that came before: only what its sources and its rows are now is left to ask. */
  private async answerKnown(
    { signal, observe, document, admit }: ExecutionRequest<Viewer>,
    { plan, fields, cost }: KnownQuery,
  ): Promise<ExecutionResult> {
    const { sources, runner, describeSources, timeZone } = this.options
    const meter = new CostMeter(this.limits.cost)
    meter.charge(cost)
    await admit?.(cost)
    const { list } = datasetCodesOf(sources.resources())
    const records = await answerRecords(
      { sources, runner, describeSources, fetched: this.fetched, signal, observed: observe !== undefined },
      fields,
      () => ({ datasetJson: [], datasetCodes: list, timeZone, isFetched: (scope) => this.fetched.has(scope) }),
    ).catch(nothingOf(fields))
    const { values, errors, freshness } = records
    if (errors.length === 0 && freshness !== undefined && !mentionsAge(document)) observe?.(freshness)
    return finish({ ...plan.data, ...Object.fromEntries(values) }, errors, meter)
  }

  private prepare(request: ExecutionRequest<Viewer>): Prepared | { readonly errors: readonly GraphQLError[] } {
    const { operation, fragments } = findOperation(request.document, request.operationName)
    const { schema } = request.public
    const coerced = getVariableValues(schema, operation.variableDefinitions ?? [], request.variables, { maxErrors: 20 })
    if (coerced.errors !== undefined) return { errors: coerced.errors.map(valueRefused) }
    const budget = new SelectionBudget(this.limits.selections)
    return { operation, planned: { schema, fragments, variables: coerced.coerced, budget } }
  }

  private planning(types: RecordTypes, operation: Operation): Planning {
    return {
      operation,
      types,
      resources: this.options.sources.resources(),
      typesWithRetiredRows: this.options.sources.typesWithRetiredRows(),
      timeZone: this.options.timeZone,
      datasetRequests: [],
      planConnection,
    }
  }

  private controlExecution(
    request: ExecutionRequest<Viewer>,
    operation: OperationDefinitionNode,
    planning: Planning,
    meter: CostMeter,
  ): ControlPart {
    const { control, sources, runner, describeSources } = this.options
    const { types } = request.public
    const execution: ControlExecution = new ControlExecution(
      {
        publicSchema: request.public.schema,
        controlSchema: control.schema,
        operation,
        fragments: planning.operation.fragments,
        variables: request.variables,
        spend: (cost) => meter.spend(cost),
      },
      () => control.contextFor({ viewer: request.viewer, recordTypes: types, records: run }),
    )
    const run: OperationRun = new OperationRun(
      {
        planning,
        sources,
        runner,
        fetched: this.fetched,
        describeSources,
        signal: request.signal,
        charge: (cost) => {
          meter.charge(cost)
        },
        observed: request.observe !== undefined,
      },
      execution,
    )
    return { execution, run }
  }
}

interface Answered {
  readonly result: ExecutionResult
  readonly freshness: AnswerFreshness | undefined
}

interface PlannedQuery {
  readonly plan: QueryPlan
  readonly fields: RecordFields
  readonly ofSchema: IntrospectionQuery | undefined
}

interface Prepared {
  readonly operation: OperationDefinitionNode
  readonly planned: Operation
}

interface ControlPart {
  readonly execution: ControlExecution
  readonly run: OperationRun
}

/** What is answered when the record fields fail all together. */
function nothingOf({ planned }: RecordFields): (error: unknown) => RootAnswer {
  return (error) => ({
    values: new Map(),
    errors: planned.map(({ as }) => toGraphQLError(error, [as])),
    freshness: undefined,
  })
}

/** A variable's value that does not fit its type. The message repeats the value, which may be long. */
function valueRefused({ message }: GraphQLError): GraphQLError {
  const shown = message.length <= 1_000 ? message : `${message.slice(0, 1_000)}…`
  return toGraphQLError(new GatewayError('BAD_USER_INPUT', shown))
}

function finish(
  data: Record<string, unknown> | null,
  errors: readonly GraphQLError[],
  meter: CostMeter,
): ExecutionResult {
  return {
    data,
    ...(errors.length === 0 ? {} : { errors }),
    extensions: { cost: { requested: Math.ceil(meter.spent), limit: meter.limit } },
  }
}
