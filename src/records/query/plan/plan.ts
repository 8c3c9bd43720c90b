import type { Field, RecordType, Reference } from '../../schema/record-type.js'
import type { ResourceInfo } from '../../sources.js'

/**
 * What one record field of an operation asks for, as data: arguments parsed, fragments expanded, names resolved to the record
 * schema. Planning needs no database; the SQL is a function of the plan.
 */
export type RootPlan = ConnectionPlan | SingleRecordPlan

export interface ConnectionPlan {
  readonly kind: 'connection'
  readonly type: RecordType
  /** The resources whose rows count, after `dataset:`. */
  readonly scope: readonly ResourceInfo[]
  /** Whether rows are told by their dataset to be of the scope; else all rows of the type are. */
  readonly withinDatasets: boolean
  readonly active: ActiveResources
  readonly where: Condition | undefined
  readonly search: string | undefined
  readonly near: Near | undefined
  readonly order: readonly OrderTerm[]
  readonly page: Page
  readonly asOf: PastTime | undefined
  readonly selection: readonly ConnectionEntry[]
  /** Resources behind the rows and the to-one relations that they read. */
  readonly sources: readonly ResourceInfo[]
}

/**
 * Ids of a record type's active resources, when rows of others are stored beside theirs: those of a retired connector stay, and
 * nothing answers with them. Undefined: there are none, so that rows need not be told apart.
 */
export type ActiveResources = readonly number[] | undefined

export interface SingleRecordPlan {
  readonly kind: 'record'
  readonly type: RecordType
  readonly active: ActiveResources
  readonly datasetId: number
  readonly key: string
  readonly asOf: PastTime | undefined
  readonly selection: readonly RecordEntry[]
  readonly scope: readonly ResourceInfo[]
}

/** A time in the past: an instant, or when a version of a dataset was published. */
export type PastTime = { readonly instant: string } | { readonly datasetId: number; readonly version: number }

export interface Page {
  readonly size: number
  readonly backward: boolean
  readonly after: Cursor | undefined
  readonly before: Cursor | undefined
}

/** The values of the order terms, then dataset and key, of the row that a page starts after or ends before. */
export interface Cursor {
  readonly values: readonly (string | null)[]
  readonly datasetId: number
  readonly key: string
}

export interface Near {
  readonly latitude: number
  readonly longitude: number
  readonly km: number
}

export interface OrderTerm {
  readonly by:
    | { readonly kind: 'field'; readonly path: readonly ToOne[]; readonly field: Field }
    | { readonly kind: 'key' | 'updatedAt'; readonly path: readonly ToOne[] }
    | { readonly kind: 'distance' | 'relevance' }
  readonly descending: boolean
  readonly nullsFirst: boolean
}

/** A step from a record to at most one other. */
export type ToOne = ForeignKeyToOne | ReverseToOne

export interface ForeignKeyToOne {
  readonly kind: 'foreignKey'
  readonly field: Field
  readonly reference: Reference
  readonly target: RecordType
  /** Of the target. */
  readonly active: ActiveResources
  /** Of the dataset that the reference names; undefined for `same`; null when that dataset does not exist. */
  readonly targetDatasetId: number | null | undefined
}

export interface ReverseToOne {
  readonly kind: 'reverseOne'
  readonly field: Field
  readonly reference: Reference
  /** The type that refers, of which there is at most one record. */
  readonly target: RecordType
  readonly active: ActiveResources
  readonly targetDatasetId: number | null | undefined
}

/** A step from a record to any number of others: a foreign key with many keys, or the far side of a foreign key. */
export type ToMany =
  | {
      readonly kind: 'foreignKeys'
      readonly field: Field
      readonly reference: Reference
      readonly target: RecordType
      readonly active: ActiveResources
      readonly targetDatasetId: number | null | undefined
    }
  | {
      readonly kind: 'reverse'
      readonly field: Field
      readonly reference: Reference
      readonly target: RecordType
      readonly active: ActiveResources
      readonly targetDatasetId: number | null | undefined
    }

export type Comparison =
  | 'eq'
  | 'ne'
  | 'in'
  | 'notIn'
  | 'lt'
  | 'lte'
  | 'gt'
  | 'gte'
  | 'contains'
  | 'startsWith'
  | 'containsAny'
  | 'containsAll'
  | 'isNull'

export type Condition =
  | { readonly kind: 'and' | 'or'; readonly of: readonly Condition[] }
  | { readonly kind: 'not'; readonly of: Condition }
  | { readonly kind: 'compare'; readonly column: Column; readonly comparison: Comparison; readonly value: FilterValue }
  | { readonly kind: 'toOne'; readonly relation: ToOne; readonly where: Condition }
  | { readonly kind: 'isNull'; readonly yes: boolean }
  | {
      readonly kind: 'toMany'
      readonly relation: ToMany
      readonly quantifier: 'some' | 'none' | 'every'
      readonly where: Condition
    }
  | { readonly kind: 'validOn'; readonly type: RecordType; readonly date: string }

/** A field, or the system columns that every record has. */
export type Column = Pick<Field, 'name' | 'kind' | 'list'> | 'key' | 'updatedAt'

/** Values in Postgres' text form. */
export type FilterValue = string | readonly string[] | boolean

/** One response key of a connection. */
export type ConnectionEntry = { readonly as: string } & (
  | { readonly kind: 'nodes'; readonly selection: readonly RecordEntry[] }
  | { readonly kind: 'edges'; readonly selection: readonly EdgeEntry[] }
  | { readonly kind: 'pageInfo'; readonly selection: readonly PageInfoEntry[] }
  | { readonly kind: 'totalCount' | 'changesCursor' }
  | { readonly kind: 'aggregate'; readonly selection: readonly AggregateEntry[] }
  | { readonly kind: 'groupBy'; readonly groups: GroupByPlan }
  | { readonly kind: 'sources'; readonly selection: readonly SourceEntry[] }
  | TypeName
)

/** Whether an entry of a connection is about its page: its records, or where they stand in the list. */
export function isOfPage({ kind }: { readonly kind: string }): boolean {
  return kind === 'nodes' || kind === 'edges' || kind === 'pageInfo'
}

export interface TypeName {
  readonly kind: 'typename'
  readonly name: string
}

export type EdgeEntry = { readonly as: string } & (
  { readonly kind: 'cursor' } | { readonly kind: 'node'; readonly selection: readonly RecordEntry[] } | TypeName
)

export type PageInfoEntry = { readonly as: string } & (
  { readonly kind: 'hasNextPage' | 'hasPreviousPage' | 'startCursor' | 'endCursor' } | TypeName
)

/** One response key of a record. */
export type RecordEntry = { readonly as: string } & (
  | { readonly kind: 'id' | 'key' | 'updatedAt' }
  | { readonly kind: 'field'; readonly field: Field }
  | {
      readonly kind: 'toOne'
      readonly relation: ToOne
      readonly selection: readonly RecordEntry[]
      /** The resources, of those that the related record can come from, whose sources answer only by key. */
      readonly lookups: readonly ResourceInfo[]
    }
  | { readonly kind: 'toMany'; readonly relation: ToMany; readonly connection: ConnectionPlan }
  | { readonly kind: 'dataset'; readonly selection: DatasetSelection }
  | TypeName
)

/** A control-plane selection under a record: executed once for each dataset in scope and handed to the statement as JSON. */
export interface DatasetSelection {
  readonly index: number
  readonly datasetIds: readonly number[]
}

export type Aggregation = 'sum' | 'avg' | 'min' | 'max' | 'countDistinct'

export type AggregateEntry = { readonly as: string } & (
  | { readonly kind: 'count' }
  | { readonly kind: Aggregation; readonly selection: readonly AggregateFieldEntry[] }
  | TypeName
)

export type AggregateFieldEntry = { readonly as: string } & (
  { readonly kind: 'field'; readonly field: Field } | TypeName
)

export type TimeBucket = 'YEAR' | 'QUARTER' | 'MONTH' | 'DAY'

export interface GroupByPlan {
  readonly by: readonly GroupKey[]
  readonly having: Having | undefined
  readonly order: readonly GroupOrderTerm[]
  readonly size: number
  readonly selection: readonly GroupEntry[]
}

export type GroupKey =
  | { readonly kind: 'field'; readonly name: string; readonly field: Field; readonly bucket: TimeBucket | undefined }
  | { readonly kind: 'relation'; readonly name: string; readonly relation: ForeignKeyToOne }
  | { readonly kind: 'dataset'; readonly name: 'dataset' }

export type GroupEntry =
  AggregateEntry | { readonly as: string; readonly kind: 'key'; readonly selection: readonly GroupKeyEntry[] }

export type GroupKeyEntry = { readonly as: string } & (
  | { readonly kind: 'value'; readonly key: number }
  | { readonly kind: 'relation'; readonly key: number; readonly selection: readonly RecordEntry[] }
  | { readonly kind: 'dataset'; readonly key: number; readonly selection: DatasetSelection }
  | { readonly kind: 'absent' }
  | TypeName
)

export interface Having {
  readonly tests: readonly HavingTest[]
}

export interface HavingTest {
  readonly measure: Measure
  readonly comparison: Comparison
  readonly value: FilterValue
}

export type Measure = { readonly kind: 'count' } | { readonly kind: 'sum' | 'avg'; readonly field: Field }

export interface GroupOrderTerm {
  readonly by: Measure | { readonly kind: 'key'; readonly term: OrderTerm }
  readonly descending: boolean
  readonly nullsFirst: boolean
}

export type SourceEntry = { readonly as: string } & (
  | { readonly kind: 'resource' | 'state' | 'mode' | 'fetchedAt' | 'ageSeconds' | 'version' }
  | { readonly kind: 'dataset'; readonly selection: DatasetSelection }
  | { readonly kind: 'error'; readonly selection: readonly SourceErrorEntry[] }
  | TypeName
)

export type SourceErrorEntry = { readonly as: string } & (
  { readonly kind: 'code' | 'at' } | { readonly kind: 'message'; readonly language: 'VI' | 'EN' } | TypeName
)
