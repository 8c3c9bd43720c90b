/** Dates and instants as text. Years 0001 to 9999: what ISO 8601 writes with four digits and Postgres reads alike. */

/** `2024-02-29` when that day exists; undefined otherwise. */
export function dateText(text: string): string | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (match === null) return undefined
  const [, year = '', month = '', day = ''] = match
  return isDay(Number(year), Number(month), Number(day)) ? text : undefined
}

const dateTime =
  /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s?(Z|z|[+-]\d{2}(?::?\d{2})?)?$/

/**
 * An ISO 8601 date and time as UTC text with at most microseconds (`2025-06-30T00:00:00Z`). One without an offset counts in
 * `zone` (an IANA name) when that is given. Undefined when it is none, or has no offset and no zone is given.
 */
export function instantText(text: string, zone?: string): string | undefined {
  const match = dateTime.exec(text)
  if (match === null) return undefined
  const [, year = '', month = '', day = '', hour = '', minute = '', second = '0', fraction = '', offset] = match
  if (!isDay(Number(year), Number(month), Number(day))) return undefined
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined
  const local = utc(Number(year), Number(month), Number(day), Number(hour), Number(minute), Number(second))
  const minutes = offset === undefined ? zoneMinutes(local, zone) : offsetMinutes(offset)
  if (minutes === undefined) return undefined
  const instant = new Date(local - minutes * 60_000)
  if (instant.getUTCFullYear() < 1 || instant.getUTCFullYear() > 9999) return undefined
  const micros = fraction.slice(0, 6).replace(/0+$/, '')
  return instant.toISOString().slice(0, 19) + (micros === '' ? 'Z' : `.${micros}Z`)
}

function isDay(year: number, month: number, day: number): boolean {
  if (year < 1 || month < 1 || month > 12 || day < 1) return false
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const days = month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31
  return day <= days
}

/** Date.UTC takes the years 0 to 99 for 1900 to 1999. */
function utc(year: number, month: number, day: number, hour: number, minute: number, second: number): number {
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  return date.setUTCHours(hour, minute, second)
}

function offsetMinutes(offset: string): number | undefined {
  if (offset === 'Z' || offset === 'z') return 0
  const digits = offset.slice(1).replace(':', '').padEnd(4, '0')
  const hours = Number(digits.slice(0, 2))
  const minutes = Number(digits.slice(2))
  if (hours > 15 || minutes > 59) return undefined
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes)
}

function zoneMinutes(local: number, zone: string | undefined): number | undefined {
  if (zone === undefined) return undefined
  // The offset is a function of the instant, which is not known yet: the second guess is right but within a change of clocks.
  const guess = minutesAt(local, zone)
  return minutesAt(local - guess * 60_000, zone)
}

const formats = new Map<string, Intl.DateTimeFormat>()

function minutesAt(instant: number, zone: string): number {
  let format = formats.get(zone)
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
    formats.set(zone, format)
  }
  const name = format.formatToParts(instant).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT'
  const match = /^GMT([+-])(\d{2}):(\d{2})(?::(\d{2}))?$/.exec(name)
  if (match === null) return 0
  const [, sign, hours, minutes, seconds = '0'] = match
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes) + Number(seconds) / 60)
}
