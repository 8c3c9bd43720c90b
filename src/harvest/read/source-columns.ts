import { SourceNumber, type SourceRow, type SourceValue } from '../../../connectors/drivers/driver.js'

/** What a column holds, as far as a person who watches the source wants to know it. */
export type ColumnKind = 'empty' | 'text' | 'number' | 'date' | 'boolean' | 'list' | 'object'

/** Rows whose values are looked at; names are looked for in all. */
const sampledRows = 1_000
/** A source with names as data (one column a day) must not fill the memory. */
const mostColumns = 2_000
const number = /^[-+]?(?:0|[1-9]\d*)(?:[.,]\d+)*$/
const date = /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[T ].*)?$/

/** The columns of a source and what they hold, watched while its rows go by. */
export class SourceColumns {
  readonly #kinds = new Map<string, ColumnKind>()
  #rows = 0

  look({ values }: SourceRow): void {
    if (this.#rows < sampledRows) {
      this.#rows++
      for (const name in values) this.#see(name, kindOf(values[name] ?? null))
      return
    }
    for (const name in values) if (!this.#kinds.has(name)) this.#see(name, kindOf(values[name] ?? null))
  }

  kinds(): Readonly<Record<string, ColumnKind>> {
    return Object.fromEntries(this.#kinds)
  }

  #see(name: string, kind: ColumnKind): void {
    const known = this.#kinds.get(name)
    if (known === undefined && this.#kinds.size >= mostColumns) return
    this.#kinds.set(name, known === undefined ? kind : together(known, kind))
  }
}

/** A column that holds both holds text. */
function together(one: ColumnKind, other: ColumnKind): ColumnKind {
  if (one === other || other === 'empty') return one
  return one === 'empty' ? other : 'text'
}

function kindOf(value: SourceValue): ColumnKind {
  if (value === null || value === '') return 'empty'
  if (typeof value === 'boolean') return 'boolean'
  if (value instanceof SourceNumber) return 'number'
  if (typeof value === 'string') return number.test(value) ? 'number' : date.test(value) ? 'date' : 'text'
  return Array.isArray(value) ? 'list' : 'object'
}
