import 'reflect-metadata'
import { Arg, Ctx, Field, ID, Int, Mutation, ObjectType, Resolver } from 'type-graphql'
import { Dataset } from '../../catalog/entities/dataset.js'
import type { RegistrationContext } from '../registration.js'
import { forgetPastVersions } from './forget-past-versions.js'

@ObjectType({ description: 'What was taken back of a dataset. vi: Phần dữ liệu đã thu hồi.' })
export class ForgottenPast {
  @Field(() => Dataset)
  dataset: Dataset

  @Field(() => Int, { description: 'Rows of past versions that are gone. vi: Số dòng của các phiên bản cũ đã xóa.' })
  rows: number

  @Field(() => Int, { description: 'Changes that cannot be read any more. vi: Số thay đổi đã xóa.' })
  changes: number
}

@Resolver()
export class WithdrawalResolver {
  @Mutation(() => ForgottenPast, {
    description:
      'Takes back what earlier versions of a dataset published and should not have: no past moment and no change of it can be read any more. The version that is public stays, so the source is corrected and read first. Subscribers that resume from before get CURSOR_EXPIRED. For coordinators. vi: Thu hồi các phiên bản đã công bố trước đây.',
  })
  async forgetPastVersions(
    @Arg('dataset', () => ID) code: string,
    @Arg('reason', () => String) reason: string,
    @Ctx() { viewer, manager, registration }: RegistrationContext,
  ): Promise<ForgottenPast> {
    const gone = await forgetPastVersions(registration.pool, viewer, { dataset: code, reason })
    const dataset = await manager.getRepository(Dataset).findOneByOrFail({ code })
    return Object.assign(new ForgottenPast(), { dataset, ...gone })
  }
}
