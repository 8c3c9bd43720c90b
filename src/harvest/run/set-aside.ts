import { looksPersonal } from '../screen/personal-text.js'

/** A row that was not published, and why, as the agency's person reads it. */
export interface SetAsideRow {
  readonly resource: string
  readonly part: string | undefined
  /** Where the agency finds the row in its source. */
  readonly number: number
  readonly field: string | undefined
  readonly value: string | undefined
  readonly reasonVi: string
  readonly reasonEn: string
}

/** Rows that one run keeps for its report; the count goes on beyond it. */
export const keptSetAsideRows = 10_000
const longestValue = 200
/** What stands for a value that must not be told. */
export const hiddenValue = '•••'

/** The value as it may be kept: short, without what Postgres cannot store, and never a person's number or address. */
export function reportedValue(value: string | undefined): string | undefined {
  if (value === undefined) return undefined
  if (looksPersonal(value) !== undefined) return hiddenValue
  const text = value.replaceAll('\0', '�').toWellFormed()
  return text.length > longestValue ? `${text.slice(0, longestValue).toWellFormed()}…` : text
}
