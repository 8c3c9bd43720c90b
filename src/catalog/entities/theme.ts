import { Field, ID, ObjectType } from 'type-graphql'
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm'
import { Node } from '../node.js'

@Entity({ schema: 'gateway', name: 'theme' })
@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'A theme of the plan, such as education. vi: Chủ đề dữ liệu, như giáo dục.',
})
export class Theme {
  @PrimaryGeneratedColumn('identity')
  id: number

  @Column('text')
  @Field(() => ID)
  code: string

  @Column('int')
  position: number

  @Column('text')
  @Field(() => String, { description: 'As the plan numbers it: `IV`. vi: Số thứ tự trong kế hoạch.' })
  number: string

  @Column('text', { name: 'name_vi' })
  nameVi: string

  @Column('text', { name: 'name_en' })
  nameEn: string
}
