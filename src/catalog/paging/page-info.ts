import 'reflect-metadata'
import { Field, ObjectType } from 'type-graphql'

@ObjectType({
  simpleResolvers: true,
  description: 'Where a page lies in the whole. vi: Vị trí của trang trong toàn bộ.',
})
export class PageInfo {
  @Field(() => Boolean)
  hasNextPage: boolean

  @Field(() => Boolean)
  hasPreviousPage: boolean

  @Field(() => String, { nullable: true })
  startCursor: string | null

  @Field(() => String, { nullable: true })
  endCursor: string | null
}
