import {
  coerceInputValue,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  Kind,
  parse,
  type FieldNode,
  type GraphQLInputType,
} from 'graphql'
import type { PublicSchema } from '../../records/query/public-schemas.js'
import { SelectionBudget } from '../../records/query/plan/operation.js'
import { planConnection } from '../../records/query/plan/plan-connection.js'
import type { ConnectionPlan } from '../../records/query/plan/plan.js'
import type { Planning } from '../../records/query/plan/planning.js'
import type { RecordType } from '../../records/schema/record-type.js'
import type { ResourceInfo } from '../../records/sources.js'
import { wrongParameter } from '../problem.js'

/** The arguments of a connection that a download takes too, as they stand in its address. */
export type QueryTexts = Readonly<Partial<Record<QueryArgument, string>>>

export const queryArguments = ['where', 'search', 'near', 'orderBy', 'asOf'] as const
export type QueryArgument = (typeof queryArguments)[number]

const inJson: ReadonlySet<QueryArgument> = new Set(['where', 'near', 'orderBy'])

/** What a download is planned over. */
export type DownloadScope = Pick<Planning, 'resources' | 'typesWithRetiredRows' | 'timeZone'>

export interface PlannedDownload {
  readonly planning: Planning
  readonly plan: ConnectionPlan
}

/**
 * The rows that a download asks for. Its parameters are coerced by the types of the GraphQL field of the same records and
 * planned as that field's, so that they mean the same to the letter.
 */
export function planDownload(
  { schema, types }: PublicSchema,
  type: RecordType,
  texts: QueryTexts,
  world: DownloadScope & { readonly resource: ResourceInfo },
): PlannedDownload {
  const args = schema.getQueryType()?.getFields()[type.plural]?.args ?? []
  const variables: Record<string, unknown> = {}
  for (const name of queryArguments) {
    const text = texts[name]
    if (text === undefined) continue
    const argument = args.find((each) => each.name === name)
    if (argument === undefined) {
      throw wrongParameter(name, `${type.code} has no coordinates, so it cannot be asked for what is near.`, {})
    }
    variables[name] = coerced(name, inJson.has(name) ? parsedJson(name, text) : text, argument.type)
  }
  const planning: Planning = {
    operation: { schema, fragments: new Map(), variables, budget: new SelectionBudget(100) },
    types,
    resources: world.resources,
    typesWithRetiredRows: world.typesWithRetiredRows,
    timeZone: world.timeZone,
    datasetRequests: [],
    planConnection,
  }
  const node = fieldNode(type.plural, Object.keys(variables))
  const plan = planConnection(
    planning,
    { as: type.plural, name: type.plural, nodes: [node] },
    { parentType: 'Query', type, scope: [world.resource], asOf: undefined },
  )
  return { planning, plan }
}

function fieldNode(plural: string, names: readonly string[]): FieldNode {
  const args = names.length === 0 ? '' : `(${names.map((name) => `${name}: $${name}`).join(', ')})`
  const [operation] = parse(`query { ${plural}${args} { totalCount } }`).definitions
  const [field] = operation?.kind === Kind.OPERATION_DEFINITION ? operation.selectionSet.selections : []
  if (field?.kind !== Kind.FIELD) throw new Error(`No field ${plural} in its own query.`)
  return field
}

function parsedJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'it cannot be read'
    throw wrongParameter(name, `${name} must be JSON, as the variable of the same name in GraphQL: ${reason}.`, {
      example: examples[name],
    })
  }
}

const examples: Readonly<Record<string, string>> = {
  where: '{"name":{"contains":"quy nhon"}}',
  near: '{"latitude":13.78,"longitude":109.22,"km":5}',
  orderBy: '[{"name":"ASC"}]',
}

function coerced(name: string, value: unknown, type: GraphQLInputType): unknown {
  return coerceInputValue(value, type, (path, _, error) => {
    const at = [name, ...path].join('.')
    throw wrongParameter(name, `${at}: ${error.message}`, { allowed: allowedAt(type, path) })
  })
}

/** What may stand at that place of the input. */
function allowedAt(type: GraphQLInputType, path: readonly (string | number)[]): string[] | string {
  let at: GraphQLInputType = type
  for (const step of path) {
    const nullable = getNullableType(at)
    if (typeof step === 'number' && isListType(nullable)) at = nullable.ofType
    else if (isInputObjectType(nullable)) at = nullable.getFields()[step]?.type ?? at
  }
  const named = getNamedType(at)
  if (isEnumType(named)) return named.getValues().map(({ name }) => name)
  return isInputObjectType(named) ? Object.keys(named.getFields()) : String(at)
}
