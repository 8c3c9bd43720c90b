import { GraphQLDateTime, GraphQLJSON } from 'graphql-scalars'
import { Field, ID, ObjectType } from 'type-graphql'
import { Column, Entity, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm'
import { Agency } from '../../catalog/entities/agency.js'
import { ProposalStatus } from '../enums.js'

@Entity({ schema: 'gateway', name: 'record_type_proposal' })
@ObjectType({
  simpleResolvers: true,
  description: 'A record type that an agency proposes. vi: Kiểu bản ghi do cơ quan đề xuất.',
})
export class RecordTypeProposal {
  @PrimaryGeneratedColumn('identity')
  @Field(() => ID)
  id: number

  @Column('text')
  @Field(() => ID, { description: 'Of the record type. vi: Mã kiểu bản ghi.' })
  code: string

  @Column('int', { name: 'agency_id', nullable: true })
  agencyId: number | null

  @ManyToOne(() => Agency)
  @JoinColumn({ name: 'agency_id' })
  agency: Relation<Agency> | null

  @Column('jsonb')
  @Field(() => GraphQLJSON, { description: 'The record schema. vi: Lược đồ.' })
  schema: unknown

  @Column('jsonb', { name: 'code_lists' })
  @Field(() => [GraphQLJSON])
  codeLists: unknown[]

  @Column('text')
  @Field(() => ProposalStatus)
  status: ProposalStatus

  @Column('text', { nullable: true })
  @Field(() => String, { nullable: true, description: 'Why it was rejected. vi: Lý do từ chối.' })
  reason: string | null

  @Column('timestamptz', { name: 'proposed_at' })
  @Field(() => GraphQLDateTime)
  proposedAt: Date

  @Column('timestamptz', { name: 'decided_at', nullable: true })
  @Field(() => GraphQLDateTime, { nullable: true })
  decidedAt: Date | null
}
