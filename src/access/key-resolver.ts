import 'reflect-metadata'
import { GraphQLDateTime } from 'graphql-scalars'
import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql'
import type { ControlContext } from '../catalog/control-context.js'
import { Agency } from '../catalog/entities/agency.js'
import { GatewayError } from '../errors/gateway-error.js'
import { ApiKey } from './api-key.js'
import { actorOf } from './audit/append-audit.js'
import { createKey, revokeKey } from './keys.js'
import { Role } from './role.js'
import { requireRole } from './viewer.js'

@InputType({ description: 'A key to be made. vi: Khóa cần tạo.' })
export class CreateKeyInput {
  @Field(() => Role)
  role: Role

  @Field(() => ID, { nullable: true, description: 'Code of the agency; for the role AGENCY only. vi: Mã cơ quan.' })
  agency?: string | null

  @Field(() => String, { description: 'Who or what the key is for. vi: Khóa dùng cho ai, việc gì.' })
  label: string

  @Field(() => GraphQLDateTime, { nullable: true, description: 'Null: it does not expire. vi: Thời điểm hết hạn.' })
  expiresAt?: Date | null
}

@ObjectType({ description: 'A key that was just made. vi: Khóa vừa được tạo.' })
export class CreatedKey {
  @Field(() => ApiKey)
  key: ApiKey

  @Field(() => String, { description: 'Shown this once. vi: Chỉ hiển thị một lần này.' })
  token: string
}

@Resolver(() => ApiKey)
export class KeyResolver {
  @Query(() => [ApiKey], { description: 'All keys; for administrators. vi: Mọi khóa; dành cho quản trị viên.' })
  async keys(@Ctx() { viewer, manager }: ControlContext): Promise<ApiKey[]> {
    requireRole(viewer, 'ADMIN')
    return manager.getRepository(ApiKey).find({ order: { id: 'ASC' } })
  }

  @Mutation(() => CreatedKey, { description: 'Makes a key; for administrators. vi: Tạo khóa truy cập.' })
  async createKey(
    @Arg('input', () => CreateKeyInput) input: CreateKeyInput,
    @Ctx() { viewer, manager }: ControlContext,
  ): Promise<CreatedKey> {
    requireRole(viewer, 'ADMIN')
    const { role, label } = input
    const { agency, expiresAt } = input
    const key = { role, label, agency: agency ?? undefined, expiresAt: expiresAt ?? undefined }
    return createKey(manager, key, actorOf(viewer))
  }

  @Mutation(() => ApiKey, { description: 'Ends a key at once; for administrators. vi: Thu hồi khóa.' })
  async revokeKey(@Arg('id', () => ID) id: string, @Ctx() { viewer, manager }: ControlContext): Promise<ApiKey> {
    requireRole(viewer, 'ADMIN')
    if (!/^[1-9]\d{0,8}$/.test(id)) throw new GatewayError('NOT_FOUND', `There is no key ${id}.`)
    return revokeKey(manager, Number(id), actorOf(viewer))
  }

  @FieldResolver(() => Agency, { nullable: true })
  async agency(@Root() key: ApiKey, @Ctx() { loaders }: ControlContext): Promise<Agency | null> {
    return key.agencyId === null ? null : loaders.agency.load(key.agencyId)
  }
}
