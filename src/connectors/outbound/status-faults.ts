import { SourceFault } from '../../errors/source-fault.js'
import { asWritten } from '../../errors/wording.js'

/** Whoever asks for more has made a mistake, which must not keep its data from the public for ever. */
const longestBusySeconds = 24 * 3600

/** The fault that an HTTP status stands for. */
export function statusFault(status: number, url: URL, retryAfter: string | undefined): SourceFault {
  if (status === 401 || status === 403) return new SourceFault('UNAUTHORISED', { status })
  // Without the query: it may hold a key.
  if (status === 404 || status === 410)
    return new SourceFault('NOT_FOUND', { what: asWritten(`${url.host}${url.pathname}`) })
  if (status === 429 || status === 503) {
    const seconds = secondsToWait(retryAfter, Date.now())
    if (seconds !== undefined) return new SourceFault('BUSY', { seconds })
  }
  return new SourceFault('BAD_STATUS', { status })
}

/** Seconds of a Retry-After (a number or a date), at most a day; undefined when there is none that can be read. */
function secondsToWait(retryAfter: string | undefined, nowMs: number): number | undefined {
  if (retryAfter === undefined) return undefined
  const text = retryAfter.trim()
  const seconds = /^\d+$/.test(text) ? Number(text) : Math.ceil((Date.parse(text) - nowMs) / 1000)
  if (Number.isNaN(seconds)) return undefined
  return Math.min(Math.max(seconds, 0), longestBusySeconds)
}

/** Can the same request succeed a moment later? A 4xx says that the request itself is wrong. */
export function worthRetrying(error: unknown): error is SourceFault {
  if (!(error instanceof SourceFault) || !error.retry) return false
  // Who lets us wait so long once would do so each time; the schedule asks again.
  if (error.code === 'TIMEOUT') return false
  const status = Number(error.details['status'] ?? 500)
  return error.code !== 'BAD_STATUS' || status >= 500 || status === 408 || status === 425 || status === 429
}
