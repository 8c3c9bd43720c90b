import type { FieldNode } from 'graphql'
import { z } from 'zod'
import { GatewayError } from '../../../errors/gateway-error.js'
import type { RecordType } from '../../schema/record-type.js'
import type { ResourceInfo } from '../../sources.js'
import { defaultPageSize, maxPageSize, planPageInfo } from './plan-connection.js'
import { collectFields, subselections, type CollectedField } from './operation.js'
import { planRecord } from './plan-record.js'
import { valueText } from './plan-condition.js'
import { planSources } from './plan-sources.js'
import type { Planning } from './planning.js'
import type { EdgeEntry, PageInfoEntry, RecordEntry, SourceEntry, TypeName } from './plan.js'

/** The records of a dataset whatever their types: by resource, then key. */
export interface RecordsPlan {
  readonly kind: 'records'
  readonly datasetId: number
  /** In the dataset's order; each with the type that its records have. */
  readonly parts: readonly { readonly resource: ResourceInfo; readonly type: RecordType }[]
  readonly size: number
  readonly backward: boolean
  readonly after: RecordsCursor | undefined
  readonly before: RecordsCursor | undefined
  readonly selection: readonly RecordsEntry[]
}

/** The resource's place in the dataset, and the key. */
export interface RecordsCursor {
  readonly part: number
  readonly key: string
}

/** One selection for each part, since each has a type of its own. */
export type PerPart = readonly (readonly RecordEntry[])[]

export type RecordsEntry = { readonly as: string } & (
  | { readonly kind: 'nodes'; readonly selections: PerPart }
  | { readonly kind: 'edges'; readonly selection: readonly RecordsEdge[] }
  | { readonly kind: 'pageInfo'; readonly selection: readonly PageInfoEntry[] }
  | { readonly kind: 'totalCount' | 'changesCursor' }
  | { readonly kind: 'sources'; readonly selection: readonly SourceEntry[] }
  | TypeName
)

export type RecordsEdge =
  Exclude<EdgeEntry, { kind: 'node' }> | { readonly as: string; readonly kind: 'node'; readonly selections: PerPart }

export interface RecordsArguments {
  readonly resource: string | undefined
  readonly first: number | undefined
  readonly last: number | undefined
  readonly after: string | undefined
  readonly before: string | undefined
}

export function planRecords(
  planning: Planning,
  nodes: readonly FieldNode[],
  datasetId: number,
  args: RecordsArguments,
): RecordsPlan {
  const { first, last } = args
  if (first !== undefined && last !== undefined) {
    throw new GatewayError('BAD_USER_INPUT', 'Give either first or last, not both.')
  }
  const size = first ?? last ?? defaultPageSize
  if (size < 0 || size > maxPageSize) {
    throw new GatewayError(
      'BAD_USER_INPUT',
      `A page has from 0 to ${maxPageSize} records; page on with cursors for more.`,
    )
  }
  const parts = planning.resources.flatMap((resource) => {
    const type = planning.types.types.get(resource.recordType)
    const wanted = args.resource === undefined || args.resource === resource.name
    return resource.datasetId === datasetId && wanted && type !== undefined ? [{ resource, type }] : []
  })
  const sets = nodes.map((node) => node.selectionSet)
  const perPart = (child: CollectedField): PerPart =>
    parts.map(({ type, resource }) =>
      planRecord(planning, type, subselections(child), { scope: [resource], asOf: undefined }),
    )
  const selection = collectFields(planning.operation, 'RecordConnection', sets).map((child): RecordsEntry => {
    const { as, name } = child
    switch (name) {
      case 'nodes':
        return { as, kind: 'nodes', selections: perPart(child) }
      case 'edges':
        return { as, kind: 'edges', selection: recordsEdges(planning, child, perPart) }
      case 'pageInfo':
        return { as, kind: 'pageInfo', selection: planPageInfo(planning, child) }
      case 'totalCount':
      case 'changesCursor':
        return { as, kind: name }
      case 'sources':
        return {
          as,
          kind: 'sources',
          selection: planSources(
            planning,
            child,
            parts.map((part) => part.resource),
          ),
        }
      default:
        return { as, kind: 'typename', name: 'RecordConnection' }
    }
  })
  return {
    kind: 'records',
    datasetId,
    parts,
    size,
    backward: last !== undefined,
    after: decode(args.after, parts),
    before: decode(args.before, parts),
    selection,
  }
}

function recordsEdges(
  planning: Planning,
  field: CollectedField,
  perPart: (child: CollectedField) => PerPart,
): RecordsEdge[] {
  return collectFields(planning.operation, 'RecordEdge', subselections(field)).map((child): RecordsEdge => {
    const { as, name } = child
    if (name === 'node') return { as, kind: 'node', selections: perPart(child) }
    return name === 'cursor' ? { as, kind: 'cursor' } : { as, kind: 'typename', name: 'RecordEdge' }
  })
}

/** A cursor is the base64url of `["records", resource, key]` as JSON. */
const cursorShape = z.tuple([z.literal('records'), z.number().int(), z.string()])

function decode(text: string | undefined, parts: RecordsPlan['parts']): RecordsCursor | undefined {
  if (text === undefined) return undefined
  let json: unknown
  try {
    json = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
  } catch (cause) {
    throw invalid(cause)
  }
  const parsed = cursorShape.safeParse(json)
  if (!parsed.success) throw invalid(parsed.error)
  const [, resourceId, key] = parsed.data
  const part = parts.findIndex(({ resource }) => resource.id === resourceId)
  if (part === -1) throw invalid(undefined)
  return { part, key: valueText(key) }
}

function invalid(cause: unknown): GatewayError {
  return new GatewayError('CURSOR_INVALID', 'This is not a cursor of these records; take one from their edges.', {
    cause,
  })
}
