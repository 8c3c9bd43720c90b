import { GraphQLDateTime } from 'graphql-scalars'
import { Field, ID, Int, ObjectType } from 'type-graphql'
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm'

@Entity({ schema: 'gateway', name: 'notice' })
@ObjectType('ConnectorNotice', {
  simpleResolvers: true,
  description: 'Something that the owner of a connector is to do. vi: Việc cơ quan chủ quản cần làm.',
})
export class Notice {
  @PrimaryGeneratedColumn('identity')
  @Field(() => ID)
  id: number

  @Column('int', { name: 'connector_id' })
  connectorId: number

  @Column('text')
  @Field(() => String, {
    description:
      'RUN_FAILED, HELD_BY_GUARD, SCHEMA_DRIFT, COLUMNS_CHANGED, SOURCE_VANISHED, SOURCE_OUTDATED, PERSONAL_DATA or ROWS_SET_ASIDE. vi: Nguyên nhân.',
  })
  cause: string

  /** A bigint: the newest run that it is about. */
  @Column('bigint', { name: 'run_id' })
  @Field(() => ID, { description: 'The newest run that it is about. vi: Lần thu thập gần nhất.' })
  runId: string

  @Column('int')
  @Field(() => Int, { description: 'Runs that it is about. vi: Số lần gặp.' })
  times: number

  @Column('text', { name: 'title_vi' })
  titleVi: string

  @Column('text', { name: 'title_en' })
  titleEn: string

  @Column('text', { name: 'fix_vi' })
  fixVi: string

  @Column('text', { name: 'fix_en' })
  fixEn: string

  @Column('jsonb')
  rows: unknown

  @Column('timestamptz', { name: 'opened_at' })
  @Field(() => GraphQLDateTime)
  openedAt: Date

  @Column('timestamptz', { name: 'updated_at' })
  @Field(() => GraphQLDateTime)
  updatedAt: Date

  @Column('timestamptz', { name: 'closed_at', nullable: true })
  @Field(() => GraphQLDateTime, { nullable: true, description: 'Null: it is still to be done. vi: Đã xong lúc.' })
  closedAt: Date | null
}
