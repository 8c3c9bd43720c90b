import type { SourceObject, SourceValue } from '../driver.js'
import { isSourceObject } from '../source-values.js'

/** An item of a list as a row: an object is one already, anything else becomes the column `value`. */
export function valuesOf(item: SourceValue): SourceObject {
  return isSourceObject(item) ? item : { __proto__: null, value: item }
}
