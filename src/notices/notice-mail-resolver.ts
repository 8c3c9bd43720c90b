import 'reflect-metadata'
import { Arg, Ctx, Field, ID, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql'
import { actorOf, appendAudit } from '../access/audit/append-audit.js'
import type { Agency } from '../catalog/entities/agency.js'
import { queriesIn } from '../database/queries.js'
import { GatewayError } from '../errors/gateway-error.js'
import type { RegistrationContext } from '../registration/registration.js'
import { parseMailAddress } from './mail-address.js'
import { forgetAddress, readAddress, storeAddress } from './notice-address.js'
import { agencyFor, deliveryState } from './notice-agency.js'

@ObjectType({
  simpleResolvers: true,
  description: 'Where notices of an agency are sent by e-mail. vi: Thư điện tử nhận thông báo.',
})
export class NoticeMail {
  @Field(() => ID, { description: 'Code of the agency. vi: Mã cơ quan.' })
  agency: string

  @Field(() => String, { nullable: true, description: 'Null: none is set. vi: Địa chỉ nhận.' })
  address: string | null

  @Field(() => Int, { description: 'What was not taken yet. vi: Số thông báo đang chờ gửi.' })
  pending: number

  @Field(() => String, { nullable: true, description: 'Why the newest of these was not taken. vi: Lỗi gần nhất.' })
  lastError: string | null
}

@Resolver()
export class NoticeMailResolver {
  @Query(() => NoticeMail, {
    description: 'Of the agency of the key, or of the one named. vi: Thư điện tử nhận thông báo.',
  })
  async noticeMail(
    @Arg('agency', () => ID, { nullable: true }) code: string | null | undefined,
    @Ctx() context: RegistrationContext,
  ): Promise<NoticeMail> {
    return describe(context, await agencyFor(context, code))
  }

  @Mutation(() => NoticeMail, {
    description:
      'Where a mail is sent for each new notice, with its rows and what to do; null: nowhere. The address is kept encrypted. CONFLICT when this gateway sends no mail. vi: Đặt thư điện tử nhận thông báo.',
  })
  async setNoticeMail(
    @Arg('address', () => String, { nullable: true }) text: string | null | undefined,
    @Arg('agency', () => ID, { nullable: true }) code: string | null | undefined,
    @Ctx() context: RegistrationContext,
  ): Promise<NoticeMail> {
    const { manager, registration, viewer } = context
    const agency = await agencyFor(context, code)
    const address = text == null ? undefined : parseMailAddress(text)
    if (address !== undefined && !registration.sendsMail) {
      throw new GatewayError('CONFLICT', 'This gateway sends no mail; its operator has to set NOTICE_MAIL_SERVER.')
    }
    await manager.transaction(async (transaction) => {
      const query = queriesIn(transaction)
      if (address === undefined) await forgetAddress(query, agency.id, 'mail')
      else await storeAddress(query, registration.secrets, agency.id, 'mail', address)
      await appendAudit(query, actorOf(viewer), {
        action: address === undefined ? 'noticeMail.removed' : 'noticeMail.set',
        subject: `agency ${agency.code}`,
      })
    })
    return describe(context, agency)
  }
}

async function describe(
  { manager, registration }: RegistrationContext,
  { id, code: agency }: Agency,
): Promise<NoticeMail> {
  const address = await readAddress(queriesIn(manager), registration.secrets, id, 'mail')
  const state = await deliveryState(manager, id, 'mail')
  return Object.assign(new NoticeMail(), { agency, address: address ?? null, ...state })
}
