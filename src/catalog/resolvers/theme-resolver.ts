import 'reflect-metadata'
import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql'
import type { ControlContext } from '../control-context.js'
import { DatasetConnection, DatasetsArgs } from '../datasets/dataset-connection.js'
import { Agency } from '../entities/agency.js'
import { Theme } from '../entities/theme.js'
import type { Language } from '../enums.js'
import { inLanguage, Lang } from '../language.js'
import { datasetsPage } from './datasets-page.js'
import { allThemes } from './whole-lists.js'

@Resolver(() => Theme)
export class ThemeResolver {
  @Query(() => [Theme], { description: 'In the order of the plan. vi: Theo thứ tự trong kế hoạch.' })
  async themes(@Ctx() context: ControlContext): Promise<Theme[]> {
    return allThemes(context)
  }

  @Query(() => Theme, { nullable: true })
  async theme(@Arg('code', () => ID) code: string, @Ctx() { loaders }: ControlContext): Promise<Theme | null> {
    return loaders.themeByCode.load(code)
  }

  @FieldResolver(() => String)
  name(@Root() { nameVi, nameEn }: Theme, @Lang() lang: Language | null): string {
    return inLanguage(lang, nameVi, nameEn)
  }

  @FieldResolver(() => [Agency], { description: 'Those that the plan names for it. vi: Cơ quan chủ trì chủ đề.' })
  async leadAgencies(@Root() { id }: Theme, @Ctx() { loaders }: ControlContext): Promise<Agency[]> {
    return loaders.leadAgencies.load(id)
  }

  @FieldResolver(() => DatasetConnection)
  datasets(@Root() { id }: Theme, @Args(() => DatasetsArgs) args: DatasetsArgs): DatasetConnection {
    return datasetsPage('theme', id, args)
  }
}
