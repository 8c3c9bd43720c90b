import type { RecordType, RecordTypes, Reference } from '../../src/records/schema/record-type.js'
import type { ResourceInfo } from '../../src/records/sources.js'

export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json }

/** The text of a single value. */
export function textOf(value: Json): string {
  if (typeof value === 'object') throw new Error(`${JSON.stringify(value)} is no single value.`)
  return String(value)
}

/**
 * One state that a record was in: from the dataset version that wrote it until the one that replaced or removed it. Values are
 * in the form that the API answers with, except instants, which may have microseconds.
 */
export interface RecordState {
  readonly type: string
  readonly datasetId: number
  readonly key: string
  readonly from: number
  /** The first version without this state; undefined: it is the current one. */
  readonly to: number | undefined
  readonly values: Readonly<Record<string, Json>>
}

export interface PublishedVersion {
  readonly datasetId: number
  readonly number: number
  /** An instant in UTC. */
  readonly publishedAt: string
}

/** All that an answer can depend on. */
export interface ReferenceWorld {
  readonly types: RecordTypes
  readonly resources: readonly ResourceInfo[]
  /** Datasets that were fetched at least once. */
  readonly fetched: ReadonlySet<number>
  readonly states: readonly RecordState[]
  readonly versions: readonly PublishedVersion[]
}

/** The time that an answer is about; undefined: now. */
export type AsOf = { readonly micros: bigint } | undefined

/** A record as it was at a time. */
export interface SeenRecord {
  readonly type: RecordType
  readonly state: RecordState
  readonly asOf: AsOf
}

/** Microseconds since 1970 of an instant in UTC such as `2025-06-30T17:00:00.123456Z`. */
export function microsOf(instant: string): bigint {
  const [seconds = '', fraction = ''] = instant.replace('Z', '').split('.')
  return BigInt(Date.parse(`${seconds}Z`)) * 1000n + BigInt(fraction.padEnd(6, '0'))
}

/** The start of a day in the province, which has been UTC+7 since 1975. */
export function startOfDay(date: string): bigint {
  return microsOf(`${date}T00:00:00Z`) - sevenHours
}

export const sevenHours = 7n * 3600n * 1_000_000n

/** The last version that a dataset had published by then; undefined: none. */
export function versionAt(world: ReferenceWorld, datasetId: number, asOf: AsOf): number | undefined {
  const published = world.versions.filter(
    (version) =>
      version.datasetId === datasetId && (asOf === undefined || microsOf(version.publishedAt) <= asOf.micros),
  )
  return published.length === 0 ? undefined : Math.max(...published.map((version) => version.number))
}

/** All records of a type at a time. */
export function recordsOf(world: ReferenceWorld, type: RecordType, asOf: AsOf): SeenRecord[] {
  return world.states
    .filter((state) => {
      if (state.type !== type.code) return false
      if (asOf === undefined) return state.to === undefined
      const version = versionAt(world, state.datasetId, asOf)
      return version !== undefined && state.from <= version && (state.to === undefined || version < state.to)
    })
    .map((state) => ({ type, state, asOf }))
}

export function updatedAt(world: ReferenceWorld, { state }: SeenRecord): string {
  const version = world.versions.find((each) => each.datasetId === state.datasetId && each.number === state.from)
  if (version === undefined) throw new Error(`${state.key} was written by a version that was never published.`)
  return version.publishedAt
}

export function datasetCode(world: ReferenceWorld, datasetId: number): string {
  const resource = world.resources.find((each) => each.datasetId === datasetId)
  if (resource === undefined) throw new Error(`There is no dataset ${datasetId}.`)
  return resource.datasetCode
}

export function typeOf(world: ReferenceWorld, code: string): RecordType {
  const type = world.types.types.get(code)
  if (type === undefined) throw new Error(`There is no record type ${code}.`)
  return type
}

/** A field that leads from a record to others: a foreign key, or the far side of one. */
export interface Relation {
  readonly reference: Reference
  /** The field that holds the keys. */
  readonly foreignKey: string
  /** True on the far side: the target's foreign key holds this record's key. */
  readonly reverse: boolean
  readonly target: RecordType
  readonly many: boolean
}

export function relationOf(world: ReferenceWorld, type: RecordType, name: string): Relation | undefined {
  const field = type.fields.find((each) => each.name === name)
  if (field !== undefined) {
    const { reference } = field
    if (reference === undefined) return undefined
    const target = typeOf(world, reference.target)
    return { reference, foreignKey: name, reverse: false, target, many: reference.cardinality === 'many' }
  }
  const reverse = world.types.reverseOf(type.code).find((each) => each.name === name)
  if (reverse?.field.reference === undefined) return undefined
  return {
    reference: reverse.field.reference,
    foreignKey: reverse.field.name,
    reverse: true,
    target: reverse.type,
    many: !reverse.single,
  }
}

/** The records that a relation leads to from a record, at the record's time. */
export function related(world: ReferenceWorld, record: SeenRecord, relation: Relation): SeenRecord[] {
  return recordsOf(world, relation.target, record.asOf).filter((other) =>
    relation.reverse ? refersTo(world, other, record, relation) : refersTo(world, record, other, relation),
  )
}

function refersTo(
  world: ReferenceWorld,
  from: SeenRecord,
  to: SeenRecord,
  { reference, foreignKey }: Relation,
): boolean {
  const value = from.state.values[foreignKey] ?? null
  const keys = Array.isArray(value) ? value : [value]
  if (!keys.includes(to.state.key)) return false
  return reference.dataset === 'same'
    ? to.state.datasetId === from.state.datasetId
    : datasetCode(world, to.state.datasetId) === reference.dataset
}

/** The datasets that a relation can lead to from records of these datasets. */
export function reachable(world: ReferenceWorld, relation: Relation, from: ReadonlySet<number>): ReadonlySet<number> {
  const { reference, reverse, target } = relation
  const all = world.resources.filter((resource) => resource.recordType === target.code)
  const can = all.filter((resource) => {
    if (reference.dataset === 'same') return from.has(resource.datasetId)
    return reverse || resource.datasetCode === reference.dataset
  })
  return new Set(can.map((resource) => resource.datasetId))
}
