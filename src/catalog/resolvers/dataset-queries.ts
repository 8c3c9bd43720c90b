import 'reflect-metadata'
import { Arg, Args, Ctx, ID, Query, Resolver } from 'type-graphql'
import type { ControlContext } from '../control-context.js'
import { DatasetConnection, DatasetsArgs } from '../datasets/dataset-connection.js'
import { Dataset } from '../entities/dataset.js'
import { datasetsPage } from './datasets-page.js'

@Resolver()
export class DatasetQueries {
  @Query(() => DatasetConnection, { description: 'All datasets, of the plan and beside it. vi: Mọi bộ dữ liệu.' })
  datasets(@Args(() => DatasetsArgs) args: DatasetsArgs): DatasetConnection {
    return datasetsPage('all', 0, args)
  }

  @Query(() => Dataset, { nullable: true })
  async dataset(@Arg('code', () => ID) code: string, @Ctx() { loaders }: ControlContext): Promise<Dataset | null> {
    return loaders.datasetByCode.load(code)
  }
}
