import { z } from 'zod'
import { GatewayError } from '../../../errors/gateway-error.js'
import type { RecordType } from '../../schema/record-type.js'
import type { ResourceInfo } from '../../sources.js'
import { decodeCursor, type Ordered } from '../cursor.js'
import { argumentsOf, collectFields, subselections, type CollectedField } from './operation.js'
import { planAggregate, planGroupBy } from './plan-aggregate.js'
import { always, checkLength, momentShape, planCondition, valueText } from './plan-condition.js'
import { planOrder } from './plan-order.js'
import { planRecord } from './plan-record.js'
import { planSources } from './plan-sources.js'
import { activeResources, isOfDataset, relationScope, type ConnectionContext, type Planning } from './planning.js'
import type { ConnectionEntry, ConnectionPlan, EdgeEntry, Page, PageInfoEntry, PastTime, RecordEntry } from './plan.js'

export const defaultPageSize = 20
export const maxPageSize = 1000
/** Words enough for any name; the likeness of each row to all of them is measured. */
const maxSearchLength = 1000

export function planConnection(planning: Planning, field: CollectedField, context: ConnectionContext): ConnectionPlan {
  const { type } = context
  const args = argumentsOf(planning.operation, context.parentType, field)
  const search = typeof args['search'] === 'string' ? searchText(args['search']) : undefined
  if (search !== undefined && !type.fields.some((each) => each.searched)) {
    throw new GatewayError('BAD_USER_INPUT', `${type.code} has no text to search; filter by its fields with where.`)
  }
  const near = args['near'] === undefined || args['near'] === null ? undefined : nearShape.parse(args['near'])
  if (near !== undefined && type.location === undefined) {
    throw new GatewayError('BAD_USER_INPUT', `${type.code} has no coordinates, so it cannot be asked for what is near.`)
  }
  const order = planOrder(planning, type, args['orderBy'], {
    hasNear: near !== undefined,
    hasSearch: search !== undefined,
  })
  const asOf = args['asOf'] === undefined || args['asOf'] === null ? context.asOf : pastTime(planning, args['asOf'])
  const scope = narrowScope(context.scope, args['dataset'])
  const where = args['where'] === undefined ? always : planCondition(planning, type, args['where'])
  const { selection, sources } = planSelection(planning, type, field, { scope, asOf })
  return {
    kind: 'connection',
    type,
    scope,
    withinDatasets: Array.isArray(args['dataset']) || isReadByKey({ scope, order }),
    active: activeResources(planning, type),
    where: where.kind === 'and' && where.of.length === 0 ? undefined : where,
    search,
    near,
    order,
    page: planPage(args, { type, order, search, near }),
    asOf,
    selection,
    sources,
  }
}

const nearShape = z
  .object({
    latitude: z.number().min(-90).max(90),
    longitude: z.number().min(-180).max(180),
    km: z.number().positive().max(20_040),
  })
  .catch(() => {
    throw new GatewayError(
      'BAD_USER_INPUT',
      'near takes a latitude from -90 to 90, a longitude from -180 to 180 and a radius above 0 km.',
    )
  })

/** A search for nothing but blanks is none. */
function searchText(text: string): string | undefined {
  const trimmed = valueText(text).trim()
  if (trimmed.length > maxSearchLength) {
    throw new GatewayError('BAD_USER_INPUT', `search takes at most ${maxSearchLength} characters.`)
  }
  return trimmed === '' ? undefined : trimmed
}

/** `asOf`: an instant, or a bare date for the end of that day in the province. */
export function pastTime(planning: Planning, value: unknown): PastTime {
  const moment = momentShape.parse(value)
  return {
    instant:
      'instant' in moment ? endOfMillisecond(moment.instant) : `${moment.date} 23:59:59.999999 ${planning.timeZone}`,
  }
}

/** Answers tell times to the millisecond, and at the time that one tells of a version that version was published. */
function endOfMillisecond(instant: string): string {
  const [seconds = '', fraction = ''] = instant.replace('Z', '').split('.')
  if (fraction.length > 3) return instant
  return `${seconds}.${fraction.padEnd(3, '0').padEnd(6, '9')}Z`
}

function planPage(args: Readonly<Record<string, unknown>>, ordered: Ordered): Page {
  const first = pageSize('first', args['first'])
  const last = pageSize('last', args['last'])
  if (first !== undefined && last !== undefined) {
    throw new GatewayError('BAD_USER_INPUT', 'Give either first or last, not both.')
  }
  const cursor = (name: 'after' | 'before'): Page['after'] => {
    const text = args[name]
    return typeof text === 'string' ? decodeCursor(text, ordered) : undefined
  }
  return {
    size: first ?? last ?? defaultPageSize,
    backward: last !== undefined,
    after: cursor('after'),
    before: cursor('before'),
  }
}

function pageSize(name: string, value: unknown): number | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'number' || value < 0 || value > maxPageSize) {
    throw new GatewayError('BAD_USER_INPUT', `${name} is from 0 to ${maxPageSize}; page on with cursors for more.`)
  }
  return value
}

/**
 * The resources of the datasets that are named. A code that no dataset of this type has leaves none: it is answered like one that
 * was never fetched, null with SOURCE_UNAVAILABLE, since "no records" would be a figure that nobody has published.
 */
function narrowScope(scope: readonly ResourceInfo[], datasets: unknown): readonly ResourceInfo[] {
  if (!Array.isArray(datasets)) return scope
  checkLength(datasets)
  const codes = datasets.map(valueText)
  return scope.filter((resource) => codes.some((code) => isOfDataset(resource, code)))
}

/** Within one dataset the primary key gives the rows by key; over all they have to be sorted. */
function isReadByKey({ scope, order }: Pick<ConnectionPlan, 'scope' | 'order'>): boolean {
  const by = order[0]?.by
  const isByKey = by?.kind === 'key' && by.path.length === 0
  return isByKey && new Set(scope.map((resource) => resource.datasetId)).size === 1
}

interface SelectionContext {
  readonly scope: readonly ResourceInfo[]
  readonly asOf: PastTime | undefined
}

function planSelection(
  planning: Planning,
  type: RecordType,
  field: CollectedField,
  context: SelectionContext,
): { selection: ConnectionEntry[]; sources: ResourceInfo[] } {
  const typeName = `${type.code}Connection`
  const record = (child: CollectedField): RecordEntry[] =>
    planRecord(planning, type, subselections(child), { scope: context.scope, asOf: context.asOf })
  const children = collectFields(planning.operation, typeName, subselections(field))
  const entry = (child: CollectedField): ConnectionEntry => {
    const { as, name } = child
    switch (name) {
      case '__typename':
        return { as, kind: 'typename', name: typeName }
      case 'nodes':
        return { as, kind: 'nodes', selection: record(child) }
      case 'edges':
        return { as, kind: 'edges', selection: planEdges(planning, `${type.code}Edge`, child, record) }
      case 'pageInfo':
        return { as, kind: 'pageInfo', selection: planPageInfo(planning, child) }
      case 'totalCount':
      case 'changesCursor':
        return { as, kind: name }
      case 'aggregate':
        return { as, kind: 'aggregate', selection: planAggregate(planning, type, `${type.code}Aggregate`, child) }
      case 'groupBy':
        return { as, kind: 'groupBy', groups: planGroupBy(planning, type, child, context) }
      default:
        throw new GatewayError('GRAPHQL_VALIDATION_FAILED', `Cannot query field "${name}" on type "${typeName}".`)
    }
  }
  // Which sources there are to tell of follows from all the other entries.
  const planned = children.map((child) => (child.name === 'sources' ? child : entry(child)))
  const entries = planned.filter((each) => 'kind' in each)
  const sources = [...context.scope, ...readThroughToOne(planning, entries, context.scope)]
  const selection = planned.map((each): ConnectionEntry =>
    'kind' in each ? each : { as: each.as, kind: 'sources', selection: planSources(planning, each, sources) },
  )
  return { selection, sources }
}

function planEdges(
  planning: Planning,
  typeName: string,
  field: CollectedField,
  record: (node: CollectedField) => RecordEntry[],
): EdgeEntry[] {
  return collectFields(planning.operation, typeName, subselections(field)).map((child): EdgeEntry => {
    const { as, name } = child
    if (name === 'cursor') return { as, kind: 'cursor' }
    if (name === 'node') return { as, kind: 'node', selection: record(child) }
    return { as, kind: 'typename', name: typeName }
  })
}

export function planPageInfo(planning: Planning, field: CollectedField): PageInfoEntry[] {
  return collectFields(planning.operation, 'PageInfo', subselections(field)).map(({ as, name }): PageInfoEntry => {
    switch (name) {
      case 'hasNextPage':
      case 'hasPreviousPage':
      case 'startCursor':
      case 'endCursor':
        return { as, kind: name }
      default:
        return { as, kind: 'typename', name: 'PageInfo' }
    }
  })
}

/** The resources behind to-one relations of the rows: an answer that shows their values says how old those are. */
function readThroughToOne(
  planning: Planning,
  selection: readonly ConnectionEntry[],
  scope: readonly ResourceInfo[],
): ResourceInfo[] {
  const found = new Set<ResourceInfo>()
  const visit = (entries: readonly RecordEntry[], from: readonly ResourceInfo[]): void => {
    for (const entry of entries) {
      if (entry.kind !== 'toOne') continue
      const reached = relationScope(planning, entry.relation, from)
      for (const resource of reached) found.add(resource)
      visit(entry.selection, reached)
    }
  }
  for (const entry of selection) {
    if (entry.kind === 'nodes') visit(entry.selection, scope)
    if (entry.kind === 'edges') {
      for (const edge of entry.selection) if (edge.kind === 'node') visit(edge.selection, scope)
    }
  }
  return [...found]
}
