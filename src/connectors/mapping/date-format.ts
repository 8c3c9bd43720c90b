import { worded, type Wording } from '../../errors/wording.js'
import { unconvertible } from './problem-reason.js'

const partNames = ['yyyy', 'MM', 'M', 'dd', 'd', 'HH', 'H', 'mm', 'ss'] as const
type Part = (typeof partNames)[number]

const patterns: Readonly<Record<Part, string>> = {
  yyyy: '(\\d{4})',
  MM: '(\\d{2})',
  M: '(\\d{1,2})',
  dd: '(\\d{2})',
  d: '(\\d{1,2})',
  HH: '(\\d{2})',
  H: '(\\d{1,2})',
  mm: '(\\d{2})',
  ss: '(\\d{2})',
}
const token = /'([^']*)'|yyyy|MM|M|dd|d|HH|H|mm|ss|[^A-Za-z']/gu

/** Reads texts of one format such as `dd/MM/yyyy` or `d/M/yyyy HH:mm`. */
export interface DateFormat {
  readonly text: string
  /** The parts, or undefined when the text does not have this format. Not checked against the calendar. */
  read(text: string): DateParts | undefined
}

export interface DateParts {
  readonly year: number
  /** 1 when the format has none: `MM/yyyy` is the first day of that month. */
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
}

/** A format by which nothing can be read, or not for certain. */
export class UnreadableFormat extends Error {
  constructor(readonly reason: Wording) {
    super(reason.en)
    this.name = 'UnreadableFormat'
  }
}

/**
 * Words stand in single quotes: `'ngày' d 'tháng' M`. Throws UnreadableFormat for a format without a four-digit year: what century 70
 * lies in is not for us to guess.
 */
export function dateFormat(text: string): DateFormat {
  const parts: Part[] = []
  let source = ''
  let read = 0
  for (const match of text.matchAll(token)) {
    if (match.index !== read) break
    read += match[0].length
    const part = partNames.find((name) => name === match[0])
    if (part !== undefined) parts.push(part)
    source += part === undefined ? escaped(match[1] ?? match[0]) : patterns[part]
  }
  if (read < text.length || !parts.includes('yyyy')) {
    throw new UnreadableFormat(
      worded(
        `"${text}" is not a date format; use yyyy, MM or M, dd or d, HH, mm, ss, such as dd/MM/yyyy`,
        `"${text}" không phải là định dạng ngày; hãy dùng yyyy, MM hoặc M, dd hoặc d, HH, mm, ss, như dd/MM/yyyy`,
      ),
    )
  }
  const twice = parts.find((part, at) => parts.findIndex((other) => other.startsWith(part.charAt(0))) < at)
  if (twice !== undefined) {
    throw new UnreadableFormat(
      worded(
        `"${text}" has ${twice} a second time; MM is the month, mm the minute`,
        `"${text}" có ${twice} lần thứ hai; MM là tháng, mm là phút`,
      ),
    )
  }
  const expression = new RegExp(`^${source}$`, 'u')
  return {
    text,
    read(given) {
      const match = expression.exec(given.trim())
      if (match === null) return undefined
      const value = (names: readonly Part[], otherwise: number): number => {
        const at = parts.findIndex((part) => names.includes(part))
        return at < 0 ? otherwise : Number(match[at + 1])
      }
      return {
        year: value(['yyyy'], 1),
        month: value(['MM', 'M'], 1),
        day: value(['dd', 'd'], 1),
        hour: value(['HH', 'H'], 0),
        minute: value(['mm'], 0),
        second: value(['ss'], 0),
      }
    },
  }
}

/** `2025-06-30`. Throws Unconvertible for a day that the calendar does not have, such as 31/02. */
export function isoDate(parts: DateParts, written: string): string {
  const { year, month, day } = parts
  const days =
    month < 1 || month > 12 ? 0 : new Date(Date.UTC(2000, month, 0)).getUTCDate() - (month === 2 && !leap(year) ? 1 : 0)
  if (year < 1 || day < 1 || day > days) {
    throw unconvertible(`"${written}" is a day that does not exist`, `"${written}" là ngày không có thật`)
  }
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`
}

/** `06:05:00`. Throws Unconvertible for a time that the clock does not have. */
export function isoTime(parts: DateParts, written: string): string {
  if (parts.hour > 23 || parts.minute > 59 || parts.second > 59) {
    throw unconvertible(`"${written}" is a time that does not exist`, `"${written}" là giờ không có thật`)
  }
  return `${two(parts.hour)}:${two(parts.minute)}:${two(parts.second)}`
}

function leap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
}

function two(number: number): string {
  return String(number).padStart(2, '0')
}

function escaped(literal: string): string {
  return literal.normalize('NFC').replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}
