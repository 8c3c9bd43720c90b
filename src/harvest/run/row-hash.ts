import { hash } from 'node:crypto'
import { copyText } from './copy-text.js'

/** What tells a changed row from an unchanged one: md5 over the column texts; it guards against nothing but chance. */
export function rowHash(columns: readonly (string | null)[]): string {
  return textHash(copyText(columns))
}

/** The same, of columns that are COPY's text already, in which no two rows are the same. */
export function textHash(copied: string): string {
  return hash('md5', copied)
}
