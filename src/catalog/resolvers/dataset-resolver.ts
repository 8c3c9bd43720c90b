import 'reflect-metadata'
import { GraphQLDate } from 'graphql-scalars'
import { Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql'
import type { ControlContext } from '../control-context.js'
import { Agency } from '../entities/agency.js'
import { Dataset } from '../entities/dataset.js'
import { Theme } from '../entities/theme.js'
import { DatasetStatus, Frequency, type Language } from '../enums.js'
import { inLanguage, Lang } from '../language.js'
import { originalIdOf, originalOf, publicResources } from './original.js'

/** What the catalogue says of a dataset. */
@Resolver(() => Dataset)
export class DatasetResolver {
  @FieldResolver(() => String)
  title(@Root() { titleVi, titleEn }: Dataset, @Lang() lang: Language | null): string {
    return inLanguage(lang, titleVi, titleEn)
  }

  @FieldResolver(() => String, { nullable: true })
  async description(
    @Root() dataset: Dataset,
    @Lang() lang: Language | null,
    @Ctx() context: ControlContext,
  ): Promise<string | null> {
    const { descriptionVi, descriptionEn } = await originalOf(context, dataset)
    return inLanguage(lang, descriptionVi, descriptionEn)
  }

  @FieldResolver(() => String)
  async license(@Root() dataset: Dataset, @Ctx() context: ControlContext): Promise<string> {
    return (await originalOf(context, dataset)).license
  }

  @FieldResolver(() => Boolean)
  async sample(@Root() dataset: Dataset, @Ctx() context: ControlContext): Promise<boolean> {
    return (await originalOf(context, dataset)).sample
  }

  @FieldResolver(() => Frequency, { nullable: true })
  async frequency(@Root() dataset: Dataset, @Ctx() context: ControlContext): Promise<Frequency | null> {
    return (await originalOf(context, dataset)).frequency
  }

  @FieldResolver(() => [String])
  async keywords(@Root() dataset: Dataset, @Ctx() context: ControlContext): Promise<string[]> {
    return (await originalOf(context, dataset)).keywords
  }

  @FieldResolver(() => Theme, {
    nullable: true,
    description: 'Null for reference data such as places. vi: Chủ đề; trống với dữ liệu tham chiếu.',
  })
  async theme(@Root() { themeId }: Dataset, @Ctx() { loaders }: ControlContext): Promise<Theme | null> {
    return themeId === null ? null : loaders.theme.load(themeId)
  }

  @FieldResolver(() => Agency, {
    nullable: true,
    description: 'The agency that leads it; null while the plan leaves that open. vi: Cơ quan chủ trì.',
  })
  async agency(@Root() { agencyId }: Dataset, @Ctx() { loaders }: ControlContext): Promise<Agency | null> {
    return agencyId === null ? null : loaders.agency.load(agencyId)
  }

  @FieldResolver(() => [Agency], {
    description: 'While the lead is open, those that the plan names. vi: Các cơ quan được nêu khi chưa rõ chủ trì.',
  })
  async candidateAgencies(@Root() { id }: Dataset, @Ctx() { loaders }: ControlContext): Promise<Agency[]> {
    return loaders.candidateAgencies.load(id)
  }

  @FieldResolver(() => DatasetStatus, {
    description: 'A duplicate is as far as the dataset that it duplicates. vi: Tiến độ.',
  })
  async status(@Root() { id, code }: Dataset, @Ctx() { loaders }: ControlContext): Promise<DatasetStatus> {
    const found = await loaders.status.load(id)
    if (found === null) throw new Error(`The dataset ${code} is gone.`)
    return found.status
  }

  @FieldResolver(() => Dataset, {
    nullable: true,
    description:
      'The dataset that the plan names here again; its resources, versions and records are what this one answers with. ' +
      'vi: Bộ dữ liệu mà kế hoạch nêu lặp lại ở đây.',
  })
  async duplicateOf(@Root() { duplicateOfId }: Dataset, @Ctx() { loaders }: ControlContext): Promise<Dataset | null> {
    return duplicateOfId === null ? null : loaders.dataset.load(duplicateOfId)
  }

  @FieldResolver(() => [Dataset], { description: 'Those that overlap with it. vi: Các bộ dữ liệu liên quan.' })
  async related(@Root() { id }: Dataset, @Ctx() { loaders }: ControlContext): Promise<Dataset[]> {
    return loaders.related.load(id)
  }

  @FieldResolver(() => GraphQLDate, { nullable: true })
  async firstPublishedOn(@Root() dataset: Dataset, @Ctx() context: ControlContext): Promise<string | null> {
    return (await originalOf(context, dataset)).firstPublishedOn
  }

  @FieldResolver(() => Int, { description: 'Of all its resources. vi: Tổng số bản ghi.' })
  async recordCount(@Root() dataset: Dataset, @Ctx() context: ControlContext): Promise<number> {
    const resources = await publicResources(context, originalIdOf(dataset))
    return resources.reduce((total, { resource }) => total + resource.recordCount, 0)
  }
}
