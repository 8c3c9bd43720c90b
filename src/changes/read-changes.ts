import type pg from 'pg'
import { GatewayError } from '../errors/gateway-error.js'
import { cursorExpired } from '../records/query/change-source.js'
import { cursorAfterPosition, isWhole, type ChangeCursor } from './change-cursor.js'

export type ChangeType = 'ADDED' | 'CHANGED' | 'REMOVED' | 'LOADED'

export interface ChangeEvent {
  readonly cursor: ChangeCursor
  readonly type: ChangeType
  readonly datasetId: number
  readonly datasetCode: string
  readonly recordType: string
  /** Null for LOADED: read the dataset. */
  readonly key: string | null
}

export interface ChangeFilter {
  /** Ids of datasets; undefined: all. */
  readonly datasets?: readonly number[] | undefined
  readonly recordTypes?: readonly string[] | undefined
}

export interface ChangeQuery extends ChangeFilter {
  readonly after: ChangeCursor
  /** Most events to read. */
  readonly limit: number
}

export interface ChangePage {
  readonly events: readonly ChangeEvent[]
  /** Where to read on: behind the last event, or, when there are no more, behind all that this statement's snapshot saw. */
  readonly cursor: ChangeCursor
  readonly more: boolean
}

interface EventRow {
  readonly head: string
  readonly oldest: string
  readonly position: string | null
  readonly seq: number
  readonly type: ChangeType
  readonly dataset_id: number
  readonly dataset_code: string
  readonly record_type: string
  readonly key: string | null
}

/**
 * The events after a cursor, in order. A reader that goes on from `cursor` sees each exactly once. Throws CURSOR_EXPIRED when
 * events after the cursor have been pruned, CURSOR_INVALID when the feed has not come so far.
 */
export async function readChanges(database: pg.Pool, query: ChangeQuery): Promise<ChangePage> {
  const { after, datasets, recordTypes, limit } = query
  // The head comes from the same snapshot as the events, so a page without more events is behind all that it could see.
  const { rows } = await database.query<EventRow>(
    `select h.position as head, h.oldest, e.* from gateway.feed_head h
     left join lateral (
       select c.position, c.seq, c.type, c.dataset_id, d.code as dataset_code, c.record_type, c.key
       from gateway.change_event c join gateway.dataset d on d.id = c.dataset_id
       where (c.position, c.seq) > ($1, $2) and ($3::int[] is null or c.dataset_id = any ($3))
         and ($4::text[] is null or c.record_type = any ($4))
       order by c.position, c.seq limit $5
     ) e on true
     order by e.position, e.seq`,
    [after.position, after.seq, datasets ?? null, recordTypes ?? null, limit],
  )
  const first = rows[0]
  if (first === undefined) throw new Error('The change feed has no head.')
  const head = BigInt(first.head)
  refuseUnreadable(after, head, BigInt(first.oldest))
  const events = rows.flatMap(toEvent)
  const last = events.at(-1)
  const more = events.length === limit
  return { events, cursor: more && last !== undefined ? last.cursor : cursorAfterPosition(head), more }
}

/** The cursor behind all that has been published. */
export async function feedPosition(database: pg.Pool | pg.ClientBase): Promise<ChangeCursor> {
  const { rows } = await database.query<{ position: string }>('select position from gateway.feed_head')
  const position = rows[0]?.position
  if (position === undefined) throw new Error('The change feed has no head.')
  return cursorAfterPosition(BigInt(position))
}

function refuseUnreadable(after: ChangeCursor, head: bigint, oldest: bigint): void {
  if (after.position > head) {
    throw new GatewayError('CURSOR_INVALID', 'The cursor is ahead of the change feed. Use one that this gateway gave.')
  }
  // `oldest` is the highest position whose events are gone: who has seen all of it misses nothing.
  if (after.position < oldest || (after.position === oldest && oldest > 0n && !isWhole(after))) {
    throw cursorExpired()
  }
}

function toEvent(row: EventRow): ChangeEvent[] {
  if (row.position === null) return []
  return [
    {
      cursor: { position: BigInt(row.position), seq: row.seq },
      type: row.type,
      datasetId: row.dataset_id,
      datasetCode: row.dataset_code,
      recordType: row.record_type,
      key: row.key,
    },
  ]
}
