import { createHash } from 'node:crypto'
import { z } from 'zod'

/** Who did something, as the log names them: a key by its id, never by its token. */
export interface Actor {
  /** GATEWAY: the program itself, from its files or its environment. */
  readonly role: 'AGENCY' | 'COORDINATOR' | 'ADMIN' | 'GATEWAY'
  /** Undefined of the administrator of the environment. */
  readonly key?: number | undefined
  readonly agency?: string | undefined
}

export const theGateway: Actor = { role: 'GATEWAY' }

const contentSchema = z.strictObject({
  seq: z.number().int(),
  at: z.string(),
  actor: z.strictObject({
    role: z.enum(['AGENCY', 'COORDINATOR', 'ADMIN', 'GATEWAY']),
    key: z.number().int().optional(),
    agency: z.string().optional(),
  }),
  /** `connector.registered`, `key.revoked`, … */
  action: z.string(),
  /** What it was done to: `connector primary-schools`. */
  subject: z.string(),
  details: z.record(z.string(), z.json()),
  /** Hash of the entry before; of the first one, `genesis`. */
  previous: z.string(),
})
export type AuditContent = z.infer<typeof contentSchema>

/** What the first entry has in the place of the hash of the one before. */
export const genesis = '0'.repeat(64)

/** One text for equal content: names in order, no spaces. */
export function canonicalText(content: AuditContent): string {
  return JSON.stringify(content, (_name, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )
}

export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** Undefined when the text is none that the log writes. */
export function readContent(text: string): AuditContent | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  return contentSchema.safeParse(value).data
}
