import { Field, ID, ObjectType } from 'type-graphql'
import { Column, Entity, PrimaryColumn } from 'typeorm'

@Entity({ schema: 'gateway', name: 'plan' })
@ObjectType({
  simpleResolvers: true,
  description: 'The plan by which the province opens its data. vi: Kế hoạch cung cấp dữ liệu mở của tỉnh.',
})
export class Plan {
  @PrimaryColumn('text')
  @Field(() => ID)
  code: string

  @Column('text', { name: 'title_vi' })
  titleVi: string

  @Column('text', { name: 'title_en' })
  titleEn: string

  @Column('text', { nullable: true })
  @Field(() => String, {
    nullable: true,
    description: 'The portal that the plan names. vi: Cổng dữ liệu nêu trong kế hoạch.',
  })
  portal: string | null
}
