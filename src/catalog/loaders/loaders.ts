import type DataLoader from 'dataloader'
import type { EntityManager } from 'typeorm'
import { agencyLists, type AgencyLists } from './agency-lists.js'
import { catalogueLoaders, type CatalogueLoaders } from './catalogue-loaders.js'
import { datasetDetails, type DatasetDetails } from './dataset-details.js'
import { datasetPages, type DatasetPages } from './dataset-pages.js'
import { resourceLoader, type ResourceWithState } from './resource-loader.js'
import { versionPages, type VersionPages } from './version-pages.js'

/** All loads of one operation: they batch, and what was loaded once is not loaded again. */
export interface Loaders extends CatalogueLoaders, AgencyLists, DatasetDetails, DatasetPages, VersionPages {
  readonly resources: DataLoader<number, readonly ResourceWithState[]>
}

export function createLoaders(manager: EntityManager): Loaders {
  return {
    ...catalogueLoaders(manager),
    ...agencyLists(manager),
    ...datasetDetails(manager),
    ...datasetPages(manager),
    ...versionPages(manager),
    resources: resourceLoader(manager),
  }
}
