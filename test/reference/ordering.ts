import type { RecordType, ValueKind } from '../../src/records/schema/record-type.js'
import { elements, only, text } from './arguments.js'
import { related, relationOf, updatedAt, type Json, type ReferenceWorld, type SeenRecord } from './reference-world.js'
import { compareText, compareValues } from './values.js'

export interface Term {
  readonly kind: ValueKind | 'key'
  readonly descending: boolean
  readonly nullsFirst: boolean
  valueOf(record: SeenRecord | undefined): Json
}

/** The terms of `orderBy`; `distance` is in metres, when there is a `near`. */
export function termsOf(
  world: ReferenceWorld,
  type: RecordType,
  orderBy: unknown,
  distance: (record: SeenRecord) => number | null,
): Term[] {
  return elements(orderBy).map((each) => termOf(world, type, each, distance))
}

export function termOf(
  world: ReferenceWorld,
  type: RecordType,
  term: unknown,
  distance: (record: SeenRecord) => number | null,
): Term {
  const [name, given] = only(term)
  const relation = relationOf(world, type, name)
  if (relation !== undefined) {
    const below = termOf(world, relation.target, given, distance)
    return {
      ...below,
      valueOf: (record) => below.valueOf(record === undefined ? undefined : related(world, record, relation)[0]),
    }
  }
  const direction = directionOf(text(given))
  switch (name) {
    case 'key':
      return { kind: 'key', ...direction, valueOf: (record) => record?.state.key ?? null }
    case 'updatedAt':
      return {
        kind: 'dateTime',
        ...direction,
        valueOf: (record) => (record === undefined ? null : updatedAt(world, record)),
      }
    case 'distance':
      return {
        kind: 'float',
        ...direction,
        valueOf: (record) => (record === undefined ? null : distance(record)),
      }
  }
  const field = type.fields.find((each) => each.name === name)
  if (field === undefined) throw new Error(`${type.code} has no field ${name}.`)
  return { kind: field.kind, ...direction, valueOf: (record) => record?.state.values[name] ?? null }
}

export function directionOf(direction: string): { descending: boolean; nullsFirst: boolean } {
  return { descending: direction.startsWith('DESC'), nullsFirst: direction.endsWith('NULLS_FIRST') }
}

export function compareInTerm(term: Omit<Term, 'valueOf'>, a: Json, b: Json): number {
  if (a === null || b === null) {
    if (a === b) return 0
    return (a === null) === term.nullsFirst ? -1 : 1
  }
  const order = compareValues(term.kind, a, b)
  return term.descending ? -order : order
}

/** Where a record stands in an order: the values of the terms, then dataset and key, which no two records share. */
export interface Position {
  readonly values: readonly Json[]
  readonly datasetId: number
  readonly key: string
}

export function positionOf(terms: readonly Term[], record: SeenRecord): Position {
  const { datasetId, key } = record.state
  return { values: terms.map((term) => term.valueOf(record)), datasetId, key }
}

/** Dataset and key go the way of the first term. */
export function comparePositions(terms: readonly Term[], a: Position, b: Position): number {
  for (const [index, term] of terms.entries()) {
    const order = compareInTerm(term, a.values[index] ?? null, b.values[index] ?? null)
    if (order !== 0) return order
  }
  const tie = a.datasetId - b.datasetId || compareText(a.key, b.key)
  return terms[0]?.descending === true ? -tie : tie
}
