import jmespath from 'jmespath'
import { SourceNumber, type SourceObject, type SourceValue } from '../../../connectors/drivers/driver.js'
import { SourceFault } from '../../errors/source-fault.js'
import { asWritten, worded } from '../../errors/wording.js'
import { emptyObject, isSourceList, isSourceObject } from '../outbound/source-json.js'

/** Of one field of a row. */
const mostValues = 100_000

const dotted = /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/

/** A JMESPath expression of a manifest, and so one that can be read, over a row. It throws MAPPING when a row does not fit it. */
export function compilePath(expression: string): (row: SourceObject) => SourceValue {
  if (dotted.test(expression)) {
    const names = expression.split('.')
    return (row) => walk(row, names)
  }
  return (row) => {
    try {
      const found: unknown = jmespath.search(plainRow(row), expression)
      return new FieldValue().of(found)
    } catch (error) {
      if (error instanceof SourceFault) throw error
      // Of the library: which function was given what type of value, never the value.
      const reason =
        error instanceof Error
          ? asWritten(error.message.replace(/\.$/, ''))
          : worded('it does not fit', 'không phù hợp')
      throw new SourceFault('MAPPING', { detail: reason }, error)
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

/** A copy without what the library may share between its parts. */
class FieldValue {
  #values = 0

  of(found: unknown): SourceValue {
    if (++this.#values > mostValues) {
      throw new SourceFault('MAPPING', {
        detail: worded(`a field holds more than ${mostValues} values`, `một trường có hơn ${mostValues} giá trị`),
      })
    }
    if (typeof found === 'string' || typeof found === 'boolean' || found instanceof SourceNumber) return found
    // Counts (`length`) and sums of the library itself.
    if (typeof found === 'number') return new SourceNumber(String(found))
    if (Array.isArray(found)) return found.map((inner) => this.of(inner))
    if (typeof found !== 'object' || found === null) return null
    const copy = emptyObject()
    for (const [name, inner] of Object.entries(found)) copy[name] = this.of(inner)
    return copy
  }
}
