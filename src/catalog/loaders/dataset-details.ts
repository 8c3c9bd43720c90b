import type DataLoader from 'dataloader'
import { Any, type EntityManager } from 'typeorm'
import { datasetTables, statusExpression } from '../datasets/dataset-tables.js'
import { DatasetRelated } from '../entities/dataset-related.js'
import { DatasetVersion } from '../entities/dataset-version.js'
import type { Dataset } from '../entities/dataset.js'
import type { DatasetStatus } from '../enums.js'
import { sql } from '../filters/sql-fragment.js'
import { listEach, oneEach } from './batch.js'

/** What a dataset has beside its own row, by its id; of a duplicate ask by the id of its original, but for the status. */
export interface DatasetDetails {
  readonly related: DataLoader<number, Dataset[]>
  readonly status: DataLoader<number, { readonly id: number; readonly status: DatasetStatus } | null>
  /** The newest version; null: nothing is published. */
  readonly version: DataLoader<number, DatasetVersion | null>
}

export function datasetDetails(manager: EntityManager): DatasetDetails {
  return {
    related: listEach(async (ids) => {
      const links = await manager.find(DatasetRelated, {
        where: { datasetId: Any(ids) },
        relations: { related: true },
        order: { related: { planRow: 'ASC', code: 'ASC' } },
      })
      return links.map(({ datasetId, related }) => ({ owner: datasetId, value: related }))
    }),
    status: oneEach(
      (ids) => {
        const { text, values } = sql`
          select d.id, ${statusExpression} as status from ${datasetTables} where d.id = any(${ids}::int[])`.render()
        return manager.query<{ id: number; status: DatasetStatus }[]>(text, values)
      },
      ({ id }) => id,
    ),
    version: oneEach(
      (ids) =>
        manager
          .createQueryBuilder(DatasetVersion, 'version')
          .innerJoin('version.dataset', 'dataset', 'dataset.version = version.number')
          .where('version.dataset_id = any(:ids)', { ids })
          .getMany(),
      ({ datasetId }) => datasetId,
    ),
  }
}
