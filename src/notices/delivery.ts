import { z } from 'zod'
import type { NoticeChannel } from './notice-address.js'

const bilingual = z.object({ vi: z.string(), en: z.string() })

const noticeRow = z.object({
  resource: z.string(),
  part: z.string().nullable(),
  row: z.number().int(),
  field: z.string().nullable(),
  value: z.string().nullable(),
  vi: z.string(),
  en: z.string(),
})
export type NoticeRow = z.infer<typeof noticeRow>

export const noticeRows = z.array(noticeRow)

/** What is told of a notice, as it was when it came about. */
export const noticeBody = z.object({
  event: z.enum(['OPENED', 'CLOSED']),
  notice: z.object({
    id: z.string(),
    cause: z.string(),
    connector: z.string(),
    dataset: z.string(),
    run: z.string(),
    title: bilingual,
    fix: bilingual,
    rows: noticeRows,
    openedAt: z.string(),
    closedAt: z.string().nullable(),
  }),
})
export type NoticeBody = z.infer<typeof noticeBody>

/** One notice that is due to one agency by one way. */
export interface Delivery {
  readonly id: string
  readonly agency_id: number
  readonly channel: NoticeChannel
  readonly body: unknown
  /** With this one. */
  readonly attempts: number
  /** There is nothing to be done any more. */
  readonly settled: boolean
}
