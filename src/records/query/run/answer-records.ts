import type { GraphQLError } from 'graphql'
import { z } from 'zod'
import type { ResourceInfo, Sources } from '../../sources.js'
import { agesOf, isReusable, type AnswerFreshness } from '../cache/answer-freshness.js'
import type { StatementOptions } from '../sql/emit-statement.js'
import { answerLookedUp, refresh } from './bring-up-to-date.js'
import type { FetchedScopes } from './fetched-scopes.js'
import { toGraphQLError } from './graphql-errors.js'
import type { RawJson } from './raw-json.js'
import type { RecordFields } from './record-fields.js'
import type { StatementRunner } from './statement-runner.js'
import { unavailableErrors, type DescribeSources } from './unavailable.js'

export interface RecordsContext {
  readonly sources: Sources
  readonly runner: StatementRunner
  readonly fetched: FetchedScopes
  readonly describeSources: DescribeSources
  readonly signal: AbortSignal
  /** Whether the answer's freshness is wanted. */
  readonly observed: boolean
}

export interface RootAnswer {
  readonly values: ReadonlyMap<string, RawJson | null>
  readonly errors: readonly GraphQLError[]
  /** Undefined: it is not asked for, or the answer is not to be used again. */
  readonly freshness: AnswerFreshness | undefined
}

const nothing: RootAnswer = {
  values: new Map(),
  errors: [],
  freshness: { tokens: new Map(), ages: new Map(), whole: undefined },
}

/** Answers the record fields of a query in one snapshot: brings sources up to date, looks up what is due, runs the statements. */
export async function answerRecords(
  context: RecordsContext,
  fields: RecordFields,
  /** Asked once the sources are up to date. */
  optionsNow: () => StatementOptions | Promise<StatementOptions>,
): Promise<RootAnswer> {
  const { planned, read } = fields
  if (planned.length === 0) return nothing
  await refresh(context, read)
  const observed = context.observed && isReusable(read)
  const { statements, answers } = await answerLookedUp(context, fields.lookupLevels, async (tellDue) => {
    const asked = fields.statements(await optionsNow(), { tellStates: observed, tellDue })
    return { statements: asked, answers: await context.runner.runEach(asked, context.signal) }
  })
  const values = new Map<string, RawJson | null>()
  const errors: GraphQLError[] = []
  for (const [index, { as, plan }] of planned.entries()) {
    const answer = answers[index] ?? []
    if (answer instanceof Error) {
      errors.push(toGraphQLError(answer, [as]))
      continue
    }
    const [row] = answer
    const statement = statements[index]
    const json = row?.json ?? null
    values.set(as, json)
    if (row === undefined || statement === undefined || statement.scopes.length === 0) continue
    context.fetched.learn(statement.scopes, row.fetched)
    errors.push(...(await unavailableErrors(plan, [as], json, statement, row.fetched, context.describeSources)))
  }
  const [first] = answers
  const tokens = observed && first !== undefined && !(first instanceof Error) ? first[0]?.tokens : undefined
  return { values, errors, freshness: tokens === undefined ? undefined : freshnessOf(read, tokens) }
}

const tokenShape = z.record(z.string(), z.string())

function freshnessOf(read: readonly ResourceInfo[], { text }: RawJson): AnswerFreshness | undefined {
  const tokens = new Map(Object.entries(tokenShape.parse(JSON.parse(text))).map(([id, token]) => [Number(id), token]))
  // A source that fails is asked again by the next query.
  if ([...tokens.values()].some((token) => !token.endsWith('/'))) return undefined
  return { tokens, ages: agesOf(read), whole: undefined }
}
