/**
 * How far a reading came, as the source itself wrote it: a number that only grows, a day, or an instant with or without a zone. Sources
 * are asked with what they wrote, so its form is kept. Of numbers there may be two, `4700/4711`: up to which nothing can have been
 * missed, and the greatest one that was seen.
 */
export type ChangeMark = string

/** How much earlier than the mark a source is asked, so that what has the same mark, or became visible late, is not missed. */
export interface Overlap {
  /** Of times; of days as many as these are, rounded up. */
  readonly seconds: number
  /** Of growing numbers. */
  readonly numbers: number
}

const daySeconds = 24 * 60 * 60
const dayMs = daySeconds * 1000
const whole = /^\d{1,30}$/
const compact = /^((?:19|20)\d{2})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2}))?$/
/** Days: beyond them the year has not four digits any more. */
const mostCompact = 300_000
const moment = /^(\d{4}-\d{2}-\d{2})(?:([T ])(\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:?\d{2})?)?$/

/** Watches the rows of one reading for the latest change among them. */
export class ChangeWatch {
  #latest: { readonly mark: ChangeMark; readonly place: Place } | undefined
  /** There was no greater number when the reading began: what is changed while it goes on has one. */
  #sure: { readonly mark: ChangeMark; readonly place: Place } | undefined
  #pages = 0
  #rows = 0
  #marked = 0
  readonly #begun: number

  /** `since`: how far the reading before came; a reading that finds nothing new came no further. */
  constructor(since: ChangeMark | undefined, begun = new Date()) {
    const seen = since?.split('/').at(-1)
    const place = seen === undefined ? undefined : placeOf(seen)
    if (seen !== undefined && place !== undefined) this.#latest = this.#sure = { mark: seen, place }
    this.#begun = begun.getTime()
  }

  /**
   * What the row says of its last change. Changes after the reading began do not count: a row that was read before may have been
   * changed a moment earlier, and would be missed. Nor do times that have not come yet, which would hide all changes until then.
   */
  see(written: string | undefined): void {
    this.#rows += 1
    const place = written === undefined ? undefined : placeOf(written)
    if (written === undefined || place === undefined) return
    this.#marked += 1
    // Whose zone is not known may be up to half a day ahead.
    if (place.at > this.#begun + (place.zoned ? 0 : dayMs)) return
    if (this.#latest !== undefined && isNumber(place) !== isNumber(this.#latest.place)) return
    if (this.#latest === undefined || isAfter(place, this.#latest.place)) this.#latest = { mark: written, place }
  }

  /** All rows of an answer of the source were seen. One answer is of one moment, several are not. */
  endPage(): void {
    this.#pages += 1
    if (this.#pages === 1) this.#sure = this.#latest
  }

  /** Undefined: there is none to go on from. */
  get latest(): ChangeMark | undefined {
    if (this.#latest === undefined) return undefined
    const { mark, place } = this.#latest
    if (!isNumber(place) || this.#sure === undefined || this.#sure.mark === mark) return mark
    return `${this.#sure.mark}/${mark}`
  }

  /** There were rows, and none of them said when it was changed. */
  get isBlind(): boolean {
    return this.#rows > 0 && this.#marked === 0
  }
}

/**
 * What a source is asked for: the mark and a little earlier, in the same form. What was written at the same moment or under the same
 * number, or became visible late, is then read again rather than missed.
 */
export function earlierMark(mark: ChangeMark, { seconds, numbers }: Overlap): string {
  const [from = mark] = mark.split('/')
  if (whole.test(from)) return earlierCompact(from, numbers) ?? earlierNumber(from, numbers)
  const [, day, separator, time, zone] = moment.exec(from) ?? []
  if (day === undefined || seconds === 0) return from
  if (separator === undefined || time === undefined) return shifted(`${day}T00:00:00Z`, wholeDays(seconds)).slice(0, 10)
  const [clock = '', fraction] = time.split('.', 2)
  const [hours = '', minutes = '', full] = clock.split(':')
  // Only shifted, in whatever zone it is: no zone has to be known for that.
  const earlier = shifted(`${day}T${hours}:${minutes}:${full ?? '00'}Z`, seconds)
  const shownFraction = fraction === undefined ? '' : `.${fraction}`
  return `${earlier.slice(0, 10)}${separator}${earlier.slice(11, 19)}${shownFraction}${zone ?? ''}`
}

function shifted(instant: string, seconds: number): string {
  return new Date(Date.parse(instant) - seconds * 1000).toISOString()
}

function wholeDays(seconds: number): number {
  return Math.ceil(seconds / daySeconds) * daySeconds
}

/**
 * Of a day or a second that is written as a number, `20250701`, the one so many days or seconds before: the number before it, `20250700`, is
 * none, which sources refuse. It is never a greater number than that, so it misses nothing where it was a mere number all the same.
 */
function earlierCompact(text: string, numbers: number): string | undefined {
  const [, year, month, day, hours = '00', minutes = '00', seconds = '00'] = compact.exec(text) ?? []
  if (year === undefined || month === undefined || day === undefined || numbers > mostCompact) return undefined
  const instant = `${year}-${month}-${day}T${hours}:${minutes}:${seconds}.000Z`
  const at = Date.parse(instant)
  // 31 February would be read as a day of March.
  if (Number.isNaN(at) || new Date(at).toISOString() !== instant) return undefined
  const earlier = shifted(instant, text.length === 8 ? numbers * daySeconds : numbers)
  return earlier.replaceAll(/\D/g, '').slice(0, text.length)
}

function earlierNumber(text: string, numbers: number): string {
  const earlier = BigInt(text) - BigInt(numbers)
  return String(earlier < 0n ? 0n : earlier).padStart(text.startsWith('0') ? text.length : 0, '0')
}

interface Place {
  readonly number: bigint | undefined
  /** Milliseconds, and what is finer than those as digits. */
  readonly at: number
  readonly finer: string
  /** The milliseconds are of a known zone. */
  readonly zoned: boolean
}

function placeOf(mark: ChangeMark): Place | undefined {
  if (whole.test(mark)) return { number: BigInt(mark), at: 0, finer: '', zoned: true }
  const [, day, separator, time, zone] = moment.exec(mark) ?? []
  if (day === undefined) return undefined
  const at = Date.parse(separator === undefined ? `${day}T00:00Z` : `${day}T${time ?? ''}${zoned(zone)}`)
  if (Number.isNaN(at)) return undefined
  const finer = /\.\d{3}(\d*)/.exec(time ?? '')?.[1] ?? ''
  return { number: undefined, at, finer: finer.replace(/0+$/, ''), zoned: zone !== undefined }
}

/** Without a zone all times of a source are in the same one. */
function zoned(zone: string | undefined): string {
  if (zone === undefined) return 'Z'
  return zone.includes(':') || zone === 'Z' ? zone : `${zone.slice(0, 3)}:${zone.slice(3)}`
}

function isNumber(place: Place): boolean {
  return place.number !== undefined
}

function isAfter(one: Place, other: Place): boolean {
  if (one.number !== undefined && other.number !== undefined) return one.number > other.number
  return one.at === other.at ? one.finer > other.finer : one.at > other.at
}
