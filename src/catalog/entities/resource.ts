import { GraphQLDateTime } from 'graphql-scalars'
import { Field, ID, Int, ObjectType } from 'type-graphql'
import { Column, Entity, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm'
import type { SourceMode } from '../enums.js'
import { Dataset } from './dataset.js'

@Entity({ schema: 'gateway', name: 'resource' })
@ObjectType({
  simpleResolvers: true,
  description: 'A part of a dataset: records of one type from one source. vi: Một phần của bộ dữ liệu, từ một nguồn.',
})
export class Resource {
  @PrimaryGeneratedColumn('identity')
  id: number

  @Column('int', { name: 'dataset_id' })
  datasetId: number

  @ManyToOne(() => Dataset)
  @JoinColumn({ name: 'dataset_id' })
  dataset: Relation<Dataset>

  @Column('text')
  @Field(() => ID, { description: 'Its name within the dataset. vi: Tên trong bộ dữ liệu.' })
  name: string

  @Column('int')
  position: number

  @Column('text', { name: 'record_type' })
  recordTypeCode: string

  @Column('text')
  mode: SourceMode

  // Postgres gives a bigint as text; a time in milliseconds fits a number.
  @Column('bigint', { name: 'max_age_ms', transformer: { from: Number, to: String } })
  maxAgeMs: number

  @Column('boolean')
  active: boolean

  @Column('timestamptz', { name: 'fetched_at', nullable: true })
  fetchedAt: Date | null

  @Column('int', { nullable: true })
  version: number | null

  @Column('int', { name: 'record_count' })
  @Field(() => Int)
  recordCount: number

  @Column('text', { name: 'error_code', nullable: true })
  errorCode: string | null

  @Column('text', { name: 'error_vi', nullable: true })
  errorVi: string | null

  @Column('text', { name: 'error_en', nullable: true })
  errorEn: string | null

  @Column('timestamptz', { name: 'error_at', nullable: true })
  errorAt: Date | null

  @Column('timestamptz', { name: 'vanished_at', nullable: true })
  @Field(() => GraphQLDateTime, {
    nullable: true,
    description:
      'Since when its source is gone that was there; its records are those of the last good version. Null: it is there. vi: Nguồn không còn từ lúc.',
  })
  vanishedAt: Date | null
}
