/** The time columns of GTFS. */
const timeColumns: ReadonlySet<string> = new Set([
  'arrival_time',
  'departure_time',
  'start_time',
  'end_time',
  'start_pickup_drop_off_window',
  'end_pickup_drop_off_window',
])

export function isTimeColumn(name: string): boolean {
  return timeColumns.has(name)
}

/**
 * GTFS allows `6:00:00` for `06:00:00`, and hours past 23 for what is after midnight of the service day (`25:10:00`).
 * Two digits make the texts sort as times; what is not a time is kept as it came, to be set aside with its value.
 */
export function clockTime(text: string): string {
  return /^\d:[0-5]\d:[0-5]\d$/.test(text) ? `0${text}` : text
}
