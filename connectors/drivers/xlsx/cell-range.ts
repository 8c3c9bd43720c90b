const letterA = 64
export const mostColumns = 16_384
export const mostRows = 1_048_576

/** A place in a sheet; column and row count from 1. */
export interface CellPlace {
  readonly column: number
  readonly row: number
}

export interface CellRange {
  readonly from: CellPlace
  readonly to: CellPlace
}

/** `AB12`; undefined when it is no place in a sheet. */
export function parsePlace(reference: string): CellPlace | undefined {
  const match = /^\$?([A-Z]{1,3})\$?([1-9]\d{0,6})$/u.exec(reference)
  if (match?.[1] === undefined) return undefined
  const column = columnOf(match[1])
  const row = Number(match[2])
  return column <= mostColumns && row <= mostRows ? { column, row } : undefined
}

/** `A1:C2`, or a single place. */
export function parseRange(reference: string): CellRange | undefined {
  const [first, second] = reference.split(':').map(parsePlace)
  if (first === undefined) return undefined
  const to = second ?? first
  return to.column < first.column || to.row < first.row ? undefined : { from: first, to }
}

function columnOf(letters: string): number {
  let column = 0
  for (const letter of letters) column = column * 26 + (letter.charCodeAt(0) - letterA)
  return column
}
