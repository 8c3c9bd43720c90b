import type { Queries } from '../../database/queries.js'
import { genesis, hashOf, readContent } from './audit-chain.js'

/** A place in the chain that somebody noted down outside the database. */
export interface Anchor {
  readonly seq: number
  readonly hash: string
}

export interface Verification {
  readonly intact: boolean
  /** Entries that were checked; up to the first wrong one. */
  readonly entries: number
  /** The newest entry; note it down elsewhere, since a log that was cut short is only found by it. */
  readonly head: Anchor | undefined
  /** What is wrong first, in a sentence. */
  readonly problem: string | undefined
}

interface StoredEntry {
  readonly seq: string
  readonly content: string
  readonly hash: string
}

const batch = 1000

/** Reads the whole log and checks each entry against its hash and its place. `anchor`: an entry that must still be there. */
export async function verifyAuditLog(query: Queries, anchor?: Anchor): Promise<Verification> {
  let head: Anchor = { seq: 0, hash: genesis }
  let anchored = anchor === undefined
  for (;;) {
    const rows = await query<StoredEntry>(
      'select seq, content, hash from gateway.audit_entry where seq > $1 order by seq limit $2',
      [head.seq, batch],
    )
    for (const row of rows) {
      const problem = problemOf(row, head)
      if (problem !== undefined) return { intact: false, entries: head.seq, head: known(head), problem }
      head = { seq: head.seq + 1, hash: row.hash }
      if (head.seq === anchor?.seq) anchored = head.hash === anchor.hash
    }
    if (rows.length < batch) break
  }
  if (anchored) return { intact: true, entries: head.seq, head: known(head), problem: undefined }
  const problem =
    head.seq < (anchor?.seq ?? 0)
      ? `The log ends at entry ${head.seq}; entry ${anchor?.seq ?? 0} was there before.`
      : `Entry ${anchor?.seq ?? 0} is another one than was noted down.`
  return { intact: false, entries: head.seq, head: known(head), problem }
}

function problemOf({ seq, content, hash }: StoredEntry, before: Anchor): string | undefined {
  const place = before.seq + 1
  if (Number(seq) !== place) return `Entry ${place} is missing; entry ${seq} comes next.`
  if (hashOf(content) !== hash) return `Entry ${place} was changed: its text has another hash.`
  const read = readContent(content)
  if (read === undefined) return `Entry ${place} is none that the gateway wrote.`
  if (read.seq !== place) return `Entry ${place} stands in a wrong place; it was entry ${read.seq}.`
  if (read.previous !== before.hash) return `Entry ${place} does not follow the entry before it.`
  return undefined
}

function known(head: Anchor): Anchor | undefined {
  return head.seq === 0 ? undefined : head
}

/** `12:ab34…`, as it is noted down; undefined when it is none. */
export function parseAnchor(text: string): Anchor | undefined {
  const [, seq, hash] = /^([1-9]\d{0,14}):([0-9a-f]{64})$/.exec(text.trim()) ?? []
  return seq === undefined || hash === undefined ? undefined : { seq: Number(seq), hash }
}

export function anchorText({ seq, hash }: Anchor): string {
  return `${seq}:${hash}`
}
