import DataLoader from 'dataloader'
import type { EntityManager } from 'typeorm'
import { Resource } from '../entities/resource.js'
import { sourceState, type SourceState } from '../source-state.js'

/** An active resource and what its row says of its source, by one look at both row and clock. */
export interface ResourceWithState {
  readonly resource: Resource
  readonly source: SourceState
}

/** The active resources of a dataset in their order, by the dataset's id. */
export function resourceLoader(manager: EntityManager): DataLoader<number, readonly ResourceWithState[]> {
  return new DataLoader<number, readonly ResourceWithState[]>(async (ids) => {
    const { entities, raw } = await manager
      .createQueryBuilder(Resource, 'resource')
      .addSelect('clock_timestamp()', 'now')
      .where('resource.dataset_id = any(:ids) and resource.active', { ids })
      .orderBy('resource.position')
      .addOrderBy('resource.id')
      .getRawAndEntities<{ now: Date }>()
    const now = raw[0]?.now ?? new Date()
    const lists = Map.groupBy(entities, (resource) => resource.datasetId)
    return ids.map((id) => (lists.get(id) ?? []).map((resource) => ({ resource, source: sourceState(resource, now) })))
  })
}
