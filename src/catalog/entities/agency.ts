import { GraphQLDate } from 'graphql-scalars'
import { Field, ID, ObjectType } from 'type-graphql'
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm'
import { Node } from '../node.js'

@Entity({ schema: 'gateway', name: 'agency' })
@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description:
    'An agency that owns data. One that succeeds it, after a merger say, is another agency with its own code. ' +
    'vi: Cơ quan sở hữu dữ liệu.',
})
export class Agency {
  @PrimaryGeneratedColumn('identity')
  id: number

  @Column('text')
  @Field(() => ID)
  code: string

  @Column('int')
  position: number

  @Column('text', { name: 'name_vi' })
  nameVi: string

  @Column('text', { name: 'name_en' })
  nameEn: string

  /** The plan names it; the others succeeded one that it names. */
  @Column('boolean', { name: 'in_plan' })
  inPlan: boolean

  @Column('date', { name: 'valid_from', nullable: true })
  @Field(() => GraphQLDate, {
    nullable: true,
    description: 'Its first day; null: not known. vi: Ngày thành lập.',
  })
  validFrom: string | null

  @Column('date', { name: 'valid_to', nullable: true })
  @Field(() => GraphQLDate, { nullable: true, description: 'Its last day; null: it exists. vi: Ngày cuối cùng.' })
  validTo: string | null
}
