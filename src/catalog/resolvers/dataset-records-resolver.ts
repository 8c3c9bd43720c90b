import 'reflect-metadata'
import type { GraphQLResolveInfo } from 'graphql'
import { Args, ArgsType, Ctx, Field, FieldResolver, ID, Info, Resolver, Root } from 'type-graphql'
import type { ControlContext } from '../control-context.js'
import { Dataset } from '../entities/dataset.js'
import { Resource } from '../entities/resource.js'
import { PageArgs } from '../paging/page-args.js'
import { RecordConnectionScalar } from '../record-leaf.js'
import { originalIdOf, publicResources } from './original.js'

@ArgsType()
export class RecordsArgs extends PageArgs {
  @Field(() => ID, { nullable: true, description: 'Only of the resource with this name. vi: Chỉ của phần này.' })
  resource?: string | null
}

/** What a dataset is made of. A duplicate answers with what the dataset has that it duplicates. */
@Resolver(() => Dataset)
export class DatasetRecordsResolver {
  @FieldResolver(() => [Resource])
  async resources(@Root() dataset: Dataset, @Ctx() context: ControlContext): Promise<Resource[]> {
    const resources = await publicResources(context, originalIdOf(dataset))
    return resources.map(({ resource }) => resource)
  }

  @FieldResolver(() => RecordConnectionScalar, {
    nullable: true,
    description: 'Records of every type, by resource and then key. vi: Các bản ghi, theo phần rồi theo khóa.',
  })
  async records(
    @Root() dataset: Dataset,
    @Args(() => RecordsArgs) args: RecordsArgs,
    @Info() info: GraphQLResolveInfo,
    @Ctx() { loaders, records }: ControlContext,
  ): Promise<unknown> {
    const original = dataset.duplicateOfId === null ? dataset : await loaders.dataset.load(dataset.duplicateOfId)
    return records.connection({
      info,
      datasetId: original.id,
      datasetCode: original.code,
      args: {
        resource: args.resource ?? undefined,
        first: args.first ?? undefined,
        last: args.last ?? undefined,
        after: args.after ?? undefined,
        before: args.before ?? undefined,
      },
    })
  }
}
