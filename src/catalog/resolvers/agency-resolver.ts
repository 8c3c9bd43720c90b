import 'reflect-metadata'
import { GraphQLDate } from 'graphql-scalars'
import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql'
import type { ControlContext } from '../control-context.js'
import { DatasetConnection, DatasetsArgs } from '../datasets/dataset-connection.js'
import { Agency } from '../entities/agency.js'
import type { Language } from '../enums.js'
import { inLanguage, Lang } from '../language.js'
import { datasetsPage } from './datasets-page.js'
import { allAgencies } from './whole-lists.js'

@Resolver(() => Agency)
export class AgencyResolver {
  @Query(() => [Agency], { description: 'All, or those of one day. vi: Mọi cơ quan, hoặc tại một ngày.' })
  async agencies(
    @Arg('validOn', () => GraphQLDate, { nullable: true }) validOn: Date | null | undefined,
    @Ctx() context: ControlContext,
  ): Promise<Agency[]> {
    return allAgencies(context, validOn ?? undefined)
  }

  @Query(() => Agency, { nullable: true })
  async agency(@Arg('code', () => ID) code: string, @Ctx() { loaders }: ControlContext): Promise<Agency | null> {
    return loaders.agencyByCode.load(code)
  }

  @FieldResolver(() => String)
  name(@Root() { nameVi, nameEn }: Agency, @Lang() lang: Language | null): string {
    return inLanguage(lang, nameVi, nameEn)
  }

  @FieldResolver(() => [Agency], { description: 'Those that it took over from. vi: Cơ quan tiền thân.' })
  async predecessors(@Root() { id }: Agency, @Ctx() { loaders }: ControlContext): Promise<Agency[]> {
    return loaders.predecessors.load(id)
  }

  @FieldResolver(() => [Agency], { description: 'Those that took over from it. vi: Cơ quan kế thừa.' })
  async successors(@Root() { id }: Agency, @Ctx() { loaders }: ControlContext): Promise<Agency[]> {
    return loaders.successors.load(id)
  }

  @FieldResolver(() => DatasetConnection, { description: 'Those that it leads. vi: Bộ dữ liệu do cơ quan chủ trì.' })
  datasets(@Root() { id }: Agency, @Args(() => DatasetsArgs) args: DatasetsArgs): DatasetConnection {
    return datasetsPage('agency', id, args)
  }
}
