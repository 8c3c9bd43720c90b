import { GraphQLDateTime } from 'graphql-scalars'
import { Field, Int, ObjectType } from 'type-graphql'
import { Column, Entity, PrimaryColumn } from 'typeorm'

@Entity({ schema: 'gateway', name: 'connector_version' })
@ObjectType({ simpleResolvers: true, description: 'A manifest as it was registered once. vi: Một phiên bản đăng ký.' })
export class ConnectorVersion {
  @PrimaryColumn('int', { name: 'connector_id' })
  connectorId: number

  @PrimaryColumn('int', { name: 'version' })
  @Field(() => Int)
  number: number

  @Column('jsonb')
  manifest: unknown

  @Column('timestamptz', { name: 'created_at' })
  @Field(() => GraphQLDateTime)
  createdAt: Date

  @Column('text', { name: 'created_by', nullable: true })
  @Field(() => String, {
    nullable: true,
    description: 'The key or role that registered it; null: a file of the operator. vi: Người đăng ký.',
  })
  createdBy: string | null
}
