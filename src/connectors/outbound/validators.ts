import { createHash } from 'node:crypto'
import { z } from 'zod'

const visitSchema = z.object({ url: z.string(), etag: z.string().optional(), lastModified: z.string().optional() })
const visitsSchema = z.object({ fingerprint: z.string(), headers: z.string(), visits: z.array(visitSchema).min(1) })
export type Visit = z.infer<typeof visitSchema>

/** Beyond so many files asking for each whether it changed costs more than it saves. */
const mostVisits = 100

/** What the last successful run read, when every file of it can be asked whether it changed. */
export interface LastVisits {
  /** Changes when the same files would be read differently (another manifest or record schema). */
  readonly fingerprint: string
  readonly headers: string
  readonly visits: readonly Visit[]
}

export function readLastVisits(remembered: string | undefined, fingerprint: string): LastVisits | undefined {
  if (remembered === undefined) return undefined
  const parsed = visitsSchema.safeParse(JSON.parse(remembered))
  return parsed.success && parsed.data.fingerprint === fingerprint ? parsed.data : undefined
}

/** The header that asks for the file only if it is another one now. */
export function conditionOf(visit: Visit): Record<string, string> {
  return {
    ...(visit.etag === undefined ? {} : { 'if-none-match': visit.etag }),
    ...(visit.lastModified === undefined ? {} : { 'if-modified-since': visit.lastModified }),
  }
}

/** An answer or a download. */
export interface Visited {
  header(name: string): string | undefined
}

/** Keeps the validators of the files that this run reads, as long as all of them have one. */
export class VisitRecord {
  readonly #visits = new Map<string, Visit>()
  #headers: string | undefined
  #complete = true

  /** A request whose answer cannot be asked for conditionally: the next run has to read everything. */
  spoil(): void {
    this.#complete = false
  }

  add(url: string, headers: Readonly<Record<string, string>>, answer: Visited): void {
    const etag = answer.header('etag')
    const lastModified = answer.header('last-modified')
    const sent = headersDigest(headers)
    this.#headers ??= sent
    if ((etag ?? lastModified) === undefined || sent !== this.#headers) this.spoil()
    this.#visits.set(url, { url, etag, lastModified })
    if (this.#visits.size > mostVisits) this.spoil()
  }

  /** To be remembered; undefined when the next run cannot rely on it. */
  text(fingerprint: string): string | undefined {
    if (!this.#complete || this.#visits.size === 0) return undefined
    return JSON.stringify({ fingerprint, headers: this.#headers ?? '', visits: [...this.#visits.values()] })
  }
}

/** Headers may hold a secret, so only their digest is remembered. */
export function headersDigest(headers: Readonly<Record<string, string>>): string {
  const sorted = Object.entries(headers).sort(([left], [right]) => (left < right ? -1 : 1))
  return createHash('sha256').update(JSON.stringify(sorted)).digest('base64')
}
