import 'reflect-metadata'
import { GraphQLJSON } from 'graphql-scalars'
import { Arg, Args, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql'
import { Agency } from '../../catalog/entities/agency.js'
import { Dataset } from '../../catalog/entities/dataset.js'
import { checkCursors } from '../../catalog/paging/keyset-pages.js'
import type { ConnectionObject } from '../../catalog/paging/connection.js'
import { maximumPageSize, PageArgs, sliceOf } from '../../catalog/paging/page-args.js'
import { GatewayError } from '../../errors/gateway-error.js'
import { ConnectorRun } from '../entities/connector-run.js'
import { ConnectorVersion } from '../entities/connector-version.js'
import { Connector } from '../entities/connector.js'
import type { RegistrationContext } from '../registration.js'
import { runList } from '../run-pages.js'
import { withoutSecrets } from '../without-secrets.js'
import { ConnectorRunConnection } from './connections.js'

@Resolver(() => Connector)
export class ConnectorFields {
  @FieldResolver(() => Agency, { nullable: true, description: 'Null: reference data. vi: Cơ quan chủ quản.' })
  async agency(@Root() { agencyId }: Connector, @Ctx() { loaders }: RegistrationContext): Promise<Agency | null> {
    return agencyId === null ? null : loaders.agency.load(agencyId)
  }

  @FieldResolver(() => Dataset)
  async dataset(@Root() { datasetId }: Connector, @Ctx() { loaders }: RegistrationContext): Promise<Dataset> {
    return loaders.dataset.load(datasetId)
  }

  @FieldResolver(() => String, { nullable: true })
  driver(@Root() { manifest }: Connector): string | null {
    const driver =
      typeof manifest === 'object' && manifest !== null && 'driver' in manifest ? manifest.driver : undefined
    return typeof driver === 'string' ? driver : null
  }

  @FieldResolver(() => GraphQLJSON, {
    description: 'As it was registered; what looks like a credential is not shown. vi: Nội dung đăng ký.',
  })
  manifest(@Root() { manifest }: Connector): unknown {
    return withoutSecrets(manifest)
  }

  @FieldResolver(() => Boolean, {
    description: 'Whether credentials are kept for its source; they are never shown. vi: Đã có thông tin đăng nhập.',
  })
  async hasCredentials(@Root() { id }: Connector, @Ctx() { manager }: RegistrationContext): Promise<boolean> {
    const rows = await manager.query<object[]>(
      `select 1 from gateway.sealed_secret where owner = 'connector' and owner_id = $1 and field = 'credentials'`,
      [id],
    )
    return rows.length > 0
  }

  @FieldResolver(() => [ConnectorVersion], { description: 'The newest first. vi: Mới nhất trước.' })
  async versions(
    @Root() { id }: Connector,
    @Arg('first', () => Int, { defaultValue: 20 }) first: number,
    @Ctx() { manager }: RegistrationContext,
  ): Promise<ConnectorVersion[]> {
    if (first < 0 || first > maximumPageSize) {
      throw new GatewayError('BAD_USER_INPUT', `first must be from 0 to ${maximumPageSize}.`)
    }
    if (first === 0) return []
    return manager
      .getRepository(ConnectorVersion)
      .find({ where: { connectorId: id }, order: { number: 'DESC' }, take: first })
  }

  @FieldResolver(() => ConnectorRunConnection, { nullable: true, description: 'The newest first. vi: Các lần chạy.' })
  async runs(
    @Root() { id }: Connector,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() { runLoaders }: RegistrationContext,
  ): Promise<ConnectionObject<ConnectorRun>> {
    const slice = sliceOf(args)
    checkCursors(runList, slice)
    const page = await runLoaders.runPage.load({ parent: id, question: slice })
    const runs = await Promise.all(page.rows.map((row) => runLoaders.run.load(String(row.id))))
    const byId = new Map(runs.flatMap((run) => (run === null ? [] : [[Number(run.id), run] as const])))
    return new ConnectorRunConnection({
      page,
      node: (runId) => byId.get(runId),
      count: () => runLoaders.runTotal.load({ parent: id, question: 'runs' }),
    })
  }
}

@Resolver(() => ConnectorVersion)
export class ConnectorVersionFields {
  @FieldResolver(() => GraphQLJSON)
  manifest(@Root() { manifest }: ConnectorVersion): unknown {
    return withoutSecrets(manifest)
  }
}
