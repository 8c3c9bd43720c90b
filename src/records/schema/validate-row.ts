import type { SourceValue } from '../../../connectors/drivers/driver.js'
import { arrayText, isEmpty, itemsOf, readerOf, shownValue, type ReadValue } from './column-text.js'
import { recordKey } from './record-key.js'
import type { Field, RecordType } from './record-type.js'
import { Misfit, type ValidationProblem } from './validation-problem.js'
import { checksOf, longestKey, type CheckValue } from './value-constraints.js'

export type ValidatedRow =
  | {
      readonly ok: true
      readonly key: string
      /** One a field, in the type's order, as Postgres reads the column's type from text. */
      readonly columns: readonly (string | null)[]
    }
  | { readonly ok: false; readonly problems: readonly ValidationProblem[] }

export type RowValidator = (values: Readonly<Record<string, SourceValue | undefined>>) => ValidatedRow

export interface ValidationOptions {
  /** IANA name of the zone that dates and times without an offset are in; without it they are refused. */
  readonly zone?: string
}

/** Makes the function that types the values of a mapped row, by field name, or says everything that is wrong with it. */
export function createRowValidator(type: RecordType, options: ValidationOptions = {}): RowValidator {
  const columns = type.fields.map((field) => columnReader(field, options.zone))
  const keyPositions = type.primaryKey.map((name) => type.fields.findIndex((field) => field.name === name))
  return (values) => {
    const problems: ValidationProblem[] = []
    const texts = columns.map(({ field, read }) => {
      const value = Object.hasOwn(values, field.name) ? values[field.name] : undefined
      const text = read(value)
      if (!(text instanceof Misfit)) return text
      problems.push({ field: field.name, value: shownValue(value), reason: text.sentence })
      return null
    })
    if (problems.length > 0) return { ok: false, problems }
    const key = recordKey(keyPositions.map((position) => texts[position] ?? ''))
    if (Buffer.byteLength(key) > longestKey) {
      const reason = new Misfit('tooManyBytes', { bound: longestKey }).sentence
      return { ok: false, problems: [{ field: type.primaryKey.join(', '), value: shownValue(key), reason }] }
    }
    return { ok: true, key, columns: texts }
  }
}

interface ColumnReader {
  readonly field: Field
  readonly read: (value: SourceValue | undefined) => string | null | Misfit
}

function columnReader(field: Field, zone: string | undefined): ColumnReader {
  const readOne = readerOf(field, zone)
  const checks = checksOf(field)
  return {
    field,
    read(value) {
      if (isEmpty(value)) return field.required ? new Misfit('missing') : null
      return field.list ? readList(field, value, readOne, checks) : checked(readOne(value), checks)
    },
  }
}

function checked(text: string | Misfit, checks: readonly CheckValue[]): string | Misfit {
  if (text instanceof Misfit) return text
  for (const check of checks) {
    const misfit = check(text)
    if (misfit !== undefined) return misfit
  }
  return text
}

/** Empty items are left out: what is written `a,,b` has two. */
function readList(field: Field, value: SourceValue, read: ReadValue, checks: readonly CheckValue[]): string | Misfit {
  const texts: string[] = []
  for (const item of itemsOf(value)) {
    if (isEmpty(item)) continue
    const text = checked(read(item), checks)
    if (text instanceof Misfit) return text
    texts.push(text)
  }
  if (field.required && texts.length === 0) return new Misfit('missing')
  return arrayText(texts)
}
