import type { ControlContext } from '../control-context.js'
import { DatasetConnection, type DatasetsArgs } from '../datasets/dataset-connection.js'
import type { DatasetOwner } from '../datasets/dataset-list.js'
import { sliceOf } from '../paging/page-args.js'

/** A page of all datasets, or of those of a theme or an agency by its id. */
export async function datasetsPage(
  { loaders }: ControlContext,
  owner: DatasetOwner,
  parent: number,
  args: DatasetsArgs,
): Promise<DatasetConnection> {
  const { where = null, search = null, orderBy } = args
  const question = { owner, where, search, orderBy: orderBy ?? [] }
  const page = await loaders.datasetPage.load({ parent, question: { ...question, slice: sliceOf(args) } })
  const edges = await Promise.all(
    page.rows.map(async ({ id, cursor }) => ({ cursor, node: await loaders.dataset.load(id) })),
  )
  return Object.assign(new DatasetConnection(), {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: page.pageInfo,
    list: { parent, question },
  })
}
