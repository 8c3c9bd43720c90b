import { z } from 'zod'
import type { GraphQLError } from 'graphql'
import { GatewayError } from '../../../errors/gateway-error.js'
import type { ResourceInfo } from '../../sources.js'
import type { ConnectionPlan, RecordEntry, RootPlan } from '../plan/plan.js'
import type { Statement } from '../sql/emit-statement.js'
import type { RawJson } from './raw-json.js'
import { toGraphQLError } from './graphql-errors.js'

const maxErrors = 100
const anyJson = z.json()
type Json = z.infer<typeof anyJson>

/** Describes never-fetched sources to the client: the state and error of each. */
export type DescribeSources = (resources: readonly ResourceInfo[]) => Promise<readonly object[]>

/**
 * The errors of connections that are null since none of their sources was ever fetched. Only then is the answer parsed: to
 * find where they are.
 */
export async function unavailableErrors(
  plan: RootPlan,
  path: readonly (string | number)[],
  json: RawJson | null,
  statement: Statement,
  fetched: readonly boolean[],
  describe: DescribeSources,
): Promise<GraphQLError[]> {
  const missing = statement.scopes.filter((_, index) => fetched[index] === false)
  if (missing.length === 0) return []
  const isMissing = (scope: readonly ResourceInfo[]): boolean =>
    missing.some((each) => each.length === scope.length && each.every((one, index) => one.id === scope[index]?.id))
  const found: { readonly path: readonly (string | number)[]; readonly scope: readonly ResourceInfo[] }[] = []
  const connection = (plan: ConnectionPlan, at: readonly (string | number)[], value: Json | undefined): void => {
    if (found.length >= maxErrors) return
    if (value === null || value === undefined) {
      if (isMissing(plan.scope)) found.push({ path: at, scope: plan.scope })
      return
    }
    for (const entry of plan.selection) {
      const below = member(value, entry.as)
      if (entry.kind === 'nodes')
        list(below).forEach((each, index) => {
          record(entry.selection, [...at, entry.as, index], each)
        })
      if (entry.kind === 'edges') {
        list(below).forEach((each, index) => {
          for (const edge of entry.selection) {
            if (edge.kind === 'node') record(edge.selection, [...at, entry.as, index, edge.as], member(each, edge.as))
          }
        })
      }
    }
  }
  const record = (entries: readonly RecordEntry[], at: readonly (string | number)[], value: Json | undefined): void => {
    if (value === null || value === undefined) return
    for (const entry of entries) {
      if (entry.kind === 'toOne') record(entry.selection, [...at, entry.as], member(value, entry.as))
      if (entry.kind === 'toMany') connection(entry.connection, [...at, entry.as], member(value, entry.as))
    }
  }
  const data = json === null ? null : anyJson.parse(JSON.parse(json.text))
  if (plan.kind === 'connection') connection(plan, path, data)
  else if (data === null && isMissing(plan.scope)) found.push({ path, scope: plan.scope })
  else record(plan.selection, path, data)
  return Promise.all(
    found.map(async ({ path: at, scope }) => toGraphQLError(unavailable(scope, await describe(scope)), at)),
  )
}

export function unavailable(scope: readonly ResourceInfo[], sources: readonly object[]): GatewayError {
  const names = [...new Set(scope.map((resource) => resource.datasetCode))]
  return new GatewayError(
    'SOURCE_UNAVAILABLE',
    names.length === 0
      ? 'None of the datasets that this asks for has a source of this type; see the argument dataset, or dataset { resources }.'
      : `Nothing of ${names.slice(0, 5).join(', ')} has been fetched yet; \`sources\` says why.`,
    { extensions: { sources } },
  )
}

function member(value: Json | undefined, name: string): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value[name] : undefined
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : []
}
