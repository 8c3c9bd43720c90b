import { DatasetConnection, type DatasetsArgs } from '../datasets/dataset-connection.js'
import { datasetList, type DatasetOwner } from '../datasets/dataset-list.js'
import { checkCursors } from '../paging/keyset-pages.js'
import { sliceOf } from '../paging/page-args.js'

/** A page of all datasets (parent 0), or of those of a theme or an agency by its id. */
export function datasetsPage(owner: DatasetOwner, parent: number, args: DatasetsArgs): DatasetConnection {
  const { where = null, search = null, orderBy } = args
  const question = { owner, where, search, orderBy: orderBy ?? [] }
  const slice = sliceOf(args)
  checkCursors(datasetList(question), slice)
  return new DatasetConnection({ parent, question }, slice)
}
