/** Numbers as text, exact: nothing goes through a binary float unless the field is one. */

const notation = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/

/** Far beyond any count or amount, and short enough that no number written `1e9999` fills memory. */
const longestDecimal = 100

/** As `decimalText` writes it, and short enough that a double tells any two apart and writes it in the same way. */
const shortPlain = /^(?:0|-?[1-9]\d{0,8}|-?(?:0|[1-9]\d{0,8})\.\d{0,5}[1-9])$/
const mostShort = 16

/** Plain notation without superfluous zeros: `-9.50e3` → `-9500`. Undefined when it is not a number of at most 100 digits a side. */
export function decimalText(text: string): string | undefined {
  if (shortPlain.test(text)) return text
  const match = notation.exec(text)
  if (match === null) return undefined
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match
  if (whole.length + fraction.length === 0) return undefined
  const shift = Number(exponent)
  const digits = whole + fraction
  const point = whole.length + shift
  if (Math.abs(shift) > longestDecimal || digits.length > 2 * longestDecimal) return undefined
  const padded = point < 0 ? '0'.repeat(-point) + digits : digits.padEnd(point, '0')
  const cut = Math.max(point, 0)
  const wholePart = padded.slice(0, cut).replace(/^0+/, '') || '0'
  const fractionPart = withoutTrailingZeros(padded.slice(cut))
  if (wholePart.length > longestDecimal || fractionPart.length > longestDecimal) return undefined
  const magnitude = fractionPart === '' ? wholePart : `${wholePart}.${fractionPart}`
  return sign === '-' && magnitude !== '0' ? `-${magnitude}` : magnitude
}

/** A whole number between the bounds, `12.0` among them; undefined when it is none. */
export function wholeText(text: string, least: bigint, most: bigint): string | undefined {
  const plain = decimalText(text)
  if (plain === undefined || plain.includes('.')) return undefined
  // Compared as a number it is exact as long as it is short.
  const value = plain.length < mostShort ? Number(plain) : BigInt(plain)
  return value < least || value > most ? undefined : plain
}

export const int4 = { least: -(2n ** 31n), most: 2n ** 31n - 1n } as const
export const int8 = { least: -(2n ** 63n), most: 2n ** 63n - 1n } as const

/** The nearest finite double; undefined when there is none (`1e999`) or the text is not a number. */
export function floatText(text: string): string | undefined {
  if (shortPlain.test(text)) return text
  const match = notation.exec(text)
  if (match === null || (match[2] ?? '').length + (match[3] ?? '').length === 0) return undefined
  const value = Number(text)
  if (!Number.isFinite(value)) return undefined
  return Object.is(value, -0) ? '0' : String(value)
}

/** Negative, zero or positive as `a` is below, equal to or above `b`; both as `decimalText` writes them. */
export function compareDecimals(a: string, b: string): number {
  if (a.length < mostShort && b.length < mostShort) return Number(a) - Number(b)
  const scale = Math.max(scaleOf(a), scaleOf(b))
  const difference = scaled(a, scale) - scaled(b, scale)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

function scaleOf(text: string): number {
  const point = text.indexOf('.')
  return point === -1 ? 0 : text.length - point - 1
}

function scaled(text: string, scale: number): bigint {
  return BigInt(text.replace('.', '') + '0'.repeat(scale - scaleOf(text)))
}

function withoutTrailingZeros(text: string): string {
  let end = text.length
  while (end > 0 && text[end - 1] === '0') end -= 1
  return text.slice(0, end)
}
