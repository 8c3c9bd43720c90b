/** Making a format costs a hundred times as much as using it, and each lookup asks. */
const formats = new Map<string, { readonly day: Intl.DateTimeFormat; readonly offset: Intl.DateTimeFormat }>()

function formatsOf(timeZone: string): { readonly day: Intl.DateTimeFormat; readonly offset: Intl.DateTimeFormat } {
  const known = formats.get(timeZone)
  if (known !== undefined) return known
  const made = {
    day: new Intl.DateTimeFormat('en-GB', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }),
    offset: new Intl.DateTimeFormat('en-GB', { timeZone, timeZoneName: 'longOffset' }),
  }
  formats.set(timeZone, made)
  return made
}

/** The day in the time zone, YYYY-MM-DD. */
export function dayIn(timeZone: string, at: Date): string {
  const parts = formatsOf(timeZone)
    .day.formatToParts(at)
    .map(({ type, value }): [string, string] => [type, value])
  const part = new Map(parts)
  return `${part.get('year') ?? ''}-${part.get('month') ?? ''}-${part.get('day') ?? ''}`
}

/** The time zone's offset from UTC at that time: `+07:00`. */
export function offsetIn(timeZone: string, at: Date): string {
  const name = formatsOf(timeZone)
    .offset.formatToParts(at)
    .find(({ type }) => type === 'timeZoneName')?.value
  const offset = name?.replace('GMT', '') ?? ''
  return offset === '' ? '+00:00' : offset
}
