import jmespath from 'jmespath'
import { SourceNumber, type SourceObject, type SourceValue } from '../../../connectors/drivers/driver.js'
import { SourceFault } from '../../errors/source-fault.js'
import { emptyObject, isSourceList, isSourceObject } from '../outbound/source-json.js'

const dotted = /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/

/** A JMESPath expression over a row. Throws MAPPING for one that cannot be read, and when a row does not fit it. */
export function compilePath(expression: string): (row: SourceObject) => SourceValue {
  if (dotted.test(expression)) {
    const names = expression.split('.')
    return (row) => walk(row, names)
  }
  refuseMalformed(expression)
  return (row) => {
    try {
      const found: unknown = jmespath.search(plainRow(row), expression)
      return sourceValueOf(found)
    } catch (error) {
      throw new SourceFault('MAPPING', { detail: `the expression "${expression}" does not fit the row` }, error)
    }
  }
}

function walk(row: SourceObject, names: readonly string[]): SourceValue {
  let place: SourceValue = row
  for (const name of names) {
    if (!isSourceObject(place)) return null
    place = Object.hasOwn(place, name) ? (place[name] ?? null) : null
  }
  return place
}

/** Only what the parser says counts: that a function has no argument here says nothing about a row. */
function refuseMalformed(expression: string): void {
  try {
    jmespath.search(null, expression)
  } catch (error) {
    const name = error instanceof Error ? error.name : ''
    if (name !== 'ParserError' && name !== 'LexerError') return
    throw new SourceFault('MAPPING', { detail: `"${expression}" is not a JMESPath expression` }, error)
  }
}

const plainRows = new WeakMap<SourceObject, unknown>()

/** One copy a row, however many fields are read from it. */
function plainRow(row: SourceObject): unknown {
  const known = plainRows.get(row)
  if (known !== undefined) return known
  const copy = plainCopy(row)
  plainRows.set(row, copy)
  return copy
}

/** The library calls methods of Object on what it walks, so it gets ordinary objects; names of Object's own stay data. */
function plainCopy(value: SourceValue): unknown {
  if (value instanceof SourceNumber) return exactNumber(value)
  if (isSourceList(value)) return value.map(plainCopy)
  if (!isSourceObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plainCopy(inner)]))
}

/** A number that can be compared, when a double holds every digit of it; otherwise as it is. */
function exactNumber(value: SourceNumber): number | SourceNumber {
  const digits = value.text
    .replace(/e.*$/i, '')
    .replace(/[^0-9]/g, '')
    .replace(/^0+/, '')
  const number = Number(value.text)
  return digits.length <= 15 && Number.isFinite(number) && Math.abs(number) < 1e15 ? number : value
}

function sourceValueOf(value: unknown): SourceValue {
  if (typeof value === 'string' || typeof value === 'boolean' || value instanceof SourceNumber) return value
  // Counts (`length`) and sums of the library itself.
  if (typeof value === 'number') return new SourceNumber(String(value))
  if (Array.isArray(value)) return value.map(sourceValueOf)
  if (typeof value !== 'object' || value === null) return null
  const copy = emptyObject()
  for (const [name, inner] of Object.entries(value)) copy[name] = sourceValueOf(inner)
  return copy
}
