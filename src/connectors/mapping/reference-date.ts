import type { SourceRow } from '../../../connectors/drivers/driver.js'
import type { ManifestResource } from '../manifest/manifest.js'
import { dateFormat, isoDate } from './date-format.js'
import { unconvertible } from './problem-reason.js'
import { shownText } from './value-text.js'

/** The day on which a row's codes and names are read: one for all rows, one a row, or that of the fetch. */
export function compileReferenceDate(
  given: ManifestResource['referenceDate'],
  today: string,
): (row: SourceRow) => string {
  if (given === undefined) return () => today
  if (typeof given === 'string') return () => given
  const format = dateFormat(given.format)
  return (row) => {
    const text = shownText(row.values[given.column] ?? null)
    const parts = format.read(text)
    if (parts === undefined) {
      throw unconvertible(
        `"${text}" in column ${given.column} is not a reference date written like ${given.format}`,
        `"${text}" ở cột ${given.column} không phải là ngày tham chiếu viết như ${given.format}`,
      )
    }
    return isoDate(parts, text)
  }
}
