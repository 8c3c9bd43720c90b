import { Field, ID, Int, ObjectType } from 'type-graphql'
import { Column, Entity, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm'
import { Frequency } from '../enums.js'
import { Node } from '../node.js'
import { Agency } from './agency.js'
import { Theme } from './theme.js'

@Entity({ schema: 'gateway', name: 'dataset' })
@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'A set of data that is published as one, with its versions. vi: Bộ dữ liệu.',
})
export class Dataset {
  @PrimaryGeneratedColumn('identity')
  id: number

  @Column('text')
  @Field(() => ID, { description: 'A short English name: `primary-schools`. vi: Mã ngắn của bộ dữ liệu.' })
  code: string

  @Column('int', { name: 'plan_row', nullable: true })
  @Field(() => Int, {
    nullable: true,
    description: 'Its row in the plan; null: outside the plan. vi: Số thứ tự trong kế hoạch.',
  })
  planRow: number | null

  @Column('text', { name: 'title_vi' })
  titleVi: string

  @Column('text', { name: 'title_en' })
  titleEn: string

  @Column('text', { name: 'description_vi', nullable: true })
  descriptionVi: string | null

  @Column('text', { name: 'description_en', nullable: true })
  descriptionEn: string | null

  @Column('int', { name: 'theme_id', nullable: true })
  themeId: number | null

  @ManyToOne(() => Theme)
  @JoinColumn({ name: 'theme_id' })
  theme: Relation<Theme> | null

  @Column('int', { name: 'agency_id', nullable: true })
  agencyId: number | null

  @ManyToOne(() => Agency)
  @JoinColumn({ name: 'agency_id' })
  agency: Relation<Agency> | null

  @Column('int', { name: 'duplicate_of_id', nullable: true })
  duplicateOfId: number | null

  @ManyToOne(() => Dataset)
  @JoinColumn({ name: 'duplicate_of_id' })
  duplicateOf: Relation<Dataset> | null

  @Column('text')
  @Field(() => String, { description: 'The licence of its records, as an SPDX id. vi: Giấy phép sử dụng dữ liệu.' })
  license: string

  @Column('boolean')
  @Field(() => Boolean, { description: 'Made-up data, to try things with. vi: Dữ liệu mẫu, không có thật.' })
  sample: boolean

  @Column('text', { nullable: true })
  @Field(() => Frequency, { nullable: true })
  frequency: Frequency | null

  @Column('text', { array: true })
  @Field(() => [String], { description: 'vi: Từ khóa.' })
  keywords: string[]

  @Column('date', { name: 'first_published_on', nullable: true })
  firstPublishedOn: string | null
}
