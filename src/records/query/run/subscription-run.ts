import type { ExecutionResult, GraphQLError } from 'graphql'
import { z } from 'zod'
import { GatewayError } from '../../../errors/gateway-error.js'
import type { ChangeSource, FedChange } from '../change-source.js'
import { planChangedRecord, type ChangeEntry, type ChangesPlan } from '../plan/plan-changes.js'
import type { Planning } from '../plan/planning.js'
import type { RecordType } from '../../schema/record-type.js'
import { emitChangesStatement, type EventSelection } from '../sql/emit-changes.js'
import type { ControlExecution } from './control-plane.js'
import type { CostMeter } from './cost-meter.js'
import { coded } from './graphql-errors.js'
import type { StatementRunner } from './statement-runner.js'

/** What answering one page of events uses: made anew for each page, so that it sees the resources and record types of its time. */
export interface PageContext {
  readonly plan: ChangesPlan
  readonly planning: Planning
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
  readonly signal: AbortSignal
  /** Throws when the subscription does not fit the record types any more. */
  page(): PageContext
}

/** The results of a subscription, one an event, pulled: a slow client holds no more than one page of events. */
export async function subscribeToChanges(
  context: SubscriptionContext,
): Promise<AsyncGenerator<ExecutionResult, void, undefined>> {
  const { plan, changes, signal } = context
  const pages = await changes.subscribe({
    after: plan.after,
    recordTypes: plan.type === undefined ? undefined : [plan.type.code],
    signal,
  })
  return results(context, pages)
}

async function* results(
  context: SubscriptionContext,
  pages: AsyncIterableIterator<readonly FedChange[], void>,
): AsyncGenerator<ExecutionResult, void, undefined> {
  try {
    for await (const events of pages) {
      const { values, errors } = await answerPage(context, events)
      for (const value of values) {
        const data = { [context.as]: value }
        yield errors.length === 0 ? { data } : { data, errors }
      }
    }
  } finally {
    await pages.return?.()
  }
}

interface AnsweredPage {
  readonly values: readonly object[]
  /** Of what is asked about the datasets of the page, which its changes share. */
  readonly errors: readonly GraphQLError[]
}

async function answerPage(context: SubscriptionContext, events: readonly FedChange[]): Promise<AnsweredPage> {
  const page = context.page()
  const { plan, planning, control, meter } = page
  const wanted = await inScope(context, plan, events)
  const answered = new Map<FedChange, ReadonlyMap<string, unknown>>()
  for (const [type, ofType] of byType(planning, wanted)) {
    for (const [event, values] of await answerType(context, page, type, ofType)) answered.set(event, values)
  }
  const datasets = await datasetValues(page, wanted)
  meter.check()
  const changes = wanted.flatMap((event) => {
    const values = answered.get(event)
    if (values === undefined) return []
    const entry = (each: ChangeEntry): unknown => {
      switch (each.kind) {
        case 'cursor':
          return event.cursor
        case 'type':
          return event.type
        case 'at':
          return event.at.toISOString()
        case 'typename':
          return each.name
        case 'dataset':
          return datasets.get(each.as)?.get(event.datasetId) ?? null
        case 'record':
        case 'previous':
          return values.get(each.as) ?? null
      }
    }
    return [Object.fromEntries(plan.selection.map((each) => [each.as, entry(each)]))]
  })
  return { values: changes, errors: coded(control.datasetErrors) }
}

const eventRow = z.record(z.string(), z.json())

async function answerType(
  { runner, timeZone, signal }: SubscriptionContext,
  { plan, planning, control }: PageContext,
  type: RecordType,
  events: readonly FedChange[],
): Promise<Map<FedChange, ReadonlyMap<string, unknown>>> {
  const selections = plan.selection.flatMap((entry): EventSelection[] =>
    entry.kind === 'record' || entry.kind === 'previous'
      ? [{ as: entry.as, of: entry.kind, selection: planChangedRecord(planning, type, entry.field) }]
      : [],
  )
  const codes = new Map(planning.resources.map((resource) => [resource.datasetId, resource.datasetCode]))
  for (const event of events) codes.set(event.datasetId, event.datasetCode)
  const datasetJson = await Promise.all(planning.datasetRequests.map((request) => control.datasets(request, codes)))
  const statement = emitChangesStatement(
    {
      type,
      where: plan.where,
      record: events.map((event) => event.record),
      previous: events.map((event) => event.previous),
    },
    selections,
    { datasetJson, datasetCodes: [...codes].map(([id, code]) => ({ id, code })), timeZone },
  )
  const [rows = []] = await runner.run([statement], signal)
  const answered = new Map<FedChange, ReadonlyMap<string, unknown>>()
  for (const { json } of rows) {
    const row = eventRow.parse(JSON.parse(json?.text ?? '{}'))
    const event = events[Number(row['n']) - 1]
    if (event === undefined) throw new GatewayError('INTERNAL', 'A change that was not asked for.')
    answered.set(event, new Map(selections.map(({ as }, index) => [as, row[`${index} ${as}`]])))
  }
  return answered
}

async function datasetValues(
  { plan, control }: PageContext,
  events: readonly FedChange[],
): Promise<ReadonlyMap<string, ReadonlyMap<number, unknown>>> {
  const codes = new Map(events.map((event) => [event.datasetId, event.datasetCode]))
  const values = new Map<string, ReadonlyMap<number, unknown>>()
  for (const entry of plan.selection) {
    if (entry.kind !== 'dataset') continue
    const texts = await control.datasets({ nodes: entry.nodes, datasetIds: [...codes.keys()] }, codes)
    values.set(entry.as, new Map([...texts].map(([id, text]) => [id, JSON.parse(text)])))
  }
  return values
}

function byType(planning: Planning, events: readonly FedChange[]): Map<RecordType, FedChange[]> {
  const groups = new Map<RecordType, FedChange[]>()
  for (const event of events) {
    const type = planning.types.types.get(event.recordType)
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
