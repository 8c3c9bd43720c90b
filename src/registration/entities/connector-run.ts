import { GraphQLDateTime } from 'graphql-scalars'
import { Field, ID, Int, ObjectType } from 'type-graphql'
import { Column, Entity, PrimaryColumn } from 'typeorm'
import { RunOutcome } from '../enums.js'

@Entity({ schema: 'gateway', name: 'run' })
@ObjectType({ simpleResolvers: true, description: 'One reading of a source. vi: Một lần thu thập dữ liệu.' })
export class ConnectorRun {
  /** A bigint. */
  @PrimaryColumn('bigint')
  @Field(() => ID)
  id: string

  @Column('int', { name: 'connector_id' })
  connectorId: number

  @Column('int', { name: 'connector_version' })
  @Field(() => Int, { description: 'The version of the manifest. vi: Phiên bản đăng ký.' })
  connectorVersion: number

  @Column('text')
  @Field(() => String, {
    description: 'Why it began: `first`, `schedule`, `live`, `registered`, `manual`, `upload`. vi: Lý do chạy.',
  })
  reason: string

  @Column('timestamptz', { name: 'started_at' })
  @Field(() => GraphQLDateTime)
  startedAt: Date

  @Column('timestamptz', { name: 'finished_at', nullable: true })
  @Field(() => GraphQLDateTime, { nullable: true, description: 'Null: it is under way. vi: Thời điểm kết thúc.' })
  finishedAt: Date | null

  @Column('text', { nullable: true })
  @Field(() => RunOutcome, { nullable: true })
  outcome: RunOutcome | null

  @Column('text', { name: 'error_code', nullable: true })
  errorCode: string | null

  @Column('text', { name: 'error_vi', nullable: true })
  errorVi: string | null

  @Column('text', { name: 'error_en', nullable: true })
  errorEn: string | null

  @Column('int')
  @Field(() => Int, { description: 'Rows of the source. vi: Số dòng đã đọc.' })
  read: number

  @Column('int')
  @Field(() => Int, { description: 'Rows after the steps of the mapping. vi: Số dòng sau ánh xạ.' })
  mapped: number

  @Column('int')
  @Field(() => Int)
  added: number

  @Column('int')
  @Field(() => Int)
  changed: number

  @Column('int')
  @Field(() => Int)
  removed: number

  @Column('int', { name: 'set_aside' })
  @Field(() => Int, { description: 'Rows that do not fit and are not published. vi: Số dòng bị để riêng.' })
  setAside: number

  /** A bigint. */
  @Column('bigint')
  bytes: string

  @Column('boolean')
  @Field(() => Boolean, {
    description:
      'The source was asked only for what had changed; what it removed is found by the next full reading. vi: Chỉ đọc phần thay đổi.',
  })
  incremental: boolean

  @Column('jsonb')
  notes: unknown
}
