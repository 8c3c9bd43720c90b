import { upperSnake } from '../../src/records/schema/names.js'
import type { Field, RecordType } from '../../src/records/schema/record-type.js'
import { elements, only, operands, optionalNumber, text } from './arguments.js'
import { averageOf, distinct, figuresOf, sumOf } from './figures.js'
import { matchesValue } from './matches.js'
import { compareInTerm, directionOf, termOf, type Term } from './ordering.js'
import {
  related,
  relationOf,
  type Json,
  type ReferenceWorld,
  type Relation,
  type SeenRecord,
} from './reference-world.js'
import { compareText, equalValues, shown, startOfBucket, type Bucket } from './values.js'

/** What records are grouped by: one of these for each `by`. */
type Key =
  | { readonly name: string; readonly kind: 'dataset' }
  | { readonly name: string; readonly kind: 'relation'; readonly relation: Relation }
  | { readonly name: string; readonly kind: 'field'; readonly field: Field; readonly bucket: Bucket | undefined }

/** A key's value in one group: a dataset's id, a value, or the related record, null when there is none. */
type Part = { readonly value: Json } | { readonly record: SeenRecord | null }

interface Group {
  readonly parts: readonly Part[]
  readonly records: readonly SeenRecord[]
}

export interface ShownGroup {
  readonly key: Readonly<Record<string, unknown>>
  readonly figures: ReturnType<typeof figuresOf>
}

export interface GroupViews {
  dataset(datasetId: number): unknown
  record(record: SeenRecord, relation: Relation): unknown
}

export function groupsOf(
  world: ReferenceWorld,
  type: RecordType,
  records: readonly SeenRecord[],
  args: Readonly<Record<string, unknown>>,
  views: GroupViews,
): ShownGroup[] {
  const keys = elements(args['by']).map((by) => keyOf(world, type, by))
  const partsOf = (record: SeenRecord): Part[] => keys.map((key) => partOf(world, key, record))
  const all = distinct(records.map(partsOf), (a, b) => a.every((part, index) => isSame(keys[index]!, part, b[index]!)))
  const groups = all.map((parts): Group => ({
    parts,
    records: records.filter((record) => partsOf(record).every((part, i) => isSame(keys[i]!, part, parts[i]!))),
  }))
  const terms = elements(args['orderBy']).map((term) => groupTerm(world, type, keys, term))
  return groups
    .filter((group) => passes(type, group, args['having']))
    .sort((a, b) => {
      for (const term of terms) {
        const order = compareInTerm(term, term.ofGroup(a), term.ofGroup(b))
        if (order !== 0) return order
      }
      return compareKeys(keys, a, b)
    })
    .slice(0, optionalNumber(args['first']) ?? 100)
    .map((group) => ({ key: shownKey(type, keys, group, views), figures: figuresOf(type, group.records) }))
}

function keyOf(world: ReferenceWorld, type: RecordType, by: unknown): Key {
  const given = new Map(operands(by))
  if (given.get('field') === 'DATASET') return { name: 'dataset', kind: 'dataset' }
  const field = type.fields.find((each) => upperSnake(each.name) === given.get('field'))
  if (field === undefined) throw new Error('There is no such field to group by.')
  const relation = relationOf(world, type, field.name)
  if (relation !== undefined) return { name: field.name, kind: 'relation', relation }
  const bucket = given.get('bucket')
  const isBucket = bucket === 'YEAR' || bucket === 'QUARTER' || bucket === 'MONTH' || bucket === 'DAY'
  return { name: field.name, kind: 'field', field, bucket: isBucket ? bucket : undefined }
}

function partOf(world: ReferenceWorld, key: Key, record: SeenRecord): Part {
  switch (key.kind) {
    case 'dataset':
      return { value: record.state.datasetId }
    case 'relation':
      return { record: related(world, record, key.relation)[0] ?? null }
    case 'field': {
      const value = record.state.values[key.name] ?? null
      const { bucket, field } = key
      return { value: bucket === undefined || value === null ? value : startOfBucket(field.kind, value, bucket) }
    }
  }
}

function isSame(key: Key, a: Part, b: Part): boolean {
  if ('record' in a || 'record' in b) return 'record' in a && 'record' in b && a.record?.state === b.record?.state
  if (a.value === null || b.value === null) return a.value === b.value
  return equalValues(key.kind === 'field' ? key.field.kind : 'integer', a.value, b.value)
}

function passes(type: RecordType, { records }: Group, having: unknown): boolean {
  return operands(having).every(([name, filter]) => {
    if (name === 'count') return matchesValue('integer', records.length, filter)
    return operands(filter).every(([fieldName, test]) => {
      const field = numberField(type, fieldName)
      if (name === 'avg') return matchesValue('float', averageOf(field, numbersOf(records, field)), test)
      return matchesValue(field.kind === 'float' ? 'float' : 'decimal', sumOf(field, numbersOf(records, field)), test)
    })
  })
}

function numberField(type: RecordType, name: string): Field {
  const field = type.fields.find((each) => each.name === name)
  if (field === undefined) throw new Error(`${type.code} has no field ${name}.`)
  return field
}

function numbersOf(records: readonly SeenRecord[], field: Field): Json[] {
  return records.map(({ state }) => state.values[field.name] ?? null).filter((value) => value !== null)
}

interface GroupTerm extends Omit<Term, 'valueOf'> {
  ofGroup(group: Group): Json
}

function groupTerm(world: ReferenceWorld, type: RecordType, keys: readonly Key[], term: unknown): GroupTerm {
  const [name, given] = only(term)
  if (name === 'count')
    return { kind: 'integer', ...directionOf(text(given)), ofGroup: (group) => group.records.length }
  const [fieldName, below] = only(given)
  if (name === 'sum') {
    const field = numberField(type, fieldName)
    return {
      kind: field.kind === 'float' ? 'float' : 'decimal',
      ...directionOf(text(below)),
      ofGroup: (group) => sumOf(field, numbersOf(group.records, field)),
    }
  }
  const index = keys.findIndex((key) => key.name === fieldName)
  const key = keys[index]
  if (key?.kind === 'relation') {
    const ofRecord = termOf(world, key.relation.target, below, () => null)
    return {
      ...ofRecord,
      ofGroup({ parts }) {
        const part = parts[index]
        return ofRecord.valueOf(part !== undefined && 'record' in part ? (part.record ?? undefined) : undefined)
      },
    }
  }
  if (key?.kind !== 'field') throw new Error(`Groups are not by ${fieldName}.`)
  return {
    kind: key.field.kind,
    ...directionOf(text(below)),
    ofGroup({ parts }) {
      const part = parts[index]
      return part !== undefined && 'value' in part ? part.value : null
    },
  }
}

/** What other terms leave open is decided by the keys, each going up, with nulls last. */
function compareKeys(keys: readonly Key[], a: Group, b: Group): number {
  for (const [index, key] of keys.entries()) {
    const [x, y] = [a.parts[index]!, b.parts[index]!]
    const order =
      'record' in x || 'record' in y
        ? compareRecords('record' in x ? x.record : null, 'record' in y ? y.record : null)
        : compareInTerm(
            { kind: key.kind === 'field' ? key.field.kind : 'integer', descending: false, nullsFirst: false },
            x.value,
            y.value,
          )
    if (order !== 0) return order
  }
  return 0
}

function compareRecords(a: SeenRecord | null, b: SeenRecord | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
  return a.state.datasetId - b.state.datasetId || compareText(a.state.key, b.state.key)
}

/** A field that the groups are not by is null. */
function shownKey(
  type: RecordType,
  keys: readonly Key[],
  group: Group,
  views: GroupViews,
): Readonly<Record<string, unknown>> {
  const values: Record<string, unknown> = Object.fromEntries(type.fields.map((field) => [field.name, null]))
  keys.forEach((key, index) => {
    const part = group.parts[index]!
    if (key.kind === 'relation') {
      const record = 'record' in part ? part.record : null
      values[key.name] = record === null ? null : views.record(record, key.relation)
      return
    }
    const value = 'value' in part ? part.value : null
    values[key.name] = key.kind === 'dataset' ? views.dataset(Number(value)) : shown(key.field, value)
  })
  return values
}
