import { SourceFault } from '../../errors/source-fault.js'
import type { Field } from '../../records/schema/record-type.js'

export type PersonalKind = 'CCCD' | 'PHONE' | 'EMAIL'

const block = 100
const hitsOfBlock = 20
/** In fewer rows than a block: one cell proves nothing, and a share alone would let one of two rows fail a run. */
const fewestHits = 3

const provincesBefore2025 = new Set(
  (
    '001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036 037 038 040 042 044 045 046 ' +
    '048 049 051 052 054 056 058 060 062 064 066 067 068 070 072 074 075 077 079 080 082 083 084 086 087 089 091 092 093 094 095 096'
  ).split(' '),
)
const twelveDigits = /(?<![\d.,])\d(?:[ .-]?\d){11}(?![\d.,]*\d)/g
const phone = /(?<![\d.,])(?:\+?84|0)[ .-]?(?:3[2-9]|5[25689]|7[06-9]|8[1-9]|9\d)(?:[ .-]?\d){7}(?!\d)/
const email = /[\p{L}\d._%+-]+@[\p{L}\d-]+(?:\.[\p{L}\d-]+)+/u

/** What the text seems to tell of a person; undefined: nothing. */
export function looksPersonal(text: string): PersonalKind | undefined {
  if (text.includes('@') && email.test(text)) return 'EMAIL'
  if (!hasDigitsEnough(text)) return undefined
  const ascii = text.normalize('NFKC')
  for (const [match] of ascii.matchAll(twelveDigits)) if (isCitizenNumber(match)) return 'CCCD'
  return phone.test(ascii) ? 'PHONE' : undefined
}

/** A number of a person has nine digits at least; most texts have fewer, and are not looked at any closer. */
function hasDigitsEnough(text: string): boolean {
  if (text.length < 9) return false
  let digits = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    // Full-width, raised and circled digits become plain ones when the text is folded; they stand beyond the letters.
    if ((code >= 0x30 && code <= 0x39) || code >= 0x2000 || (code >= 0xb2 && code <= 0xbe)) digits++
  }
  return digits >= 9
}

/** Province, then century and sex, then year of birth, then six digits; there is no check digit. */
function isCitizenNumber(text: string): boolean {
  const digits = text.replace(/\D/g, '')
  return provincesBefore2025.has(digits.slice(0, 3)) && /^[0-3]$/.test(digits.charAt(3))
}

interface Column {
  readonly field: Field
  readonly index: number
  hits: number
  kind: PersonalKind | undefined
}

/**
 * Watches the columns of one resource while its rows go by. A column is judged, never a cell: 20 hits in 100 rows. In a
 * column that its schema declares an office's contact only the numbers of persons count.
 */
export class PersonalDataScreen {
  readonly #columns: Column[]
  #inBlock = 0
  #blocks = 0

  constructor(fields: readonly Field[]) {
    this.#columns = fields.flatMap((field, index) =>
      isWatched(field) ? [{ field, index, hits: 0, kind: undefined }] : [],
    )
  }

  /** `columns`: the row's column texts in the order of the fields. Throws a SourceFault PERSONAL_DATA. */
  row(columns: readonly (string | null)[]): void {
    for (const column of this.#columns) {
      const text = columns[column.index] ?? null
      if (text === null) continue
      const kind = looksPersonal(text)
      if (kind === undefined || isPublic(column.field, kind)) continue
      column.hits++
      column.kind = kind
      if (column.hits >= hitsOfBlock) refuse(column.field, kind)
    }
    if (++this.#inBlock === block) this.#nextBlock()
  }

  /** After the last row. */
  end(): void {
    if (this.#blocks > 0) return
    for (const { field, hits, kind } of this.#columns) {
      if (kind !== undefined && hits >= fewestHits && hits / this.#inBlock >= hitsOfBlock / block) refuse(field, kind)
    }
  }

  #nextBlock(): void {
    this.#blocks++
    this.#inBlock = 0
    for (const column of this.#columns) column.hits = 0
  }
}

function isWatched(field: Field): boolean {
  // A reference is a key of another record, which was screened where it is published.
  return field.reference === undefined && (field.kind === 'text' || field.kind === 'url' || field.kind === 'bigInteger')
}

function isPublic(field: Field, kind: PersonalKind): boolean {
  return field.sensitivity === 'officialContact' && kind !== 'CCCD'
}

const kindNames: Readonly<Record<PersonalKind, string>> = {
  CCCD: 'CCCD',
  PHONE: 'số điện thoại / phone number',
  EMAIL: 'e-mail',
}

function refuse(field: Field, kind: PersonalKind): never {
  throw new SourceFault('PERSONAL_DATA', { field: field.name, kind: kindNames[kind] })
}
