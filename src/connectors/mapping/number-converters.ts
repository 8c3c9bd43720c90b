import { SourceNumber } from '../../../connectors/drivers/driver.js'
import { unconvertible } from './problem-reason.js'

const grouped = /^\d{1,3}(?:\.\d{3})+$/
const digits = /^\d+$/

/**
 * A number as it is written in Việt Nam: `1.234.567,5` is 1234567.5. Spaces between groups of three are accepted. One group
 * after a single point and no comma (`1.234`) is a thousand by that rule, never a decimal; `1.5` fits no reading and is refused.
 */
export function vietnameseNumber(text: string): SourceNumber {
  const { sign, body } = signed(text)
  const [whole = '', fraction, ...more] = body.replace(/(?<=\d)[ \u00a0\u202f](?=\d{3}(?:\D|$))/g, '').split(',')
  const fits =
    more.length === 0 &&
    (digits.test(whole) || grouped.test(whole)) &&
    (fraction === undefined || digits.test(fraction))
  if (!fits) throw notANumber(text, '1.234,5')
  return canonical(sign, whole.replaceAll('.', ''), fraction)
}

/** A number with a comma (or a point) before its decimals and nothing between thousands: `12,5`. */
export function decimalComma(text: string): SourceNumber {
  const { sign, body } = signed(text)
  const match = /^(\d+)(?:[,.](\d+))?$/.exec(body)
  if (match === null) throw notANumber(text, '1234,5')
  return canonical(sign, match[1] ?? '', match[2])
}

function signed(text: string): { sign: string; body: string } {
  const match = /^([-+\u2212]?)\s*(.*)$/s.exec(text.trim())
  return { sign: match?.[1] === '-' || match?.[1] === '\u2212' ? '-' : '', body: match?.[2] ?? '' }
}

function canonical(sign: string, whole: string, fraction: string | undefined): SourceNumber {
  const bare = whole.replace(/^0+(?=\d)/, '')
  return new SourceNumber(`${sign}${bare}${fraction === undefined ? '' : `.${fraction}`}`)
}

function notANumber(text: string, example: string): Error {
  return unconvertible(
    `"${text}" is not a number written like ${example}`,
    `"${text}" không phải là số viết như ${example}`,
  )
}
