/** Names that need no looking at, which nearly all are. */
const plain = /^\w{1,63}$/

/**
 * The one place where an identifier becomes SQL text. Names come from parsed schemas, never from a request.
 * Postgres cuts identifiers at 63 bytes, which could make two names one: a longer name is a fault of the schema.
 */
export function quote(name: string): string {
  if (plain.test(name)) return `"${name}"`
  if (name.length === 0 || Buffer.byteLength(name) > 63 || name.includes('\0')) {
    throw new RangeError(`Not an SQL identifier of 1 to 63 bytes: ${JSON.stringify(name)}`)
  }
  return `"${name.replaceAll('"', '""')}"`
}

/** The table with the current rows of a record type. */
export function recordTable(typeCode: string): string {
  return `records.${quote(typeCode)}`
}

/** The table with the superseded rows of a record type, each with the version that ended it in `_to_version`. */
export function historyTable(typeCode: string): string {
  return `records.${quote(`${typeCode}~history`)}`
}
