import { isComparable, isNumeric, isToOne } from '../../src/records/schema/field-kind.js'
import type { Field, RecordType } from '../../src/records/schema/record-type.js'
import type { Json, SeenRecord } from './reference-world.js'
import { compareValues, equalValues, exact, exactText, shown, sumExact } from './values.js'

/** `aggregate`, and the figures of a group. */
export function figuresOf(type: RecordType, records: readonly SeenRecord[]) {
  const perField = (fields: readonly Field[], figure: (field: Field, values: readonly Json[]) => Json) =>
    Object.fromEntries(fields.map((field) => [field.name, figure(field, valuesOf(records, field))]))
  const plain = type.fields.filter((field) => !field.list && field.reference === undefined && isComparable(field.kind))
  const numbers = plain.filter((field) => isNumeric(field.kind))
  return {
    count: records.length,
    sum: perField(numbers, sumOf),
    avg: perField(numbers, averageOf),
    min: perField(plain, (field, values) => extremeOf(field, values, -1)),
    max: perField(plain, (field, values) => extremeOf(field, values, 1)),
    countDistinct: {
      ...perField(plain, ({ kind }, values) => distinct(values, (a, b) => equalValues(kind, a, b)).length),
      // The keys that are referred to; in `same` the dataset is part of which record is meant.
      ...Object.fromEntries(
        type.fields.filter(isToOne).map((field) => {
          const referred = records.flatMap(({ state }) => {
            const key = state.values[field.name] ?? null
            return key === null ? [] : [{ key, datasetId: field.reference?.dataset === 'same' ? state.datasetId : 0 }]
          })
          return [field.name, distinct(referred, (a, b) => a.key === b.key && a.datasetId === b.datasetId).length]
        }),
      ),
    },
  }
}

function valuesOf(records: readonly SeenRecord[], field: Field): Json[] {
  return records.map(({ state }) => state.values[field.name] ?? null).filter((value) => value !== null)
}

/** As the API shows it: a string, which keeps all digits, unless the field is a float. */
export function sumOf(field: Field, values: readonly Json[]): Json {
  if (values.length === 0) return null
  if (field.kind === 'float') return values.reduce<number>((sum, value) => sum + Number(value), 0)
  return exactText(sumExact(values.map(exact)))
}

export function averageOf(field: Field, values: readonly Json[]): number | null {
  const sum = sumOf(field, values)
  return sum === null ? null : Number(sum) / values.length
}

function extremeOf(field: Field, values: readonly Json[], sign: number): Json {
  let found: Json = null
  for (const value of values) {
    if (found === null || compareValues(field.kind, value, found) * sign > 0) found = value
  }
  return shown(field, found)
}

export function distinct<T>(values: readonly T[], equal: (a: T, b: T) => boolean): T[] {
  const found: T[] = []
  for (const value of values) if (!found.some((other) => equal(other, value))) found.push(value)
  return found
}
