import type { DateStyle } from './date-styles.js'

const dayMs = 86_400_000
const lastSerial = 2_958_466

/**
 * A serial number as the date that it stands for, in ISO 8601 (`2024-09-05`, `2024-09-05T07:30:00`, `07:30:00`); undefined when no
 * date has it. Days count from 1900-01-01 with a 1900-02-29 that never was, or from 1904-01-01.
 */
export function serialToIso(serial: number, style: DateStyle, from1904: boolean): string | undefined {
  if (!Number.isFinite(serial) || serial < 0 || serial >= lastSerial) return undefined
  // Excel computes in days, so a time of day comes with an error of some microseconds.
  const ms = Math.round(serial * dayMs)
  const time = timeOf(ms % dayMs)
  const days = Math.floor(ms / dayMs)
  if (style === 'time' && days === 0) return time
  const date = dateOf(days, from1904)
  if (date === undefined) return undefined
  return ms % dayMs === 0 ? date : `${date}T${time}`
}

function dateOf(days: number, from1904: boolean): string | undefined {
  if (from1904) return isoDate(Date.UTC(1904, 0, 1) + days * dayMs)
  if (days === 0) return undefined
  if (days === 60) return '1900-02-29'
  return isoDate(Date.UTC(1899, 11, days < 60 ? 31 : 30) + days * dayMs)
}

function isoDate(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10)
}

function timeOf(ms: number): string {
  const text = new Date(ms).toISOString().slice(11, 23)
  return text.endsWith('.000') ? text.slice(0, 8) : text
}
