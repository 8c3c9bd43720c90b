import 'reflect-metadata'
import { GraphQLJSON } from 'graphql-scalars'
import { Arg, Ctx, Field, ID, Int, Mutation, ObjectType, Resolver } from 'type-graphql'
import { requireRole } from '../access/viewer.js'
import type { ControlContext } from '../catalog/control-context.js'
import { Dataset } from '../catalog/entities/dataset.js'
import type { Registered } from '../harvest/registration/apply-manifest.js'

/** What the registration resolvers find in their context beside the control plane's own. */
export interface RegistrationContext extends ControlContext {
  readonly registration: {
    register(source: unknown): Promise<Registered>
    /** Reads the source for the first time, behind the answer. */
    harvestSoon(connectorId: number): void
  }
}

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
}

@Resolver()
export class ConnectorResolver {
  @Mutation(() => RegisteredConnector, {
    description:
      'Registers a connector, or a new version of it, and starts to read its source: the same manifest as in a file, as a JSON object or YAML text. Needs the key of the agency that leads the dataset. vi: Đăng ký kết nối dữ liệu của cơ quan.',
  })
  async registerConnector(
    @Arg('manifest', () => GraphQLJSON) manifest: unknown,
    @Ctx() { viewer, manager, registration }: RegistrationContext,
  ): Promise<RegisteredConnector> {
    requireRole(viewer, 'AGENCY', 'COORDINATOR', 'ADMIN')
    const { connectorId, version, outcome } = await registration.register(manifest)
    const [row] = await manager.query<{ code: string; dataset_id: number }[]>(
      'select code, dataset_id from gateway.connector where id = $1',
      [connectorId],
    )
    if (row === undefined) throw new Error('A connector that was just registered is gone.')
    if (outcome !== 'UNCHANGED') registration.harvestSoon(connectorId)
    const dataset = await manager.getRepository(Dataset).findOneByOrFail({ id: row.dataset_id })
    return Object.assign(new RegisteredConnector(), { code: row.code, version, outcome, dataset })
  }
}
