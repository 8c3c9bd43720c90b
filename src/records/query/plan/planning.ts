import type { FieldNode } from 'graphql'
import { GatewayError } from '../../../errors/gateway-error.js'
import type { Field, RecordType, RecordTypes, Reference } from '../../schema/record-type.js'
import type { ResourceInfo } from '../../sources.js'
import type { CollectedField, Operation } from './operation.js'
import type {
  ActiveResources,
  ConnectionPlan,
  DatasetSelection,
  ForeignKeyToOne,
  PastTime,
  ReverseToOne,
  ToMany,
} from './plan.js'

/** A control-plane selection that records of these datasets need. */
export interface DatasetRequest {
  readonly nodes: readonly FieldNode[]
  readonly datasetIds: readonly number[]
}

/** What planning one operation knows and gathers. */
export interface Planning {
  readonly operation: Operation
  readonly types: RecordTypes
  readonly resources: readonly ResourceInfo[]
  /** See `Sources`. */
  readonly typesWithRetiredRows: ReadonlySet<string>
  /** IANA name of the province's time zone, in which a bare date begins and ends. */
  readonly timeZone: string
  /** Filled while planning; a `DatasetSelection` points into it. */
  readonly datasetRequests: DatasetRequest[]
  /** Records have connections and connections have records: this way round the two files do not import each other. */
  readonly planConnection: (planning: Planning, field: CollectedField, context: ConnectionContext) => ConnectionPlan
}

/** What a connection is asked of: a field of `parentType`, the resources that can be in it, and the time. */
export interface ConnectionContext {
  readonly parentType: string
  readonly type: RecordType
  readonly scope: readonly ResourceInfo[]
  /** Inherited from the connection around it. */
  readonly asOf: PastTime | undefined
}

/** Whether a dataset's code stands for the one that the resource is of, by itself or as its duplicate. */
export function isOfDataset(resource: ResourceInfo, code: string): boolean {
  return resource.datasetCode === code || resource.duplicateCodes?.includes(code) === true
}

const byType = new WeakMap<readonly ResourceInfo[], ReadonlyMap<string, readonly ResourceInfo[]>>()

export function resourcesOf({ resources }: Planning, type: RecordType): readonly ResourceInfo[] {
  let known = byType.get(resources)
  if (known === undefined) {
    known = Map.groupBy(resources, (resource) => resource.recordType)
    byType.set(resources, known)
  }
  return known.get(type.code) ?? []
}

export function activeResources(planning: Planning, type: RecordType): ActiveResources {
  if (!planning.typesWithRetiredRows.has(type.code)) return undefined
  return resourcesOf(planning, type).map((resource) => resource.id)
}

export function requestDatasets(
  planning: Planning,
  nodes: readonly FieldNode[],
  scope: readonly Pick<ResourceInfo, 'datasetId'>[],
): DatasetSelection {
  const datasetIds = [...new Set(scope.map(({ datasetId }) => datasetId))]
  planning.datasetRequests.push({ nodes, datasetIds })
  return { index: planning.datasetRequests.length - 1, datasetIds }
}

function targetType(planning: Planning, reference: Reference): RecordType {
  const target = planning.types.types.get(reference.target)
  if (target === undefined) throw new GatewayError('INTERNAL', `Record type ${reference.target} is not loaded.`)
  return target
}

/** The id of the dataset that a reference names; undefined for `same`; null when no such dataset is published. */
function referencedDataset(planning: Planning, reference: Reference): number | null | undefined {
  if (reference.dataset === 'same') return undefined
  return planning.resources.find((resource) => resource.datasetCode === reference.dataset)?.datasetId ?? null
}

export type Relation =
  | { readonly to: 'one'; readonly relation: ForeignKeyToOne | ReverseToOne }
  | { readonly to: 'many'; readonly relation: ToMany }

/** The relation that a field name of a type stands for: one of its foreign keys, or the far side of another type's. */
export function findRelation(planning: Planning, type: RecordType, name: string): Relation | undefined {
  const field = type.fields.find((each) => each.name === name)
  if (field !== undefined)
    return field.reference === undefined ? undefined : foreignKey(planning, field, field.reference)
  const reverse = planning.types.reverseOf(type.code).find((each) => each.name === name)
  if (reverse?.field.reference === undefined) return undefined
  const { field: far, type: target, single } = reverse
  const reference = reverse.field.reference
  const targetDatasetId = referencedDataset(planning, reference)
  const step = { field: far, reference, target, targetDatasetId, active: activeResources(planning, target) }
  return single
    ? { to: 'one', relation: { kind: 'reverseOne', ...step } }
    : { to: 'many', relation: { kind: 'reverse', ...step } }
}

function foreignKey(planning: Planning, field: Field, reference: Reference): Relation {
  const target = targetType(planning, reference)
  const targetDatasetId = referencedDataset(planning, reference)
  const step = { field, reference, target, targetDatasetId, active: activeResources(planning, target) }
  return reference.cardinality === 'one'
    ? { to: 'one', relation: { kind: 'foreignKey', ...step } }
    : { to: 'many', relation: { kind: 'foreignKeys', ...step } }
}

/**
 * The resources whose records a relation can reach from those of `from`. From the near side they are those of the referenced
 * dataset; on the far side any resource of the referring type can refer; `same` stays in the datasets of `from`.
 */
export function relationScope(
  planning: Planning,
  relation: ForeignKeyToOne | ReverseToOne | ToMany,
  from: readonly ResourceInfo[] = planning.resources,
): readonly ResourceInfo[] {
  const all = resourcesOf(planning, relation.target)
  if (relation.targetDatasetId === undefined) {
    return all.filter((resource) => from.some((each) => each.datasetId === resource.datasetId))
  }
  if (relation.kind === 'reverse' || relation.kind === 'reverseOne') return all
  return all.filter((resource) => resource.datasetId === relation.targetDatasetId)
}
