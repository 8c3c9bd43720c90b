/** Arguments as graphql-js coerced them by the schema. An absent or null operand is left out. */

export function operands(value: unknown): [string, unknown][] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).filter(([, operand]) => operand !== null && operand !== undefined)
}

export function elements(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === null || value === undefined ? [] : [value]
}

/** The one operand of a `@oneOf` input. */
export function only(value: unknown): [string, unknown] {
  const [first] = operands(value)
  if (first === undefined) throw new Error('Nothing is named.')
  return first
}

export function text(value: unknown): string {
  if (typeof value !== 'string') throw new Error('A string is needed.')
  return value
}

export function optionalNumber(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined
}
