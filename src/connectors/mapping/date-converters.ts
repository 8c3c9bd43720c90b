import { SourceNumber, type SourceValue } from '../../../connectors/drivers/driver.js'
import { dateFormat, isoDate, isoTime, type DateFormat, type DateParts } from './date-format.js'
import { unconvertible } from './problem-reason.js'
import { textOf } from './value-text.js'

/** A text of one of the formats as `YYYY-MM-DD`. */
export function toDate(formats: readonly string[]): (value: SourceValue) => SourceValue {
  const compiled = formats.map(dateFormat)
  return (value) => {
    const text = textOf(value)
    return isoDate(read(compiled, text), text)
  }
}

/**
 * A text of one of the formats as an instant. A time without an offset is one in the province's time zone, which has no
 * summer time: `offset` is written like +07:00.
 */
export function toDateTime(formats: readonly string[], offset: string): (value: SourceValue) => SourceValue {
  const compiled = formats.map(dateFormat)
  return (value) => {
    const text = textOf(value)
    const parts = read(compiled, text)
    return `${isoDate(parts, text)}T${isoTime(parts, text)}${offset}`
  }
}

const isoInstant =
  /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?$/i

/** ISO 8601, or seconds or milliseconds since 1970 (told apart by their size), as an instant. */
export function isoDateTime(offset: string): (value: SourceValue) => SourceValue {
  return (value) => {
    const text = textOf(value).trim()
    if (value instanceof SourceNumber || /^\d{9,13}$/.test(text)) return unixTime(text)
    const match = isoInstant.exec(text)
    if (match === null) throw notA(text, 'time', 'thời điểm', '2025-06-30T07:30:00+07:00')
    const [year, month, day, hour, minute, second] = match
      .slice(1, 7)
      .map((part: string | undefined) => Number(part ?? 0))
    const parts: DateParts = {
      year: year ?? 0,
      month: month ?? 0,
      day: day ?? 0,
      hour: hour ?? 0,
      minute: minute ?? 0,
      second: second ?? 0,
    }
    const fraction = match[7] === undefined ? '' : `.${match[7].slice(0, 6)}`
    return `${isoDate(parts, text)}T${isoTime(parts, text)}${fraction}${zone(match[8], offset)}`
  }
}

function zone(written: string | undefined, offset: string): string {
  if (written === undefined) return offset
  if (written.toUpperCase() === 'Z') return 'Z'
  const digits = written.slice(1).replace(':', '').padEnd(4, '0')
  return `${written.slice(0, 1)}${digits.slice(0, 2)}:${digits.slice(2)}`
}

function unixTime(text: string): string {
  const number = Number(text)
  // A million million seconds is the year 33658: what is larger counts milliseconds.
  const instant = new Date(number < 1e11 ? number * 1000 : number)
  if (!/^\d+(\.\d+)?$/.test(text) || Number.isNaN(instant.getTime()))
    throw notA(text, 'time', 'thời điểm', '1751241600')
  return instant.toISOString()
}

function read(formats: readonly DateFormat[], text: string): DateParts {
  for (const format of formats) {
    const parts = format.read(text)
    if (parts !== undefined) return parts
  }
  throw notA(text, 'date', 'ngày', formats.map((format) => format.text).join(', '))
}

function notA(text: string, en: string, vi: string, example: string): Error {
  return unconvertible(
    `"${text}" is not a ${en} written like ${example}`,
    `"${text}" không phải là ${vi} viết như ${example}`,
  )
}
