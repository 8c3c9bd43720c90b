import { createHash } from 'node:crypto'
import { GatewayError } from '../../errors/gateway-error.js'
import type { OrderDirection } from '../enums.js'
import { sql } from '../filters/sql-fragment.js'
import type { SortKey } from '../paging/sort-key.js'
import type { DatasetSearch } from './dataset-search.js'

/** One key of an order as it came: one of these is given. */
export interface DatasetOrderKey {
  readonly code?: OrderDirection | null | undefined
  readonly title?: OrderDirection | null | undefined
  readonly planRow?: OrderDirection | null | undefined
  readonly publishedAt?: OrderDirection | null | undefined
  readonly relevance?: OrderDirection | null | undefined
}

/** The keys that datasets are sorted by; without any, by relevance in a search and else by the row of the plan. */
export function datasetSortKeys(
  orderBy: readonly DatasetOrderKey[] | null | undefined,
  search: DatasetSearch | undefined,
): SortKey[] {
  const asked = (orderBy ?? []).flatMap((order) => keysOf(order, search))
  const fallback = keysOf(search === undefined ? { planRow: 'ASC' } : { relevance: 'DESC' }, search)
  const keys = [...(asked.length > 0 ? asked : fallback), ...keysOf({ code: 'ASC' }, search)]
  // A key that occurs again decides nothing.
  return keys.filter((key, index) => keys.findIndex(({ name }) => name === key.name) === index)
}

function keysOf(order: DatasetOrderKey, search: DatasetSearch | undefined): SortKey[] {
  return [
    ...given(order.code, (direction) => ({ name: 'code', ...byCode, direction })),
    ...given(order.title, (direction) => ({ name: 'title', ...byTitle, direction })),
    ...given(order.planRow, (direction) => ({ name: 'planRow', ...byPlanRow, direction })),
    ...given(order.publishedAt, (direction) => ({ name: 'publishedAt', ...byTime, direction })),
    ...given(order.relevance, (direction) => ({ ...byRelevance(search), direction })),
  ]
}

type Sorting = Pick<SortKey, 'expression' | 'type' | 'nullable'>

const byCode: Sorting = { expression: sql`d.code collate "C"`, type: 'text', nullable: false }
const byTitle: Sorting = { expression: sql`d.title_vi collate "vi-x-icu"`, type: 'text', nullable: false }
const byPlanRow: Sorting = { expression: sql`d.plan_row`, type: 'int4', nullable: true }
// In microseconds: a cursor must not lose what a Date would.
const byTime: Sorting = {
  expression: sql`(extract(epoch from coalesce(original.published_at, d.published_at)) * 1000000)::int8`,
  type: 'int8',
  nullable: true,
}

function byRelevance(search: DatasetSearch | undefined): Omit<SortKey, 'direction'> {
  if (search === undefined) throw new GatewayError('BAD_USER_INPUT', 'An order by relevance needs search.')
  // A cursor is good for the search it came from: the same dataset has another relevance in another one.
  const digest = createHash('sha256').update(search.text).digest('base64url').slice(0, 12)
  return { name: `relevance ${digest}`, expression: search.relevance, type: 'int4', nullable: false }
}

function given<T>(direction: T | null | undefined, key: (direction: T) => SortKey): SortKey[] {
  return direction === null || direction === undefined ? [] : [key(direction)]
}
