import { SourceNumber, type SourceValue } from '../../connectors/drivers/driver.js'
import { isSourceList, isSourceObject } from '../connectors/outbound/source-json.js'
import { tidied } from '../connectors/mapping/text-folding.js'

/** How one text can be read. */
export type Look =
  | 'leadingZero'
  | 'digits'
  | 'longDigits'
  | 'grouped'
  | 'manyGroups'
  | 'commaDecimal'
  | 'shortCommaDecimal'
  | 'pointDecimal'
  | 'slashDate'
  | 'isoDate'
  | 'isoDateTime'
  | 'url'
  | 'text'

const looks: readonly (readonly [Look, RegExp])[] = [
  ['leadingZero', /^0\d+$/],
  ['digits', /^-?\d{1,9}$/],
  ['longDigits', /^-?\d{10,}$/],
  ['manyGroups', /^-?\d{1,3}(\.\d{3}){2,}(,\d+)?$/],
  ['grouped', /^-?\d{1,3}\.\d{3}$/],
  ['shortCommaDecimal', /^-?\d{1,3},\d{3}$/],
  ['commaDecimal', /^-?(\d+|\d{1,3}(\.\d{3})+),\d+$/],
  ['pointDecimal', /^-?\d+\.\d+$/],
  ['slashDate', /^\d{1,2}[/.-]\d{1,2}[/.-]\d{4}$/],
  ['isoDate', /^\d{4}-\d{2}-\d{2}$/],
  ['isoDateTime', /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/],
  ['url', /^https?:\/\/\S+$/i],
]

export function lookOf(text: string): Look {
  return looks.find(([, pattern]) => pattern.test(text))?.[0] ?? 'text'
}

/** The values of a column, by what the source itself says that they are. */
export interface ColumnValues {
  readonly texts: readonly string[]
  readonly numbers: readonly string[]
  readonly booleans: number
  readonly lists: number
  readonly objects: number
  readonly empty: number
}

export function valuesOfColumn(values: readonly SourceValue[]): ColumnValues {
  const texts: string[] = []
  const numbers: string[] = []
  let [booleans, lists, objects, empty] = [0, 0, 0, 0]
  for (const value of values) {
    if (value instanceof SourceNumber) numbers.push(value.text)
    else if (typeof value === 'boolean') booleans++
    else if (isSourceList(value)) lists++
    else if (isSourceObject(value)) objects++
    else if (typeof value === 'string' && value.trim() !== '') texts.push(tidied(value))
    else empty++
  }
  return { texts, numbers, booleans, lists, objects, empty }
}
