import type { Field, RecordType, ValueKind } from './record-type.js'

/** Kinds that sum and average. */
export function isNumeric(kind: ValueKind): boolean {
  return kind === 'integer' || kind === 'bigInteger' || kind === 'decimal' || kind === 'float'
}

/** Kinds with an order that means something to a reader. */
export function isComparable(kind: ValueKind): boolean {
  return kind !== 'json'
}

/** A reference to at most one record. */
export function isToOne(field: Field): boolean {
  return field.reference?.cardinality === 'one'
}

/** May be a key of `groupBy`: few enough values to be worth counting, and an equality without surprises. */
export function isGroupable(field: Field): boolean {
  if (field.list) return false
  if (field.reference !== undefined) return true
  return ['code', 'boolean', 'text', 'date', 'dateTime', 'integer'].includes(field.kind)
}

export function fieldOf(type: RecordType, name: string): Field | undefined {
  return type.fields.find((field) => field.name === name)
}
