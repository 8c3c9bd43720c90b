import { setTimeout } from 'node:timers/promises'
import type { ExecutionResult, GraphQLError } from 'graphql'
import { GatewayError } from '../../../errors/gateway-error.js'
import { cursorExpired, type ChangeSource, type FedChange } from '../change-source.js'
import type { TypesListening } from '../public-schemas.js'
import { planChangedRecord, type ChangesPlan } from '../plan/plan-changes.js'
import { requestDatasets, type Planning } from '../plan/planning.js'
import type { RecordType, RecordTypes } from '../../schema/record-type.js'
import { emitChangesStatement, type EventSelection } from '../sql/emit-changes.js'
import type { ControlExecution } from './control-plane.js'
import type { CostMeter } from './cost-meter.js'
import { coded, toGraphQLError } from './graphql-errors.js'
import type { RawJson } from './raw-json.js'
import type { StatementRunner } from './statement-runner.js'

/** What answering one page of events uses: made anew for each page, so that it sees the resources and record types of its time. */
export interface PageContext {
  readonly plan: ChangesPlan
  readonly types: RecordTypes
  /** For the events of one type. */
  readonly anew: () => Planning
  readonly control: ControlExecution
  /** What the objects of the control plane cost; those of the record plane were counted when the subscription came. */
  readonly meter: CostMeter
}

export interface SubscriptionContext {
  readonly as: string
  /** As it was when the subscription came: what to read of the feed. */
  readonly plan: ChangesPlan
  readonly changes: ChangeSource
  readonly runner: StatementRunner
  readonly timeZone: string
  /** Ends it; a GatewayError as its reason is what the client is told. */
  readonly signal: AbortSignal
  readonly onReplaced: TypesListening
  /** Throws when the subscription does not fit the record types any more. */
  page(): PageContext
}

/** The results of a subscription, one an event, pulled: a slow client holds no more than one page of events. */
export async function subscribeToChanges(
  asked: SubscriptionContext,
): Promise<AsyncGenerator<ExecutionResult, void, undefined>> {
  const { plan, changes } = asked
  const retirement = awaitRetirement(asked)
  const signal = AbortSignal.any([asked.signal, retirement.signal])
  const context = { ...asked, signal }
  const recordTypes = plan.type === undefined ? undefined : [plan.type.code]
  try {
    return results(context, await changes.subscribe({ after: plan.after, recordTypes, signal }), retirement)
  } catch (error) {
    retirement.abort()
    throw error
  }
}

/** Aborted with the reason when the record type is gone: the next change, with which the client could be told, would never come. */
function awaitRetirement({ plan: { type }, onReplaced, signal }: SubscriptionContext): AbortController {
  const retirement = new AbortController()
  if (type === undefined) return retirement
  const stopListening = onReplaced(({ types }) => {
    if (types.has(type.code)) return
    const message = `The record type ${type.code} has been retired: it has no more changes. The subscription ends.`
    retirement.abort(new GatewayError('GRAPHQL_VALIDATION_FAILED', message))
  })
  for (const over of [signal, retirement.signal]) over.addEventListener('abort', stopListening, { once: true })
  return retirement
}

async function* results(
  context: SubscriptionContext,
  pages: AsyncIterableIterator<readonly FedChange[], void>,
  retirement: AbortController,
): AsyncGenerator<ExecutionResult, void, undefined> {
  try {
    for await (const events of pages) {
      const { values, errors } = await answerPage(context, events)
      for (const value of values) {
        const data = { [context.as]: value }
        yield errors.length === 0 ? { data } : { data, errors }
      }
    }
    throwIfToldWhy(context.signal)
  } catch (error) {
    throwIfToldWhy(context.signal)
    throw error
  } finally {
    retirement.abort()
    await pages.return?.()
  }
}

function throwIfToldWhy({ reason }: AbortSignal): void {
  if (reason instanceof GatewayError) throw reason
}

interface AnsweredPage {
  /** JSON of what is selected of each change that passes. */
  readonly values: readonly RawJson[]
  /** Of what is asked about the datasets of the page, which its changes share. */
  readonly errors: readonly GraphQLError[]
}

/** How long a database that is away is left alone. */
const againMs = 1_000

/** A database that goes away meanwhile is waited for, as the feed does between pages. */
async function answerPage(context: SubscriptionContext, events: readonly FedChange[]): Promise<AnsweredPage> {
  for (;;) {
    const page = await answerOnce(context, events).catch((error: unknown) => {
      if (!isAway(toGraphQLError(error))) throw error
      return undefined
    })
    if (page !== undefined && !page.errors.some(isAway)) return page
    await setTimeout(againMs, undefined, { signal: context.signal })
  }
}

function isAway({ extensions }: GraphQLError): boolean {
  return extensions['code'] === 'UNAVAILABLE'
}

async function answerOnce(context: SubscriptionContext, events: readonly FedChange[]): Promise<AnsweredPage> {
  const page = context.page()
  const wanted = await inScope(context, page.plan, events)
  const answered = new Map<FedChange, RawJson>()
  for (const [type, ofType] of byType(page.types, wanted)) {
    for (const [event, value] of await answerType(context, page, type, ofType)) answered.set(event, value)
  }
  page.meter.check()
  return { values: wanted.flatMap((event) => answered.get(event) ?? []), errors: coded(page.control.datasetErrors) }
}

async function answerType(
  { runner, timeZone, signal }: SubscriptionContext,
  { plan, anew, control }: PageContext,
  type: RecordType,
  events: readonly FedChange[],
): Promise<Map<FedChange, RawJson>> {
  const planning = anew()
  const ofEvents = new Map(events.map((event) => [event.datasetId, event.datasetCode]))
  const codes = new Map([
    ...planning.resources.map((resource) => [resource.datasetId, resource.datasetCode] as const),
    ...ofEvents,
  ])
  const selections = plan.selection.map((entry): EventSelection => {
    switch (entry.kind) {
      case 'record':
      case 'previous':
        return { as: entry.as, kind: entry.kind, selection: planChangedRecord(planning, type, entry.field) }
      case 'dataset':
        return { as: entry.as, kind: 'dataset', selection: requestDatasets(planning, entry.nodes, events) }
      default:
        return entry
    }
  })
  const datasetJson = await Promise.all(planning.datasetRequests.map((request) => control.datasets(request, codes)))
  const statement = emitChangesStatement({ type, where: plan.where, events }, selections, {
    datasetJson,
    datasetCodes: [...codes].map(([id, code]) => ({ id, code })),
    timeZone,
  })
  const [rows = []] = await runner.run([statement], signal)
  if (rows.length < events.length) throw cursorExpired()
  return new Map(
    events.flatMap((event, index) => {
      const json = rows[index]?.json
      return json === null || json === undefined ? [] : [[event, json] as const]
    }),
  )
}

function byType({ types }: RecordTypes, events: readonly FedChange[]): Map<RecordType, FedChange[]> {
  const groups = new Map<RecordType, FedChange[]>()
  for (const event of events) {
    const type = types.get(event.recordType)
    // A type that was retired since: nothing is left that could be said of its records.
    if (type === undefined) continue
    groups.set(type, [...(groups.get(type) ?? []), event])
  }
  return groups
}

async function inScope(
  { runner, signal }: SubscriptionContext,
  { datasets, themes }: ChangesPlan,
  events: readonly FedChange[],
): Promise<readonly FedChange[]> {
  const named = datasets === undefined ? events : events.filter((event) => datasets.includes(event.datasetCode))
  if (themes === undefined || named.length === 0) return named
  const [rows = []] = await runner.run(
    [
      {
        text: `select d.code, '{}'::bool[] from gateway.dataset d join gateway.theme t on t.id = d.theme_id where t.code = any($1::text[])`,
        values: [themes],
        scopes: [],
      },
    ],
    signal,
  )
  const inThemes = new Set(rows.map((row) => row.json?.text))
  return named.filter((event) => inThemes.has(event.datasetCode))
}
