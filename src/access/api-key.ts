import { GraphQLDateTime } from 'graphql-scalars'
import { Field, ID, ObjectType } from 'type-graphql'
import { Column, CreateDateColumn, Entity, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm'
import { Agency } from '../catalog/entities/agency.js'
import { Role } from './role.js'

@Entity({ schema: 'gateway', name: 'api_key' })
@ObjectType({
  simpleResolvers: true,
  description: 'A key to the gateway; its secret is known to its holder only. vi: Khóa truy cập.',
})
export class ApiKey {
  @PrimaryGeneratedColumn('identity')
  @Field(() => ID)
  id: number

  @Column('text')
  @Field(() => String, { description: 'The part of the token that is no secret. vi: Phần công khai của khóa.' })
  prefix: string

  /** SHA-256 of the whole token: its secret is random and long, so nothing is gained by a slow hash. */
  @Column('text')
  hash: string

  @Column('text')
  @Field(() => String, { description: 'Who or what it is for. vi: Khóa dùng cho ai, việc gì.' })
  label: string

  @Column('text')
  @Field(() => Role)
  role: Role

  @Column('int', { name: 'agency_id', nullable: true })
  agencyId: number | null

  @ManyToOne(() => Agency)
  @JoinColumn({ name: 'agency_id' })
  agency: Relation<Agency> | null

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' })
  @Field(() => GraphQLDateTime)
  createdAt: Date

  @Column('timestamptz', { name: 'expires_at', nullable: true })
  @Field(() => GraphQLDateTime, { nullable: true })
  expiresAt: Date | null

  @Column('timestamptz', { name: 'revoked_at', nullable: true })
  @Field(() => GraphQLDateTime, { nullable: true })
  revokedAt: Date | null
}
