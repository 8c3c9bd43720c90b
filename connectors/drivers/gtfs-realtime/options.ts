import { z } from 'zod'

export const gtfsRealtimeOptions = z.strictObject({
  url: z
    .string()
    .regex(/^(https?:\/\/|\{sample:[a-z-]+\})/, { error: 'must begin with http:// or https://' })
    .describe('The address of the feed (protobuf).'),
  language: z
    .string()
    .min(2)
    .default('vi')
    .describe('Language of the texts of alerts (a BCP 47 code); the untagged text when it is not there.'),
  maxBytes: z
    .int()
    .positive()
    .max(256 * 1024 * 1024)
    .default(16 * 1024 * 1024)
    .describe('Largest feed in bytes.'),
})
export type GtfsRealtimeOptions = z.output<typeof gtfsRealtimeOptions>

export const entities = ['vehicle', 'tripUpdate', 'alert'] as const

export const gtfsRealtimeSelection = z.strictObject({
  entity: z.enum(entities).describe('Kind of entity: vehicle positions, trip updates or alerts.'),
})
export type GtfsRealtimeSelection = z.output<typeof gtfsRealtimeSelection>
