import type { SourceRow } from '../../../connectors/drivers/driver.js'
import { SourceFault } from '../../errors/source-fault.js'
import { asWritten } from '../../errors/wording.js'

/** A column, and where in the manifest it is named: `steps[1].fillDown`. */
export interface NamedColumn {
  readonly column: string
  readonly at: string
}

/** Watches that each column that a mapping names is in at least one row: one in none was renamed or removed. */
export class ColumnsSeen {
  readonly #named: readonly NamedColumn[]
  readonly #missing: Set<string>
  #rows = 0

  constructor(named: readonly NamedColumn[]) {
    this.#named = named
    this.#missing = new Set(named.map(({ column }) => column))
  }

  look(row: SourceRow): void {
    this.#rows += 1
    for (const column of this.#missing) {
      if (Object.hasOwn(row.values, column)) this.#missing.delete(column)
    }
  }

  /** Throws MISSING_COLUMNS. A source without rows says nothing about its columns. */
  demandAll(): void {
    if (this.#rows > 0 && this.#missing.size > 0) {
      const columns = [...this.#missing].map((column) => `${column} (${this.#placesOf(column)})`)
      throw new SourceFault('MISSING_COLUMNS', { columns: asWritten(columns.join(', ')) })
    }
  }

  #placesOf(missing: string): string {
    return this.#named.flatMap(({ column, at }) => (column === missing ? [at] : [])).join(', ')
  }
}
