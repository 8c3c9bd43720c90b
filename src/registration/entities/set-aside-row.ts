import { Field, Int, ObjectType } from 'type-graphql'
import { Column, Entity, PrimaryColumn } from 'typeorm'

@Entity({ schema: 'gateway', name: 'set_aside_row' })
@ObjectType({
  simpleResolvers: true,
  description: 'A row that was not published, and why. vi: Dòng không được công bố và lý do.',
})
export class SetAsideRow {
  /** A bigint. */
  @PrimaryColumn('bigint')
  id: string

  @Column('bigint', { name: 'run_id' })
  runId: string

  @Column('text')
  @Field(() => String)
  resource: string

  @Column('text', { nullable: true })
  @Field(() => String, {
    nullable: true,
    description: 'File, sheet or page, if there are several. vi: Tệp hoặc trang.',
  })
  part: string | null

  @Column('int', { name: 'row_number' })
  @Field(() => Int, { description: 'Where it is in the source. vi: Dòng trong nguồn.' })
  row: number

  @Column('text', { nullable: true })
  @Field(() => String, { nullable: true })
  field: string | null

  @Column('text', { nullable: true })
  @Field(() => String, { nullable: true, description: 'Shortened; never personal data. vi: Giá trị (rút gọn).' })
  value: string | null

  @Column('text', { name: 'reason_vi' })
  reasonVi: string

  @Column('text', { name: 'reason_en' })
  reasonEn: string
}
