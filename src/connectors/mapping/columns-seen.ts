import type { SourceRow } from '../../../connectors/drivers/driver.js'
import { SourceFault } from '../../errors/source-fault.js'
import { asWritten } from '../../errors/wording.js'

/** Watches that each column that a mapping names is in at least one row: one in none was renamed or removed. */
export class ColumnsSeen {
  readonly #missing: Set<string>
  #rows = 0

  constructor(columns: Iterable<string>) {
    this.#missing = new Set(columns)
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
      throw new SourceFault('MISSING_COLUMNS', { columns: asWritten([...this.#missing].join(', ')) })
    }
  }
}
