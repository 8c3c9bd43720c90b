const hourMs = 3_600_000

/** How far the clocks of a time zone are ahead of UTC at an instant, in milliseconds; offsets change on the hour, so each is asked for once. */
export function zoneOffset(timeZone: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  const known = new Map<number, number>()
  return (instant) => {
    const hour = Math.floor(instant / hourMs)
    const before = known.get(hour)
    if (before !== undefined) return before
    const parts = new Map(format.formatToParts(hour * hourMs).map(({ type, value }) => [type, Number(value)]))
    const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0
    // Date.UTC takes a year below 100 for one of the twentieth century.
    const day = new Date(0).setUTCFullYear(part('year'), part('month') - 1, part('day'))
    const local = day + hourMs * part('hour') + 60_000 * part('minute') + 1_000 * part('second')
    // A file of many years would otherwise keep every hour of them.
    if (known.size > 10_000) known.clear()
    known.set(hour, local - hour * hourMs)
    return local - hour * hourMs
  }
}

/** The day of an instant in a time zone: `2025-06-30`. */
export function dayIn(timeZone: string, instant: Date): string {
  return new Date(instant.getTime() + zoneOffset(timeZone)(instant.getTime())).toISOString().slice(0, 10)
}
