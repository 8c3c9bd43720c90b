import 'reflect-metadata'
import { Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql'
import type { ControlContext } from '../control-context.js'
import { DatasetConnection, DatasetEdge } from '../datasets/dataset-connection.js'
import { Dataset } from '../entities/dataset.js'
import type { Page } from '../paging/keyset-pages.js'
import { PageInfo } from '../paging/page-info.js'

@Resolver(() => DatasetConnection)
export class DatasetConnectionResolver {
  @FieldResolver(() => [Dataset])
  async nodes(@Root() connection: DatasetConnection, @Ctx() context: ControlContext): Promise<Dataset[]> {
    const { rows } = await page(connection, context)
    return Promise.all(rows.map(({ id }) => context.loaders.dataset.load(id)))
  }

  @FieldResolver(() => [DatasetEdge])
  async edges(@Root() connection: DatasetConnection, @Ctx() context: ControlContext): Promise<DatasetEdge[]> {
    const { rows } = await page(connection, context)
    return Promise.all(rows.map(async ({ id, cursor }) => ({ cursor, node: await context.loaders.dataset.load(id) })))
  }

  @FieldResolver(() => PageInfo)
  async pageInfo(@Root() connection: DatasetConnection, @Ctx() context: ControlContext): Promise<PageInfo> {
    return (await page(connection, context)).pageInfo
  }

  @FieldResolver(() => Int, { description: 'Of the whole list. vi: Tổng số trong toàn danh sách.' })
  async totalCount(@Root() { list }: DatasetConnection, @Ctx() { loaders }: ControlContext): Promise<number> {
    return loaders.datasetTotal.load(list)
  }
}

// Fields of one connection share the load: equal keys are loaded once.
function page({ list, slice }: DatasetConnection, { loaders }: ControlContext): Promise<Page> {
  return loaders.datasetPage.load({ parent: list.parent, question: { ...list.question, slice } })
}
