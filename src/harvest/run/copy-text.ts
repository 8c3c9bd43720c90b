const special = /[\\\t\n\r]/g
const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

/** One line of COPY's text format; null is `\N`. */
export function copyLine(values: readonly (string | null)[]): string {
  let line = ''
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? null
    if (index > 0) line += '\t'
    line += value === null ? '\\N' : special.test(value) ? value.replace(special, escapeOf) : value
    special.lastIndex = 0
  }
  return `${line}\n`
}

function escapeOf(character: string): string {
  return escapes[character] ?? character
}
