import jmespath from 'jmespath'
import { SourceFault } from '../../../src/errors/source-fault.js'
import { worded } from '../../../src/errors/wording.js'
import { SourceNumber, type SourceValue } from '../driver.js'
import { isSourceList, isSourceObject } from '../source-values.js'

const dotted = /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/

/** What a JMESPath expression finds in an answer; undefined when there is nothing (or null). */
export function find(expression: string, document: SourceValue): SourceValue | undefined {
  if (expression === '@') return document
  if (dotted.test(expression)) return walk(expression.split('.'), document)
  try {
    const found: unknown = jmespath.search(ordinary(document), expression)
    return isSourceValue(found) ? (found ?? undefined) : undefined
  } catch (error) {
    throw new SourceFault(
      'MAPPING',
      {
        detail: worded(
          `the expression ${expression} does not fit the answer`,
          `biểu thức ${expression} không hợp với trả lời`,
        ),
      },
      error,
    )
  }
}

/** Text or number as text; undefined for anything else and for an empty text. */
export function findText(expression: string, document: SourceValue): string | undefined {
  const found = find(expression, document)
  if (found instanceof SourceNumber) return found.text
  return typeof found === 'string' && found !== '' ? found : undefined
}

/** A count; undefined when there is none or it is not a whole number. */
export function findCount(expression: string, document: SourceValue): number | undefined {
  const text = findText(expression, document)
  const count = text === undefined ? Number.NaN : Number(text)
  return Number.isSafeInteger(count) && count >= 0 ? count : undefined
}

function walk(names: readonly string[], document: SourceValue): SourceValue | undefined {
  let place: SourceValue = document
  for (const name of names) {
    if (!isSourceObject(place) || !Object.hasOwn(place, name)) return undefined
    place = place[name] ?? null
  }
  return place ?? undefined
}

/** The library calls `hasOwnProperty` on the objects that it filters, which those of an answer do not have. */
function ordinary(value: SourceValue): unknown {
  if (isSourceList(value)) return value.map(ordinary)
  if (!isSourceObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, ordinary(inner)]))
}

function isSourceValue(value: unknown): value is SourceValue {
  if (value === null || value instanceof SourceNumber) return true
  if (Array.isArray(value)) return value.every(isSourceValue)
  if (typeof value === 'object') return Object.values(value).every(isSourceValue)
  return typeof value === 'string' || typeof value === 'boolean'
}
