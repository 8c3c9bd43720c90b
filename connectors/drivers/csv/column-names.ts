/**
 * Names for the columns of a table as the file wrote them: in NFC, on one line, trimmed. No column is lost: a name that
 * comes again is numbered (`id`, `id (2)`), an empty one says where it stands (`column 4`).
 */
export function columnNames(cells: readonly string[]): string[] {
  const written = cells.map((cell) => cell.normalize('NFC').replace(/\s+/gu, ' ').trim())
  const taken = new Set(written)
  const given = new Set<string>()
  return written.map((name, index) => {
    const wanted = name === '' ? positionName(index) : name
    let unique = wanted
    for (let count = 2; given.has(unique) || (unique !== name && taken.has(unique)); count++) {
      unique = `${wanted} (${count})`
    }
    given.add(unique)
    return unique
  })
}

/** The name of a column without one; `index` counts from 0, the name from 1. */
export function positionName(index: number): string {
  return `column ${index + 1}`
}
