import { sql, type SqlFragment } from '../filters/sql-fragment.js'
import type { KeysetList } from '../paging/keyset-pages.js'
import { datasetCondition, type DatasetFilter } from './dataset-condition.js'
import { datasetSortKeys, type DatasetOrderKey } from './dataset-sort-keys.js'
import { datasetSearch } from './dataset-search.js'
import { datasetTables } from './dataset-tables.js'

/** Whose datasets a list has. */
export type DatasetOwner = 'all' | 'theme' | 'agency'

export interface DatasetQuestion {
  readonly owner: DatasetOwner
  readonly where: DatasetFilter | null
  readonly search: string | null
  readonly orderBy: readonly DatasetOrderKey[]
}

const below: Record<DatasetOwner, SqlFragment> = {
  all: sql`true`,
  theme: sql`d.theme_id = parent.id`,
  agency: sql`d.agency_id = parent.id`,
}

/** The list of datasets that a question is about. Throws BAD_USER_INPUT for what cannot be asked. */
export function datasetList({ owner, where, search, orderBy }: DatasetQuestion): KeysetList {
  const words = datasetSearch(search)
  return {
    kind: 'datasets',
    from: datasetTables,
    below: below[owner],
    where: [...(where === null ? [] : [datasetCondition(where)]), ...(words?.conditions ?? [])],
    id: sql`d.id`,
    keys: datasetSortKeys(orderBy, words),
  }
}
