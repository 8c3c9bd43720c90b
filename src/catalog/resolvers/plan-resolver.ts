import 'reflect-metadata'
import { GraphQLDate } from 'graphql-scalars'
import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql'
import { GatewayError } from '../../errors/gateway-error.js'
import type { ControlContext } from '../control-context.js'
import { Agency } from '../entities/agency.js'
import { Plan } from '../entities/plan.js'
import { Theme } from '../entities/theme.js'
import type { Language } from '../enums.js'
import { inLanguage, Lang } from '../language.js'
import { allAgencies, allThemes } from './whole-lists.js'

@Resolver(() => Plan)
export class PlanResolver {
  @Query(() => Plan, { description: 'The plan that the gateway was started with. vi: Kế hoạch đang áp dụng.' })
  async plan(@Ctx() { manager }: ControlContext): Promise<Plan> {
    const [plan] = await manager.find(Plan, { order: { code: 'ASC' }, take: 1 })
    if (plan === undefined) throw new GatewayError('NOT_FOUND', 'The gateway was started without a plan.')
    return plan
  }

  @FieldResolver(() => String)
  title(@Root() { titleVi, titleEn }: Plan, @Lang() lang: Language | null): string {
    return inLanguage(lang, titleVi, titleEn)
  }

  @FieldResolver(() => [Theme])
  async themes(@Ctx() context: ControlContext): Promise<Theme[]> {
    return allThemes(context)
  }

  @FieldResolver(() => [Agency], {
    description:
      'Those that the plan names, or those that carry it out on one day, who may be successors. ' +
      'vi: Các cơ quan nêu trong kế hoạch, hoặc các cơ quan thực hiện tại một ngày.',
  })
  async agencies(
    @Arg('validOn', () => GraphQLDate, { nullable: true }) validOn: Date | null | undefined,
    @Ctx() context: ControlContext,
  ): Promise<Agency[]> {
    if (validOn) return allAgencies(context, validOn)
    return context.manager.find(Agency, { where: { inPlan: true }, order: { position: 'ASC' } })
  }
}
