import { z } from 'zod'

const isoDuration = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/

const longest = 3_650 * 24 * 3_600_000

/** An ISO-8601 duration of at most ten years without months and years (their length varies): `PT10S`, `P2D`, `PT1H30M`. Becomes milliseconds. */
export const durationSchema = z.string().transform((text, context) => {
  const match = isoDuration.exec(text)
  const [weeks, days, hours, minutes, seconds] = (match?.slice(1) ?? []).map((part: string | undefined) =>
    Number(part ?? 0),
  )
  const milliseconds =
    ((((weeks ?? 0) * 7 + (days ?? 0)) * 24 + (hours ?? 0)) * 60 + (minutes ?? 0)) * 60_000 + (seconds ?? 0) * 1000
  if (milliseconds > longest) {
    context.addIssue({ code: 'custom', message: `"${text}" is longer than ten years` })
    return z.NEVER
  }
  if (match === null || milliseconds <= 0 || text.endsWith('T')) {
    context.addIssue({
      code: 'custom',
      message: `"${text}" is not a duration; write it like PT30S, PT15M, PT24H, P2D (no months or years)`,
    })
    return z.NEVER
  }
  return Math.round(milliseconds)
})

/** How long history is kept: `all`, `none` or a number of days such as `30d`. */
export const historySchema = z.string().transform((text, context): History => {
  if (text === 'all' || text === 'none') return { keep: text }
  const days = /^([1-9]\d{0,4})d$/.exec(text)?.[1]
  if (days === undefined) {
    context.addIssue({
      code: 'custom',
      message: `"${text}" is not allowed; write all, none or a number of days like 30d`,
    })
    return z.NEVER
  }
  return { keep: 'days', days: Number(days) }
})

export type History = { readonly keep: 'all' | 'none' } | { readonly keep: 'days'; readonly days: number }
