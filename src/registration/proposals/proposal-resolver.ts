import 'reflect-metadata'
import { GraphQLJSON } from 'graphql-scalars'
import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql'
import { In } from 'typeorm'
import { requireRole } from '../../access/viewer.js'
import { Agency } from '../../catalog/entities/agency.js'
import { sql, type SqlFragment } from '../../catalog/filters/sql-fragment.js'
import type { ConnectionObject } from '../../catalog/paging/connection.js'
import { keysetPages, keysetTotals, type KeysetList } from '../../catalog/paging/keyset-pages.js'
import { PageArgs, sliceOf } from '../../catalog/paging/page-args.js'
import { GatewayError } from '../../errors/gateway-error.js'
import { RecordTypeProposal } from '../entities/record-type-proposal.js'
import { ProposalStatus } from '../enums.js'
import type { RegistrationContext } from '../registration.js'
import { RecordTypeProposalConnection } from '../resolvers/connections.js'
import { acceptRecordType, rejectRecordType } from './decide.js'
import { proposeRecordType } from './propose.js'
import { mergeProposed } from './proposed-types.js'
import { retireRecordType } from './retire-record-type.js'

@ArgsType()
export class ProposalsArgs extends PageArgs {
  @Field(() => ProposalStatus, { nullable: true })
  status?: ProposalStatus | null
}

@Resolver(() => RecordTypeProposal)
export class ProposalResolver {
  @Query(() => RecordTypeProposalConnection, {
    nullable: true,
    description:
      'The newest first: those of the agency of the key; all for coordinators and administrators. vi: Các đề xuất kiểu bản ghi.',
  })
  async recordTypeProposals(
    @Args(() => ProposalsArgs) args: ProposalsArgs,
    @Ctx() { viewer, manager }: RegistrationContext,
  ): Promise<ConnectionObject<RecordTypeProposal>> {
    requireRole(viewer, 'AGENCY', 'COORDINATOR', 'ADMIN')
    const list = listOf(args.status ?? undefined, viewer.role === 'AGENCY' ? viewer.agencyCode : undefined)
    const page = (await keysetPages(manager, list, [0], sliceOf(args))).get(0)
    if (page === undefined) throw new Error('The proposals were not read.')
    const rows = await manager.getRepository(RecordTypeProposal).findBy({ id: In(page.rows.map(({ id }) => id)) })
    const byId = new Map(rows.map((row) => [row.id, row]))
    return new RecordTypeProposalConnection({
      page,
      node: (id) => byId.get(id),
      count: async () => (await keysetTotals(manager, list, [0])).get(0) ?? 0,
    })
  }

  @Mutation(() => RecordTypeProposal, {
    description:
      'Proposes a record type, or a change of one, by its schema (as a file of schema/records) and the code lists that are not there yet. It becomes public when a coordinator accepts it. vi: Đề xuất kiểu bản ghi.',
  })
  async proposeRecordType(
    @Arg('schema', () => GraphQLJSON) schema: unknown,
    @Arg('codeLists', () => [GraphQLJSON], { nullable: true }) codeLists: unknown[] | null | undefined,
    @Ctx() { viewer, manager, registration }: RegistrationContext,
  ): Promise<RecordTypeProposal> {
    return proposeRecordType(registration, manager, viewer, { schema, codeLists: codeLists ?? [] })
  }

  @Mutation(() => RecordTypeProposal, {
    description:
      'Makes a proposed record type public, without a restart; for coordinators. A change that breaks what is published is refused with the reasons; an administrator can force it. vi: Chấp nhận kiểu bản ghi.',
  })
  async acceptRecordType(
    @Arg('id', () => ID) id: string,
    @Arg('force', () => Boolean, { defaultValue: false }) force: boolean,
    @Ctx() { viewer, manager, registration }: RegistrationContext,
  ): Promise<RecordTypeProposal> {
    return acceptRecordType(registration, manager, viewer, { id, force })
  }

  @Mutation(() => RecordTypeProposal, { description: 'For coordinators. vi: Từ chối kiểu bản ghi.' })
  async rejectRecordType(
    @Arg('id', () => ID) id: string,
    @Arg('reason', () => String) reason: string,
    @Ctx() { viewer, manager, registration }: RegistrationContext,
  ): Promise<RecordTypeProposal> {
    return rejectRecordType(registration, manager, viewer, { id, reason })
  }

  @Mutation(() => ID, {
    description:
      'Takes a record type that was accepted at run time out of the API again; for coordinators. Refused while something uses it. vi: Ngừng kiểu bản ghi.',
  })
  async retireRecordType(
    @Arg('code', () => ID) code: string,
    @Arg('force', () => Boolean, { defaultValue: false }) force: boolean,
    @Ctx() { viewer, registration }: RegistrationContext,
  ): Promise<string> {
    await retireRecordType(registration, viewer, { code, force })
    return code
  }

  @FieldResolver(() => Agency, { nullable: true, description: 'Who proposes it. vi: Cơ quan đề xuất.' })
  async agency(
    @Root() { agencyId }: RecordTypeProposal,
    @Ctx() { loaders }: RegistrationContext,
  ): Promise<Agency | null> {
    return agencyId === null ? null : loaders.agency.load(agencyId)
  }

  @FieldResolver(() => [String], {
    description: 'What accepting it would change now; none once it was decided. vi: Những thay đổi nếu chấp nhận.',
  })
  changes(@Root() proposal: RecordTypeProposal, @Ctx() context: RegistrationContext): string[] {
    return changesOf(proposal, context).map(({ message }) => message)
  }

  @FieldResolver(() => Boolean, {
    description: 'Whether that breaks what is published. vi: Có phá vỡ dữ liệu đang công bố không.',
  })
  breaking(@Root() proposal: RecordTypeProposal, @Ctx() context: RegistrationContext): boolean {
    return changesOf(proposal, context).some(({ breaking }) => breaking)
  }
}

function changesOf(proposal: RecordTypeProposal, { registration }: RegistrationContext) {
  if (proposal.status !== 'PROPOSED') return []
  try {
    return mergeProposed(registration.types(), proposal, registration.taken).changes
  } catch (error) {
    // Since it was proposed another type may have taken its name, say.
    if (!(error instanceof GatewayError)) throw error
    return [{ breaking: true, message: error.message }]
  }
}

function listOf(status: ProposalStatus | undefined, own: string | undefined): KeysetList {
  const where: SqlFragment[] = []
  if (status !== undefined) where.push(sql`p.status = ${status}`)
  if (own !== undefined) where.push(sql`a.code = ${own}`)
  return {
    kind: 'proposals',
    from: sql`gateway.record_type_proposal p left join gateway.agency a on a.id = p.agency_id`,
    below: sql`true`,
    where,
    id: sql`p.id`,
    keys: [{ name: 'id', expression: sql`p.id`, type: 'int4', nullable: false, direction: 'DESC' }],
  }
}
