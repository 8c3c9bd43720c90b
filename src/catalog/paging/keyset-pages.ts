import type { EntityManager } from 'typeorm'
import { all, join, sql, type SqlFragment } from '../filters/sql-fragment.js'
import { decodeCursor, encodeCursor, signatureOf } from './cursor.js'
import type { Slice } from './page-args.js'
import { PageInfo } from './page-info.js'
import { beyond, orderClause, type SortKey } from './sort-key.js'

/** A list of rows below each of some parents. */
export interface KeysetList {
  /** Cursors of lists of another kind are refused. */
  readonly kind: string
  /** Tables with their joins. */
  readonly from: SqlFragment
  /** Which rows are below the parent `parent.id`. */
  readonly below: SqlFragment
  readonly where: readonly SqlFragment[]
  /** An int. */
  readonly id: SqlFragment
  readonly keys: readonly SortKey[]
}

export interface Page {
  readonly rows: readonly { readonly id: number; readonly cursor: string }[]
  readonly pageInfo: PageInfo
}

interface Row {
  readonly parent: number
  readonly id: number
  readonly key: string[]
}

/** Throws CURSOR_INVALID when a cursor of the slice is not one of the list: also when nobody asks for the rows. */
export function checkCursors({ kind, keys }: Pick<KeysetList, 'kind' | 'keys'>, { after, before }: Slice): void {
  for (const cursor of [after, before]) {
    if (cursor !== undefined) decodeCursor(cursor, signatureOf(kind, keys), keys)
  }
}

/** The same page of the list below each parent, in one statement, by the keys of the page before and never by an offset. */
export async function keysetPages(
  manager: EntityManager,
  list: KeysetList,
  parents: readonly number[],
  slice: Slice,
): Promise<Map<number, Page>> {
  const signature = signatureOf(list.kind, list.keys)
  const { text, values } = pageStatement(list, parents, slice, signature).render()
  const rows = await manager.query<Row[]>(text, values)
  const byParent = Map.groupBy(rows, (row) => row.parent)
  return new Map(parents.map((parent) => [parent, toPage(byParent.get(parent) ?? [], slice, signature)]))
}

/** How many rows the whole list has below each parent, in one statement. */
export async function keysetTotals(
  manager: EntityManager,
  list: KeysetList,
  parents: readonly number[],
): Promise<Map<number, number>> {
  const { text, values } = sql`
    select parent.id as parent, (select count(*)::int from ${list.from} where ${all([list.below, ...list.where])}) as total
    from unnest(${parents}::int[]) as parent(id)`.render()
  const rows = await manager.query<{ parent: number; total: number }[]>(text, values)
  return new Map(rows.map(({ parent, total }) => [parent, total]))
}

function pageStatement(list: KeysetList, parents: readonly number[], slice: Slice, signature: string): SqlFragment {
  const { keys, id, from, below, where } = list
  const limits = (['after', 'before'] as const).flatMap((side) => {
    const cursor = slice[side]
    return cursor === undefined ? [] : [beyond(keys, decodeCursor(cursor, signature, keys), side)]
  })
  const order = orderClause(keys, slice.fromEnd)
  const key = join(
    keys.map(({ expression }) => sql`(${expression})::text collate "C"`),
    ', ',
  )
  // One row more than asked for tells whether there is a further page.
  return sql`
    select parent.id as parent, page.id, page.key
    from unnest(${parents}::int[]) as parent(id)
    cross join lateral (
      select ${id} as id, array[${key}] as key, row_number() over (order by ${order}) as place
      from ${from}
      where ${all([below, ...where, ...limits])}
      order by place
      limit ${slice.size + 1}
    ) as page
    order by parent.id, page.place`
}

function toPage(found: readonly Row[], { size, fromEnd, after, before }: Slice, signature: string): Page {
  const more = found.length > size
  const kept = found.slice(0, size)
  const ordered = fromEnd ? kept.reverse() : kept
  const rows = ordered.map(({ id, key }) => ({ id, cursor: encodeCursor(signature, key) }))
  return {
    rows,
    pageInfo: Object.assign(new PageInfo(), {
      hasNextPage: fromEnd ? before !== undefined : more,
      hasPreviousPage: fromEnd ? more : after !== undefined,
      startCursor: rows[0]?.cursor ?? null,
      endCursor: rows.at(-1)?.cursor ?? null,
    }),
  }
}
