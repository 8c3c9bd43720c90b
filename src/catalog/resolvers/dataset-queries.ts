import 'reflect-metadata'
import { Arg, Args, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql'
import type { ControlContext } from '../control-context.js'
import { DatasetConnection, DatasetsArgs } from '../datasets/dataset-connection.js'
import { Dataset } from '../entities/dataset.js'
import { datasetsPage } from './datasets-page.js'

@Resolver(() => DatasetConnection)
export class DatasetQueries {
  @Query(() => DatasetConnection, { description: 'All datasets, of the plan and beside it. vi: Mọi bộ dữ liệu.' })
  async datasets(
    @Args(() => DatasetsArgs) args: DatasetsArgs,
    @Ctx() context: ControlContext,
  ): Promise<DatasetConnection> {
    return datasetsPage(context, 'all', 0, args)
  }

  @Query(() => Dataset, { nullable: true })
  async dataset(@Arg('code', () => ID) code: string, @Ctx() { loaders }: ControlContext): Promise<Dataset | null> {
    return loaders.datasetByCode.load(code)
  }

  @FieldResolver(() => Int, { description: 'Of the whole list. vi: Tổng số trong toàn danh sách.' })
  async totalCount(@Root() { list }: DatasetConnection, @Ctx() { loaders }: ControlContext): Promise<number> {
    return loaders.datasetTotal.load(list)
  }
}
