/** What one request may cost. Times in milliseconds, sizes in bytes. */
export interface Limits {
  /** From the first byte sent to the last one received, redirects included. */
  readonly requestMs: number
  /** Until the head of the answer has come; a report may be made while we wait. */
  readonly answerMs: number
  readonly connectMs: number
  /** Bodies are counted after decompression. */
  readonly bodyBytes: number
  /** Values in one answer in JSON, names left out. */
  readonly jsonValues: number
  /** Bytes out for a byte in, counted once a body has grown past `ratioFromBytes`. */
  readonly ratio: number
  readonly ratioFromBytes: number
  /** Whoever sends less than so many bytes while we wait for so long is too slow. */
  readonly slowBytes: number
  readonly slowMs: number
  readonly redirects: number
  /** Tries of one request in all, and the pause before the second; it doubles. */
  readonly attempts: number
  readonly pauseMs: number
  /** Longest time that a Retry-After is waited for within a request; beyond it the run ends with BUSY. */
  readonly longestRetryAfterMs: number
}

export const defaultLimits: Limits = {
  requestMs: 10 * 60_000,
  answerMs: 60_000,
  connectMs: 10_000,
  bodyBytes: 1024 ** 3,
  jsonValues: 10_000_000,
  ratio: 100,
  ratioFromBytes: 1024 ** 2,
  slowBytes: 30 * 1024,
  slowMs: 30_000,
  redirects: 3,
  attempts: 3,
  pauseMs: 300,
  longestRetryAfterMs: 5000,
}

/** `1 GB`, for people. */
export function sizeText(bytes: number): string {
  const units = ['bytes', 'KB', 'MB', 'GB']
  let value = bytes
  let unit = 0
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024
    unit += 1
  }
  return `${Number(value.toFixed(1))} ${units[unit] ?? ''}`
}
