import 'reflect-metadata'
import { Arg, Args, ArgsType, Ctx, Field, ID, Query, Resolver } from 'type-graphql'
import { In } from 'typeorm'
import { requireRole } from '../../access/viewer.js'
import { sql, type SqlFragment } from '../../catalog/filters/sql-fragment.js'
import { keysetPages, keysetTotals, type KeysetList } from '../../catalog/paging/keyset-pages.js'
import type { ConnectionObject } from '../../catalog/paging/connection.js'
import { PageArgs, sliceOf } from '../../catalog/paging/page-args.js'
import { Connector } from '../entities/connector.js'
import { ConnectorStatus } from '../enums.js'
import { ownConnector } from '../own-connector.js'
import type { RegistrationContext } from '../registration.js'
import { ConnectorConnection } from './connections.js'

@ArgsType()
export class ConnectorsArgs extends PageArgs {
  @Field(() => ID, { nullable: true, description: 'Only those of the agency with this code. vi: Của cơ quan này.' })
  agency?: string | null

  @Field(() => ID, { nullable: true, description: 'Only those that feed this dataset. vi: Của bộ dữ liệu này.' })
  dataset?: string | null

  @Field(() => ConnectorStatus, { nullable: true })
  status?: ConnectorStatus | null
}

@Resolver()
export class ConnectorQueries {
  @Query(() => ConnectorConnection, {
    nullable: true,
    description:
      'By code: those of the agency of the key; all for coordinators and administrators. vi: Các kết nối dữ liệu.',
  })
  async connectors(
    @Args(() => ConnectorsArgs) args: ConnectorsArgs,
    @Ctx() { viewer, manager }: RegistrationContext,
  ): Promise<ConnectionObject<Connector>> {
    requireRole(viewer, 'AGENCY', 'COORDINATOR', 'ADMIN')
    const list = listOf(args, viewer.role === 'AGENCY' ? viewer.agencyCode : undefined)
    const page = (await keysetPages(manager, list, [0], sliceOf(args))).get(0)
    if (page === undefined) throw new Error('The connectors were not read.')
    const rows = await manager.getRepository(Connector).findBy({ id: In(page.rows.map(({ id }) => id)) })
    const byId = new Map(rows.map((row) => [row.id, row]))
    return new ConnectorConnection({
      page,
      node: (id) => byId.get(id),
      count: async () => (await keysetTotals(manager, list, [0])).get(0) ?? 0,
    })
  }

  @Query(() => Connector, {
    nullable: true,
    description: 'NOT_FOUND for one of another agency, as for none. vi: Một kết nối dữ liệu.',
  })
  async connector(
    @Arg('code', () => ID) code: string,
    @Ctx() { viewer, manager }: RegistrationContext,
  ): Promise<Connector> {
    return ownConnector(manager, viewer, code)
  }
}

function listOf({ agency, dataset, status }: ConnectorsArgs, own: string | undefined): KeysetList {
  const where: SqlFragment[] = []
  if (own !== undefined) where.push(sql`a.code = ${own}`)
  if (agency != null) where.push(sql`a.code = ${agency.replaceAll('\0', '')}`)
  if (dataset != null) where.push(sql`d.code = ${dataset.replaceAll('\0', '')}`)
  if (status != null) where.push(sql`c.status = ${status}`)
  return {
    kind: 'connectors',
    from: sql`gateway.connector c join gateway.dataset d on d.id = c.dataset_id left join gateway.agency a on a.id = c.agency_id`,
    below: sql`true`,
    where,
    id: sql`c.id`,
    keys: [{ name: 'code', expression: sql`c.code collate "C"`, type: 'text', nullable: false, direction: 'ASC' }],
  }
}
