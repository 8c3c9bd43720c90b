import { z } from 'zod'

const mebibyte = 1024 * 1024

export const gtfsOptions = z.strictObject({
  url: z
    .string()
    .regex(/^(https?:\/\/|\{sample:[a-z-]+\})/, { error: 'must begin with http:// or https://' })
    .describe('The address of the feed: a zip archive of .txt files.'),
  maxInflatedBytes: z
    .int()
    .min(mebibyte)
    .max(4096 * mebibyte)
    .default(1024 * mebibyte)
    .describe('Most bytes that the files of the feed may have together once unpacked.'),
})
export type GtfsOptions = z.infer<typeof gtfsOptions>

/** Columns that are computed from several files of the feed, by the file whose rows they are added to. */
export const derivations = {
  routes: ['agency_name', 'stop_ids', 'zone_ids', 'trip_count', 'length_km', 'full_fare', 'fare_currency'],
  trips: ['first_departure', 'last_arrival', 'stop_count', 'start_stop_id', 'end_stop_id'],
  fare_attributes: ['route_ids'],
} as const

export type RouteColumn = (typeof derivations.routes)[number]
export type TripColumn = (typeof derivations.trips)[number]
export type FareColumn = (typeof derivations.fare_attributes)[number]

export const gtfsSelection = z.union([
  derived('routes', derivations.routes),
  derived('trips', derivations.trips),
  derived('fare_attributes', derivations.fare_attributes),
  z.strictObject({
    file: z
      .string()
      .regex(/^[a-z][a-z0-9_]{0,60}$/, { error: 'must be the name of a file of the feed without .txt' })
      .describe('A file of the feed, without .txt.'),
    derive: z.array(z.never()).default([]),
  }),
])
export type GtfsSelection = z.infer<typeof gtfsSelection>

function derived<File extends string, const Column extends string>(file: File, columns: readonly Column[]) {
  return z.strictObject({
    file: z.literal(file),
    derive: z.array(z.enum(columns)).default([]).describe('Columns to compute from the other files of the feed.'),
  })
}
