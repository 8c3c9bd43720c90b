import 'reflect-metadata'
import { GraphQLJSON } from 'graphql-scalars'
import { Arg, Ctx, Field, ID, Int, Mutation, ObjectType, Resolver } from 'type-graphql'
import { actorOf, appendAudit } from '../../access/audit/append-audit.js'
import { requireRole } from '../../access/viewer.js'
import { Dataset } from '../../catalog/entities/dataset.js'
import { changeControlPlane } from '../../database/control-revision.js'
import { queriesIn } from '../../database/queries.js'
import { GatewayError } from '../../errors/gateway-error.js'
import type { Registered } from '../../harvest/registration/apply-manifest.js'
import { setPaused, retire } from '../connector-status.js'
import { ConnectorRun } from '../entities/connector-run.js'
import { ConnectorVersion } from '../entities/connector-version.js'
import { Connector } from '../entities/connector.js'
import { ownConnector, refuseRetired } from '../own-connector.js'
import { registerAtRuntime } from '../register.js'
import { harvestSoon, type RegistrationContext } from '../registration.js'
import { runNow } from '../run-now.js'
import { forgetCredentials, parseCredentials, storeCredentials } from '../secrets/connector-credentials.js'

@ObjectType({ description: 'A connector that was registered. vi: Kết nối đã đăng ký.' })
export class RegisteredConnector {
  @Field(() => ID, { description: 'Its code. vi: Mã kết nối.' })
  code: string

  @Field(() => Int, { description: 'Grows with each change. vi: Phiên bản đăng ký.' })
  version: number

  @Field(() => String, { description: 'CREATED, CHANGED or UNCHANGED. vi: Kết quả đăng ký.' })
  outcome: string

  @Field(() => Dataset, { description: 'What it feeds. vi: Bộ dữ liệu được cung cấp.' })
  dataset: Dataset

  @Field(() => Connector)
  connector: Connector
}

@Resolver()
export class ConnectorMutations {
  @Mutation(() => RegisteredConnector, {
    description:
      'Registers a connector, or a new version of it, and starts to read its source: the same manifest as in a file, as a JSON object or YAML text. Needs the key of the agency that leads the dataset. vi: Đăng ký kết nối dữ liệu của cơ quan.',
  })
  async registerConnector(
    @Arg('manifest', () => GraphQLJSON) manifest: unknown,
    @Ctx() context: RegistrationContext,
  ): Promise<RegisteredConnector> {
    requireRole(context.viewer, 'AGENCY', 'COORDINATOR', 'ADMIN')
    return answer(context, await registerAtRuntime(context.registration, manifest, context.viewer))
  }

  @Mutation(() => RegisteredConnector, {
    description: 'Gives a connector another manifest, as a new version. vi: Cập nhật kết nối dữ liệu.',
  })
  async updateConnector(
    @Arg('code', () => ID) code: string,
    @Arg('manifest', () => GraphQLJSON) manifest: unknown,
    @Ctx() context: RegistrationContext,
  ): Promise<RegisteredConnector> {
    const connector = await ownConnector(context.manager, context.viewer, code)
    refuseRetired(connector)
    const rules = { action: 'connector.updated', code } as const
    return answer(context, await registerAtRuntime(context.registration, manifest, context.viewer, rules))
  }

  @Mutation(() => RegisteredConnector, {
    description: 'Registers an earlier version again, as the newest one. vi: Khôi phục phiên bản đăng ký trước.',
  })
  async rollBackConnector(
    @Arg('code', () => ID) code: string,
    @Arg('version', () => Int) number: number,
    @Ctx() context: RegistrationContext,
  ): Promise<RegisteredConnector> {
    const { manager, viewer, registration } = context
    const { id: connectorId } = await ownConnector(manager, viewer, code)
    const version = await manager.getRepository(ConnectorVersion).findOneBy({ connectorId, number })
    if (version === null) throw new GatewayError('NOT_FOUND', `Connector ${code} has no version ${number}.`)
    const rules = { action: 'connector.rolledBack', code, registeredBefore: true } as const
    return answer(context, await registerAtRuntime(registration, version.manifest, viewer, rules))
  }

  @Mutation(() => Connector, { description: 'Its source is left alone until it is resumed. vi: Tạm dừng kết nối.' })
  async pauseConnector(@Arg('code', () => ID) code: string, @Ctx() context: RegistrationContext): Promise<Connector> {
    return switchTo(context, code, true)
  }

  @Mutation(() => Connector, { description: 'Its source is read again. vi: Tiếp tục kết nối.' })
  async resumeConnector(@Arg('code', () => ID) code: string, @Ctx() context: RegistrationContext): Promise<Connector> {
    return switchTo(context, code, false)
  }

  @Mutation(() => Connector, {
    description:
      'Its source is not read any more and its credentials are forgotten; its records stay. vi: Ngừng hẳn kết nối.',
  })
  async retireConnector(@Arg('code', () => ID) code: string, @Ctx() context: RegistrationContext): Promise<Connector> {
    const { manager, viewer, registration } = context
    const connector = await ownConnector(manager, viewer, code)
    if (connector.status === 'RETIRED') return connector
    await retire(registration.pool, viewer, connector)
    await registration.reload()
    return ownConnector(manager, viewer, code)
  }

  @Mutation(() => ConnectorRun, {
    description:
      'Reads its source now, also when it is paused. CONFLICT when it is being read. A long run is answered while it is under way. vi: Thu thập ngay.',
  })
  async runConnector(@Arg('code', () => ID) code: string, @Ctx() context: RegistrationContext): Promise<ConnectorRun> {
    const { manager, viewer, registration } = context
    return runNow(registration, manager, viewer, await ownConnector(manager, viewer, code))
  }

  // JSON, not an input type: what graphql-js says of a wrong input shows the value.
  @Mutation(() => Connector, {
    description:
      'How its source lets us in: {kind: "bearer", token}, {kind: "basic", user, password}, {kind: "header", name, value} or {kind: "query", name, value}; null removes it. Kept encrypted and never shown again. vi: Lưu thông tin đăng nhập vào nguồn.',
  })
  async setConnectorCredentials(
    @Arg('code', () => ID) code: string,
    @Arg('input', () => GraphQLJSON, { nullable: true }) input: unknown,
    @Ctx() { manager, viewer, registration }: RegistrationContext,
  ): Promise<Connector> {
    const connector = await ownConnector(manager, viewer, code)
    refuseRetired(connector)
    const credentials = input === null || input === undefined ? undefined : parseCredentials(input)
    await manager.transaction(async (transaction) => {
      const query = queriesIn(transaction)
      if (credentials === undefined) {
        if (!(await forgetCredentials(query, connector.id))) return
      } else await storeCredentials(query, registration.secrets, connector.id, credentials)
      await changeControlPlane(transaction)
      await appendAudit(query, actorOf(viewer), {
        action: credentials === undefined ? 'credentials.removed' : 'credentials.set',
        subject: `connector ${code}`,
        details: credentials === undefined ? {} : { kind: credentials.kind },
      })
    })
    return connector
  }
}

async function answer(
  { manager, registration }: RegistrationContext,
  { connectorId, version, outcome }: Registered,
): Promise<RegisteredConnector> {
  await registration.reload()
  const connector = await manager.getRepository(Connector).findOneByOrFail({ id: connectorId })
  // A source that is paused is left alone; once it is resumed its schedule reads what was changed.
  if (outcome !== 'UNCHANGED' && connector.status === 'ACTIVE') harvestSoon(registration, connectorId)
  const dataset = await manager.getRepository(Dataset).findOneByOrFail({ id: connector.datasetId })
  return Object.assign(new RegisteredConnector(), { code: connector.code, version, outcome, dataset, connector })
}

async function switchTo(context: RegistrationContext, code: string, paused: boolean): Promise<Connector> {
  const { manager, viewer, registration } = context
  const connector = await ownConnector(manager, viewer, code)
  refuseRetired(connector)
  await setPaused(registration.pool, viewer, connector, paused)
  await registration.reload()
  return ownConnector(manager, viewer, code)
}
