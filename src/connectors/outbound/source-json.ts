import { SourceNumber, type SourceObject, type SourceValue } from '../../../connectors/drivers/driver.js'
import { SourceFault } from '../../errors/source-fault.js'
import { asWritten, worded, type Wording } from '../../errors/wording.js'

const deepest = 100

/**
 * JSON with numbers as they are written and objects without a prototype, whatever their names. Throws NOT_DATA when it is not
 * JSON (cut off, an HTML page) or is nested too deep, and TOO_LARGE when it holds more values than it may: a few characters of
 * text each, which cost far more in memory and time.
 */
export function parseSourceJson(text: string, mostValues = Infinity): SourceValue {
  const { depth, values } = extentOf(text)
  if (depth > deepest) {
    throw notJson(worded(`nested more than ${deepest} deep`, `lồng nhau quá ${deepest} tầng`))
  }
  if (values > mostValues)
    throw new SourceFault('TOO_LARGE', { limit: worded(`${mostValues} values`, `${mostValues} giá trị`) })
  try {
    const parsed: unknown = JSON.parse(text, revive)
    if (isSourceValue(parsed)) return parsed
    throw notJson(worded('it holds something else', 'có nội dung khác'))
  } catch (error) {
    if (error instanceof SourceFault) throw error
    throw notJson(describeStart(text), error)
  }
}

function revive(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value === 'number') return new SourceNumber(context?.source ?? String(value))
  if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof SourceNumber) return value
  return Object.assign(emptyObject(), value)
}

/** A null-prototype object: a name such as `__proto__` is a name like any other. */
export function emptyObject<Value = SourceValue>(): Record<string, Value> {
  const empty: Record<string, Value> = Object.create(null) as Record<string, Value>
  return empty
}

/** A shallow copy that can be written to. */
export function copyObject(values: SourceObject): Record<string, SourceValue> {
  const copy = emptyObject()
  for (const [name, value] of Object.entries(values)) copy[name] = value
  return copy
}

/** Values made by `revive` are of no other kind: checked at the top, as the rest was built from the same pieces. */
function isSourceValue(value: unknown): value is SourceValue {
  return value !== undefined && typeof value !== 'function'
}

export function isSourceObject(value: SourceValue | undefined): value is SourceObject {
  return typeof value === 'object' && value !== null && !isSourceList(value) && !(value instanceof SourceNumber)
}

export function isSourceList(value: SourceValue | undefined): value is readonly SourceValue[] {
  return Array.isArray(value)
}

/** How deep a text of JSON is nested, and how many values it has at most, without reading it. */
function extentOf(text: string): { depth: number; values: number } {
  let depth = 0
  let greatest = 0
  let values = 1
  let inString = false
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    if (inString) {
      if (unit === 0x5c) at += 1
      else if (unit === 0x22) inString = false
    } else if (unit === 0x22) inString = true
    else if (unit === 0x2c) values += 1
    else if (unit === 0x5b || unit === 0x7b) {
      values += 1
      greatest = Math.max(greatest, (depth += 1))
    } else if (unit === 0x5d || unit === 0x7d) depth -= 1
  }
  return { depth: greatest, values }
}

function describeStart(text: string): Wording {
  if (text.trim() === '') return worded('it is empty', 'không có nội dung')
  return /^\s*</.test(text)
    ? worded('it looks like a web page', 'có vẻ là trang web')
    : worded('it is malformed or cut off', 'sai cú pháp hoặc bị cắt')
}

function notJson(detail: Wording, cause?: unknown): SourceFault {
  return new SourceFault('NOT_DATA', { expected: asWritten('JSON'), detail }, cause)
}
