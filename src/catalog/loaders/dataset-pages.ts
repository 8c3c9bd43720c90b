import type DataLoader from 'dataloader'
import type { EntityManager } from 'typeorm'
import { datasetList, type DatasetQuestion } from '../datasets/dataset-list.js'
import { keysetPages, keysetTotals, type Page } from '../paging/keyset-pages.js'
import type { Slice } from '../paging/page-args.js'
import { askLists, type ListQuestion } from './list-batch.js'

/** Datasets of all, of themes or of agencies, page by page. */
export interface DatasetPages {
  readonly datasetPage: DataLoader<ListQuestion<DatasetQuestion & { readonly slice: Slice }>, Page, string>
  readonly datasetTotal: DataLoader<ListQuestion<DatasetQuestion>, number, string>
}

export function datasetPages(manager: EntityManager): DatasetPages {
  return {
    datasetPage: askLists((question, parents) => keysetPages(manager, datasetList(question), parents, question.slice)),
    datasetTotal: askLists((question, parents) => keysetTotals(manager, datasetList(question), parents)),
  }
}
