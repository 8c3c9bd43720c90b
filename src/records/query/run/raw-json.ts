/** JSON text that Postgres built, on its way to the client: a value of a result that is never parsed. */
export class RawJson {
  constructor(readonly text: string) {}
}

/** A result as JSON text, with raw values spliced in. */
export function stringifyResult(value: unknown): string {
  if (value instanceof RawJson) return value.text
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(stringifyResult).join(',')}]`
  if ('toJSON' in value) return JSON.stringify(value)
  const parts: string[] = []
  for (const [key, each] of Object.entries(value)) {
    if (each !== undefined && typeof each !== 'function') parts.push(`${JSON.stringify(key)}:${stringifyResult(each)}`)
  }
  return `{${parts.join(',')}}`
}
