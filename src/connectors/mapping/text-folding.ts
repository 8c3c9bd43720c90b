import { composed } from '../../records/schema/plain-text.js'

/** For comparing texts without regard to case, diacritics and runs of spaces; đ counts as d, as `gateway.fold` does in SQL. */
export function folded(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim()
}

/** What two texts of a list of codes have in common that stand for the same code. */
export function formOfCode(text: string, fold: boolean): string {
  return fold ? folded(text) : tidied(text)
}

/** NFC, without spaces at the ends: what two systems call the same must be the same text. */
export function tidied(text: string): string {
  return composed(text).trim()
}
