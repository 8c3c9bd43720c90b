import { GraphQLDateTime } from 'graphql-scalars'
import { Field, Int, ObjectType } from 'type-graphql'
import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm'
import { Dataset } from './dataset.js'

@Entity({ schema: 'gateway', name: 'dataset_version' })
@ObjectType({
  simpleResolvers: true,
  description: 'What was published at one time, as a whole. vi: Một phiên bản đã công bố.',
})
export class DatasetVersion {
  @PrimaryColumn('int', { name: 'dataset_id' })
  datasetId: number

  @ManyToOne(() => Dataset)
  @JoinColumn({ name: 'dataset_id' })
  dataset: Relation<Dataset>

  @PrimaryColumn('int')
  @Field(() => Int, { description: 'From 1, without gaps. vi: Số thứ tự phiên bản.' })
  number: number

  @Column('timestamptz', { name: 'published_at' })
  @Field(() => GraphQLDateTime)
  publishedAt: Date

  @Column('timestamptz', { name: 'fetched_at' })
  @Field(() => GraphQLDateTime, { description: 'When the source was read. vi: Thời điểm đọc nguồn.' })
  fetchedAt: Date

  @Column('int', { name: 'record_count' })
  @Field(() => Int)
  recordCount: number

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
  @Field(() => Int, { description: 'Rows of the source that did not fit. vi: Số dòng không hợp lệ bị loại.' })
  setAside: number
}
