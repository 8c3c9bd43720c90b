import { SourceNumber, type SourceObject, type SourceValue } from '../../../connectors/drivers/driver.js'
import type { Converter } from '../manifest/field-mapping.js'
import { emptyObject, isSourceList } from '../outbound/source-json.js'
import { isoDateTime, toDate, toDateTime } from './date-converters.js'
import { decimalComma, vietnameseNumber } from './number-converters.js'
import { unconvertible } from './problem-reason.js'
import { folded, formOfCode, tidied } from './text-folding.js'
import { textOf } from './value-text.js'
import { toDegrees } from './vn2000.js'

/** Converts one value of a row; throws Unconvertible when it cannot. Never called with null or an empty text. */
export type Convert = (value: SourceValue, row: SourceObject) => SourceValue

const affirmative = ['có', 'co', 'x', 'true', 'yes', 'đúng', '1', 'y']
const negative = ['không', 'khong', 'false', 'no', 'sai', '0', 'n']

/** The converter that a manifest names. Throws an Error when its setting is wrong (a date format that cannot be read). */
export function compileConverter(converter: Converter, offset: string): Convert {
  if (typeof converter === 'string') return plain(converter, offset)
  if ('date' in converter) return toDate(converter.date)
  if ('dateTime' in converter) return toDateTime(converter.dateTime, offset)
  if ('codes' in converter) return toCode(converter)
  if ('boolean' in converter) return toBoolean(converter.boolean.true, converter.boolean.false)
  if ('split' in converter) return splitBy(converter.split)
  if ('padStart' in converter) return (value) => textOf(value).padStart(converter.padStart, '0')
  if ('vn2000' in converter) return toDegrees(converter.vn2000)
  const nulls = new Set(converter.nullWhen.map(tidied))
  return (value) => (nulls.has(textOf(value)) ? null : value)
}

/** Applies converters in order to a row's value, or to each item of a list; nothing stays nothing. */
export function convertAll(
  value: SourceValue,
  converters: readonly Convert[],
  row: SourceObject = emptyObject(),
): SourceValue {
  const start = tidy(value)
  return converters.reduce((current, convert) => applyTo(current, convert, row), start)
}

function applyTo(value: SourceValue, convert: Convert, row: SourceObject): SourceValue {
  if (value === null || value === '') return null
  if (isSourceList(value)) return value.map((item) => applyTo(item, convert, row)).filter((item) => item !== null)
  return convert(value, row)
}

/** Every text becomes NFC and loses the spaces at its ends; an empty one is no value. */
function tidy(value: SourceValue): SourceValue {
  if (typeof value === 'string') {
    const text = tidied(value)
    if (!text.isWellFormed() || text.includes('\0')) {
      throw unconvertible('the text holds characters that cannot be kept', 'văn bản có ký tự không lưu được')
    }
    return text === '' ? null : text
  }
  if (isSourceList(value)) return value.map(tidy).filter((item) => item !== null)
  return value
}

function plain(name: Extract<Converter, string>, offset: string): Convert {
  switch (name) {
    case 'trim':
      return (value) => (typeof value === 'string' ? value.replace(/\s+/g, ' ').trim() : value)
    case 'vietnameseNumber':
      return (value) => (value instanceof SourceNumber ? value : vietnameseNumber(textOf(value)))
    case 'decimalComma':
      return (value) => (value instanceof SourceNumber ? value : decimalComma(textOf(value)))
    case 'dateTime':
      return isoDateTime(offset)
    case 'boolean':
      return toBoolean(affirmative, negative)
    case 'upper':
      return (value) => textOf(value).toLocaleUpperCase('vi')
    case 'lower':
      return (value) => textOf(value).toLocaleLowerCase('vi')
  }
}

function toCode({
  codes,
  fold,
  otherwise,
}: {
  codes: Record<string, string>
  fold: boolean
  otherwise?: string | undefined
}): Convert {
  const known = new Map(Object.entries(codes).map(([text, code]) => [formOfCode(text, fold), code]))
  return (value) => {
    const code = known.get(formOfCode(textOf(value), fold)) ?? otherwise
    if (code !== undefined) return code
    const allowed = Object.keys(codes).slice(0, 20).join(', ')
    throw unconvertible(`"${textOf(value)}" is none of ${allowed}`, `"${textOf(value)}" không thuộc ${allowed}`)
  }
}

function toBoolean(affirmativeWords: readonly string[], negativeWords: readonly string[]): Convert {
  const yes = new Set(affirmativeWords.map(folded))
  const no = new Set(negativeWords.map(folded))
  return (value) => {
    if (typeof value === 'boolean') return value
    const text = folded(textOf(value))
    if (yes.has(text)) return true
    if (no.has(text)) return false
    throw unconvertible(`"${textOf(value)}" is neither yes nor no`, `"${textOf(value)}" không phải là có hoặc không`)
  }
}

function splitBy(separator: string): Convert {
  return (value) =>
    textOf(value)
      .split(separator)
      .map((part) => part.trim())
      .filter((part) => part !== '')
}
