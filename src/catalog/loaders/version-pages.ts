import DataLoader from 'dataloader'
import type { EntityManager } from 'typeorm'
import { DatasetVersion } from '../entities/dataset-version.js'
import { sql } from '../filters/sql-fragment.js'
import { keysetPages, keysetTotals, type KeysetList, type Page } from '../paging/keyset-pages.js'
import type { Slice } from '../paging/page-args.js'
import { askLists, type ListQuestion } from './list-batch.js'

/** The versions of datasets, page by page, the newest first. */
export interface VersionPages {
  readonly versionPage: DataLoader<ListQuestion<Slice>, Page, string>
  /** The question is which list it is; there is only one below a dataset. */
  readonly versionTotal: DataLoader<ListQuestion<'versions'>, number, string>
  readonly versionByNumber: DataLoader<VersionNumber, DatasetVersion, string>
}

export interface VersionNumber {
  readonly datasetId: number
  readonly number: number
}

export const versionList: KeysetList = {
  kind: 'versions',
  from: sql`gateway.dataset_version v`,
  below: sql`v.dataset_id = parent.id`,
  where: [],
  id: sql`v.number`,
  keys: [{ name: 'number', expression: sql`v.number`, type: 'int4', nullable: false, direction: 'DESC' }],
}

export function versionPages(manager: EntityManager): VersionPages {
  return {
    versionPage: askLists((slice, parents) => keysetPages(manager, versionList, parents, slice)),
    versionTotal: askLists((_, parents) => keysetTotals(manager, versionList, parents)),
    versionByNumber: new DataLoader<VersionNumber, DatasetVersion, string>(
      async (keys) => {
        const found = await manager
          .createQueryBuilder(DatasetVersion, 'version')
          .where('(version.dataset_id, version.number) in (select * from unnest(:ids::int[], :numbers::int[]))', {
            ids: keys.map(({ datasetId }) => datasetId),
            numbers: keys.map(({ number }) => number),
          })
          .getMany()
        const byKey = new Map(found.map((version) => [keyOf(version), version]))
        return keys.map((key) => byKey.get(keyOf(key)) ?? new Error(`There is no version ${keyOf(key)}.`))
      },
      { cacheKeyFn: keyOf },
    ),
  }
}

function keyOf({ datasetId, number }: VersionNumber): string {
  return `${datasetId}:${number}`
}
