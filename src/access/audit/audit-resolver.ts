import 'reflect-metadata'
import { GraphQLDateTime, GraphQLJSON } from 'graphql-scalars'
import { Arg, Args, Ctx, Field, Float, Int, ObjectType, Query, Resolver } from 'type-graphql'
import type { ControlContext } from '../../catalog/control-context.js'
import { sql } from '../../catalog/filters/sql-fragment.js'
import { connectionOf, type ConnectionObject } from '../../catalog/paging/connection.js'
import { keysetPages, keysetTotals, type KeysetList } from '../../catalog/paging/keyset-pages.js'
import { PageArgs, sliceOf } from '../../catalog/paging/page-args.js'
import { queriesIn } from '../../database/queries.js'
import { GatewayError } from '../../errors/gateway-error.js'
import { requireRole } from '../viewer.js'
import { readContent } from './audit-chain.js'
import { anchorText, parseAnchor, verifyAuditLog } from './verify-audit-log.js'

@ObjectType({
  simpleResolvers: true,
  description: 'A management action, as the log has it. vi: Một thao tác quản trị trong nhật ký.',
})
export class AuditEntry {
  @Field(() => Float, { description: 'Its place in the log, from 1, without gaps. vi: Số thứ tự.' })
  number: number

  @Field(() => GraphQLDateTime)
  at: Date

  @Field(() => String, { description: 'AGENCY, COORDINATOR, ADMIN or GATEWAY. vi: Vai trò thực hiện.' })
  role: string

  @Field(() => Int, { nullable: true, description: 'Id of the key that was used. vi: Mã khóa đã dùng.' })
  keyId: number | null

  @Field(() => String, { nullable: true, description: "Code of the key's agency. vi: Mã cơ quan." })
  agency: string | null

  @Field(() => String, { description: '`connector.registered`, `key.revoked`, … vi: Thao tác.' })
  action: string

  @Field(() => String, { description: 'What it was done to. vi: Đối tượng.' })
  subject: string

  @Field(() => GraphQLJSON)
  details: unknown

  @Field(() => String, { description: 'SHA-256 over the entry and the hash of the one before. vi: Mã băm.' })
  hash: string
}

const AuditEntryConnection = connectionOf('AuditEntry', AuditEntry)

@ObjectType({
  simpleResolvers: true,
  description: 'Whether the log is as it was written. vi: Kết quả kiểm tra nhật ký.',
})
export class AuditVerification {
  @Field(() => Boolean)
  intact: boolean

  @Field(() => Float, { description: 'Entries that were checked. vi: Số mục đã kiểm tra.' })
  entries: number

  @Field(() => String, {
    nullable: true,
    description:
      'The newest entry, `number:hash`. Note it down elsewhere and give it as `anchor` later: only so is a log found that was cut short. vi: Mốc mới nhất.',
  })
  head: string | null

  @Field(() => String, { nullable: true, description: 'What is wrong first. vi: Sai lệch đầu tiên.' })
  problem: string | null
}

const auditList: KeysetList = {
  kind: 'audit',
  from: sql`gateway.audit_entry a`,
  below: sql`true`,
  where: [],
  id: sql`a.seq::float8`,
  keys: [{ name: 'seq', expression: sql`a.seq`, type: 'int8', nullable: false, direction: 'DESC' }],
}

@Resolver()
export class AuditResolver {
  @Query(() => AuditEntryConnection, {
    description:
      'Management actions, the newest first; for coordinators and administrators. vi: Nhật ký thao tác quản trị.',
  })
  async auditLog(
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() { viewer, manager }: ControlContext,
  ): Promise<ConnectionObject<AuditEntry>> {
    requireRole(viewer, 'COORDINATOR', 'ADMIN')
    const page = (await keysetPages(manager, auditList, [0], sliceOf(args))).get(0)
    if (page === undefined) throw new Error('The audit log was not read.')
    const rows = await manager.query<{ seq: string; content: string; hash: string }[]>(
      'select seq, content, hash from gateway.audit_entry where seq = any ($1::bigint[])',
      [page.rows.map(({ id }) => id)],
    )
    const entries = new Map(rows.map((row) => [Number(row.seq), entryOf(row)]))
    return new AuditEntryConnection({
      page,
      node: (number) => entries.get(number),
      count: async () => (await keysetTotals(manager, auditList, [0])).get(0) ?? 0,
    })
  }

  @Query(() => AuditVerification, {
    description: 'Checks the whole audit log; for coordinators and administrators. vi: Kiểm tra toàn bộ nhật ký.',
  })
  async verifyAuditLog(
    @Arg('anchor', () => String, { nullable: true, description: 'A `head` that was noted down before.' })
    anchor: string | null | undefined,
    @Ctx() { viewer, manager }: ControlContext,
  ): Promise<AuditVerification> {
    requireRole(viewer, 'COORDINATOR', 'ADMIN')
    const noted = anchor == null ? undefined : parseAnchor(anchor)
    if (anchor != null && noted === undefined) {
      throw new GatewayError('BAD_USER_INPUT', 'anchor must be a `head` as this query gives it: number:hash.')
    }
    const { intact, entries, head, problem } = await verifyAuditLog(queriesIn(manager), noted)
    return Object.assign(new AuditVerification(), {
      intact,
      entries,
      head: head === undefined ? null : anchorText(head),
      problem: problem ?? null,
    })
  }
}

/** An entry that somebody tampered with is shown as such, so that the rest can still be read. */
function entryOf({ seq, content, hash }: { seq: string; content: string; hash: string }): AuditEntry {
  const read = readContent(content)
  return Object.assign(new AuditEntry(), {
    number: Number(seq),
    at: new Date(read?.at ?? 0),
    role: read?.actor.role ?? 'UNREADABLE',
    keyId: read?.actor.key ?? null,
    agency: read?.actor.agency ?? null,
    action: read?.action ?? 'unreadable',
    subject: read?.subject ?? '',
    details: read?.details ?? {},
    hash,
  })
}
