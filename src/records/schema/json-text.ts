import { SourceNumber, type SourceValue } from '../../../connectors/drivers/driver.js'
import { isPlainText } from './plain-text.js'

/** Deep enough for any geometry, and shallow enough for every reader. */
export const deepestJson = 100

/**
 * A value as JSON text that `jsonb` takes, numbers as they were written. Text that is itself a JSON object or array (a cell
 * of a CSV file) is taken for that. Undefined when it cannot be stored: nested too deep, or with characters that jsonb refuses.
 */
export function jsonText(value: SourceValue): string | undefined {
  if (typeof value === 'string' && /^\s*[[{]/.test(value)) {
    const parsed = parsedJson(value)
    if (parsed !== undefined) {
      return isStorable(parsed.value, 0) && !hasHugeNumber(value) ? value.trim().normalize('NFC') : undefined
    }
  }
  return written(value, 0)
}

function parsedJson(text: string): { readonly value: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return { value }
  } catch {
    // Not JSON, so a text that happens to begin with a bracket.
    return undefined
  }
}

function isStorable(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return isPlainText(value)
  if (typeof value !== 'object' || value === null) return true
  if (depth >= deepestJson) return false
  return Object.entries(value).every(([name, inner]) => isPlainText(name) && isStorable(inner, depth + 1))
}

/** Beyond what Postgres reads as a number, outside of strings. */
function hasHugeNumber(json: string): boolean {
  return /[eE][+-]?\d{4}|\d{1000}/.test(json.replace(/"(?:[^"\\]|\\.)*"/g, '""'))
}

function written(value: SourceValue, depth: number): string | undefined {
  if (value === null) return 'null'
  if (value instanceof SourceNumber) return numberLiteral(value.text)
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return isPlainText(value) ? JSON.stringify(value.normalize('NFC')) : undefined
  if (depth >= deepestJson) return undefined
  if (isList(value))
    return joined(
      '[',
      ']',
      value.map((item) => written(item, depth + 1)),
    )
  const members = Object.entries(value).map(([name, inner]) => {
    const text = written(inner, depth + 1)
    return text === undefined || !isPlainText(name) ? undefined : `${JSON.stringify(name)}:${text}`
  })
  return joined('{', '}', members)
}

function joined(open: string, close: string, parts: readonly (string | undefined)[]): string | undefined {
  return parts.includes(undefined) ? undefined : open + parts.join(',') + close
}

/** A number's text is a source's own; only what JSON calls a number of a size that Postgres holds is let through. */
function numberLiteral(text: string): string | undefined {
  return /^-?(?:0|[1-9]\d{0,999})(?:\.\d{1,999})?(?:[eE][+-]?\d{1,3})?$/.test(text) ? text : undefined
}

export function isList(value: SourceValue): value is readonly SourceValue[] {
  return Array.isArray(value)
}
