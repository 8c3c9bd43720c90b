import { SourceNumber, type SourceValue } from '../../../connectors/drivers/driver.js'
import { unconvertible } from './problem-reason.js'

/** The text of a single value. Throws Unconvertible for lists and objects, which have none. */
export function textOf(value: SourceValue): string {
  if (isSingle(value)) return String(value)
  throw unconvertible('the value is not a single text', 'giá trị không phải là một văn bản')
}

/** The same for messages, whatever the value: at most 200 characters. */
export function shownText(value: SourceValue): string {
  if (value === null) return ''
  const text = isSingle(value)
    ? String(value)
    : JSON.stringify(value, (_name, inner: unknown) => (inner instanceof SourceNumber ? inner.text : inner))
  return text.length > 200 ? `${text.slice(0, 199)}…` : text
}

function isSingle(value: SourceValue): value is string | boolean | SourceNumber {
  return typeof value === 'string' || typeof value === 'boolean' || value instanceof SourceNumber
}
