import 'reflect-metadata'
import {
  Arg,
  Args,
  ArgsType,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql'
import { In } from 'typeorm'
import { actorOf, appendAudit } from '../access/audit/append-audit.js'
import { requireRole } from '../access/viewer.js'
import { Agency } from '../catalog/entities/agency.js'
import type { Language } from '../catalog/enums.js'
import { sql, type SqlFragment } from '../catalog/filters/sql-fragment.js'
import { inLanguage, Lang } from '../catalog/language.js'
import { connectionOf, type ConnectionObject } from '../catalog/paging/connection.js'
import { keysetPages, keysetTotals, type KeysetList } from '../catalog/paging/keyset-pages.js'
import { PageArgs, sliceOf } from '../catalog/paging/page-args.js'
import { queriesIn } from '../database/queries.js'
import { GatewayError } from '../errors/gateway-error.js'
import { Connector } from '../registration/entities/connector.js'
import { ownConnector } from '../registration/own-connector.js'
import type { RegistrationContext } from '../registration/registration.js'
import { Notice } from './notice.js'
import { closeNotice } from './watch-runs.js'
import { agencyFor, deliveryState } from './notice-agency.js'
import { forgetAddress, parseWebhook, readAddress, storeAddress } from './notice-address.js'
import { noticeRows } from './delivery.js'

@ObjectType({ simpleResolvers: true, description: 'A row to be corrected. vi: Dòng cần sửa.' })
export class NoticeRow {
  @Field(() => String)
  resource: string

  @Field(() => String, { nullable: true })
  part: string | null

  @Field(() => Int, { description: 'Where it is in the source. vi: Dòng trong nguồn.' })
  row: number

  @Field(() => String, { nullable: true })
  field: string | null

  @Field(() => String, { nullable: true })
  value: string | null

  vi: string
  en: string
}

const NoticeConnection = connectionOf('ConnectorNotice', Notice)

@ArgsType()
export class NoticesArgs extends PageArgs {
  @Field(() => Boolean, { nullable: true, description: 'Only those still to be done, or only done ones. vi: Còn mở.' })
  open?: boolean | null
}

@ObjectType({ simpleResolvers: true, description: 'Where notices of an agency are sent. vi: Nơi nhận thông báo.' })
export class NoticeWebhook {
  @Field(() => ID, { description: 'Code of the agency. vi: Mã cơ quan.' })
  agency: string

  @Field(() => String, { nullable: true, description: 'Null: none is set. The rest is kept secret. vi: Máy chủ nhận.' })
  host: string | null

  @Field(() => Int, { description: 'What was not taken yet. vi: Số thông báo đang chờ gửi.' })
  pending: number

  @Field(() => String, { nullable: true, description: 'Why the newest of these was not taken. vi: Lỗi gần nhất.' })
  lastError: string | null
}

@Resolver(() => Notice)
export class NoticeResolver {
  @Query(() => NoticeConnection, {
    nullable: true,
    description:
      'What owners of connectors have to do, the newest first: those of the agency of the key; all for coordinators and administrators. vi: Việc cần làm với các kết nối.',
  })
  async notices(
    @Args(() => NoticesArgs) args: NoticesArgs,
    @Ctx() { viewer, manager }: RegistrationContext,
  ): Promise<ConnectionObject<Notice>> {
    requireRole(viewer, 'AGENCY', 'COORDINATOR', 'ADMIN')
    const list = listOf(args.open ?? undefined, viewer.role === 'AGENCY' ? viewer.agencyCode : undefined)
    const page = (await keysetPages(manager, list, [0], sliceOf(args))).get(0)
    if (page === undefined) throw new Error('The notices were not read.')
    const rows = await manager.getRepository(Notice).findBy({ id: In(page.rows.map(({ id }) => id)) })
    const byId = new Map(rows.map((row) => [row.id, row]))
    return new NoticeConnection({
      page,
      node: (id) => byId.get(id),
      count: async () => (await keysetTotals(manager, list, [0])).get(0) ?? 0,
    })
  }

  @Query(() => NoticeWebhook, { description: 'Of the agency of the key, or of the one named. vi: Nơi nhận thông báo.' })
  async noticeWebhook(
    @Arg('agency', () => ID, { nullable: true }) code: string | null | undefined,
    @Ctx() context: RegistrationContext,
  ): Promise<NoticeWebhook> {
    return describeWebhook(context, await agencyFor(context, code ?? undefined))
  }

  @Mutation(() => NoticeWebhook, {
    description:
      'Where notices are sent as JSON by POST, each with an `id` that comes again when it is sent again; null: nowhere. The address is kept encrypted. vi: Đặt nơi nhận thông báo.',
  })
  async setNoticeWebhook(
    @Arg('url', () => String, { nullable: true }) text: string | null | undefined,
    @Arg('agency', () => ID, { nullable: true }) code: string | null | undefined,
    @Ctx() context: RegistrationContext,
  ): Promise<NoticeWebhook> {
    const agency = await agencyFor(context, code ?? undefined)
    const url = text == null ? undefined : parseWebhook(text)
    await context.manager.transaction(async (transaction) => {
      const query = queriesIn(transaction)
      if (url === undefined) await forgetAddress(query, agency.id, 'webhook')
      else await storeAddress(query, context.registration.secrets, agency.id, 'webhook', url.href)
      await appendAudit(query, actorOf(context.viewer), {
        action: url === undefined ? 'webhook.removed' : 'webhook.set',
        subject: `agency ${agency.code}`,
        details: url === undefined ? {} : { host: url.host },
      })
    })
    return describeWebhook(context, agency)
  }

  @Mutation(() => Notice, {
    description:
      'Says that there is nothing to do about a notice, or that it is done. The next run tells anew what is still wrong. vi: Đánh dấu đã xong.',
  })
  async settleNotice(@Arg('id', () => ID) text: string, @Ctx() context: RegistrationContext): Promise<Notice> {
    const { viewer, manager } = context
    const notice = await ownNotice(context, text)
    return manager.transaction(async (transaction) => {
      const query = queriesIn(transaction)
      const closed = await closeNotice(query, notice.id)
      if (closed) {
        await appendAudit(query, actorOf(viewer), {
          action: 'notice.settled',
          subject: `notice ${notice.id}`,
          details: { cause: notice.cause },
        })
      }
      return transaction.getRepository(Notice).findOneByOrFail({ id: notice.id })
    })
  }

  @FieldResolver(() => Connector)
  async connector(@Root() { connectorId }: Notice, @Ctx() { runLoaders }: RegistrationContext): Promise<Connector> {
    return runLoaders.connector.load(connectorId)
  }

  @FieldResolver(() => String, { description: 'What is the matter. vi: Vấn đề.' })
  title(@Root() { titleVi, titleEn }: Notice, @Lang() lang: Language | null): string {
    return inLanguage(lang, titleVi, titleEn)
  }

  @FieldResolver(() => String, { description: 'What can be done about it. vi: Cách khắc phục.' })
  fix(@Root() { fixVi, fixEn }: Notice, @Lang() lang: Language | null): string {
    return inLanguage(lang, fixVi, fixEn)
  }

  @FieldResolver(() => [NoticeRow], { description: 'The first of the rows that it is about. vi: Các dòng đầu tiên.' })
  rows(@Root() { rows }: Notice): NoticeRow[] {
    return noticeRows.parse(rows).map((row) => Object.assign(new NoticeRow(), row))
  }
}

@Resolver(() => NoticeRow)
export class NoticeRowFields {
  @FieldResolver(() => String, { description: 'What is wrong with it. vi: Lý do.' })
  reason(@Root() { vi, en }: NoticeRow, @Lang() lang: Language | null): string {
    return inLanguage(lang, vi, en)
  }
}

/** In the same words for one that is not there and for another agency's. */
async function ownNotice({ viewer, manager, runLoaders }: RegistrationContext, text: string): Promise<Notice> {
  requireRole(viewer, 'AGENCY', 'COORDINATOR', 'ADMIN')
  const id = /^\d{1,9}$/.test(text) ? Number(text) : undefined
  const found = id === undefined ? null : await manager.getRepository(Notice).findOneBy({ id })
  if (found === null) throw noSuchNotice()
  const { code } = await runLoaders.connector.load(found.connectorId)
  try {
    await ownConnector(manager, viewer, code)
  } catch (error) {
    if (error instanceof GatewayError && error.code === 'NOT_FOUND') throw noSuchNotice()
    throw error
  }
  return found
}

function noSuchNotice(): GatewayError {
  return new GatewayError('NOT_FOUND', 'You have no notice with this id.')
}

async function describeWebhook(
  { manager, registration }: RegistrationContext,
  { id, code: agency }: Agency,
): Promise<NoticeWebhook> {
  const url = await readAddress(queriesIn(manager), registration.secrets, id, 'webhook')
  const state = await deliveryState(manager, id, 'webhook')
  return Object.assign(new NoticeWebhook(), { agency, host: url === undefined ? null : new URL(url).host, ...state })
}

function listOf(open: boolean | undefined, own: string | undefined): KeysetList {
  const where: SqlFragment[] = []
  if (open === true) where.push(sql`n.closed_at is null`)
  if (open === false) where.push(sql`n.closed_at is not null`)
  if (own !== undefined) where.push(sql`a.code = ${own}`)
  return {
    kind: 'notices',
    from: sql`gateway.notice n join gateway.connector c on c.id = n.connector_id left join gateway.agency a on a.id = c.agency_id`,
    below: sql`true`,
    where,
    id: sql`n.id`,
    keys: [{ name: 'id', expression: sql`n.id`, type: 'int4', nullable: false, direction: 'DESC' }],
  }
}
