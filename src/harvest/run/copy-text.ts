const special = /[\\\t\n\r]/
const eachSpecial = /[\\\t\n\r]/g
const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

/** Values in COPY's text format, one row without its line end; null is `\N`. No two rows have the same text. */
export function copyText(values: readonly (string | null)[]): string {
  let line = ''
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? null
    if (index > 0) line += '\t'
    line += value === null ? '\\N' : special.test(value) ? value.replace(eachSpecial, escapeOf) : value
  }
  return line
}

function escapeOf(character: string): string {
  return escapes[character] ?? character
}
