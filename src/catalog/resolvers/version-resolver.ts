import 'reflect-metadata'
import { Args, Ctx, Field, FieldResolver, Int, ObjectType, Resolver, Root } from 'type-graphql'
import type { ControlContext } from '../control-context.js'
import { DatasetVersion } from '../entities/dataset-version.js'
import { Dataset } from '../entities/dataset.js'
import { versionList } from '../loaders/version-pages.js'
import { checkCursors, type Page } from '../paging/keyset-pages.js'
import { PageArgs, sliceOf, type Slice } from '../paging/page-args.js'
import { PageInfo } from '../paging/page-info.js'
import { originalIdOf } from './original.js'

@ObjectType({ simpleResolvers: true })
export class DatasetVersionEdge {
  @Field(() => String)
  cursor: string

  @Field(() => DatasetVersion)
  node: DatasetVersion
}

/** A page is read when its rows are asked for, and counted when its total is. */
@ObjectType({ description: 'A page of versions. vi: Một trang các phiên bản.' })
export class DatasetVersionConnection {
  constructor(
    readonly datasetId: number,
    readonly slice: Slice,
  ) {}
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
  versions(@Root() dataset: Dataset, @Args(() => PageArgs) args: PageArgs): DatasetVersionConnection {
    const slice = sliceOf(args)
    checkCursors(versionList, slice)
    return new DatasetVersionConnection(originalIdOf(dataset), slice)
  }
}

@Resolver(() => DatasetVersionConnection)
export class VersionConnectionResolver {
  @FieldResolver(() => [DatasetVersion])
  async nodes(@Root() versions: DatasetVersionConnection, @Ctx() context: ControlContext): Promise<DatasetVersion[]> {
    return (await edgesOf(versions, context)).map(({ node }) => node)
  }

  @FieldResolver(() => [DatasetVersionEdge])
  async edges(
    @Root() versions: DatasetVersionConnection,
    @Ctx() context: ControlContext,
  ): Promise<DatasetVersionEdge[]> {
    return edgesOf(versions, context)
  }

  @FieldResolver(() => PageInfo)
  async pageInfo(@Root() versions: DatasetVersionConnection, @Ctx() context: ControlContext): Promise<PageInfo> {
    return (await page(versions, context)).pageInfo
  }

  @FieldResolver(() => Int)
  async totalCount(
    @Root() { datasetId }: DatasetVersionConnection,
    @Ctx() { loaders }: ControlContext,
  ): Promise<number> {
    return loaders.versionTotal.load({ parent: datasetId, question: 'versions' })
  }
}

async function edgesOf(versions: DatasetVersionConnection, context: ControlContext): Promise<DatasetVersionEdge[]> {
  const { datasetId } = versions
  const { rows } = await page(versions, context)
  return Promise.all(
    rows.map(async ({ id, cursor }) => {
      return { cursor, node: await context.loaders.versionByNumber.load({ datasetId, number: id }) }
    }),
  )
}

function page({ datasetId, slice }: DatasetVersionConnection, { loaders }: ControlContext): Promise<Page> {
  return loaders.versionPage.load({ parent: datasetId, question: slice })
}
