import { SourceNumber } from '../driver.js'

/**
 * The shortest decimal text that is this 32-bit float: `40.565122`, where the double that JavaScript holds would print
 * `40.56512451171875` and pretend to a precision that the feed does not have.
 */
export function floatText(value: number): string {
  if (!Number.isFinite(value)) return String(value)
  if (value === 0) return '0'
  for (let digits = 1; digits < 9; digits++) {
    const text = value.toPrecision(digits)
    if (Math.fround(Number(text)) === value) return String(Number(text))
  }
  return String(Number(value.toPrecision(9)))
}

/** Not a number (NaN, an infinity) stays the text that it is: the record schema then sets the row aside with it. */
export function floatValue(value: number | undefined): SourceNumber | string | null {
  if (value === undefined) return null
  return Number.isFinite(value) ? new SourceNumber(floatText(value)) : floatText(value)
}
