import type { Parameter } from '../../sql/emission.js'

/** A parameter in the text form in which Postgres reads it as its type; null is NULL. */
export function parameterText(value: Parameter): string | null {
  if (value === null || typeof value === 'string') return value
  return typeof value === 'object' ? `{${value.map(element).join(',')}}` : String(value)
}

function element(value: string | number | null): string {
  if (value === null) return 'NULL'
  return typeof value === 'number' ? String(value) : `"${value.replace(/["\\]/g, '\\$&')}"`
}
