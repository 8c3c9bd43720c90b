import { GraphQLDateTime } from 'graphql-scalars'
import { Field, ID, Int, ObjectType } from 'type-graphql'
import { Column, Entity, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm'
import { Agency } from '../../catalog/entities/agency.js'
import { ConnectorStatus } from '../enums.js'

@Entity({ schema: 'gateway', name: 'connector' })
@ObjectType({
  simpleResolvers: true,
  description: 'What feeds a dataset from an agency’s source. vi: Kết nối từ nguồn của cơ quan tới bộ dữ liệu.',
})
export class Connector {
  @PrimaryGeneratedColumn('identity')
  id: number

  @Column('text')
  @Field(() => ID)
  code: string

  @Column('int', { name: 'dataset_id' })
  datasetId: number

  @Column('int', { name: 'agency_id', nullable: true })
  agencyId: number | null

  @ManyToOne(() => Agency)
  @JoinColumn({ name: 'agency_id' })
  agency: Relation<Agency> | null

  @Column('int')
  @Field(() => Int, { description: 'Grows with each change of the manifest. vi: Phiên bản đăng ký.' })
  version: number

  @Column('jsonb')
  manifest: unknown

  @Column('text')
  @Field(() => ConnectorStatus)
  status: ConnectorStatus

  @Column('timestamptz', { name: 'created_at' })
  @Field(() => GraphQLDateTime)
  createdAt: Date

  @Column('timestamptz', { name: 'changed_at' })
  @Field(() => GraphQLDateTime)
  changedAt: Date
}
