import 'reflect-metadata'
import { Args, Ctx, Field, FieldResolver, Int, ObjectType, Resolver, Root } from 'type-graphql'
import type { ControlContext } from '../control-context.js'
import { DatasetVersion } from '../entities/dataset-version.js'
import { Dataset } from '../entities/dataset.js'
import { PageArgs, sliceOf } from '../paging/page-args.js'
import { PageInfo } from '../paging/page-info.js'
import { originalIdOf } from './original.js'

@ObjectType({ simpleResolvers: true })
export class DatasetVersionEdge {
  @Field(() => String)
  cursor: string

  @Field(() => DatasetVersion)
  node: DatasetVersion
}

@ObjectType({ simpleResolvers: true, description: 'A page of versions. vi: Một trang các phiên bản.' })
export class DatasetVersionConnection {
  @Field(() => [DatasetVersion])
  nodes: DatasetVersion[]

  @Field(() => [DatasetVersionEdge])
  edges: DatasetVersionEdge[]

  @Field(() => PageInfo)
  pageInfo: PageInfo

  datasetId: number
}

@Resolver(() => Dataset)
export class VersionResolver {
  @FieldResolver(() => DatasetVersion, {
    nullable: true,
    description: 'The newest; null: nothing is published yet. vi: Phiên bản mới nhất.',
  })
  async version(@Root() dataset: Dataset, @Ctx() { loaders }: ControlContext): Promise<DatasetVersion | null> {
    return loaders.version.load(originalIdOf(dataset))
  }

  @FieldResolver(() => DatasetVersionConnection, { description: 'The newest first. vi: Mới nhất trước.' })
  async versions(
    @Root() dataset: Dataset,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() { loaders }: ControlContext,
  ): Promise<DatasetVersionConnection> {
    const datasetId = originalIdOf(dataset)
    const { rows, pageInfo } = await loaders.versionPage.load({ parent: datasetId, question: sliceOf(args) })
    const edges = await Promise.all(
      rows.map(async ({ id, cursor }) => ({
        cursor,
        node: await loaders.versionByNumber.load({ datasetId, number: id }),
      })),
    )
    const nodes = edges.map(({ node }) => node)
    return Object.assign(new DatasetVersionConnection(), { datasetId, edges, nodes, pageInfo })
  }
}

@Resolver(() => DatasetVersionConnection)
export class VersionCountResolver {
  @FieldResolver(() => Int)
  async totalCount(
    @Root() { datasetId }: DatasetVersionConnection,
    @Ctx() { loaders }: ControlContext,
  ): Promise<number> {
    return loaders.versionTotal.load({ parent: datasetId, question: 'versions' })
  }
}
